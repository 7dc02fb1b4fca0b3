"""A claim: every statement of it in its own words, who stands behind whom, and what contradicts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from whosays.show.views.parts import StoryHead
from whosays.show.views.story import ClaimView, DisputeView, view_story

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whosays.model import KeptStory, LinkArticle, Linking


class OneClaim(Struct, frozen=True):
    """A claim with its story's head and what disputes it."""

    story: StoryHead
    claim: ClaimView
    disputes: list[DisputeView]


def view_claim(name: str, story: KeptStory, linking: Linking, articles: Sequence[LinkArticle]) -> OneClaim | None:
    """Show the claim that is made at a place of an article, `ARTICLE-START`; none where nothing is said there."""
    article, _, start = name.rpartition("-")
    whole = view_story(story, linking, articles)
    found = next(
        (
            claim
            for claim in whole.claims
            for root in claim.roots
            for said in root.said
            if start.isdigit() and said.article.startswith(article) and said.start <= int(start) < said.end
        ),
        None,
    )
    if found is None:
        return None
    disputes = [dispute for dispute in whole.disputes if found.id in {dispute.claim, dispute.other}]
    return OneClaim(story=whole.story, claim=found, disputes=disputes)

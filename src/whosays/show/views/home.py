"""The first page: what is new, which figures changed, who denies what, what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from whosays.model import Question
from whosays.show.views.lists import RefusalRow, describe_refusal
from whosays.show.views.parts import (
    ClaimHead,
    StatementRow,
    StoryHead,
    describe_claim,
    describe_statement,
    describe_story,
)

if TYPE_CHECKING:
    from whosays.ledger import LedgerView

_STORIES, _ROWS = 12, 6


class HomeView(Struct, frozen=True):
    """What there is, and what is new of it."""

    counts: dict[str, int]
    waiting: int
    """Articles and stories that are still to be linked."""
    stories: list[StoryHead]
    changed: list[StoryHead]
    """Stories with figures that were revised, the newest first."""
    claims: list[ClaimHead]
    denials: list[StatementRow]
    refusals: list[RefusalRow]


def view_home(view: LedgerView) -> HomeView:
    """Gather what is new in a ledger."""
    stories = view.list_stories(Question(limit=60))
    return HomeView(
        counts=view.count_all(),
        waiting=view.count_waiting(),
        stories=[describe_story(story) for story in stories[:_STORIES]],
        changed=[describe_story(story) for story in stories if story.updates or story.disputes][:_ROWS],
        claims=[describe_claim(claim) for claim in view.list_claims(Question(limit=_ROWS))],
        denials=[describe_statement(one) for one in view.search(Question(stance="denies", limit=_ROWS))],
        refusals=[describe_refusal(one) for one in view.list_refusals(limit=_ROWS)],
    )

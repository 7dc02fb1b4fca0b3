"""Stories: articles on the same happening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whosays.link.clusters import cluster_by_average
from whosays.link.gists import compare_gists, make_gist
from whosays.link.weights import STORY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whosays.model import Gist, LinkArticle


def group_stories(articles: Sequence[LinkArticle]) -> list[list[int]]:
    """Return the stories as lists of the articles' places; an article that is like no other is a story of its own."""
    return group_gists([make_gist(article) for article in articles])


def group_gists(gists: Sequence[Gist]) -> list[list[int]]:
    """Do the same for articles of which only the gists are at hand.

    What two articles have in common does not depend on the others, and what a chain of like pairs does not hold
    together is never joined: so the stories of a whole ledger are those of its parts.
    """
    return cluster_by_average(compare_gists(gists), STORY["least"])


def list_alike(gist: Gist, others: Sequence[Gist]) -> list[tuple[int, float]]:
    """Return which others, by their places, are like enough to be of one story, and how like."""
    likeness = compare_gists([gist, *others])[0, 1:]
    return [(place, float(score)) for place, score in enumerate(likeness) if score >= STORY["least"]]

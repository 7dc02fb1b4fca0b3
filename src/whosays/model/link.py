"""What linking takes and gives: articles beside each other, and the judgements between what they say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from whosays.model.span import Span
from whosays.model.statement import Figure, Proposition, Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a person says of two statements, by their ids: they make one claim, or the first is not of the other's."""

    statement: str
    other: str
    same: bool


REACH = 97
"""Days between two articles after which nothing makes them one story (`link.weights.STORY`)."""
CROWD, COMPARED = 100, 100
"""Articles that are looked at under one key on either side of a day, and articles that one is compared with in all."""
CHAIN = 300
"""Articles that a chain of like ones may hold together; a longer one is followed through likelier pairs alone."""


class LinkKind(StrEnum):
    """What one record is to another."""

    COPY = "copy"
    SAME_STORY = "same story"
    SAME_CLAIM = "same claim"
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    UPDATES = "updates"
    CITES = "cites"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinkArticle:
    """An article as linking sees it; `name` is its file or id, which no other of the set has."""

    name: str
    text: str
    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    byline: str | None = None
    url: str | None = None
    published: str | None = None
    credits: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    propositions: tuple[Proposition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gist:
    """What an article is about: hashes of its heaviest words, the heaviest first, with weights of length 1 in all.

    `day` is when it was published, in days of the proleptic Gregorian calendar, `None` where it does not say.
    """

    terms: NDArray[np.uint32]
    weights: NDArray[np.float32]
    day: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """One end of a link: an article of the set, a span in one, or somebody outside of it by name."""

    article: str | None = None
    span: Span | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A judgement between two records: `score` 0 to 1, and why."""

    kind: LinkKind
    source: Ref
    target: Ref
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """Who stands at the beginning of a claim, and the statements that go back to them; `sure` ones count to `low`."""

    name: str
    statements: tuple[Ref, ...]
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """How many independent origins a claim has, at least and at most, and why."""

    low: int
    high: int
    roots: tuple[Root, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Statements that say the same thing; `text` is how one of them puts it, `story` the number of their story."""

    id: str
    text: str
    story: int
    statements: tuple[Ref, ...]
    origins: Origins


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureEntry:
    """One value in the history of a figure: who gave it, where, when it was said, and for when where that is told."""

    article: str
    story: int
    source: str | None
    figure: Figure
    published: str | None
    as_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """All that was found between the articles of a set; copies and stories are lists of their names.

    `uncompared` counts propositions that were left out of their claims, since their story has too many.
    """

    copies: tuple[tuple[str, ...], ...]
    stories: tuple[tuple[str, ...], ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    figures: tuple[FigureEntry, ...]
    uncompared: int = 0

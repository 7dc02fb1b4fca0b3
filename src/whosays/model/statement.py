"""Statements: one place in one article where something is said to be so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from whosays.model.article import Article
from whosays.model.page import Page
from whosays.model.place import GazetteerEntry
from whosays.model.span import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class SourceKind(StrEnum):
    """What kind of thing a source is."""

    NAMED_PERSON = "named person"
    NAMED_ORGANISATION = "named organisation"
    NAMED_OFFICIAL = "named official"
    UNNAMED = "unnamed"
    GROUP = "group"
    DOCUMENT = "document"
    MEDIA = "media"
    PRONOUN = "pronoun"
    """A pronoun or a short form that could not be resolved."""


class Quotation(StrEnum):
    """How a content is given: in the source's words, in the outlet's, or in both."""

    NONE = "none"
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """What a holder does with a content."""

    SAYS = "says"
    CLAIMS = "claims"
    CONFIRMS = "confirms"
    DENIES = "denies"
    DOUBTS = "doubts"
    DECLINES = "declines to comment"
    NOT_CONFIRMED = "has not confirmed"


class EvidenceKind(StrEnum):
    """What a source rests on."""

    OWN_OBSERVATION = "own observation"
    DOCUMENT = "document"
    IMAGE_OR_VIDEO = "image or video"
    PHYSICAL_OBJECT = "physical object"
    WITNESS = "witness"
    NAMED_OFFICIAL = "named official"
    UNNAMED_OFFICIAL = "unnamed official"
    EXPERT = "expert"
    OTHER_MEDIA = "other media"
    UNSTATED = "unstated"


_PEOPLE = frozenset(
    "people persons dead bodies lives victims deaths fatalities casualties killed wounded injured missing passengers"
    " others survivors inhabitants residents".split()
)
"""Words that count people as such; any other counts some of them."""


def counts_people(counted: str | None, unit: str | None) -> bool:
    """Tell whether a figure counts people as such, and not some of them: the dead, persons, but not children."""
    words = (counted or "").lower().split()
    return unit == "people" and (not words or words[-1] in _PEOPLE)


class Certainty(StrEnum):
    """FactBank's values: certain, probable, possible, each so or not so; certain but unknown which; uncommitted."""

    CERTAIN = "CT+"
    PROBABLE = "PR+"
    POSSIBLE = "PS+"
    CERTAIN_NOT = "CT-"
    PROBABLE_NOT = "PR-"
    POSSIBLE_NOT = "PS-"
    CERTAIN_UNKNOWN = "CTu"
    UNCOMMITTED = "Uu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who stands behind a content, as the text names them."""

    span: Span
    kind: SourceKind
    name: str | None = None
    refers_to: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a source rests on, and the words that say so (`None` where nothing does)."""

    kind: EvidenceKind
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """How sure each holder is that the content is so; `source` is `None` where there is none.

    `words` are the words that made the difference; `score` is the encoder's confidence that the attribution is right,
    0 to 1.
    """

    source: Certainty | None
    outlet: Certainty
    words: tuple[Span, ...] = ()
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its bounds: `None` where the text leaves a bound open.

    `counted` is the thing counted, as written; `unit` is what one of it is ("people", "km"); `outcome` says what came
    of them (killed, wounded, missing, …).
    """

    span: Span
    low: float | None
    best: float | None
    high: float | None
    approximate: bool
    unit: str | None
    counted: str | None
    outcome: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a content says happened: a PLOVER type and the word that names it; `score` is the encoder's, 0 to 1."""

    type: str
    trigger: Span
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does ("actor") or suffers ("recipient") an event, as the text names them.

    `name` is who is meant, `country` ISO 3166 in two letters, `sector` PLOVER's code (GOV, MIL, REB, …).
    """

    role: str
    span: Span
    name: str | None = None
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A literal place that a content names; `entry` is what a gazetteer has of it, `None` where that is not known.

    `part`: the words name only a part of it ("eastern Ukraine").
    """

    span: Span
    entry: GazetteerEntry | None = None
    part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A date, a time of day, a duration or a repetition (TIMEX3's types) that a content names.

    `value` is TIMEX3's, with EDTF's for what is not known (`XXXX-01-01`); `earliest` and `latest` are ISO 8601 days,
    `None` where the expression has no such bounds, or where they are not known.
    """

    span: Span
    kind: str
    value: str | None = None
    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A content, who stands behind it, and how surely. `spans` are the content's parts, in order."""

    id: str
    spans: tuple[Span, ...]
    sentence: Span
    source: Source | None
    cue: Span | None
    quotation: Quotation
    stance: Stance
    evidence: Evidence
    certainty: Commitment
    event: Event | None = None
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    figures: tuple[Figure, ...] = ()
    via: tuple[Source, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why each field has its value, for `--explain`."""

    def join_content(self, text: str) -> str:
        """Return the content's words on one line, a gap between parts shown by dots."""
        return " … ".join(span.line(text) for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Proposition:
    """One of the things that a statement says to be so: a clause of its content.

    `vector` is (width,) float32 of length 1, for likeness by cosine; `None` where the encoder gave none.
    """

    statement: str
    """The statement's id."""
    span: Span
    vector: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in an article and what it names: a person, an organisation, a location, a facility, a group, a product."""

    span: Span
    kind: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was found in one article: its statements, and all its names and literal places, in statements or not."""

    statements: tuple[Statement, ...]
    names: tuple[Name, ...]
    places: tuple[Span, ...]
    propositions: tuple[Proposition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """All that was read from one page."""

    page: Page
    article: Article
    statements: tuple[Statement, ...]
    encoder: str
    """Version of the encoder that found the statements."""
    propositions: tuple[Proposition, ...] = ()
    """What the statements say to be so, in the order of the text; for linking."""

"""What each question takes: its parameters with their bounds, as they stand in an address."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Limit = Annotated[int, Meta(ge=1, le=200, description="Rows at most.", examples=[20])]
Day = Annotated[
    str,
    Meta(
        pattern=r"^(1[5-9]|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        description="A day, YYYY-MM-DD.",
        examples=["2026-03-04"],
    ),
]
Words = Annotated[
    str,
    Meta(
        max_length=300,
        description='Words in any order, "a phrase" in quotation marks, -word for what must not be there.',
        examples=['ferry "not overloaded"'],
    ),
]
Name = Annotated[str, Meta(min_length=1, max_length=300, examples=["Northgate Herald"])]
Id = Annotated[
    str,
    Meta(
        pattern=r"^[0-9a-f]{8,20}$",
        description="An id, or its beginning: 8 to 20 of 0-9 and a-f.",
        examples=["959bb3299649"],
    ),
]
ClaimId = Annotated[
    str,
    Meta(
        pattern=r"^[0-9a-f]{8,20}-[0-9]{1,9}$",
        description="An article's id, a hyphen, a place in its text.",
        examples=["959bb3299649-184"],
    ),
]
Certainty = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "CTu", "Uu"]
Stance = Literal["says", "claims", "confirms", "denies", "doubts", "declines to comment", "has not confirmed"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """A question that takes nothing."""


class Window(Struct, frozen=True, forbid_unknown_fields=True):
    """Which of the newest are asked for."""

    outlet: Name | None = None
    since: Day | None = None
    until: Day | None = None
    limit: Limit = 30


class StoriesAsked(Window, frozen=True, forbid_unknown_fields=True):
    """Which stories are asked for; `after` is `next` of the page before."""

    after: Annotated[str, Meta(pattern=r"^[0-9T:.+Z-]{4,40} [0-9a-f]{20}$", max_length=80)] | None = None


class ClaimsAsked(Window, frozen=True, forbid_unknown_fields=True):
    """Which claims are asked for; `offset` is `next` of the page before."""

    offset: Annotated[int, Meta(ge=0, le=100_000)] = 0


class OneArticle(Struct, frozen=True, forbid_unknown_fields=True):
    """An article; for a story, any of its articles."""

    article: Id


class ExportAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A story in a form that other programs read; `table` says which one, as CSV or Parquet."""

    article: Id
    format: Literal["csv", "parquet", "html", "geojson", "jsonld", "annotations", "plover", "ftm"]
    table: Literal["statements", "articles", "claims", "figures", "places"] = "statements"


class OneClaimAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A claim, by a place where it is made."""

    claim: ClaimId


class OneStatement(Struct, frozen=True, forbid_unknown_fields=True):
    """A statement."""

    statement: Id


class SourcesAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Which sources are asked for; `offset` is `next` of the page before."""

    outlet: Name | None = None
    offset: Annotated[int, Meta(ge=0, le=100_000)] = 0
    limit: Limit = 50


class SourceAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A source by its name; `before` is `next` of the page before."""

    name: Name
    before: Annotated[int, Meta(ge=1, le=2**53)] | None = None
    limit: Limit = 30


class FiguresAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Which figures are asked for; `before` is `next` of the page before."""

    outcome: Annotated[str, Meta(pattern=r"^[a-z ]{1,40}$", description="killed, wounded, missing, …")] | None = None
    unit: Annotated[str, Meta(min_length=1, max_length=40)] | None = None
    q: Words | None = None
    who: Words | None = None
    outlet: Name | None = None
    since: Day | None = None
    until: Day | None = None
    before: Annotated[int, Meta(ge=1, le=2**53)] | None = None
    limit: Limit = 50


class Search(Struct, frozen=True, forbid_unknown_fields=True):
    """Which statements are asked for; `before` is `next` of the page before."""

    q: Words | None = None
    who: Words | None = None
    about: Words | None = None
    where: Words | None = None
    outlet: Name | None = None
    since: Day | None = None
    until: Day | None = None
    sure: Certainty | None = None
    stance: Stance | None = None
    type: EventType | None = None
    rejected: bool = False
    before: Annotated[int, Meta(ge=1, le=2**53)] | None = None
    limit: Limit = 30


class RefusalsAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Which refusals are asked for; `offset` is `next` of the page before."""

    offset: Annotated[int, Meta(ge=0, le=100_000)] = 0
    limit: Limit = 50


class JudgementsAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose judgements are asked for: of a statement by its id, or of a name; `before` is `next` of the page before."""

    target: Name | None = None
    before: Annotated[int, Meta(ge=1, le=2**53)] | None = None
    limit: Limit = 50

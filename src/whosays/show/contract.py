"""The JSON contract: classes that mirror it field for field, and how records become them.

DESIGN.md section 3 gives the meanings; the JSON Schema in `docs/schema/sheet.json` is generated from these classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from whosays.model import Precision, Refusal, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whosays.model import Actor, Article, Event, Figure, Place, Source, Span, Statement, Time

Offset = Annotated[int, Meta(ge=0)]
Number = int | float
CertaintyValue = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "CTu", "Uu"]
Score = Annotated[float, Meta(ge=0, le=1)]
SCHEMA_ID = "https://whosays.example/schema/sheet.json"


class SpanJson(Struct, frozen=True):
    """A half-open range: code points of `article.text`, or bytes of the page where the field says `page_spans`."""

    start: Offset
    end: Offset


class TextSpanJson(Struct, frozen=True):
    """A span with its words: `article.text[start:end] == text`."""

    text: str
    start: Offset
    end: Offset


class PageJson(Struct, frozen=True):
    """The page as received."""

    source: str
    url: str | None
    digest: Annotated[str, Meta(pattern="^sha256:[0-9a-f]{64}$")]
    media_type: Literal["text/html", "text/plain"]
    charset: str
    fetched: str


class ParagraphJson(Struct, frozen=True):
    """A paragraph of `article.text`, and the bytes of the page it was read from."""

    start: Offset
    end: Offset
    page_spans: list[SpanJson]


class RelatedJson(Struct, frozen=True):
    """Another article that the page points to."""

    title: str
    teaser: str | None
    truncated: bool
    url: str | None


class ArticleJson(Struct, frozen=True):
    """What the page reports."""

    title: str | None
    standfirst: str | None
    byline: str | None
    agency: str | None
    outlet: str | None
    section: str | None
    published: str | None
    modified: str | None
    language: str | None
    text: str
    paragraphs: list[ParagraphJson]
    credits: list[str]
    related: list[RelatedJson]


class SourceJson(Struct, frozen=True):
    """Who stands behind a content."""

    text: str
    start: Offset
    end: Offset
    kind: Literal[
        "named person",
        "named organisation",
        "named official",
        "unnamed",
        "group",
        "document",
        "media",
        "pronoun",
    ]
    name: str | None
    refers_to: TextSpanJson | None


class EvidenceJson(Struct, frozen=True):
    """What the source rests on, and the words that say so."""

    kind: Literal[
        "own observation",
        "document",
        "image or video",
        "physical object",
        "witness",
        "named official",
        "unnamed official",
        "expert",
        "other media",
        "unstated",
    ]
    text: str | None


class CertaintyJson(Struct, frozen=True):
    """How sure each holder is; `words` made the difference."""

    source: CertaintyValue | None
    outlet: CertaintyValue
    words: list[TextSpanJson]
    score: Score


class FigureJson(Struct, frozen=True):
    """A number with its bounds; a bound left open is null."""

    text: str
    start: Offset
    end: Offset
    low: Number | None
    best: Number | None
    high: Number | None
    approximate: bool
    unit: str | None
    counted: str | None
    outcome: list[str]


class EventJson(Struct, frozen=True):
    """What is said to have happened (PLOVER)."""

    type: str
    trigger: TextSpanJson
    score: Score


class ActorJson(Struct, frozen=True):
    """Who does or suffers the event."""

    role: Literal["actor", "recipient"]
    text: str
    start: Offset
    end: Offset
    name: str | None
    country: str | None
    sector: str | None


class PlaceJson(Struct, frozen=True):
    """Where: degrees of WGS 84; `name` and all below are the gazetteer's."""

    text: str
    start: Offset
    end: Offset
    name: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    geonameid: int | None


class TimeJson(Struct, frozen=True):
    """When (TIMEX3 and EDTF values)."""

    text: str
    start: Offset
    end: Offset
    value: str | None
    earliest: str | None
    latest: str | None


class StatementJson(Struct, frozen=True):
    """One place where something is said to be so."""

    id: str
    text: str
    spans: Annotated[list[SpanJson], Meta(min_length=1)]
    sentence: SpanJson
    page_spans: list[SpanJson]
    source: SourceJson | None
    cue: TextSpanJson | None
    quote: Literal["none", "direct", "indirect", "mixed"]
    stance: Literal["says", "claims", "confirms", "denies", "doubts", "declines to comment", "has not confirmed"]
    via: list[SourceJson]
    evidence: EvidenceJson
    certainty: CertaintyJson
    event: EventJson | None
    actors: list[ActorJson]
    places: list[PlaceJson]
    times: list[TimeJson]
    figures: list[FigureJson]
    reasons: list[str]


class RefusalJson(Struct, frozen=True):
    """An input that could not be read."""

    source: str
    reason: str
    detail: str


class SheetJson(Struct, frozen=True):
    """What `whosays read --format json` prints for one input."""

    page: PageJson | None
    article: ArticleJson | None
    statements: list[StatementJson]
    refusals: list[RefusalJson]
    encoder: str | None


def describe_sheet(sheet: Sheet | Refusal) -> SheetJson:
    """Turn a sheet, or the refusal in its place, into the classes of the contract."""
    if isinstance(sheet, Refusal):
        refusal = RefusalJson(source=clean_name(sheet.source), reason=sheet.reason, detail=sheet.detail)
        return SheetJson(page=None, article=None, statements=[], refusals=[refusal], encoder=None)
    article = sheet.article
    return SheetJson(
        page=PageJson(
            source=clean_name(sheet.page.source),
            url=article.url,
            digest=sheet.page.digest,
            media_type="text/html" if article.media_type == "text/html" else "text/plain",
            charset=article.charset,
            fetched=sheet.page.fetched.isoformat(timespec="seconds").replace("+00:00", "Z"),
        ),
        article=_describe_article(article),
        statements=[_describe_statement(statement, article) for statement in sheet.statements],
        refusals=[],
        encoder=sheet.encoder,
    )


def clean_name(source: str) -> str:
    """Make a file's name printable, whatever bytes the file system holds."""
    return source.encode("utf-8", "replace").decode("utf-8")


def encode_json(sheet: Sheet | Refusal, *, indent: bool) -> str:
    """Write a sheet as JSON: indented for one to be looked at, on one line for many."""
    encoded = msgspec.json.encode(describe_sheet(sheet))
    return (msgspec.json.format(encoded, indent=1) if indent else encoded).decode("utf-8")


def make_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `SheetJson`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "whosays sheet",
        **msgspec.json.schema(SheetJson),
    }


def _describe_article(article: Article) -> ArticleJson:
    return ArticleJson(
        title=article.title,
        standfirst=article.standfirst,
        byline=article.byline,
        agency=article.agency,
        outlet=article.outlet,
        section=article.section,
        published=article.published,
        modified=article.modified,
        language=article.language,
        text=article.text,
        paragraphs=[
            ParagraphJson(start=span.start, end=span.end, page_spans=_list_spans(article.origin.find_bytes(span)))
            for span in article.paragraphs
        ],
        credits=list(article.credits),
        related=[
            RelatedJson(title=item.title, teaser=item.teaser, truncated=item.truncated, url=item.url)
            for item in article.related
        ],
    )


def _describe_statement(statement: Statement, article: Article) -> StatementJson:
    text = article.text
    return StatementJson(
        id=statement.id,
        text=" … ".join(span.slice(text) for span in statement.spans),
        spans=_list_spans(statement.spans),
        sentence=SpanJson(start=statement.sentence.start, end=statement.sentence.end),
        page_spans=_list_spans(article.origin.find_bytes(*statement.spans)),
        source=_describe_source(statement.source, text) if statement.source else None,
        cue=_describe_span(statement.cue, text) if statement.cue else None,
        quote=statement.quotation.value,
        stance=statement.stance.value,
        via=[_describe_source(source, text) for source in statement.via],
        evidence=EvidenceJson(
            kind=statement.evidence.kind.value,
            text=statement.evidence.span.slice(text) if statement.evidence.span else None,
        ),
        certainty=CertaintyJson(
            source=statement.certainty.source.value if statement.certainty.source else None,
            outlet=statement.certainty.outlet.value,
            words=[_describe_span(span, text) for span in statement.certainty.words],
            score=round(min(1.0, max(0.0, statement.certainty.score)), 4),
        ),
        event=_describe_event(statement.event, text) if statement.event else None,
        actors=[_describe_actor(actor, text) for actor in statement.actors],
        places=[_describe_place(place, text) for place in statement.places],
        times=[_describe_time(found, text) for found in statement.times],
        figures=[_describe_figure(figure, text) for figure in statement.figures],
        reasons=list(statement.reasons),
    )


def _describe_event(event: Event, text: str) -> EventJson:
    return EventJson(type=event.type, trigger=_describe_span(event.trigger, text), score=round(event.score, 4))


def _describe_actor(actor: Actor, text: str) -> ActorJson:
    return ActorJson(
        role="actor" if actor.role == "actor" else "recipient",
        text=actor.span.slice(text),
        start=actor.span.start,
        end=actor.span.end,
        name=actor.name,
        country=actor.country,
        sector=actor.sector,
    )


def _describe_place(place: Place, text: str) -> PlaceJson:
    words, start, end = place.span.slice(text), place.span.start, place.span.end
    if place.entry is None:
        return PlaceJson(
            words, start, end, name=None, country=None, admin1=None, lat=None, lon=None, precision=None, geonameid=None
        )
    return PlaceJson(
        words,
        start,
        end,
        name=place.entry.name,
        country=place.entry.country,
        admin1=place.entry.admin1,
        lat=place.entry.lat,
        lon=place.entry.lon,
        precision=Precision.REGION if place.part else place.entry.precision,
        geonameid=place.entry.geonameid,
    )


def _describe_time(found: Time, text: str) -> TimeJson:
    return TimeJson(
        text=found.span.slice(text),
        start=found.span.start,
        end=found.span.end,
        value=found.value,
        earliest=found.earliest,
        latest=found.latest,
    )


def _describe_source(source: Source, text: str) -> SourceJson:
    return SourceJson(
        text=source.span.slice(text),
        start=source.span.start,
        end=source.span.end,
        kind=source.kind.value,
        name=source.name,
        refers_to=_describe_span(source.refers_to, text) if source.refers_to else None,
    )


def _describe_figure(figure: Figure, text: str) -> FigureJson:
    return FigureJson(
        text=figure.span.slice(text),
        start=figure.span.start,
        end=figure.span.end,
        low=shorten(figure.low),
        best=shorten(figure.best),
        high=shorten(figure.high),
        approximate=figure.approximate,
        unit=figure.unit,
        counted=figure.counted,
        outcome=list(figure.outcome),
    )


def _describe_span(span: Span, text: str) -> TextSpanJson:
    return TextSpanJson(text=span.slice(text), start=span.start, end=span.end)


def _list_spans(spans: Iterable[Span]) -> list[SpanJson]:
    return [SpanJson(start=span.start, end=span.end) for span in spans]


def shorten(value: float | None) -> Number | None:
    """Write whole numbers without a point."""
    return int(value) if value is not None and value == int(value) else value

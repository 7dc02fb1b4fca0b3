"""A story as entities of FollowTheMoney, the model that investigative document platforms share; one to a line.

Articles are documents, who speaks in them people and bodies with their mentions, what happened events, and each claim a
note on its articles. Every id is derived from what it stands for, so that a second export updates the first.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from whosays.text import read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from whosays.show.contract import SheetJson, SourceJson, StatementJson
    from whosays.show.views import ClaimView, StoryView
    from whosays.show.views.story import StoryArticle

_SCHEMATA = {
    "named person": "Person",
    "named official": "Person",
    "named organisation": "Organization",
    "media": "Organization",
}
_LANGUAGES = {"en": "eng"}
"""By three letters; texts in others are not read unless asked for."""
_DAY_LETTERS = 10
Entity = dict[str, Any]


def make_entities(view: StoryView, sheets: Mapping[str, SheetJson]) -> str:
    """Return a story's entities, each once, as JSON lines."""
    entities = {entity["id"]: entity for entity in _list_entities(view, sheets)}
    return "".join(f"{json.dumps(entity, ensure_ascii=False)}\n" for entity in entities.values())


def _list_entities(view: StoryView, sheets: Mapping[str, SheetJson]) -> Iterator[Entity]:
    for article in view.articles:
        sheet = sheets.get(article.id)
        yield _make_document(article, sheet)
        for statement in sheet.statements if sheet is not None else ():
            yield from _list_speakers(statement, article)
            if statement.event is not None:
                yield _make_event(statement, article)
    for claim in view.claims:
        yield _make_note(claim)


def _make_document(article: StoryArticle, sheet: SheetJson | None) -> Entity:
    head = sheet.article if sheet is not None else None
    return _make(
        "Article",
        _name_document(article.id),
        title=article.title,
        publisher=article.outlet,
        publishedAt=_tell_moment(article.published),
        modifiedAt=_tell_moment(head.modified) if head is not None else None,
        author=head.byline if head is not None else None,
        language=_LANGUAGES.get(head.language or "") if head is not None else None,
        bodyText=head.text if head is not None else None,
        sourceUrl=article.url,
    )


def _list_speakers(statement: StatementJson, article: StoryArticle) -> Iterator[Entity]:
    """Yield who a statement names as its source, and through whom it came, each with a mention in the article."""
    for source in (*([statement.source] if statement.source is not None else []), *statement.via):
        schema, speaker = _SCHEMATA.get(source.kind), _name_speaker(source)
        if schema is None or speaker is None:
            continue
        yield _make(schema, speaker, name=source.name)
        yield _make(
            "Mention",
            _digest("mention", article.id, speaker),
            document=_name_document(article.id),
            name=source.name,
            detectedSchema=schema,
            resolved=speaker,
        )


def _make_event(statement: StatementJson, article: StoryArticle) -> Entity:
    day = next((time for time in statement.times if time.earliest), None)
    return _make(
        "Event",
        _digest("event", statement.id),
        name=f"{statement.event.type if statement.event else 'event'}: {statement.text}",
        summary=statement.text,
        startDate=day.earliest if day is not None else None,
        endDate=day.latest if day is not None else None,
        location=[place.name or place.text for place in statement.places],
        country=[place.country.lower() for place in statement.places if place.country],
        notes=f"certainty of who speaks: {statement.certainty.source}" if statement.certainty.source else None,
        involved=_name_speaker(statement.source) if statement.source is not None else None,
        proof=_name_document(article.id),
        sourceUrl=article.url,
    )


def _make_note(claim: ClaimView) -> Entity:
    articles = dict.fromkeys(said.article for root in claim.roots for said in root.said)
    origins = str(claim.low) if claim.low == claim.high else f"{claim.low} to {claim.high}"
    return _make(
        "Note",
        _digest("claim", claim.id),
        name=claim.text,
        description=[f"independent origins: {origins}", *claim.why],
        entity=[_name_document(article) for article in articles],
    )


def _make(schema: str, name: str, /, **properties: str | list[str] | None) -> Entity:
    """Return an entity; what has no value is left out, and every property is a list."""
    listed = {key: [value] if isinstance(value, str) else value for key, value in properties.items() if value}
    return {"id": name, "schema": schema, "properties": listed}


def _tell_moment(moment: str | None) -> str | None:
    """Return a day as it is, a time of it in UTC, to the second."""
    if moment is None or len(moment) == _DAY_LETTERS:
        return moment
    read = read_moment(moment)
    return f"{read:%Y-%m-%dT%H:%M:%S}" if read is not None else None


def _name_document(article: str) -> str:
    return f"whosays-article-{article}"


def _name_speaker(source: SourceJson) -> str | None:
    """Return the id of who is named as a source, none where nobody is."""
    schema = _SCHEMATA.get(source.kind)
    return _digest(schema.lower(), source.name.casefold()) if schema is not None and source.name is not None else None


def _digest(kind: str, *parts: str) -> str:
    return f"whosays-{kind}-{hashlib.sha256(' '.join(parts).encode()).hexdigest()[:24]}"

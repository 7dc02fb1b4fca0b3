"""Fill in what a statement's words mean: the room's door."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from whosays.model import Place, Precision
from whosays.resolve.actors import find_country, resolve_actor, stands_for_state
from whosays.resolve.parties import Party, gather_parties
from whosays.resolve.place_names import widen_place
from whosays.resolve.places import PlaceChoice, choose_places
from whosays.resolve.roles import Roles, load_roles
from whosays.resolve.sources import resolve_sources
from whosays.resolve.times.anchors import Anchors
from whosays.resolve.times.calendar import Stretch
from whosays.resolve.times.plain_times import complete_times
from whosays.text import fold_name

if TYPE_CHECKING:
    from whosays.model import Article, Gazetteer, GazetteerEntry, Name, Reading, Source, Span, Statement, Time

_PEOPLE = re.compile(r"(?:an|ese|ish|i|ch|ic|ek|ss|ino|ot|eli|ab|[a-z]ans|is)$")
_SINCE = re.compile(r"\bsince (?:the )?$", re.IGNORECASE)


def resolve_statements(article: Article, reading: Reading, *, gazetteer: Gazetteer) -> tuple[Statement, ...]:
    """Return the statements with their places on the map, and values for their times.

    Times are seen from the article's day of publication; places are chosen by all that the article names.
    """
    published = _read_day(article.published)
    places = tuple(widen_place(article.text, span) for span in reading.places)
    choices = choose_places(article.text, places, gazetteer=gazetteer)
    roles = load_roles()
    reading = replace(reading, names=place_countries(reading.names, article.text, gazetteer))
    parties = gather_parties(article.text, reading.names, reading.statements, roles, agency=article.agency)
    named_places = {name.span.slice(article.text) for name in reading.names if name.kind == "location"}
    named_places |= find_states(article.text, reading, gazetteer)
    sources = resolve_sources(article.text, reading, parties, roles, places=named_places)
    named = (_name_source(statement, sources) for statement in reading.statements)
    acted = (_name_actors(s, article.text, parties, roles, gazetteer) for s in named)
    anchors = Anchors(article.text, published)
    return tuple(_fill_in(statement, article, anchors, choices) for statement in acted)


def find_states(text: str, reading: Reading, gazetteer: Gazetteer) -> set[str]:
    """Return the sources that are a country's or a capital's name and nothing else: "Kyiv says"; no surnames."""
    surnames = _list_surnames(reading.names, text)
    alone = {s.source.span.slice(text).strip(" ,") for s in reading.statements if s.source is not None}
    return {
        words
        for words in alone
        if words.istitle() and words not in surnames and stands_for_state(words, find_country(words, gazetteer))
    }


def place_countries(names: tuple[Name, ...], text: str, gazetteer: Gazetteer) -> tuple[Name, ...]:
    """Take a country's name for the country, not for somebody's first name, unless somebody here bears it as a surname.

    After "Israel Katz", "Israel said" is the state; after "Michael Jordan", "Jordan said" is the man.
    """
    people = {name.span.slice(text) for name in names if name.kind == "person"}
    surnames = _list_surnames(names, text)

    def is_country(words: str) -> bool:
        return words not in surnames and any(e.precision is Precision.COUNTRY for e in gazetteer.look_up(words))

    countries = {words for words in people if " " not in words and is_country(words)}
    return tuple(
        replace(name, kind="location") if name.kind == "person" and name.span.slice(text) in countries else name
        for name in names
    )


def _list_surnames(names: tuple[Name, ...], text: str) -> set[str]:
    """Return the last words of people's full names."""
    people = (name.span.slice(text).split() for name in names if name.kind == "person")
    return {words[-1] for words in people if len(words) > 1}


def _name_source(statement: Statement, sources: dict[Span, tuple[Source, str]]) -> Statement:
    if statement.source is None:
        return statement
    source, why = sources[statement.source.span]
    return replace(statement, source=source, reasons=(*statement.reasons, why))


def _name_actors(
    statement: Statement, text: str, parties: tuple[Party, ...], roles: Roles, gazetteer: Gazetteer
) -> Statement:
    if not statement.actors:
        return statement
    resolved = [resolve_actor(a, text, parties=parties, roles=roles, gazetteer=gazetteer) for a in statement.actors]
    return replace(
        statement,
        actors=tuple(actor for actor, _ in resolved),
        reasons=(*statement.reasons, *(why for _, why in resolved)),
    )


def _fill_in(statement: Statement, article: Article, anchors: Anchors, choices: dict[str, PlaceChoice]) -> Statement:
    times = complete_times(statement.times, statement.spans, article.text)
    if not times and not statement.places:
        return statement
    spans = (widen_place(article.text, place.span) for place in statement.places)
    chosen = {span: choices[span.slice(article.text)] for span in spans}
    resolved = tuple(_resolve(found, statement, article, anchors) for found in times)
    return replace(
        statement,
        times=tuple(time for time, _ in resolved),
        places=tuple(
            Place(span=span, entry=choice.entry, part=choice.part)
            for span, choice in chosen.items()
            if not _names_people(span.slice(article.text), choice.entry)
        ),
        reasons=(
            *statement.reasons,
            *(f"place “{span.slice(article.text)}”: {line}" for span, choice in chosen.items() for line in choice.why),
            *(why for _, why in resolved),
        ),
    )


def _resolve(found: Time, statement: Statement, article: Article, anchors: Anchors) -> tuple[Time, str]:
    """Return a time with what it means, and why."""
    published = _read_day(article.published)
    meant, seen_from = anchors.resolve(found.span, statement.sentence)
    why = f"seen from {seen_from or 'no known day'}"
    if meant is None:
        return found, f"time “{found.span.slice(article.text)}”: its words have no value here, {why}"
    if published is not None and _SINCE.search(article.text, max(0, found.span.start - 10), found.span.start):
        meant = _reach_to(published, meant)
    time = replace(
        found,
        value=meant.value,
        earliest=meant.earliest.isoformat() if meant.earliest else None,
        latest=meant.latest.isoformat() if meant.latest else None,
    )
    return time, f"time “{found.span.slice(article.text)}”: {time.value}, {why}"


def _names_people(words: str, entry: GazetteerEntry | None) -> bool:
    """Tell "Russian" and "the French" from Russia and France: words for people are no place."""
    if entry is None or fold_name(words) == fold_name(entry.name):
        return False
    return entry.precision is Precision.COUNTRY and _PEOPLE.search(words) is not None


def _reach_to(published: date, meant: Stretch) -> Stretch:
    """What has been so since then goes on to the day of publication."""
    if meant.earliest is None or meant.earliest > published or "/" in meant.value:
        return meant
    return replace(meant, value=f"{meant.value}/{published}", latest=published)


def _read_day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None

"""Who and where: cases by kind, and laws of the gazetteer."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.test_rules import list_cases
from whosays.errors import GazetteerError
from whosays.extract import load_lexicon
from whosays.extract.grounds import read_source
from whosays.gazetteer import EMBEDDED, TableGazetteer, compile_tables
from whosays.model import (
    Actor,
    Certainty,
    Commitment,
    Evidence,
    EvidenceKind,
    GazetteerEntry,
    Name,
    Precision,
    Quotation,
    Reading,
    Source,
    SourceKind,
    Span,
    Stance,
    Statement,
)
from whosays.resolve import choose_places, gather_parties, load_roles, resolve_actor, resolve_sources
from whosays.resolve.place_names import widen_place
from whosays.resolve.statements import find_states, place_countries
from whosays.resolve.times.anchors import Anchors
from whosays.text import fold_name, split_sentences

GAZETTEER = TableGazetteer(EMBEDDED)
ROLES = load_roles()


def find(text: str, words: str) -> Span:
    start = text.rindex(words)
    return Span(start=start, end=start + len(words))


def make_statement(source: Source) -> Statement:
    return Statement(
        id="one",
        spans=(Span(start=0, end=1),),
        sentence=Span(start=0, end=1),
        source=source,
        cue=None,
        quotation=Quotation.INDIRECT,
        stance=Stance.SAYS,
        evidence=Evidence(kind=EvidenceKind.UNSTATED),
        certainty=Commitment(source=Certainty.CERTAIN, outlet=Certainty.UNCOMMITTED, score=1.0),
    )


def make_names(text: str, listed: str) -> tuple[Name, ...]:
    pairs = (pair.split(":") for pair in listed.split(";"))
    return tuple(
        Name(span=Span(start=match.start(), end=match.end()), kind=kind, score=1.0)
        for kind, words in pairs
        for match in re.finditer(re.escape(words), text)
    )


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("A poll published on Wednesday", None, SourceKind.DOCUMENT),
        ("figures released in July", None, SourceKind.DOCUMENT),
        ("a letter to Ana Brandt", None, SourceKind.DOCUMENT),
        ("the U.S. Census Bureau", "U.S. Census Bureau", SourceKind.NAMED_ORGANISATION),
        ("Ana Ruiz of the Southern Drivers' Front", "Ana Ruiz", SourceKind.NAMED_PERSON),
        ("the Harbour Standard", "Harbour Standard", SourceKind.MEDIA),
        ("the general staff", None, SourceKind.NAMED_ORGANISATION),
        ("the presidency", None, SourceKind.NAMED_ORGANISATION),
        ("the head of civil defence in the town", None, SourceKind.NAMED_OFFICIAL),
        ("A spokesman for the task force, Capt Femi Adegoke", "Femi Adegoke", SourceKind.NAMED_OFFICIAL),
        ("the internal order of the regional command", None, SourceKind.DOCUMENT),
        ("A satellite picture taken on Tuesday by Kestrel Imaging", None, SourceKind.DOCUMENT),
        ("One of them, who was at the rear", None, SourceKind.UNNAMED),
        ("the officer, who asked not to be named for fear of reprisals", None, SourceKind.UNNAMED),
        ("Some in Gaza", None, SourceKind.UNNAMED),
        ("Many Palestinians", "Many Palestinians", SourceKind.GROUP),
        ("May", "May", SourceKind.NAMED_PERSON),
    ],
)
def test_a_name_in_a_source_is_who_speaks_and_no_day_or_reader(words, name, kind) -> None:
    text = f"Then {words} said so."
    source, _ = read_source(find(text, words), text, load_lexicon())
    assert (source.name, source.kind) == (name, kind)


def test_two_ministries_of_one_name_are_told_apart_by_whose_they_are() -> None:
    text = "Russia's Defense Ministry spoke of a depot. Ukraine's Defense Ministry counted three dead."
    parties = gather_parties(text, make_names(text, "organisation:Defense Ministry"), (), ROLES)
    assert [party.name for party in parties] == ["Russia's Defense Ministry", "Ukraine's Defense Ministry"]


def test_a_country_is_no_first_name_but_may_be_a_surname() -> None:
    text = "Defence Minister Israel Katz spoke. Israel said no. Michael Jordan spoke. Jordan said no."
    names = make_names(text, "person:Israel Katz;person:Israel;person:Michael Jordan;person:Jordan")
    placed = place_countries(names, text, GAZETTEER)
    kinds = {name.span.slice(text): name.kind for name in placed}
    assert kinds == {"Israel Katz": "person", "Israel": "location", "Michael Jordan": "person", "Jordan": "person"}


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Kinshasa says no.", {"Kinshasa"}),
        ("The singer Ana Paris spoke. Paris says no.", set()),
        ("Goma says no.", set()),
    ],
)
def test_a_capital_that_speaks_is_a_government(text, states) -> None:
    words = text.removesuffix(" says no.").split()[-1]
    source = Source(span=find(text, words), kind=SourceKind.NAMED_PERSON, name=words)
    names = make_names(text, "person:Ana Paris")
    reading = Reading(statements=(make_statement(source),), names=names, places=())
    assert find_states(text, reading, GAZETTEER) == states


@pytest.mark.parametrize(
    ("words", "people", "name"),
    [
        ("The Chadian army", "Chadian", "Chadian army"),
        ("the operator of a Slovenian port", "Slovenian", None),
    ],
)
def test_a_nationality_is_a_state_s_body_s_name_alone(words, people, name) -> None:
    text = "The Chadian army and the operator of a Slovenian port said so."
    source = Source(span=find(text, words), kind=SourceKind.NAMED_ORGANISATION, name=people)
    names = (Name(span=find(text, people), kind="group", score=1.0),)
    reading = Reading(statements=(make_statement(source),), names=names, places=())
    parties = gather_parties(text, names, reading.statements, ROLES)
    ((found, why),) = resolve_sources(text, reading, parties, ROLES, places=()).values()
    assert found.name == name, why


@pytest.mark.parametrize(("text", "words", "name", "refers", "listed"), list_cases("sources.tsv"))
def test_a_source_is_named_or_left_open(text, words, name, refers, listed) -> None:
    kind = SourceKind.PRONOUN if words.lower() in {"he", "she", "it", "they"} else SourceKind.UNNAMED
    statement = make_statement(Source(span=find(text, words), kind=kind))
    names = make_names(text, listed)
    reading = Reading(statements=(statement,), names=names, places=())
    parties = gather_parties(text, names, (statement,), ROLES)
    ((source, why),) = resolve_sources(text, reading, parties, ROLES, places=()).values()
    assert source.name == (None if name == "-" else name), why
    found = source.refers_to.slice(text) if source.refers_to else "-"
    assert found == refers, why
    assert why


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("It fell in the Kursk region on Monday.", "Kursk", "Kursk region"),
        ("The east of it, far-eastern Ukraine, was lost.", "Ukraine", "far-eastern Ukraine"),
        ("Ukraine said so.", "Ukraine", "Ukraine"),
        ("In Kursk regional papers were sold.", "Kursk", "Kursk"),
    ],
)
def test_a_place_is_named_with_its_kind_and_side(text, words, whole) -> None:
    start = text.index(words)
    assert widen_place(text, Span(start=start, end=start + len(words))).slice(text) == whole


@pytest.mark.parametrize(("text", "words", "country", "admin1", "precision"), list_cases("places.tsv"))
def test_a_place_is_found_among_its_namesakes(text, words, country, admin1, precision) -> None:
    spans: list[Span] = []
    plain = ""
    for part in re.split(r"(\[[^\]]*\])", text):
        if part.startswith("["):
            spans.append(Span(start=len(plain), end=len(plain) + len(part) - 2))
        plain += part.strip("[]")
    choice = choose_places(plain, tuple(spans), gazetteer=GAZETTEER)[words]
    found = choice.entry
    assert (found.country or "-" if found else "-") == country, choice.why
    assert (found.admin1 or "-" if found else "-") == admin1
    assert (found.precision.value if found else "-") == precision


@pytest.mark.parametrize(
    ("words", "country", "sector"),
    [
        ("North Korean soldiers", "KP", "MIL"),
        ("Moscow", "RU", "GOV"),
        ("the Ukrainian army", "UA", "MIL"),
        ("residents", None, "CVL"),
        ("a spokesman for the Syrian opposition", "SY", "OPP"),
        ("French police", "FR", "COP"),
        ("the bridge", None, None),
    ],
)
def test_an_actor_gets_country_and_sector(words, country, sector) -> None:
    actor = Actor(role="actor", span=Span(start=0, end=len(words)))
    found, why = resolve_actor(actor, words, parties=(), roles=ROLES, gazetteer=GAZETTEER)
    assert (found.country, found.sector) == (country, sector), why


@given(st.text(max_size=40))
@example("𝓐")
def test_folding_twice_is_folding_once(name) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)


@given(st.text(max_size=40))
def test_no_name_breaks_the_gazetteer(name) -> None:
    assert all(entry.lat == entry.lat for entry in GAZETTEER.look_up(name))


@settings(deadline=None)  # writes files
@given(st.lists(st.text(alphabet="abc é-", min_size=1, max_size=6), min_size=1, max_size=30))
def test_every_name_that_was_written_is_found_again(tmp_path_factory, names) -> None:
    folder = tmp_path_factory.mktemp("gazetteer")
    rows = [
        (GazetteerEntry(name=name, precision=Precision.CITY, lat=0.0, lon=float(number), geonameid=number + 1), ())
        for number, name in enumerate(names)
    ]
    compile_tables(rows, folder)
    table = TableGazetteer(folder)
    for entry, _ in rows:
        if fold_name(entry.name):
            assert entry.geonameid in {found.geonameid for found in table.look_up(entry.name)}


@pytest.mark.parametrize("damage", [b"", b"something else\n", None])
def test_a_damaged_gazetteer_is_refused_by_name(tmp_path: Path, damage) -> None:
    compile_tables([(GazetteerEntry(name="x", precision=Precision.CITY, lat=0.0, lon=0.0), ())], tmp_path)
    if damage is None:
        (tmp_path / "names.tsv").unlink()
    else:
        (tmp_path / "names.tsv").write_bytes(damage)
    with pytest.raises(GazetteerError, match=r"names\.tsv"):
        TableGazetteer(tmp_path)


PAST = (
    "The war began in 1939. In September the army crossed the river, and two days later the town fell. In 1940 it went"
    " on. By early April the coast was lost; on 10 May 1940 the last ship left. That same day the king fled. It ended"
    " in 1945, and in 1946 the courts began, until 1949."
)


def test_the_next_day_after_nothing_told_is_not_guessed() -> None:
    text = "The minister resigned. The next day the bank closed."
    span = Span(start=text.index("The next"), end=text.index(" the bank"))
    assert Anchors(text, date(2025, 1, 14)).find_day(span) is None


@pytest.mark.parametrize(
    ("text", "words", "published", "value"),
    [
        (PAST, "September", "2009-12-19", "1939-09"),
        (PAST, "early April", "2009-12-19", "1940-04"),
        (PAST, "That same day", "2009-12-19", "1940-05-10"),
        ("The army crossed the river in September.", "September", "2009-12-19", "2009-09"),
        ("In 1988 it lost money. In September it earned some.", "September", "1989-12-19", "1989-09"),
        ("It will meet on Friday.", "Friday", "2025-01-14", "2025-01-17"),
        ("They met on Friday, and the talks will go on.", "Friday", "2025-01-14", "2025-01-10"),
        ("Three are expected to join in April.", "April", "2025-01-14", "2025-04"),
        ("They met on Friday. The next morning they left.", "The next morning", "2025-01-14", "2025-01-11TMO"),
        ("It was fought from 26 June to 4 August 1952.", "26 June", "2009-12-19", "1952-06-26"),
        (
            f"{PAST} In 1941 the north fell; on the morning of 5 May it rained.",
            "the morning of 5 May",
            "2009-12-19",
            "1941-05-05TMO",
        ),
        (f"{PAST} It fell in December 1941, and in January all was over.", "January", "2009-12-19", "1942-01"),
        (f"{PAST} He died on 3 May 1941, at 10:57.", "10:57", "2009-12-19", "1941-05-03T10:57"),
        ("It began in 2021. In August of that year it ended.", "August of that year", "2025-01-14", "2021-08"),
        ("Sales fell in the quarter. They were 5% up on a year earlier.", "a year earlier", "2025-11-14", "2024-Q3"),
        ("Sales fell last month. They were 5% up on a year earlier.", "a year earlier", "2025-11-14", "2024"),
        ("Sales were low in the year ended March 31.", "the year", "2025-11-14", "P1Y"),
        ("The offer stands until 5 p.m. EST Nov. 9, it said.", "5 p.m. EST", "2025-11-02", "2025-11-09T17:00"),
        ("He was seen on the night of Friday, Oct. 24.", "the night of Friday", "2025-11-21", "2025-10-24TNI"),
        (f"{PAST} In 1951 they met, planned a landing in 1953, and left in July.", "July", "2009-12-19", "1951-07"),
        (f"{PAST} After the 1951 campaign they left in June.", "June", "2009-12-19", "1951-06"),
        (
            f"{PAST} In 1951 it rained. For most of the rest of the year they hid.",
            "most of the rest of the year",
            "2009-12-19",
            "1951",
        ),
        (
            f"{PAST} In 1951 it rained. More than two years later it stopped.",
            "More than two years later",
            "2009-12-19",
            "1953",
        ),
    ],
)
def test_times_are_seen_from_what_was_told(text, words, published, value) -> None:
    anchors = Anchors(text, date.fromisoformat(published))
    span = Span(start=text.index(words), end=text.index(words) + len(words))
    sentence = next(s for s in split_sentences(text) if s.contains(span))
    meant, _ = anchors.resolve(span, sentence)
    assert meant is not None
    assert meant.value == value

"""Linking: copies are folded, citations followed, origins counted; the order of the articles changes nothing."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.build import make_statement
from whosays.cli import main
from whosays.extract.figures import find_figures
from whosays.link import link_articles, link_story
from whosays.link.citations import clean_name, names_article, names_outlet
from whosays.link.clusters import cluster_by_average, find_components
from whosays.link.copies import compare_signatures, sign_article
from whosays.model import LinkArticle, LinkKind, Proposition, Quotation, Ruling, Source, SourceKind, Span
from whosays.show.linking import encode_linking

ROOT = Path(__file__).parent.parent
PERSON, MEDIA, UNNAMED, BODY = (
    SourceKind.NAMED_PERSON,
    SourceKind.MEDIA,
    SourceKind.UNNAMED,
    SourceKind.NAMED_ORGANISATION,
)
WIRE = """The ferry Marabel sank in rough water off the coast of Tarvik on Monday night, the harbour master Ana Brandt said.

At least 12 people died and the crew of a fishing boat pulled 31 others from the water before dawn, she told reporters.

Divers went down again in the morning to search the lower deck, where lorries and crates had shifted to one side.

The company that runs the line, Northway Ferries, said that the ship had passed its last inspection in the spring.

It was the third accident on the route in ten years, and the council of Tarvik has asked for a longer breakwater."""


def article(name: str, text: str, *said: tuple[str, str | None, SourceKind | None], **given: str | None) -> LinkArticle:
    """An article that says what is listed: content, source, kind of source."""
    figures = find_figures(text)
    statements = []
    for content, words, kind in said:
        span = Span(start=text.index(content), end=text.index(content) + len(content))
        source = None
        if words is not None and kind is not None:
            at = Span(start=text.index(words), end=text.index(words) + len(words))
            source = Source(span=at, kind=kind, name=words if kind in {PERSON, BODY} else None)
        own = tuple(figure for figure in figures if span.contains(figure.span))
        statements.append(make_statement(span, seed=name, source=source, figures=own, quotation=Quotation.INDIRECT))
    return LinkArticle(
        name=name,
        text=text,
        statements=tuple(statements),
        propositions=tuple(Proposition(statement=s.id, span=s.spans[0]) for s in statements),
        **{"published": "2026-03-03", **given},
    )


def tell(
    name: str, outlet: str, sentence: str, source: str | None, kind: SourceKind | None, **given: str
) -> LinkArticle:
    """A short article of its own about the ferry, with one statement."""
    content = "At least 12 people died when the ferry Marabel sank off Tarvik"
    text = f"The ferry Marabel of Tarvik, seen by {outlet}.\n\n{content}, {sentence}."
    return article(name, text, (content, source, kind), outlet=outlet, **given)


def find_claim(articles: list[LinkArticle], words: str = "12 people"):
    linking = link_articles(articles, cross=None)
    return next(claim for claim in linking.claims if words in claim.text)


CUT = "\n\n".join(WIRE.split("\n\n")[:3])
EDITED = WIRE.replace("rough water", "heavy seas").replace("harbour", "harbor").replace("lorries", "trucks")
FRAMED = f"Sign up for our letter.\n\n{WIRE}\n\nRead more on our pages about the sea and the coast."


@pytest.mark.parametrize("text", [WIRE, CUT, EDITED, FRAMED], ids=["whole", "cut", "edited", "framed"])
def test_copies_are_found(text) -> None:
    linking = link_articles([article("wire", WIRE), article("other", text)], cross=None)
    assert [set(group) for group in linking.copies] == [{"other", "wire"}]


QUOTE = (
    "“We heard a sound like thunder under the deck, and then the lights went out and the water came in from everywhere at"
    " once, so we ran up the stairs with the children and held on to whatever there was until a boat came for us in the dark”"
)
FOOT = "All rights are reserved by the publishers of this page, which may not be copied in whole or in part. " * 2


@pytest.mark.parametrize("shared", [QUOTE, FOOT], ids=["a quotation", "boilerplate"])
def test_what_many_share_makes_no_copy(shared) -> None:
    first = f"{WIRE}\n\n{shared}"
    second = (
        "A survivor spoke on Tuesday of the night on which the boat went down near the islands, and of those who helped.\n\n"
        "She had boarded with two children in the evening, because the bus over the mountains was full, and sat on deck. "
        "The wind came up after midnight. Nobody in uniform was to be seen, she says, when the ship leaned over, and it was "
        "the cook who opened the doors and showed the way with a lamp that he had taken from the kitchen of the ship.\n\n"
        f"{shared}"
    )
    assert compare_signatures(sign_article(first), sign_article(second)) < 0.5


def test_the_earliest_and_longest_is_the_original() -> None:
    linking = link_articles(
        [article("b", CUT), article("c", WIRE), article("a", WIRE[:-60], published="2026-03-04T01:00:00Z")], cross=None
    )
    assert linking.copies == (("c", "b", "a"),)


def test_copies_count_as_one_origin() -> None:
    wire = [article(n, WIRE, ("At least 12 people died", "Ana Brandt", PERSON), outlet=f"Outlet {n}") for n in "abc"]
    origins = find_claim(wire).origins
    assert (origins.low, origins.high, [root.name for root in origins.roots]) == (1, 1, ["Ana Brandt"])


def test_a_citation_leads_to_who_said_it() -> None:
    articles = [
        tell("a", "Harbour Post", "Ana Brandt said", "Ana Brandt", PERSON),
        tell("b", "Daily Gong", "the Harbour Post reported", "the Harbour Post", MEDIA),
    ]
    origins = find_claim(articles).origins
    assert (origins.low, origins.high) == (1, 1)
    assert [root.name for root in origins.roots] == ["Ana Brandt"]
    cites = [link for link in link_articles(articles, cross=None).links if link.kind is LinkKind.CITES]
    assert [(link.source.article, link.target.article) for link in cites] == [("b", "a")]


def list_cited(*articles: LinkArticle) -> list[tuple[str | None, str | None]]:
    links = link_articles(articles, cross=None).links
    return [(link.target.article, link.target.name) for link in links if link.kind is LinkKind.CITES]


def test_a_credit_leads_to_the_fullest_text_of_the_agency() -> None:
    wire, cut = article("wire", WIRE, agency="LPA"), article("cut", CUT, agency="LPA")
    assert sorted(list_cited(wire, cut), key=str) == [("wire", "LPA"), (None, "LPA")]


def test_a_document_is_cited_by_its_own_words() -> None:
    report = "a leaked report of the harbour board"
    cited = tell("a", "Daily Gong", f"according to {report}", report, SourceKind.DOCUMENT)
    assert list_cited(cited) == [(None, report)]


def test_a_body_is_cited_by_part_of_its_name() -> None:
    board = tell("board", "Harbour Safety Board of Tarvik", "it has found", None, None)
    cited = tell("a", "Daily Gong", "the Harbour Safety Board said", "Harbour Safety Board", BODY)
    assert list_cited(board, cited) == [("board", "Harbour Safety Board")]


def test_a_medium_that_is_not_here_is_the_root() -> None:
    origins = find_claim([tell("b", "Daily Gong", "Radio Sel reported", "Radio Sel", MEDIA)]).origins
    assert (origins.low, origins.high, origins.roots[0].name) == (1, 1, "Radio Sel")


def test_a_circle_has_no_known_root() -> None:
    articles = [
        tell("a", "Harbour Post", "the Daily Gong reported", "the Daily Gong", MEDIA),
        tell("b", "Daily Gong", "the Harbour Post reported", "the Harbour Post", MEDIA),
    ]
    origins = find_claim(articles).origins
    assert (origins.low, origins.high) == (0, 1)


def test_named_sources_are_roots_and_unnamed_ones_may_be() -> None:
    articles = [
        tell("a", "Harbour Post", "Ana Brandt said", "Ana Brandt", PERSON),
        tell("b", "Coast Mail", "Bora Lind said", "Bora Lind", PERSON),
        tell("c", "Island News", "an official said", "an official", UNNAMED),
        tell("d", "Sea Times", "as is known", None, None),
    ]
    origins = find_claim(articles).origins
    assert (origins.low, origins.high) == (2, 4)
    assert {root.name: root.sure for root in origins.roots}["Ana Brandt"]
    assert all(line for line in origins.why)


def test_who_speaks_for_a_body_is_no_root_beside_it() -> None:
    articles = [
        tell("a", "Harbour Post", "Northway Ferries said", "Northway Ferries", BODY),
        tell("b", "Coast Mail", "Carl Ost of Northway Ferries said", "Carl Ost of Northway Ferries", PERSON),
    ]
    assert (find_claim(articles).origins.low, find_claim(articles).origins.high) == (1, 1)


def test_who_speaks_for_a_body_by_name_stands_with_who_speaks_for_it_without() -> None:
    articles = [
        tell("a", "Harbour Post", "its spokesman, Carl Ost, said", "its spokesman, Carl Ost", PERSON),
        tell("b", "Coast Mail", "a spokesman for Northway Ferries said", "a spokesman for Northway Ferries", BODY),
    ]
    assert (find_claim(articles).origins.low, find_claim(articles).origins.high) == (1, 1)


def test_who_passes_words_on_has_them_from_there_in_the_next_text_too() -> None:
    passed = tell("a", "Harbour Post", "Bora Lind said, citing Ana Brandt", "Ana Brandt", PERSON)
    (statement,) = passed.statements
    at = passed.text.index("Bora Lind")
    through = Source(span=Span(start=at, end=at + 9), kind=PERSON, name="Lind")
    passed = replace(passed, statements=(replace(statement, via=(through,)),))
    origins = find_claim([passed, tell("b", "Coast Mail", "Bora Lind said", "Bora Lind", PERSON)]).origins
    assert (origins.low, origins.high, [root.name for root in origins.roots]) == (1, 1, ["Ana Brandt"])


def test_what_one_outlet_tells_twice_without_a_source_is_one() -> None:
    articles = [tell(name, "Sea Times", "as is known", None, None) for name in ("a", "b")]
    assert find_claim(articles).origins.high == 1


def test_what_people_rule_holds_and_copies_follow() -> None:
    said = ("At least 12 people died", "she", PERSON)
    articles = [article(name, text, said) for name, text in (("a", WIRE), ("b", EDITED))]
    articles.append(tell("c", "Coast Mail", "Bora Lind said", "Bora Lind", PERSON))
    one, copied, other = (a.statements[0].id for a in articles)
    groups = {frozenset(ref.article for ref in claim.statements) for claim in link_story(articles, cross=None).claims}
    assert groups == {frozenset({"a", "b", "c"})}
    apart = link_story(articles, [Ruling(statement=one, other=other, same=False)], cross=None)
    assert {frozenset(r.article for r in claim.statements) for claim in apart.claims} == {
        frozenset({"a", "b"}),
        frozenset({"c"}),
    }
    both = [Ruling(statement=one, other=other, same=False), Ruling(statement=copied, other=other, same=True)]
    assert link_story(articles, both, cross=None) == link_story(articles[::-1], both[::-1], cross=None)


def test_figures_have_a_history() -> None:
    later = (
        "The toll rose in Tarvik.\n\nThe ferry Marabel took 17 people to their deaths; 17 people died, Bora Lind said."
    )
    articles = [
        tell("a", "Harbour Post", "Ana Brandt said", "Ana Brandt", PERSON),
        article("b", later, ("17 people died", "Bora Lind", PERSON), outlet="Coast Mail", published="2026-03-05"),
    ]
    history = link_articles(articles, cross=None).figures
    assert [(entry.figure.low, entry.source, entry.published) for entry in history] == [
        (12, "Ana Brandt", "2026-03-03"),
        (17, "Bora Lind", "2026-03-05"),
    ]


@settings(deadline=None, max_examples=30)
@given(st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(chance: random.Random) -> None:
    articles = [
        article("w1", WIRE, ("At least 12 people died", "Ana Brandt", PERSON), outlet="One"),
        article("w2", CUT, ("At least 12 people died", "Ana Brandt", PERSON), outlet="Two"),
        tell("a", "Harbour Post", "the Daily Gong reported", "the Daily Gong", MEDIA),
        tell("b", "Daily Gong", "Bora Lind said", "Bora Lind", PERSON),
        article(
            "x", "The council of Ostrava voted on Friday to plant two hundred limes along the river.\n\nNobody spoke."
        ),
    ]
    expected = encode_linking(link_articles(articles, cross=None), ())
    chance.shuffle(articles)
    assert encode_linking(link_articles(articles, cross=None), ()) == expected


def test_other_happenings_are_other_stories() -> None:
    linking = link_articles(
        [
            tell("a", "Harbour Post", "Ana Brandt said", "Ana Brandt", PERSON),
            tell("b", "Daily Gong", "Bora Lind said", "Bora Lind", PERSON),
            article(
                "x", "The council of Ostrava voted on Friday to plant two hundred limes.\n\nThe mayor was content."
            ),
        ],
        cross=None,
    )
    assert linking.stories == (("a", "b"), ("x",))


def test_nothing_and_little_are_linked_too() -> None:
    assert link_articles([], cross=None).stories == ()
    assert link_articles([article("a", "")], cross=None).stories == (("a",),)


@pytest.mark.parametrize(
    ("name", "outlet", "same"),
    [
        ("the Harbour Post", "Harbour Post", True),
        ("the news agency Norvane", "Norvane", True),
        ("ASD", "Agence Sahel Dépêches", True),
        ("a report by the Karst Press Agency", "KPA", True),
        ("the old press", "KPA", False),
        ("the Morning Post", "Harbour Post", False),
        ("radio", "Radio Sel", False),
        ("", "Harbour Post", False),
        ("Harbour Post", None, False),
    ],
)
def test_outlets_are_known_by_what_is_particular(name, outlet, same) -> None:
    assert names_outlet(name, outlet) is same


def test_an_outlet_is_known_by_its_site_too() -> None:
    page = article("a", "Text.", url="https://www.packet-ledger.example.org/silt-fox")
    assert names_article("the specialised blog Packet Ledger", page)
    assert not names_article("the blog Ledger", page)
    assert clean_name("the Norvane news agency") == "Norvane"


@given(st.integers(0, 12), st.randoms(use_true_random=False))
def test_clusters_are_a_partition(n, chance) -> None:
    import numpy as np

    table = np.array([[chance.random() for _ in range(n)] for _ in range(n)]).reshape(n, n)
    groups = cluster_by_average((table + table.T) / 2, 0.5)
    assert sorted(member for group in groups for member in group) == list(range(n))
    pairs = [(chance.randrange(n), chance.randrange(n)) for _ in range(n)]
    assert sorted(member for group in find_components(n, pairs) for member in group) == list(range(n))


def test_the_command_writes_what_its_schema_says(tmp_path) -> None:
    pages = [str(path) for path in sorted((ROOT / "examples").iterdir()) if path.suffix in {".html", ".txt"}]
    target = tmp_path / "links.json"
    done = CliRunner().invoke(main, ["link", "--format", "json", "-o", str(target), *pages, "nowhere.html"])
    assert done.exit_code == 1, done.output
    found = json.loads(target.read_text("utf-8"))
    jsonschema.validate(found, json.loads((ROOT / "docs" / "schema" / "linking.json").read_text("utf-8")))
    assert [refusal["reason"] for refusal in found["refusals"]] == ["not-found"]
    assert sorted(file for story in found["stories"] for file in story) == sorted(pages)
    shown = CliRunner().invoke(main, ["link", *pages])
    assert shown.exit_code == 0
    assert "Story 1" in shown.output


def test_the_published_schema_is_the_classes() -> None:
    from whosays.show.linking import make_linking_schema

    assert json.loads((ROOT / "docs" / "schema" / "linking.json").read_text("utf-8")) == make_linking_schema()

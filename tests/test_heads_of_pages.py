"""The heads of our own invented pages: who published, under which title, with which agency's text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from whosays.model import Article, Page
from whosays.parse import Limits, read_page

STORIES = Path(__file__).parent.parent / "corpus" / "stories"
LEAST = {"title": 140, "standfirst": 137, "outlet": 135, "agency": 141}
"""Of the 144 pages, how many each field is right on; raised as it gets better, never lowered."""

PASTED = """Straits Courier
Asia | World | Business | Sport

SEHRI AND IFTAR TIMINGS FOR ALL CITIES
Asia
Water cannon used at recount protest in Catbalogan
Published Oct 14, 2026, 09:02 AM

At least 14 people were hurt on Tuesday when police broke up a protest against a vote recount in the town of Catbalogan.

Water cannon was used only after stones were thrown, the provincial police said, and the recount goes on on Thursday.

{sign}

Join the conversation
Haze returns to Kalimantan
"""


def read(name: str, body: bytes) -> Article:
    page = Page(source=name, body=body, digest="sha256:0", fetched=datetime(2026, 11, 30, tzinfo=UTC))
    return read_page(page, limits=Limits())


def fold(words: str | None) -> str:
    return " ".join((words or "").split()).casefold()


def test_heads_are_right_on_most_pages_of_the_stories() -> None:
    right = dict.fromkeys(LEAST, 0)
    for path in sorted(STORIES.glob("*/key.json")):
        for told in json.loads(path.read_text("utf-8"))["articles"]:
            article = read(told["file"], (path.parent / told["file"]).read_bytes())
            for field in LEAST:
                printed = field == "agency" or field in told["on_page"] or told[field] is None
                right[field] += not printed or fold(getattr(article, field)) == fold(told[field])
    assert {field: count for field, count in right.items() if count < LEAST[field]} == {}


@pytest.mark.parametrize(
    ("sign", "agency"), [("LPA", "LPA"), ("(AFP)", "AFP"), ("SPORT", None), ("Pallas", None), ("— Reuters", "Reuters")]
)
def test_an_agency_stands_alone_below_a_pasted_text(sign: str, agency: str | None) -> None:
    article = read("pasted", PASTED.format(sign=sign).encode())
    assert article.agency == agency
    assert article.title == "Water cannon used at recount protest in Catbalogan"


def test_a_house_that_people_told_things_is_an_agency() -> None:
    told = PASTED.replace("said, and", "told Pallas, and").format(sign="Pallas")
    assert read("pasted", told.encode()).agency == "Pallas"


@pytest.mark.parametrize(
    ("window", "outlet"),
    [
        ("Guayas Evening Mail | Bridge is cleared of lorries", "Guayas Evening Mail"),
        ("Palava Junction: Bridge is cleared of lorries", "Palava Junction"),
        ("Bridge is cleared of lorries - World - Northgate Herald", "Northgate Herald"),
        ("Explainer: Bridge is cleared of lorries | Oriel World", "Oriel World"),
    ],
)
def test_an_outlet_stands_before_or_behind_the_headline(window: str, outlet: str) -> None:
    prose = (
        "The bridge was cleared of lorries on Wednesday evening, the police of the province said in a statement. " * 4
    )
    page = f"<title>{window}</title><body><h1>Bridge is cleared of lorries</h1><article><p>{prose}</p></article></body>"
    assert read("page.html", page.encode()).outlet == outlet


def test_an_outlet_is_an_end_of_the_window_s_title_that_is_printed_above() -> None:
    prose = "The bridge was cleared of lorries on Wednesday evening, the police of the province said. " * 4
    page = (
        "<title>Guayas Evening Mail | Bridge free, no dead</title><body><h2>Guayas Evening Mail</h2><p>City</p>"
        f"<h1>Truckers leave the bridge after a night of talks</h1><article><p>{prose}</p></article></body>"
    )
    assert read("page.html", page.encode()).outlet == "Guayas Evening Mail"


def test_a_ministry_in_capitals_heads_its_own_page() -> None:
    told = PASTED.replace("Straits Courier", "MINISTRY OF WORKS OF THE REPUBLIC OF TAVRIA").format(sign="")
    assert read("pasted", told.encode()).outlet == "MINISTRY OF WORKS OF THE REPUBLIC OF TAVRIA"

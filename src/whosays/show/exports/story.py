"""The forms in which a story can be taken along, by name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.show.answers import Answer, write_csv
from whosays.show.exports.columns import write_parquet
from whosays.show.exports.follow_the_money import make_entities
from whosays.show.exports.linked_data import make_annotations, make_claims
from whosays.show.exports.places import make_feature_collection
from whosays.show.exports.plover import make_events
from whosays.show.exports.share import render_story

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whosays.show.answers import Cell
    from whosays.show.contract import SheetJson
    from whosays.show.views import StoryView

Tables = ("statements", "articles", "claims", "figures", "places")
"""The tables of a story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A form: its media type, the ending of its files."""

    media_type: str
    ending: str


FORMATS = {
    "csv": Format(media_type="text/csv; charset=utf-8", ending="csv"),
    "parquet": Format(media_type="application/vnd.apache.parquet", ending="parquet"),
    "html": Format(media_type="text/html; charset=utf-8", ending="html"),
    "geojson": Format(media_type="application/geo+json", ending="geojson"),
    "jsonld": Format(media_type="application/ld+json", ending="jsonld"),
    "annotations": Format(media_type="application/ld+json", ending="annotations.jsonld"),
    "plover": Format(media_type="application/json", ending="plover.json"),
    "ftm": Format(media_type="application/x-ndjson", ending="ftm.json"),
}


TABULAR = frozenset({"csv", "parquet"})
"""Forms that hold one of the story's tables."""


def export_story(form: str, view: StoryView, sheets: Mapping[str, SheetJson], *, table: str = "statements") -> bytes:
    """Write a story in a form; `sheets` are those of its articles by the ids of its view, `table` says which table."""
    if form == "parquet":
        return write_parquet(make_table(table, view))
    return _write_text(form, view, sheets, table).encode()


def _write_text(form: str, view: StoryView, sheets: Mapping[str, SheetJson], table: str) -> str:
    if form == "csv":
        return write_csv(make_table(table, view))
    if form == "html":
        return render_story(view)
    if form == "ftm":
        return make_entities(view, sheets)
    if form == "geojson":
        made: object = make_feature_collection(view)
    elif form == "jsonld":
        made = make_claims(view)
    elif form == "annotations":
        made = make_annotations(view, sheets)
    else:
        made = make_events(view, sheets)
    return json.dumps(made, ensure_ascii=False, indent=1)


def make_table(name: str, view: StoryView) -> Answer:
    """Return one table of a story."""
    columns, rows = {
        "statements": _list_statements,
        "articles": _list_articles,
        "claims": _list_claims,
        "figures": _list_figures,
        "places": _list_places,
    }[name](view)
    return Answer(name=name, columns=tuple(columns.split()), rows=tuple(rows))


def _list_statements(view: StoryView) -> tuple[str, list[tuple[Cell, ...]]]:
    columns = "claim origin sure text source stance certainty article start end outlet published"
    return columns, [
        (
            claim.id,
            root.name,
            root.sure,
            said.text,
            said.source,
            said.stance,
            said.certainty,
            said.article,
            said.start,
            said.end,
            said.outlet,
            said.published,
        )
        for claim in view.claims
        for root in claim.roots
        for said in root.said
    ]


def _list_articles(view: StoryView) -> tuple[str, list[tuple[Cell, ...]]]:
    columns = "id title outlet agency published url statements copy_of cites cites_others"
    return columns, [
        (
            *(a.id, a.title, a.outlet, a.agency, a.published, a.url, a.statements, a.copy_of),
            *(" ".join(a.cites) or None, "; ".join(a.cites_others) or None),
        )
        for a in view.articles
    ]


def _list_claims(view: StoryView) -> tuple[str, list[tuple[Cell, ...]]]:
    return "id text low high articles origins", [
        (c.id, c.text, c.low, c.high, c.articles, "; ".join(root.name for root in c.roots)) for c in view.claims
    ]


def _list_figures(view: StoryView) -> tuple[str, list[tuple[Cell, ...]]]:
    columns = "published as_of words low best high unit counted outcome source outlet article"
    return columns, [
        (
            *(f.published, f.as_of, f.words, f.low, f.best, f.high),
            *(f.unit, f.counted, f.outcome, f.source, f.outlet, f.article),
        )
        for f in view.figures
    ]


def _list_places(view: StoryView) -> tuple[str, list[tuple[Cell, ...]]]:
    return "name country lat lon precision statements", [
        (p.name, p.country, p.lat, p.lon, p.precision, p.statements) for p in view.places
    ]

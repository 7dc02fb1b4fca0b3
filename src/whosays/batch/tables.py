"""The tables that a batch writes: their columns, and the rows of one page."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from whosays.ledger.records import write_gist, write_vector
from whosays.link import list_keys, make_gist
from whosays.model import LinkArticle
from whosays.show.contract import describe_sheet

if TYPE_CHECKING:
    from whosays.model import Refusal, Sheet
    from whosays.show.contract import FigureJson, StatementJson

_SPAN = pa.struct([("start", pa.int64()), ("end", pa.int64())])
_ACTOR = pa.struct([(name, pa.string()) for name in ("role", "text", "name", "country", "sector")])
_PLACE = pa.struct(
    [
        *((name, pa.string()) for name in ("text", "name", "country", "admin1", "precision")),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("geonameid", pa.int64()),
    ]
)
_TIME = pa.struct([(name, pa.string()) for name in ("text", "value", "earliest", "latest")])
_FIGURE = pa.struct(
    [
        ("text", pa.string()),
        *((name, pa.float64()) for name in ("low", "best", "high")),
        ("approximate", pa.bool_()),
        ("unit", pa.string()),
        ("counted", pa.string()),
        ("outcome", pa.list_(pa.string())),
    ]
)
TABLES = {
    "articles": pa.schema(
        [
            *((name, pa.string()) for name in ("id", "page", "source", "url", "media_type", "charset", "fetched")),
            *((name, pa.string()) for name in ("title", "standfirst", "byline", "agency", "outlet", "section")),
            *((name, pa.string()) for name in ("published", "modified", "language", "text", "encoder")),
            ("credits", pa.list_(pa.string())),
            ("paragraphs", pa.list_(_SPAN)),
            ("statements", pa.int32()),
            ("keys", pa.list_(pa.int64())),
            ("gist", pa.string()),
            ("day", pa.int32()),
            ("record", pa.string()),
        ]
    ),
    "statements": pa.schema(
        [
            *((name, pa.string()) for name in ("id", "article", "text")),
            ("spans", pa.list_(_SPAN)),
            ("page_spans", pa.list_(_SPAN)),
            *((name, pa.string()) for name in ("source_text", "source_kind", "source_name", "cue", "quote", "stance")),
            *((name, pa.string()) for name in ("evidence", "certainty_source", "certainty_outlet")),
            ("score", pa.float32()),
            *((name, pa.string()) for name in ("event", "trigger")),
            ("via", pa.list_(pa.string())),
            ("actors", pa.list_(_ACTOR)),
            ("places", pa.list_(_PLACE)),
            ("times", pa.list_(_TIME)),
            ("figures", pa.list_(_FIGURE)),
        ]
    ),
    "refusals": pa.schema([(name, pa.string()) for name in ("source", "reason", "detail")]),
    "stories": pa.schema(
        [
            *((name, pa.string()) for name in ("id", "title", "first", "last")),
            ("articles", pa.list_(pa.string())),
            ("copies", pa.list_(pa.list_(pa.string()))),
            ("uncompared", pa.int32()),
        ]
    ),
    "claims": pa.schema(
        [
            *((name, pa.string()) for name in ("id", "story", "text")),
            ("low", pa.int32()),
            ("high", pa.int32()),
            ("roots", pa.list_(pa.struct([("name", pa.string()), ("sure", pa.bool_())]))),
            ("why", pa.list_(pa.string())),
            (
                "statements",
                pa.list_(pa.struct([("article", pa.string()), ("start", pa.int64()), ("end", pa.int64())])),
            ),
        ]
    ),
    "links": pa.schema(
        [
            *((name, pa.string()) for name in ("story", "kind", "from_article", "to_article", "to_name")),
            *((name, pa.int64()) for name in ("from_start", "from_end", "to_start", "to_end")),
            ("score", pa.float32()),
            ("why", pa.list_(pa.string())),
        ]
    ),
}
"""Each table's columns. Offsets are code points of the article's text, those of `page_spans` bytes of the page; days
and times are ISO 8601. `record` in articles holds what `load` needs beside the columns, as JSON; `keys`, `gist` and
`day` what linking does."""


_HEAD = "title standfirst byline agency outlet section published modified language text credits".split()
"""Columns of an article that are fields of the contract."""


def list_rows(sheet: Sheet) -> dict[str, list[dict[str, Any]]]:
    """Return a page's rows: one of articles, one of statements for each."""
    described = describe_sheet(sheet)
    page, article = described.page, described.article
    if page is None or article is None:
        raise ValueError("a sheet has a page and an article")
    gist = make_gist(LinkArticle(name="", text=article.text, title=article.title, published=article.published))
    row = {
        "id": name_article(sheet),
        "page": page.digest,
        "source": page.source,
        "url": page.url,
        "media_type": page.media_type,
        "charset": page.charset,
        "fetched": page.fetched,
        "encoder": sheet.encoder,
        "statements": len(sheet.statements),
        "keys": list(list_keys(gist)),
        "gist": write_gist(gist),
        "day": gist.day,
        "record": write_record(sheet),
        "paragraphs": [{"start": span.start, "end": span.end} for span in sheet.article.paragraphs],
        **{name: getattr(article, name) for name in _HEAD},
    }
    statements = [_make_row(one, row["id"]) for one in described.statements]
    return {"articles": [row], "statements": statements}


def list_refusal(refusal: Refusal) -> dict[str, list[dict[str, Any]]]:
    """Return a refusal's row."""
    row = {"source": refusal.source, "reason": refusal.reason, "detail": refusal.detail}
    return {"refusals": [{name: value.encode("utf-8", "replace").decode("utf-8") for name, value in row.items()}]}


def name_article(sheet: Sheet) -> str:
    """Return an article's id: what it says of its page, so that the same page has the same id in every run."""
    article = sheet.article
    text = f"{sheet.page.digest} {article.url or sheet.page.url} {article.text} {article.published} {article.title}"
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]


def write_record(sheet: Sheet) -> str:
    """Write a sheet's statements and propositions as JSON, vectors in eight bits."""
    propositions = [(p.statement, p.span.start, p.span.end, write_vector(p.vector)) for p in sheet.propositions]
    return msgspec.json.encode((sheet.statements, propositions)).decode("utf-8")


def _make_figure(figure: FigureJson) -> dict[str, Any]:
    """Return a figure's values; the contract's whole numbers are floats here, however large."""
    row: dict[str, Any] = msgspec.to_builtins(figure)
    bounds = {name: row[name] for name in ("low", "best", "high")}
    return {**row, **{name: None if value is None else float(value) for name, value in bounds.items()}}


def _make_row(one: StatementJson, article: str) -> dict[str, Any]:
    def spans(found: Any) -> list[dict[str, int]]:  # noqa: ANN401  # spans of the contract
        return [{"start": span.start, "end": span.end} for span in found]

    source = one.source
    return {
        "id": one.id,
        "article": article,
        "text": one.text,
        "spans": spans(one.spans),
        "page_spans": spans(one.page_spans),
        "source_text": source.text if source else None,
        "source_kind": source.kind if source else None,
        "source_name": source.name if source else None,
        "cue": one.cue.text if one.cue else None,
        "quote": one.quote,
        "stance": one.stance,
        "evidence": one.evidence.kind,
        "certainty_source": one.certainty.source,
        "certainty_outlet": one.certainty.outlet,
        "score": one.certainty.score,
        "event": one.event.type if one.event else None,
        "trigger": one.event.trigger.text if one.event else None,
        "via": [relay.text for relay in one.via],
        "actors": msgspec.to_builtins(one.actors),
        "places": msgspec.to_builtins(one.places),
        "times": msgspec.to_builtins(one.times),
        "figures": [_make_figure(figure) for figure in one.figures],
    }

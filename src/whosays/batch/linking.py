"""Link tables: stories, claims and links of all articles of a batch, by the same functions as everywhere."""

from __future__ import annotations

import multiprocessing as mp
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

import msgspec
from pyarrow import parquet

from whosays.batch.grouping import choose_compared, list_chains, list_near, order_day
from whosays.batch.tables import TABLES
from whosays.batch.writing import list_parts, write_table
from whosays.config import Settings, make_cross
from whosays.ledger.records import read_gist, read_vector
from whosays.link import group_gists, link_story, list_alike
from whosays.model import Gist, LinkArticle, Proposition, Ref, Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from whosays.model import CrossEncoder, Linking

STORIES = 200
"""Stories that are linked and written together."""
_LINKED = ("stories", "claims", "links")
_HEAD = ("id", "keys", "gist", "day")
ARTICLE = ("id", "title", "outlet", "agency", "byline", "url", "published", "text", "credits", "record")


def link_tables(folder: Path, *, workers: int) -> Iterator[tuple[int, int]]:
    """Link all articles of a batch's folder; yields how many articles are linked, of how many.

    Copies that stand in many articles, and words that many share, cost no more than a bounded number of comparisons an
    article. Written are `stories`, `claims` and `links`; what a run before wrote is replaced.
    """
    heads = _read_heads(folder)
    stories = _group(heads)
    clear_linked(folder)
    batches = [stories[first : first + STORIES] for first in range(0, len(stories), STORIES)]
    done = 0
    with ProcessPoolExecutor(workers, mp_context=mp.get_context("spawn")) as pool:
        for count in pool.map(_link_batch, ((folder, i, batch) for i, batch in enumerate(batches))):
            done += count
            yield done, len(heads)


class _Head:
    """What is needed of an article to find its story."""

    __slots__ = ("gist", "id", "keys")

    def __init__(self, row: dict[str, Any]) -> None:
        self.id: str = row["id"]
        self.keys: list[int] = row["keys"]
        self.gist: Gist = read_gist(row["gist"], order_day(row["day"]))


def _read_heads(folder: Path) -> list[_Head]:
    """Return the heads of all articles, each once, in the order of their ids."""
    heads: dict[str, _Head] = {}
    for path in list_parts(folder, "articles"):
        for row in parquet.read_table(path, columns=list(_HEAD)).to_pylist():
            heads.setdefault(row["id"], _Head(row))
    return [heads[name] for name in sorted(heads)]


def _group(heads: Sequence[_Head]) -> list[list[str]]:
    """Return the stories as lists of ids: articles that share a key near a day are compared, and chains grouped."""
    under: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, head in enumerate(heads):
        for key in head.keys:
            under[key].append((order_day(head.gist.day), place))
    for places in under.values():
        places.sort()
    alike: dict[int, dict[int, float]] = defaultdict(dict)
    for place, head in enumerate(heads):
        shared = Counter(other for key in head.keys for other in list_near(under[key], head.gist.day, place))
        others = choose_compared(place, shared)
        for found, score in list_alike(head.gist, [heads[other].gist for other in others]):
            alike[place][others[found]] = alike[others[found]][place] = score
    stories: list[list[str]] = []
    for chain in list_chains(set(range(len(heads))), alike):
        groups = group_gists([heads[place].gist for place in chain])
        stories += [[heads[chain[i]].id for i in group] for group in groups]
    return stories


def _link_batch(given: tuple[Path, int, list[list[str]]]) -> int:
    """Link some stories and write what was found; returns how many articles they have."""
    folder, number, stories = given
    wanted = {name for story in stories for name in story}
    articles = _read_articles(folder, wanted)
    rows, cross = make_rows(), make_cross(Settings(threads=1))
    for story in stories:
        tell_linked([articles[name] for name in story], rows, cross)
    write_linked(folder, f"part-{number:05}", rows)
    return len(wanted)


def make_rows() -> dict[str, list[dict[str, Any]]]:
    """Return no rows yet, for each table that linking writes."""
    return {table: [] for table in _LINKED}


def tell_linked(members: list[LinkArticle], rows: dict[str, list[dict[str, Any]]], cross: CrossEncoder) -> None:
    """Link one story's articles and add its rows to those of the tables; the story is named by its first article."""
    members.sort(key=lambda one: (one.published or "9999", one.name))
    _describe(members[0].name, members, link_story(members, cross=cross), rows)


def write_linked(folder: Path, name: str, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Write a part of each table that has rows, under a name that only this part has."""
    for table, found in rows.items():
        if found:
            write_table(folder / table / f"{name}.parquet", found, TABLES[table])


def clear_linked(folder: Path) -> None:
    """Take away what a run before linked."""
    for table in _LINKED:
        for path in list_parts(folder, table):
            path.unlink()


def _read_articles(folder: Path, wanted: set[str]) -> dict[str, LinkArticle]:
    found: dict[str, LinkArticle] = {}
    for path in list_parts(folder, "articles"):
        table = parquet.read_table(path, columns=list(ARTICLE), filters=[("id", "in", sorted(wanted))])
        for row in table.to_pylist():
            found.setdefault(row["id"], make_article(row))
    return found


def make_article(row: dict[str, Any]) -> LinkArticle:
    """Make an article to link of a row of the table."""
    statements, propositions = read_record(row["record"])
    return LinkArticle(
        name=row["id"],
        text=row["text"],
        title=row["title"],
        outlet=row["outlet"],
        agency=row["agency"],
        byline=row["byline"],
        url=row["url"],
        published=row["published"],
        credits=tuple(row["credits"] or ()),
        statements=statements,
        propositions=propositions,
    )


def read_record(text: str) -> tuple[tuple[Statement, ...], tuple[Proposition, ...]]:
    """Read what `tables.write_record` wrote."""
    kind = tuple[tuple[Statement, ...], list[tuple[str, int, int, str | None]]]
    statements, packed = msgspec.json.decode(text, type=kind)
    return statements, tuple(
        Proposition(statement=statement, span=Span(start=start, end=end), vector=read_vector(vector))
        for statement, start, end, vector in packed
    )


def _describe(
    story: str, members: Sequence[LinkArticle], linking: Linking, rows: dict[str, list[dict[str, Any]]]
) -> None:
    days = sorted(one.published for one in members if one.published)
    rows["stories"].append(
        {
            "id": story,
            "title": members[0].title,
            "first": days[0] if days else None,
            "last": days[-1] if days else None,
            "articles": [one.name for one in members],
            "copies": [list(group) for group in linking.copies],
            "uncompared": linking.uncompared,
        }
    )
    for claim in linking.claims:
        rows["claims"].append(
            {
                "id": claim.id,
                "story": story,
                "text": claim.text,
                "low": claim.origins.low,
                "high": claim.origins.high,
                "roots": [{"name": root.name, "sure": root.sure} for root in claim.origins.roots],
                "why": list(claim.origins.why),
                "statements": [_place(ref) for ref in claim.statements],
            }
        )
    for link in linking.links:
        source, target = _place(link.source), _place(link.target)
        rows["links"].append(
            {
                "story": story,
                "kind": link.kind.value,
                "from_article": source["article"],
                "from_start": source["start"],
                "from_end": source["end"],
                "to_article": target["article"],
                "to_start": target["start"],
                "to_end": target["end"],
                "to_name": link.target.name,
                "score": link.score,
                "why": list(link.why),
            }
        )


def _place(ref: Ref) -> dict[str, Any]:
    span = ref.span
    return {"article": ref.article, "start": span.start if span else None, "end": span.end if span else None}

"""Gists of articles, and which articles are like each other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from whosays.ledger.records import read_gist, write_gist
from whosays.model import CHAIN, COMPARED, CROWD, REACH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from whosays.ledger.database import Database
    from whosays.model import Gist

_STEPS = (0.0, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_UNDATED = -1


def find_alike(article: str, gist: Gist, keys: Sequence[int], *, database: Database) -> list[tuple[str, Gist]]:
    """Return the articles near an article's day that share most of its keys, with their gists; undated ones too."""
    shared: Counter[str] = Counter()
    for key in keys:
        shared.update({str(row[0]) for row in _find_under(key, gist.day, database)})
    del shared[article]
    likest = sorted(shared, key=lambda other: (-shared[other], other))[:COMPARED]
    return _read_gists(likest, database)


def _find_under(key: int, day: int | None, database: Database) -> list[tuple[object, ...]]:
    """Return articles with a key: those nearest to a day before and after it, and some of those without a day."""
    asked = "SELECT article FROM term WHERE term = ? AND day"
    found = database.rows(f"{asked} = {_UNDATED} ORDER BY article LIMIT ?", key, CROWD)
    if day is None:
        return [*found, *database.rows(f"{asked} >= 0 ORDER BY day DESC, article LIMIT ?", key, CROWD)]
    before = f"{asked} BETWEEN ? AND ? ORDER BY day DESC, article LIMIT ?"
    after = f"{asked} BETWEEN ? AND ? ORDER BY day, article LIMIT ?"
    return [
        *found,
        *database.rows(before, key, max(0, day - REACH), day, CROWD),
        *database.rows(after, key, day + 1, day + REACH, CROWD),
    ]


def file_gist(
    article: str, gist: Gist, keys: Sequence[int], alike: Iterable[tuple[str, float]], *, database: Database
) -> None:
    """Keep an article's gist and keys, and the articles that are like it."""
    day = _UNDATED if gist.day is None else gist.day
    drop_gist(article, database=database)
    database.run("INSERT INTO gist (article, day, words) VALUES (?, ?, ?)", article, day, write_gist(gist))
    database.run_many(
        "INSERT INTO term (term, day, article) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(key, day, article) for key in keys],
    )
    database.run_many(
        "INSERT INTO likeness (article, other, score) VALUES (?, ?, ?)",
        [pair for other, score in alike for pair in ((article, other, score), (other, article, score))],
    )


def drop_gist(article: str, *, database: Database) -> None:
    """Take away what an article is compared by; it does not wait to be linked any more."""
    for table in ("unlinked", "gist", "term", "likeness"):
        database.run(f"DELETE FROM {table} WHERE article = ?", article)
    database.run("DELETE FROM likeness WHERE other = ?", article)


def list_chain(article: str, *, database: Database) -> list[tuple[str, Gist]]:
    """Return the articles that a chain of likeness holds together with one, itself among them, with their gists."""
    for least in _STEPS:
        found = _follow(article, least, database)
        if len(found) <= CHAIN:
            return _read_gists(sorted(found), database)
    return _read_gists([article], database)


def _follow(article: str, least: float, database: Database) -> set[str]:
    """Return what a chain of pairs at least so like leads to; stops when that is too many."""
    found, new = {article}, [article]
    while new and len(found) <= CHAIN:
        marks = ", ".join("?" for _ in new)
        rows = database.rows(
            f"SELECT DISTINCT other FROM likeness WHERE article IN ({marks}) AND score >= ?",
            *new,
            least,
        )
        new = [str(row[0]) for row in rows if row[0] not in found]
        found.update(new)
    return found


def _read_gists(articles: Sequence[str], database: Database) -> list[tuple[str, Gist]]:
    if not articles:
        return []
    marks = ", ".join("?" for _ in articles)
    rows = database.rows(f"SELECT article, day, words FROM gist WHERE article IN ({marks}) ORDER BY article", *articles)
    return [(str(name), read_gist(str(words), cast("int", day))) for name, day, words in rows]

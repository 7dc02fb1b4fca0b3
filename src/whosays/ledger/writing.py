"""Put records into the ledger: a sheet whole or not at all, and nothing twice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whosays.ledger import linked
from whosays.ledger.records import list_columns, tell_source, write_article, write_statement, write_vector
from whosays.ledger.words import list_terms
from whosays.model import Added

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from whosays.ledger.archive import Archive
    from whosays.ledger.database import Database, Value
    from whosays.model import ArchivePlace, Article, Page, Refusal, Sheet, Statement

_HALF = 0.5
_AT_ONCE = 100
"""Statements that one request adds: far fewer parameters than either database takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filed:
    """An article's row: its id and version, and whether it was there before."""

    id: str
    version: int
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The reading that a statement belongs to; `current` is 1, or 2 where its article has a later version."""

    reading: str
    current: int
    countries: Mapping[str, str]


def add_sheets(
    sheets: Iterable[Sheet], *, database: Database, archive: Archive, at: str, countries: Mapping[str, str]
) -> list[Added]:
    """Keep sheets: their pages in the archive, then their articles and statements, all in one transaction.

    The same page again changes nothing. Read by a newer encoder, its statements supersede the older ones, which stay;
    what people judged goes on to the statements that now hold the same words. A page of other bytes under the same
    address is a new version of its article. `countries` tells the name of a code, so that places are found by both.
    """
    first: ArchivePlace | None = None
    done: list[Added] = []
    try:
        with database.write():
            for sheet in sheets:
                place = _file_page(sheet.page, database, archive)
                first = first or place
                filed = _file_article(sheet, database, at)
                added, superseded = _file_reading(sheet, filed, database, at, countries)
                done.append(
                    Added(
                        article=filed.id,
                        version=filed.version,
                        statements=added,
                        superseded=superseded,
                        new_page=place is not None,
                        changed_version=filed.new and filed.version > 1,
                    )
                )
            archive.sync()
    except BaseException:
        if first is not None:
            archive.forget(first)
        raise
    return done


def _file_page(page: Page, database: Database, archive: Archive) -> ArchivePlace | None:
    """Archive a page that is not there yet and keep where it is; a page that is there is only seen once more."""
    database.rows(database.dialect.lock(), page.digest)
    place = None
    if database.row("SELECT digest FROM page WHERE digest = ?", page.digest) is None:
        place = archive.append(page)
        database.run(
            "INSERT INTO page (digest, file, first_byte, length, record_id, size) VALUES (?, ?, ?, ?, ?, ?)",
            page.digest,
            place.file,
            place.offset,
            place.length,
            place.record_id,
            len(page.body),
        )
    database.run(
        "INSERT INTO capture (page, source, url, fetched, content_type) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (page, source, url) DO NOTHING",
        page.digest,
        page.source,
        page.url or "",
        page.fetched.isoformat(),
        page.content_type,
    )
    return place


def add_refusal(refusal: Refusal, *, database: Database, at: str) -> None:
    """Keep that an input could not be read; the same again is counted."""
    with database.write():
        database.run(
            "INSERT INTO refusal (source, reason, detail, times, first, last) VALUES (?, ?, ?, 1, ?, ?)"
            " ON CONFLICT (source, reason, detail) DO UPDATE SET times = refusal.times + 1, last = excluded.last",
            refusal.source,
            refusal.reason,
            refusal.detail,
            at,
            at,
        )


def _file_article(sheet: Sheet, database: Database, at: str) -> _Filed:
    article, page = sheet.article, sheet.page
    key = (article.url or page.url or page.source).encode("utf-8", "replace").decode("utf-8")
    if key == "-":
        key = page.digest
    text = f"{page.digest} {key} {article.text} {article.published} {article.title}"
    article_id = hashlib.sha256(text.encode()).hexdigest()[:20]
    found = database.row("SELECT version FROM article WHERE id = ?", article_id)
    if found is not None and isinstance(found[0], int):
        return _Filed(id=article_id, version=found[0], new=False)
    database.rows(database.dialect.lock(), key)
    last = database.row("SELECT max(version) FROM article WHERE key = ?", key)
    version = 1 + (last[0] if last and isinstance(last[0], int) else 0)
    columns: dict[str, Value] = {
        "id": article_id,
        "page": page.digest,
        "key": key,
        "version": version,
        "title": article.title,
        "outlet": article.outlet,
        "agency": article.agency,
        "byline": article.byline,
        "url": article.url or page.url,
        "published": article.published,
        "modified": article.modified,
        "charset": article.charset,
        "media_type": article.media_type,
        "text": article.text,
        "record": write_article(article),
        "added": at,
    }
    database.run(_write_insert("article", columns), *columns.values())
    database.run(
        "UPDATE statement SET current = 2 WHERE current = 1 AND article IN"
        " (SELECT id FROM article WHERE key = ? AND version < ?)",
        key,
        version,
    )
    for row in database.rows("SELECT id FROM article WHERE key = ? AND version = ?", key, version - 1):
        linked.forget_article(str(row[0]), database=database)
    database.run("INSERT INTO unlinked (article) VALUES (?)", article_id)
    return _Filed(id=article_id, version=version, new=True)


def _file_reading(
    sheet: Sheet, filed: _Filed, database: Database, at: str, countries: Mapping[str, str]
) -> tuple[int, int]:
    """Add the statements of a reading that is not there yet; returns how many came, and how many they supersede."""
    kept = {statement.id: _make_id(filed.id, statement.id) for statement in sheet.statements}
    ids = " ".join(kept.values())
    reading = hashlib.sha256(f"{filed.id} {sheet.encoder} {ids}".encode()).hexdigest()[:20]
    if database.row("SELECT id FROM reading WHERE id = ?", reading) is not None:
        return 0, 0
    database.run(
        "INSERT INTO reading (id, article, encoder, added) VALUES (?, ?, ?, ?)", reading, filed.id, sheet.encoder, at
    )
    superseded = database.run("UPDATE statement SET current = 0 WHERE article = ? AND current > 0", filed.id)
    known = {row[0] for row in database.rows("SELECT id FROM statement WHERE article = ?", filed.id)}
    again = [one for one in kept.values() if one in known]
    row = database.row(
        "SELECT 1 FROM article AS this JOIN article AS later ON later.key = this.key"
        " AND later.version > this.version WHERE this.id = ?",
        filed.id,
    )
    current = 1 if row is None else 2
    database.run_many("UPDATE statement SET current = ? WHERE id = ?", [(current, one) for one in again])
    new = [
        replace(statement, id=kept[statement.id]) for statement in sheet.statements if kept[statement.id] not in known
    ]
    place = _Place(reading=reading, current=current, countries=countries)
    numbers = _add_statements(new, sheet, filed, place, database)
    database.run_many(
        "INSERT INTO proposition (statement, first_char, last_char, vector) VALUES (?, ?, ?, ?)",
        [
            (numbers[kept[p.statement]], p.span.start, p.span.end, write_vector(p.vector))
            for p in sheet.propositions
            if kept[p.statement] in numbers
        ],
    )
    if superseded:
        carry_judgements(filed.id, database)
    linked.mark_stale("statement.article = ?", filed.id, database=database)
    return len(new), superseded - len(again)


def _make_id(article: str, statement: str) -> str:
    """Return a statement's id in the ledger: one page may be several articles, under other addresses or days."""
    return hashlib.sha256(f"{article} {statement}".encode()).hexdigest()[:20]


def _add_statements(
    statements: list[Statement], sheet: Sheet, filed: _Filed, place: _Place, database: Database
) -> dict[str, Value]:
    """Add statements with their words and figures, in few requests; returns their numbers by their ids."""
    text = sheet.article.text
    rows = [_make_row(statement, sheet.article, filed, place) for statement in statements]
    numbers: dict[str, Value] = {}
    for first in range(0, len(rows), _AT_ONCE):
        some = rows[first : first + _AT_ONCE]
        insert = f"{_write_insert('statement', some[0], count=len(some))} RETURNING id, number"
        added = database.rows(insert, *(value for row in some for value in row.values()))
        numbers |= {str(statement): number for statement, number in added}
    database.run_many(
        database.dialect.index_words(),
        [(numbers[one.id], list_terms(one, text, place.countries)) for one in statements],
    )
    database.run_many(
        "INSERT INTO figure (statement, low, best, high, approximate, unit, counted, outcome, words)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                numbers[statement.id],
                figure.low,
                figure.best,
                figure.high,
                int(figure.approximate),
                figure.unit,
                figure.counted,
                " ".join(figure.outcome),
                figure.span.slice(text),
            )
            for statement in statements
            for figure in statement.figures
        ],
    )
    return numbers


def _make_row(statement: Statement, article: Article, filed: _Filed, place: _Place) -> dict[str, Value]:
    return {
        "id": statement.id,
        "reading": place.reading,
        "article": filed.id,
        "current": place.current,
        "verdict": None,
        "first_char": statement.spans[0].start,
        "last_char": statement.spans[-1].end,
        "content": statement.join_content(article.text),
        "source_words": tell_source(statement, article.text),
        **list_columns(statement, {}),
        "outlet": article.outlet,
        "published": article.published,
        "record": write_statement(statement, article),
    }


def carry_judgements(article: str, database: Database) -> None:
    """Give what people judged of superseded statements to the current ones of the article that hold the same words."""
    judged = database.rows(
        "SELECT old.id, old.first_char, old.last_char, old.verdict FROM statement AS old WHERE old.article = ?"
        " AND old.current = 0 AND (old.verdict IS NOT NULL"
        " OR EXISTS (SELECT 1 FROM correction WHERE correction.statement = old.id)"
        " OR EXISTS (SELECT 1 FROM ruling WHERE ruling.statement = old.id OR ruling.other = old.id))",
        article,
    )
    now = database.rows("SELECT id, first_char, last_char FROM statement WHERE article = ? AND current > 0", article)
    for old, first, last, verdict in judged:
        shares = [(_share((first, last), (row[1], row[2])), str(row[0])) for row in now]
        best, heir = max(shares, default=(0.0, ""))
        if best < _HALF:
            continue
        database.run("UPDATE statement SET verdict = coalesce(verdict, ?) WHERE id = ?", verdict, heir)
        database.run(
            "INSERT INTO correction (statement, field, value, judgement)"
            " SELECT ?, field, value, judgement FROM correction WHERE statement = ? ON CONFLICT DO NOTHING",
            heir,
            old,
        )
        for columns, end in (("?, other", "statement"), ("statement, ?", "other")):
            database.run(
                "INSERT INTO ruling (statement, other, verdict, judgement)"
                f" SELECT {columns}, verdict, judgement FROM ruling WHERE {end} = ? ON CONFLICT DO NOTHING",
                heir,
                old,
            )


def _share(left: tuple[object, object], right: tuple[object, object]) -> float:
    """Return how much two ranges share, of the longer one."""
    (a, b), (c, d) = left, right
    if not (isinstance(a, int) and isinstance(b, int) and isinstance(c, int) and isinstance(d, int)):
        return 0.0
    return max(0, min(b, d) - max(a, c)) / max(1, b - a, d - c)


def _write_insert(table: str, columns: dict[str, Value], *, count: int = 1) -> str:
    row = f"({', '.join('?' for _ in columns)})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * count)}"  # names of our own

"""Questions to the ledger: one small function a query."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, cast

from whosays.errors import NotKept
from whosays.ledger.narrowing import FROM_STATEMENT, narrow, narrow_in_steps
from whosays.ledger.records import read_article, read_statement, read_text
from whosays.model import (
    Anchor,
    ArchivePlace,
    Changes,
    KeptArticle,
    KeptFigure,
    KeptPage,
    KeptRefusal,
    KeptStatement,
    Question,
    SourceCount,
    Verdict,
)
from whosays.text import split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whosays.ledger.database import Database, Row, Value

_NEARLY = 0.6
_FACETED, _FACETS = 1000, 8
"""Statements that facets are counted over, the newest; values that each names."""
_ARTICLE = ", ".join(
    f"article.{name}" for name in "id key version page title outlet agency byline url published modified added".split()
)
_STATEMENT = (
    "statement.number, statement.id, statement.current, statement.verdict, statement.content, statement.source_words,"
    " coalesce(alias.meant, statement.source_name), statement.record"
)


def search_statements(question: Question, *, database: Database) -> tuple[KeptStatement, ...]:
    """Return statements, the last that came first; `number` of the last one leads to the next page."""
    rows = _list_newest(f"{_STATEMENT}, {_ARTICLE}", question, limit=question.limit, database=database)
    return tuple(_take_in_corrections([_make_statement(row) for row in rows], database))


def _list_newest(columns: str, question: Question, *, limit: int, database: Database) -> list[Row]:
    """Return columns of so many of the statements that fit a question, the newest first."""
    rows: list[Row] = []
    for asked in narrow_in_steps(question, database):
        rows = database.rows(
            f"SELECT {columns}{asked.tables} WHERE {asked.where} ORDER BY {asked.number} DESC LIMIT ?",
            *asked.parameters,
            limit,
        )
        if len(rows) == limit:
            break
    return rows


def count_statements(question: Question, *, most: int | None = None, database: Database) -> int:
    """Return how many statements a question has in all; with `most`, one more than that for any more."""
    question = replace(question, before=None)
    if most is not None:
        return len(_list_newest("1", question, limit=most + 1, database=database))
    asked = narrow(question, database)
    row = database.row(f"SELECT count(*){asked.tables} WHERE {asked.where}", *asked.parameters)
    return cast("int", row[0]) if row else 0


def list_facets(question: Question, *, database: Database) -> dict[str, list[tuple[str, int]]]:
    """Return the commonest outlets, stances, certainties and types of event of the newest statements that fit."""
    columns = "statement.outlet, statement.stance, statement.sure, statement.event"
    rows = _list_newest(columns, replace(question, before=None), limit=_FACETED, database=database)
    counts = {
        name: Counter(str(row[column]) for row in rows if row[column] is not None)
        for column, name in enumerate(("outlet", "stance", "sure", "type"))
    }
    return {
        name: sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))[:_FACETS] for name, count in counts.items()
    }


def list_article_statements(article: str, *, database: Database) -> tuple[KeptStatement, ...]:
    """Return the current statements of an article in the order of its text."""
    rows = database.rows(
        f"SELECT {_STATEMENT}, {_ARTICLE}{FROM_STATEMENT} WHERE statement.article = ? AND statement.current > 0"
        " ORDER BY statement.first_char, statement.number",
        article,
    )
    return tuple(_take_in_corrections([_make_statement(row) for row in rows], database))


def find_statement(statement: str, *, database: Database) -> KeptStatement:
    """Return one statement by its id, or by an id's beginning; raises `NotKept` unless there is one."""
    rows = database.rows(
        f"SELECT {_STATEMENT}, {_ARTICLE}{FROM_STATEMENT} WHERE statement.id >= ? AND statement.id < ? LIMIT 2",
        statement,
        f"{statement}~",
    )
    if len(rows) != 1 or not statement:
        many = "several statements' ids begin" if rows else "no statement's id begins"
        raise NotKept(path=database.path, detail=f"{many} with “{statement}”")
    (kept,) = _take_in_corrections([_make_statement(rows[0])], database)
    return kept


def count_sources(
    *, limit: int, offset: int = 0, outlet: str | None = None, newest: int | None = None, database: Database
) -> list[SourceCount]:
    """Return who is relied on most, names that were merged counted as one; statements without a source are left out.

    `newest` looks only at so many of the statements that came last, and leaves out pronouns that nobody could follow.
    """
    conditions = ["statement.current = 1", "statement.source_words IS NOT NULL"]
    parameters: list[Value] = []
    if outlet is not None:
        conditions.append("statement.outlet = ?")
        parameters.append(outlet)
    if newest is not None:
        conditions.append("coalesce(statement.source_kind, '') <> 'pronoun'")
        conditions.append("statement.number > (SELECT coalesce(max(number), 0) FROM statement) - ?")
        parameters.append(newest)
    key = "coalesce(alias.meant, statement.source_name, statement.source_words)"
    rows = database.rows(
        f"SELECT {key}, statement.outlet, min(statement.source_kind), count(*), count(DISTINCT statement.article)"
        " FROM statement LEFT JOIN alias ON alias.name = coalesce(statement.source_name, statement.source_words)"
        f" WHERE {' AND '.join(conditions)} GROUP BY {key}, statement.outlet ORDER BY count(*) DESC, statement.outlet",
        *parameters,
    )
    found: dict[str, SourceCount] = {}
    for name, home, kind, count, articles in rows:
        known = found.get(str(name)) or SourceCount(
            name=str(name), kind=str(kind), statements=0, articles=0, outlets=()
        )
        found[str(name)] = replace(
            known,
            kind=min(known.kind, str(kind)),
            statements=known.statements + cast("int", count),
            articles=known.articles + cast("int", articles),
            outlets=known.outlets if home is None else (*known.outlets, str(home)),
        )
    ranked = sorted(found.values(), key=lambda one: (-one.statements, one.name))
    return ranked[offset : offset + limit]


def list_figures(
    *,
    outcome: str | None = None,
    unit: str | None = None,
    question: Question,
    database: Database,
) -> tuple[KeptFigure, ...]:
    """Return figures with who gave them; `question` narrows their statements; `before` is a figure's number here."""
    asked = narrow(replace(question, before=None), database)
    conditions, parameters = list(asked.conditions), list(asked.parameters)
    if outcome is not None:
        fitting = [kept for kept in _list_outcomes(database) if outcome in kept.split()]
        if not fitting:
            return ()
        conditions.append(f"{database.dialect.keep_order('figure.outcome')} IN ({', '.join('?' for _ in fitting)})")
        parameters += fitting
    if unit is not None:
        conditions.append("figure.unit = ?")
        parameters.append(unit)
    if question.before is not None:
        conditions.append("figure.number < ?")
        parameters.append(question.before)
    rows = database.rows(
        "SELECT figure.number, statement.id, figure.low, figure.best, figure.high, figure.approximate, figure.unit,"
        " figure.counted, figure.outcome, coalesce(alias.meant, statement.source_name, statement.source_words),"
        f" figure.words, statement.outlet, statement.published{asked.tables}"
        " JOIN figure ON figure.statement = statement.number"
        f" WHERE {' AND '.join(conditions)} ORDER BY figure.number DESC LIMIT ?",
        *parameters,
        question.limit,
    )
    return tuple(_make_figure(row) for row in rows)


def _list_outcomes(database: Database) -> list[str]:
    """Return what outcomes figures have, each a few words, by steps along their index."""
    rows = database.rows(
        "WITH RECURSIVE kept (outcome) AS (SELECT min(outcome) FROM figure UNION ALL"
        " SELECT (SELECT min(outcome) FROM figure WHERE figure.outcome > kept.outcome) FROM kept"
        " WHERE kept.outcome IS NOT NULL) SELECT outcome FROM kept WHERE outcome IS NOT NULL"
    )
    return [str(row[0]) for row in rows]


def list_refusals(*, limit: int, offset: int = 0, database: Database) -> list[KeptRefusal]:
    """Return what could not be read, the last first."""
    rows = database.rows(
        "SELECT source, reason, detail, times, last FROM refusal"
        " ORDER BY last DESC, source, reason, detail LIMIT ? OFFSET ?",
        limit,
        offset,
    )
    return [
        KeptRefusal(source=str(a), reason=str(b), detail=str(c), times=cast("int", d), last=str(e))
        for a, b, c, d, e in rows
    ]


def is_read(page: str, source: str, encoder: str, *, database: Database) -> bool:
    """Tell whether a page from this source has been read by this encoder."""
    row = database.row(
        "SELECT 1 FROM capture JOIN article ON article.page = capture.page"
        " JOIN reading ON reading.article = article.id"
        " WHERE capture.page = ? AND capture.source = ? AND reading.encoder = ? LIMIT 1",
        page,
        source,
        encoder,
    )
    return row is not None


def count_all(database: Database) -> dict[str, int]:
    """Return how much the ledger holds, by table."""
    tables = {"pages": "page", "articles": "article", "statements": "statement", "figures": "figure"}
    tables |= {"refusals": "refusal", "judgements": "judgement"}
    found = {}
    for name, table in tables.items():
        row = database.row(f"SELECT count(*) FROM {table}")  # names of our own
        found[name] = cast("int", row[0]) if row else 0
    return found


def list_articles(*, limit: int, before: str | None = None, database: Database) -> list[KeptArticle]:
    """Return articles, the last added first; `before` is the `added` of the last one of the page before."""
    rows = database.rows(
        f"SELECT {_ARTICLE} FROM article WHERE added < ? ORDER BY added DESC, id LIMIT ?",
        before or "~",
        limit,
    )
    return [_make_article(row) for row in rows]


def find_outlet(name: str, *, database: Database) -> str:
    """Return an outlet as the ledger writes it, whatever its capitals; the name itself where there is none."""
    row = database.row("SELECT outlet FROM article WHERE outlet = ? LIMIT 1", name) or database.row(
        "SELECT min(outlet) FROM article WHERE lower(outlet) = lower(?)", name
    )
    return str(row[0]) if row and row[0] is not None else name


def find_page(digest: str, *, database: Database) -> KeptArticle | None:
    """Return the newest article that was read from a page."""
    row = database.row(f"SELECT {_ARTICLE} FROM article WHERE page = ? ORDER BY added DESC, id LIMIT 1", digest)
    return _make_article(row) if row else None


def find_versions(key: str, *, database: Database) -> list[KeptArticle]:
    """Return all versions of an article, by its address, its file or its id, the first first."""
    rows = database.rows(
        f"SELECT {_ARTICLE} FROM article WHERE key IN (SELECT key FROM article WHERE key = ? OR (id >= ? AND id < ?)"
        " UNION SELECT article.key FROM capture JOIN article ON article.page = capture.page WHERE capture.source = ?)"
        " ORDER BY key, version",
        key,
        key or "~",
        f"{key}~",
        key,
    )
    return [_make_article(row) for row in rows]


def compare_versions(before: KeptArticle, after: KeptArticle, *, database: Database) -> Changes:
    """Say what changed: statements that came and went, and those that differ in their figures alone."""
    old, new = ([s.text for s in list_article_statements(article.id, database=database)] for article in (before, after))
    dropped, added = [t for t in old if t not in set(new)], [t for t in new if t not in set(old)]
    figures = []
    for text in list(dropped):
        same = next((other for other in added if _differ_in_numbers(text, other)), None)
        if same is not None:
            figures.append((text, same))
            dropped.remove(text)
            added.remove(same)
    return Changes(article=after, before=before, added=tuple(added), dropped=tuple(dropped), figures=tuple(figures))


def list_pages(database: Database) -> Iterator[KeptPage]:
    """Yield every page with its place in the archive, in the order of the archive's files."""
    after: tuple[str, int] = ("", -1)
    while True:
        rows = database.rows(
            "SELECT digest, file, first_byte, length, record_id FROM page"
            " WHERE file > ? OR (file = ? AND first_byte > ?) ORDER BY file, first_byte LIMIT 500",
            after[0],
            *after,
        )
        for digest, file, offset, length, record_id in rows:
            place = ArchivePlace(
                file=str(file), offset=cast("int", offset), length=cast("int", length), record_id=str(record_id)
            )
            yield KeptPage(digest=str(digest), place=place)
        if not rows:
            return
        after = (str(rows[-1][1]), cast("int", rows[-1][2]))


def list_anchors(page: str, *, database: Database) -> Iterator[tuple[str | None, str, str, Anchor]]:
    """Yield what must be read from a page again: (statement or none, charset, media type, words and their bytes)."""
    for article, charset, media_type, text, record in database.rows(
        "SELECT id, charset, media_type, text, record FROM article WHERE page = ?", page
    ):
        words = str(text)
        kept = read_article(str(record))
        for span, places in zip(kept.paragraphs, kept.page_spans, strict=True):
            yield None, str(charset), str(media_type), Anchor(words=span.slice(words), page_spans=places)
        for statement, found in database.rows("SELECT id, record FROM statement WHERE article = ?", article):
            one = read_statement(str(found))
            said = "".join(span.slice(words) for span in one.statement.spans)
            yield str(statement), str(charset), str(media_type), Anchor(words=said, page_spans=one.page_spans)


def find_end(file: str, *, database: Database) -> int:
    """Return how many bytes of an archive's file the ledger knows."""
    row = database.row("SELECT max(first_byte + length) FROM page WHERE file = ?", file)
    return cast("int", row[0]) if row and row[0] is not None else 0


def _take_in_corrections(kept: list[KeptStatement], database: Database) -> Iterator[KeptStatement]:
    if not kept:
        return
    marks = ", ".join("?" for _ in kept)
    rows = database.rows(
        f"SELECT statement, field, value FROM correction WHERE statement IN ({marks}) ORDER BY statement, field",
        *(one.statement.id for one in kept),
    )
    for one in kept:
        own = tuple((str(field), str(value)) for statement, field, value in rows if statement == one.statement.id)
        name = dict(own).get("source_name", one.source_name)
        yield replace(one, corrected=own, source_name=name)


def _make_statement(row: Row) -> KeptStatement:
    number, _, current, verdict, content, words, name, record = row[:8]
    return KeptStatement(
        number=cast("int", number),
        statement=read_statement(str(record)).statement,
        article=_make_article(row[8:]),
        text=str(content),
        source_words=read_text(words),
        source_name=read_text(name),
        current=current == 1,
        verdict=Verdict(str(verdict)) if verdict is not None else None,
    )


def _make_article(row: Row) -> KeptArticle:
    article, key, version, page, title, outlet, agency, byline, url, published, modified, added = row
    return KeptArticle(
        id=str(article),
        key=str(key),
        version=cast("int", version),
        page=str(page),
        title=read_text(title),
        outlet=read_text(outlet),
        agency=read_text(agency),
        byline=read_text(byline),
        url=read_text(url),
        published=read_text(published),
        modified=read_text(modified),
        added=str(added),
    )


def _make_figure(row: Row) -> KeptFigure:
    number, statement, low, best, high, approximate, unit, counted, outcome, source, words, outlet, published = row
    return KeptFigure(
        number=cast("int", number),
        statement=str(statement),
        low=cast("float | None", low),
        best=cast("float | None", best),
        high=cast("float | None", high),
        approximate=bool(approximate),
        unit=read_text(unit),
        counted=read_text(counted),
        outcome=tuple(str(outcome).split()),
        source=read_text(source),
        text=str(words),
        outlet=read_text(outlet),
        published=read_text(published),
    )


def _differ_in_numbers(left: str, right: str) -> bool:
    """Tell whether two contents are alike but for a number in them: another number, and nearly the same other words."""
    numbers = [set(re.findall(r"\d[\d.,]*", text)) for text in (left, right)]
    words = [[word for word in split_words(text) if not word.isdigit()] for text in (left, right)]
    alike = SequenceMatcher(None, words[0], words[1], autojunk=False).ratio()
    return numbers[0] != numbers[1] and alike >= _NEARLY

"""Check that what the ledger shows and is asked by is what its records say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whosays.ledger.records import list_columns, read_statement, tell_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whosays.ledger.database import Database, Value
    from whosays.model import Statement


def list_differences(page: str, *, database: Database) -> Iterator[tuple[str, str, str]]:
    """Yield (statement, expected, found) for each column of a page's statements that differs from its record.

    Where a person corrected a field, the correction is what is expected.
    """
    for number, statement, text, record, *shown in database.rows(
        "SELECT statement.number, statement.id, article.text, statement.record, statement.content,"
        " statement.source_words, statement.source_name, statement.source_kind, statement.stance, statement.event,"
        " statement.sure, statement.outlet, statement.published, article.outlet, article.published"
        " FROM statement JOIN article ON article.id = statement.article WHERE article.page = ?",
        page,
    ):
        kept = read_statement(str(record)).statement
        said = _list_corrections(str(statement), database)
        outlet, published = shown.pop(-2), shown.pop(-1)
        words = (kept.join_content(str(text)), tell_source(kept, str(text)))
        expected = [*words, *list_columns(kept, said).values(), outlet, published]
        yield from (
            (str(statement), str(right), str(found))
            for right, found in zip(expected, shown, strict=True)
            if right != found
        )
        yield from _compare_figures(str(statement), number, kept, database)


def _list_corrections(statement: str, database: Database) -> dict[str, str]:
    rows = database.rows("SELECT field, value FROM correction WHERE statement = ?", statement)
    return {str(field): str(value) for field, value in rows}


def _compare_figures(
    statement: str, number: Value, kept: Statement, database: Database
) -> Iterator[tuple[str, str, str]]:
    rows = database.rows("SELECT low, best, high, unit FROM figure WHERE statement = ? ORDER BY number", number)
    expected = [(figure.low, figure.best, figure.high, figure.unit) for figure in kept.figures]
    if [tuple(row) for row in rows] != expected:
        yield statement, str(expected), str([tuple(row) for row in rows])

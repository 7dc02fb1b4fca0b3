"""A question as SQL: what narrows statements down, for every query that lists or counts them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whosays.errors import Unasked
from whosays.ledger.words import find_sought
from whosays.text import split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whosays.ledger.database import Database, Value
    from whosays.model import Question

_COLUMNS = (("words", "content"), ("who", "source"), ("about", "actors"), ("where", "places"))
_JOINED = (
    " JOIN article ON article.id = statement.article"
    " LEFT JOIN alias ON alias.name = coalesce(statement.source_name, statement.source_words)"
)
_OF_SOURCE = (
    "SELECT number FROM statement WHERE source_name = ?"
    " UNION SELECT number FROM statement WHERE source_name IS NULL AND source_words = ?"
    " UNION SELECT statement.number FROM alias JOIN statement ON statement.source_name = alias.name"
    " OR (statement.source_name IS NULL AND statement.source_words = alias.name) WHERE alias.meant = ?"
)
FROM_STATEMENT = f" FROM statement{_JOINED}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """A question as SQL: the tables, the conditions with their parameters, and the column that orders the answer."""

    tables: str
    conditions: list[str]
    parameters: list[Value]
    number: str
    indexed: bool
    """Whether the index of words is asked: `tables` begin with it then, and `parameters` with the query."""

    @property
    def where(self) -> str:
        """The conditions as one."""
        return " AND ".join(self.conditions)


def narrow_in_steps(question: Question, database: Database) -> Iterator[Narrowed]:
    """Put a question into SQL that looks at the newest statements, and if that gives too few rows, at more, and at all.

    Where the index of words gives its rows in order, and stops when there are enough, there is one step.
    """
    asked = narrow(question, database)
    if asked.indexed:
        for tables in database.dialect.join_newest_words(lambda: (question.before or _find_last(database) + 1) - 1):
            yield replace(asked, tables=f" FROM {tables}{_JOINED}")
    yield asked


def _find_last(database: Database) -> int:
    row = database.row("SELECT max(number) FROM statement")
    return row[0] if row and isinstance(row[0], int) else 0


def narrow(question: Question, database: Database) -> Narrowed:
    """Put a question into SQL; where words are sought, their index is asked first and gives the order."""
    dialect = database.dialect
    conditions: list[str] = ["1 = 1" if question.superseded else "statement.current = 1"]
    parameters: list[Value] = []
    if not question.rejected:
        conditions.append("coalesce(statement.verdict, '') <> 'rejected'")
    merged = _find_merged(question.who, database)
    columns = {column: find_sought(getattr(question, field), column) for field, column in _COLUMNS}
    asked = any(getattr(question, field) is not None for field, _ in _COLUMNS)
    if asked and not any(one.wanted for found in columns.values() for one in found):
        raise Unasked(path=database.path, detail="a question needs at least one word that is wanted")
    if merged:
        names = ", ".join("?" for _ in merged)
        name = "coalesce(statement.source_name, statement.source_words)"
        conditions.append(f"(statement.number IN ({dialect.find_words()}) OR {name} IN ({names}))")
        parameters += [dialect.write_query(columns.pop("source")), *merged]
    sought = [one for found in columns.values() for one in found]
    number = dialect.number_words() if sought else "statement.number"
    held = dialect.hold_phrase()
    longer = [one for one in sought if len(one.pairs) > 1] if held else []
    for one in longer:
        conditions.append(f"{'' if one.wanted else 'NOT '}{held}")
        parameters.append(" ".join(one.phrase))
    if sought:
        parameters.insert(0, dialect.write_query([one for one in sought if one.wanted or one not in longer]))
    if question.source is not None:
        conditions.append(f"statement.number IN ({_OF_SOURCE})")
        parameters += [question.source] * 3
    for condition, value in (
        ("statement.outlet = ?", question.outlet),
        ("statement.published >= ?", question.since),
        ("statement.published <= ?", f"{question.until}~" if question.until else None),
        ("statement.sure = ?", question.sure),
        ("statement.stance = ?", question.stance),
        ("statement.event = ?", question.type),
        (f"{number} < ?", question.before),
    ):
        if value is not None:
            conditions.append(condition)
            parameters.append(value)
    tables = f" FROM {dialect.join_words()}{_JOINED}" if sought else FROM_STATEMENT
    return Narrowed(tables=tables, conditions=conditions, parameters=parameters, number=number, indexed=bool(sought))


def _find_merged(who: str | None, database: Database) -> list[str]:
    """Return the names that were merged into the one asked for."""
    if not who:
        return []
    wanted = set(split_words(who))
    rows = database.rows("SELECT name, meant FROM alias")
    return [str(name) for name, meant in rows if wanted and wanted <= set(split_words(str(meant)))]

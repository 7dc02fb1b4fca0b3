"""The words that statements are found by, as both databases index them: one list of terms a statement.

A word of the content is a term as it is. A word of the source, of an actor or of a place bears a mark before it, so
that the index knows where it stood and reads nothing else. Two words of the content that follow each other are a term
more, which no database takes a stem of: a phrase is found as it stands, and one of common words without going through
all that hold each of them.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from whosays.ledger.database import Sought
from whosays.ledger.records import read_statement, tell_source
from whosays.text import split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from whosays.ledger.database import Database, Value
    from whosays.model import GazetteerEntry, Statement

_MARKS = {"content": "", "source": "ˢ", "actors": "ᵃ", "places": "ᵖ"}
"""Letters that no word holds once it is folded, and that both databases take for letters."""
_PAIRED = "ˣ"
_PART = re.compile(r'(-?)"([^"]*)"|(-?)(\S+)')
_AT_ONCE = 2000


def find_sought(asked: str | None, column: str) -> list[Sought]:
    """Take what is asked for apart: words, phrases in quotation marks, and what must not be there (`-`).

    `column` is `content`, `source`, `actors` or `places`.
    """
    found = []
    for match in _PART.finditer(asked or ""):
        words = split_words(match[2] if match[2] is not None else match[4])
        if words:
            pairs = _pair(words) if column == "content" else ()
            wanted = "-" not in (match[1], match[3])
            found.append(Sought(phrase=tuple(_mark(words, column)), pairs=tuple(pairs), wanted=wanted))
    return found


def list_terms(statement: Statement, text: str, countries: Mapping[str, str]) -> str:
    """Return the terms that a statement of an article is found by; `countries` tells the name of a code."""
    content = split_words(statement.join_content(text))
    columns: dict[str, list[str | None]] = {
        "source": [tell_source(statement, text), statement.source.name if statement.source else None],
        "actors": [part for a in statement.actors for part in (a.span.slice(text), a.name, a.country)],
        "places": [part for p in statement.places for part in (p.span.slice(text), *_name_place(p.entry, countries))],
    }
    marked = [
        term
        for column, parts in columns.items()
        for term in _mark(split_words(" ".join(part for part in parts if part)), column)
    ]
    return " ".join([*content, *dict.fromkeys(_pair(content)), *marked])


def index_kept(database: Database, countries: Mapping[str, str]) -> None:
    """Index all statements that are kept, after the index was made anew."""
    last: Value = 0
    while rows := database.rows(
        "SELECT statement.number, statement.record, article.text FROM statement"
        " JOIN article ON article.id = statement.article"
        " WHERE statement.number > ? ORDER BY statement.number LIMIT ?",
        last,
        _AT_ONCE,
    ):
        terms = (
            (number, list_terms(read_statement(str(record)).statement, str(text), countries))
            for number, record, text in rows
        )
        database.run_many(database.dialect.index_words(), list(terms))
        last = rows[-1][0]


def _pair(words: Iterable[str]) -> Iterator[str]:
    return (f"{left}{_PAIRED}{right}{_PAIRED}" for left, right in pairwise(words))


def _mark(words: Iterable[str], column: str) -> Iterator[str]:
    return (f"{_MARKS[column]}{word}" for word in words)


def _name_place(entry: GazetteerEntry | None, countries: Mapping[str, str]) -> tuple[str | None, ...]:
    """Return what else a place may be asked by: its name, its region, its country's code and name."""
    if entry is None:
        return ()
    return (entry.name, entry.admin1, entry.country, countries.get(entry.country or ""))

"""SQLite: one file, many readers, one writer at a time."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, cast

from whosays.text import split_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from whosays.ledger.database.connection import Connection, Sought

_PATIENCE = 60.0
"""Seconds that a writer waits for another one to finish."""
_CHECKED = 10_000
"""Pages of the log after which they go into the file: some sixty articles, far apart in the indexes."""
_LOOKED_AT = 100_000
"""Rows of an index that are looked at to learn how they are spread; of fewer, an outlet is as common as a stance."""


class Sqlite:
    """The dialect of SQLite 3.37 or newer (strict tables), with its FTS5."""

    name = "sqlite"
    errors: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self._path = path
        self._read_only = read_only

    def connect(self) -> Connection:
        """Open the file in WAL mode; another process may go on reading while one writes."""
        mode = "mode=ro" if self._read_only else "mode=rwc"
        if self._read_only and not os.access(
            self._path.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids
        ):
            mode += "&immutable=1"  # SQLite cannot put its locks beside the file, and nobody can write to it either
        address = f"{self._path.resolve().as_uri()}?{mode}"
        connection = sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)
        if not self._read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKED}")
            connection.execute(f"PRAGMA analysis_limit = {_LOOKED_AT}")
        connection.execute("PRAGMA cache_size = -32000")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.create_function("holds_phrase", 2, _holds_phrase, deterministic=True)
        return cast("Connection", connection)

    def begin(self) -> str:
        """Take the one writer's place at once, so that no reader has to be told to start over."""
        return "BEGIN IMMEDIATE"

    def lock(self) -> str:
        """Nothing: the only writer is alone with all pages."""
        return "SELECT ?"

    def translate(self, sql: str) -> str:
        """Leave `?` as it is."""
        return sql

    def index_words(self) -> str:
        """Add a row to the contentless index."""
        return "INSERT INTO statement_words (rowid, words) VALUES (?, ?)"

    def find_words(self) -> str:
        """Match rows of the index."""
        return "SELECT rowid FROM statement_words WHERE statement_words MATCH ?"

    def join_words(self) -> str:
        """Ask the index first: it gives its rows in order and stops when there are enough."""
        return (
            "statement_words CROSS JOIN statement"
            " ON statement_words MATCH ? AND statement.number = statement_words.rowid"
        )

    def join_newest_words(self, find_newest: Callable[[], int]) -> Iterator[str]:
        """Nothing: the index is in order."""
        del find_newest
        yield from ()

    def number_words(self) -> str:
        """Return the index's column with a statement's number."""
        return "statement_words.rowid"

    def write_query(self, asked: Sequence[Sought]) -> str:
        """Write an FTS5 query: pairs, or `"terms in a row"`, joined by AND, then NOT."""
        wanted = [_write_phrase(sought) for sought in asked if sought.wanted]
        unwanted = [_write_phrase(sought) for sought in asked if not sought.wanted]
        return " NOT ".join([f"({' AND '.join(wanted)})", *unwanted])

    def hold_phrase(self) -> str | None:
        """Look into the content: FTS5 would go through all that hold the phrase's words."""
        return "holds_phrase(statement.content, ?)"

    def keep_order(self, column: str) -> str:
        """With a sign before it no index on a column is used, which would have all its rows sorted."""
        return f"+{column}"

    def optimize(self) -> str:
        """Look at tables that changed much, at a bounded number of rows each."""
        return "PRAGMA optimize"

    def is_lost(self, error: Exception) -> bool:
        """A file is not lost."""
        del error
        return False


def _write_phrase(sought: Sought) -> str:
    terms = sought.pairs or (" ".join(sought.phrase),)
    return "(" + " AND ".join(f'"{term}"' for term in terms) + ")"


def _holds_phrase(content: str, phrase: str) -> bool:
    return f" {phrase} " in f" {' '.join(split_words(content))} "

"""PostgreSQL 13 or newer: many writers, many machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from whosays.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whosays.ledger.database.connection import Connection, Sought

_WEIGHTS = {"content": "A", "source": "B", "actors": "C", "places": "D"}
"""The label that words of a column carry in the index: PostgreSQL has four."""


class PostgreSQL:
    """The dialect of PostgreSQL with psycopg 3, and its own full-text search."""

    name = "postgresql"

    def __init__(self, url: str, *, read_only: bool) -> None:
        try:
            import psycopg
        except ImportError as error:
            raise LedgerError(
                path=hide_password(url), detail="needs the driver: pip install 'whosays[postgresql]'"
            ) from error
        self._psycopg = psycopg
        self._url = url
        self._read_only = read_only
        self.errors: tuple[type[Exception], ...] = (psycopg.Error,)

    def connect(self) -> Connection:
        """Connect; every statement is its own transaction until `BEGIN`, and planned for the words it asks for."""
        connection = self._psycopg.connect(self._url, autocommit=True, connect_timeout=10)
        connection.execute("SET plan_cache_mode = force_custom_plan")
        connection.read_only = self._read_only
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            connection.close()
            detail = f"the database holds text as {encoding}; make one for it with: createdb --encoding UTF8"
            raise LedgerError(path=hide_password(self._url), detail=detail)
        return cast("Connection", connection)

    def begin(self) -> str:
        """Begin; writers meet only where they write the same page."""
        return "BEGIN"

    def lock(self) -> str:
        """Hold an advisory lock on the page's digest until the commit."""
        return "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))"

    def translate(self, sql: str) -> str:
        """Write `%s` for `?`."""
        return sql.replace("%", "%%").replace("?", "%s")

    def index_words(self) -> str:
        """Add a row of labelled words."""
        columns = " || ".join(f"setweight(to_tsvector('whosays', ?::text), '{label}')" for label in _WEIGHTS.values())
        return f"INSERT INTO statement_words (number, words) VALUES (?, {columns})"  # labels of our own

    def join_words(self) -> str:
        """Join the index; the server finds the best order itself."""
        return "statement_words JOIN statement ON statement.number = statement_words.number"

    def join_rare_words(self) -> str | None:
        """Take all rows from the index, then the statement of each; `OFFSET 0` keeps the server from another order."""
        found = f"SELECT number FROM statement_words WHERE {self.match_words()} OFFSET 0"  # words of our own
        its = "SELECT * FROM statement WHERE statement.number = statement_words.number OFFSET 0"
        return f"({found}) AS statement_words CROSS JOIN LATERAL ({its}) AS statement"

    def match_words(self) -> str:
        """Match rows of the index."""
        return "statement_words.words @@ to_tsquery('whosays', ?::text)"

    def number_words(self) -> str:
        """Return the index's column with a statement's number."""
        return "statement_words.number"

    def write_query(self, asked: Sequence[Sought]) -> str:
        """Write a tsquery: `'words':A <-> 'in':A`, joined by `&`, `!` before what must not be there."""
        return " & ".join(("" if sought.wanted else "!") + _write_phrase(sought) for sought in asked)

    def optimize(self) -> str:
        """Nothing: the server does so by itself."""
        return "SELECT 1"

    def is_lost(self, error: Exception) -> bool:
        """The server closed the connection, or cannot be reached."""
        return isinstance(error, self._psycopg.OperationalError)


def hide_password(url: str) -> str:
    """Return a ledger's address as it may be shown: without a password."""
    scheme, _, rest = url.partition("://")
    login, at, place = rest.rpartition("@")
    return f"{scheme}://{login.partition(':')[0]}{at}{place}"


def _write_phrase(sought: Sought) -> str:
    label = _WEIGHTS[sought.column]
    words = (word.replace("\\", "").replace("'", "''") for word in sought.words)
    return "(" + " <-> ".join(f"'{word}':{label}" for word in words) + ")"

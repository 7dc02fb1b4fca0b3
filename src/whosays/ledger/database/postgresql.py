"""PostgreSQL 13 or newer: many writers, many machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from whosays.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from whosays.ledger.database.connection import Connection, Sought

_WINDOWS = (11, 14, 17)
"""Bits: statements whose numbers differ in the last so many bear one term, by which the newest are found first."""


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
        """Add a row of words, and of the windows that it lies in."""
        windows = ", ".join(f"'{bits}/' || (new.number >> {bits})" for bits in _WINDOWS)
        return (
            "INSERT INTO statement_words (number, words)"  # windows of our own
            f" SELECT new.number, to_tsvector('whosays', new.words) || array_to_tsvector(ARRAY[{windows}])"
            " FROM (VALUES (?::bigint, ?::text)) AS new (number, words)"
        )

    def find_words(self) -> str:
        """Match rows of the index."""
        return _find_words("")

    def join_words(self) -> str:
        """Take all rows from the index, the newest first, and then the statement of each."""
        return _join_words("")

    def join_newest_words(self, find_newest: Callable[[], int]) -> Iterator[str]:
        """Take those of the newest statements: of the window of the newest one and of the one before, of every size."""
        newest = find_newest()
        for bits in _WINDOWS:
            window = newest >> bits
            yield _join_words(f" && '''{bits}/{window}'' | ''{bits}/{window - 1}'''::tsquery")

    def number_words(self) -> str:
        """Return the index's column with a statement's number."""
        return "statement_words.number"

    def write_query(self, asked: Sequence[Sought]) -> str:
        """Write a tsquery: `'terms' <-> 'in' <-> 'row'`, joined by `&`, `!` before what must not be there."""
        return " & ".join(("" if sought.wanted else "!") + _write_phrase(sought) for sought in asked)

    def hold_phrase(self) -> str | None:
        """Nothing: the index finds the pairs, and the words in a row where these are."""
        return None

    def keep_order(self, column: str) -> str:
        """As it is: the server knows how common a value is."""
        return column

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


def _find_words(window: str) -> str:
    query = f"to_tsquery('whosays', ?::text){window}"
    return f"SELECT number FROM statement_words WHERE words @@ ({query})"  # words of our own


def _join_words(window: str) -> str:
    """Join the index, asked first: `OFFSET 0` keeps the server from another order, of which its guess is poor."""
    found = f"{_find_words(window)} ORDER BY number DESC OFFSET 0"
    its = "SELECT * FROM statement WHERE statement.number = statement_words.number OFFSET 0"
    return f"({found}) AS statement_words CROSS JOIN LATERAL ({its}) AS statement"  # words of our own


def _write_phrase(sought: Sought) -> str:
    phrase = " <-> ".join(f"'{term}'" for term in sought.phrase)
    return "(" + " & ".join([*(f"'{pair}'" for pair in sought.pairs), f"({phrase})"]) + ")"

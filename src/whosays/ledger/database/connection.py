"""One connection to a ledger's database, and what differs between SQLite and PostgreSQL."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from whosays.errors import LedgerError, LedgerLost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Value = str | int | float | None
Row = tuple[Value, ...]


class Dialect(Protocol):
    """What differs between databases; each difference is one method."""

    name: str
    errors: tuple[type[Exception], ...]

    def connect(self) -> Connection:
        """Open a connection in which every statement stands for itself until `begin`."""
        ...

    def begin(self) -> str:
        """Return the SQL that begins to write, and waits for another writer where there can be but one."""
        ...

    def lock(self) -> str:
        """Return the SQL that keeps other writers from one page (its digest is the parameter) until the commit."""
        ...

    def translate(self, sql: str) -> str:
        """Turn `?` into the driver's own mark for a parameter."""
        ...

    def index_words(self) -> str:
        """Return the SQL that indexes a statement; its parameters are the number and the terms."""
        ...

    def find_words(self) -> str:
        """Return the SQL for the numbers of all statements that are sought; `write_query` gives its one parameter."""
        ...

    def join_words(self) -> str:
        """Return the SQL that stands for `statement` where words are sought, with the same parameter."""
        ...

    def join_newest_words(self, find_newest: Callable[[], int]) -> Iterator[str]:
        """Yield the same for fewer statements, those up to the number `find_newest` gives, and then for more of them.

        None where the index gives its rows in order, the newest first, and can stop when there are enough.
        """
        ...

    def number_words(self) -> str:
        """Return the index's column with a statement's number; in its order the newest come last."""
        ...

    def write_query(self, asked: Sequence[Sought]) -> str:
        """Write what is sought in the database's own language of full-text queries."""
        ...

    def hold_phrase(self) -> str | None:
        """Return a condition that a statement's content holds a phrase, its one parameter; none where the index tells.

        A phrase of two words is one pair, which every index tells.
        """
        ...

    def keep_order(self, column: str) -> str:
        """Return a column so that the order of the answer is kept rather than an index on the column used."""
        ...

    def optimize(self) -> str:
        """Return the SQL that lets the database learn how rows are spread, at little cost."""
        ...

    def is_lost(self, error: Exception) -> bool:
        """Tell whether the connection is gone, so that a new one may succeed."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A phrase of terms, or one term, that must, or must not, stand in a statement's words."""

    phrase: tuple[str, ...]
    pairs: tuple[str, ...]
    """Terms that stand wherever the phrase does, and are rarer."""
    wanted: bool


class Cursor(Protocol):
    """The part of the DB API that is used."""

    @property
    def rowcount(self) -> int:
        """How many rows a statement changed."""
        ...

    def fetchall(self) -> list[Row]:
        """Return all rows."""
        ...

    def executemany(self, sql: str, parameters: Iterable[Sequence[Value | bytes]], /) -> object:
        """Run a statement once for each set of parameters."""
        ...


class Connection(Protocol):
    """The part of the DB API that is used."""

    def execute(self, sql: str, parameters: Sequence[Value | bytes], /) -> Cursor:
        """Run a statement."""
        ...

    def cursor(self) -> Cursor:
        """Make a cursor."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


class Database:
    """A connection, opened anew after it was lost; not to be shared between threads."""

    def __init__(self, dialect: Dialect, *, path: str) -> None:
        self.dialect = dialect
        self.path = path
        self._connection: Connection | None = None

    def rows(self, sql: str, *parameters: Value) -> list[Row]:
        """Return the rows of a question."""
        with self._translated():
            return self._connect().execute(self.dialect.translate(sql), _hold(parameters)).fetchall()

    def row(self, sql: str, *parameters: Value) -> Row | None:
        """Return the first row of a question, or none."""
        found = self.rows(sql, *parameters)
        return found[0] if found else None

    def run(self, sql: str, *parameters: Value | bytes) -> int:
        """Run a statement and return how many rows it changed."""
        with self._translated():
            return self._connect().execute(self.dialect.translate(sql), _hold(parameters)).rowcount

    def run_many(self, sql: str, parameters: list[tuple[Value, ...]]) -> None:
        """Run a statement once for each set of parameters."""
        if parameters:
            with self._translated():
                self._connect().cursor().executemany(self.dialect.translate(sql), [_hold(one) for one in parameters])

    @contextmanager
    def write(self) -> Iterator[None]:
        """Write all that is run inside, or nothing of it."""
        self.run(self.dialect.begin())
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def close(self) -> None:
        """Close the connection; it opens anew when asked again."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()

    def _connect(self) -> Connection:
        if self._connection is None:
            self._connection = self.dialect.connect()
        return self._connection

    def _roll_back(self) -> None:
        if self._connection is None:
            return
        try:
            self._connection.execute("ROLLBACK", ())
        except self.dialect.errors:
            self.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except self.dialect.errors as error:
            detail = " ".join(str(error).split()) or type(error).__name__
            if self.dialect.is_lost(error):
                self._connection = None
                raise LedgerLost(path=self.path, detail=f"the connection broke off ({detail})") from error
            raise LedgerError(path=self.path, detail=detail) from error


def _hold(parameters: Sequence[Value | bytes]) -> tuple[Value | bytes, ...]:
    """Put U+FFFD for U+0000, as HTML does (PostgreSQL holds no such character), and `?` for what is no character."""
    return tuple(
        value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
        for value in parameters
    )

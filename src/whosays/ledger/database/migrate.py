"""Bring a ledger's tables to this whosays' version: forward only, one numbered step after another."""

from __future__ import annotations

import hashlib
import re
from importlib import resources
from typing import TYPE_CHECKING

from whosays.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from whosays.ledger.database.connection import Database

VERSION = 7
_TYPES = {
    "sqlite": {
        "number": "INTEGER PRIMARY KEY",
        "real": "REAL",
        "bytes": "BLOB",
        "BIGINT": "INTEGER",
        "end": ") STRICT;",
    },
    "postgresql": {
        "number": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "real": "DOUBLE PRECISION",
        "bytes": "BYTEA",
        "BIGINT": "BIGINT",
        "end": ");",
    },
}
_UPGRADING = 7_461_501
"""Number of the advisory lock under which PostgreSQL's tables are made."""


def migrate(
    database: Database, *, version: int = VERSION, after: Mapping[int, Callable[[Database], None]] | None = None
) -> None:
    """Make the tables, or bring them up to date; raises `LedgerError` on a ledger of a newer whosays.

    `after` is what a step needs done that SQL alone cannot do. An older `version` makes the tables as they were then,
    for tests of what comes after.
    """
    found = read_version(database)
    if found >= version:
        return
    if found == 0 and database.dialect.name == "sqlite" and database.row("SELECT 1 FROM sqlite_master LIMIT 1"):
        raise LedgerError(path=database.path, detail="is another program's database, and no ledger")
    with database.write():
        if database.dialect.name == "postgresql":
            database.rows("SELECT pg_advisory_xact_lock(?)", _UPGRADING)
        for step in range(read_version(database) + 1, version + 1):
            for statement in read_step(step, dialect=database.dialect.name):
                database.run(statement)
            if after and step in after:
                after[step](database)
            database.run("UPDATE whosays_version SET version = ?", step)


def read_version(database: Database) -> int:
    """Return the number of the last step taken, 0 for an empty ledger; refuses one from the future."""
    known = "SELECT name FROM sqlite_master WHERE name = ?"
    if database.dialect.name == "postgresql":
        known = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?"
    if database.row(known, "whosays_version") is None:
        return 0
    row = database.row("SELECT version FROM whosays_version")
    version = row[0] if row else 0
    if not isinstance(version, int):
        raise LedgerError(path=database.path, detail="is no ledger: its version is no number")
    if version > VERSION:
        raise LedgerError(
            path=database.path,
            detail=f"was written by a newer whosays (tables of version {version}, this one knows {VERSION}); update it",
        )
    return version


def read_step(step: int, *, dialect: str) -> list[str]:
    """Return the SQL statements of one step, those of all databases and then those of one."""
    shared, own = (_read_file(f"{step:04}{ending}") for ending in (".sql", f".{dialect}.sql"))
    types = _TYPES[dialect]
    for name in ("number", "real", "bytes"):
        shared = shared.replace(f"{{{name}}}", types[name])
    shared = re.sub(r"\bBIGINT\b(?! GENERATED)", types["BIGINT"], shared)
    shared = re.sub(r"^\);", types["end"], shared, flags=re.MULTILINE)
    bare = re.sub(r"--[^\n]*", "", f"{_FIRST if step == 1 else ''}{shared}{own}")
    return [statement.strip() for statement in bare.split(";\n") if statement.strip()]


def _read_file(name: str) -> str:
    """Return a file of the schema, or nothing where a step has none for all databases, or for one."""
    file = resources.files("whosays.ledger.database") / "schema" / name
    return file.read_text("utf-8") if file.is_file() else ""


def digest_schema() -> str:
    """Return a digest over all steps: a step that was released never changes (a test holds it)."""
    every = (read_step(step, dialect=dialect) for step in range(1, VERSION + 1) for dialect in _TYPES)
    return hashlib.sha256("\n".join(";".join(step) for step in every).encode()).hexdigest()


_FIRST = "CREATE TABLE whosays_version (version INTEGER NOT NULL);\nINSERT INTO whosays_version VALUES (0);\n"

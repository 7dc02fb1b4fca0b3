"""Parts of tables and the markers that say how far a shard is: a reader never sees a half file."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
from pyarrow import parquet

from whosays.batch.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKERS = "_shards"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """How far a shard is: where the next page begins, how many parts are written, and what became of its pages.

    `deaths` are places at which a worker died, `poison` those at which one died twice: they are refused. `failed` says
    why a shard cannot be read at all.
    """

    paths: tuple[str, ...]
    size: int
    next: int = 0
    parts: int = 0
    done: bool = False
    articles: int = 0
    statements: int = 0
    refusals: int = 0
    passed: dict[str, int] = field(default_factory=dict)
    deaths: tuple[int | None, ...] = ()
    poison: tuple[int, ...] = ()
    failed: str | None = None


def read_marker(folder: Path, name: str) -> Marker | None:
    """Return a shard's marker, none where it was never begun."""
    path = folder / _MARKERS / f"{name}.json"
    return msgspec.json.decode(path.read_bytes(), type=Marker) if path.is_file() else None


def write_marker(folder: Path, name: str, marker: Marker) -> None:
    """Put a shard's marker in the place of the one before, whole."""
    path = folder / _MARKERS / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(path, msgspec.json.encode(marker))


def write_part(folder: Path, name: str, number: int, rows: Mapping[str, list[dict[str, Any]]]) -> None:
    """Write a part of each table that has rows, under a name that only this part has; written again it is the same."""
    for table, schema in TABLES.items():
        if rows.get(table):
            write_table(folder / table / f"{name}-{number:05}.parquet", rows[table], schema)


def write_table(path: Path, rows: list[dict[str, Any]], schema: pa.Schema) -> None:
    """Write rows to a file that appears when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        parquet.write_table(pa.Table.from_pylist(rows, schema=schema), partial, compression="zstd")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def note_place(folder: Path, name: str, place: int) -> None:
    """Write down which page a worker begins, for who finds it dead."""
    path = folder / _MARKERS / f"{name}.at"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(place), "utf-8")


def read_place(folder: Path, name: str) -> int | None:
    """Return the page at which a worker was last."""
    path = folder / _MARKERS / f"{name}.at"
    text = path.read_text("utf-8") if path.is_file() else ""
    return int(text) if text.isdigit() else None


def list_parts(folder: Path, table: str) -> list[Path]:
    """Return the files of a table, in the order of their names."""
    return sorted(path for path in (folder / table).glob("*.parquet") if not path.name.startswith("."))


def _put(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)

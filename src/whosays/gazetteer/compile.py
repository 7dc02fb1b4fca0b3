"""Write the two tables from places and their names, however many there are."""

from __future__ import annotations

import heapq
import tempfile
from itertools import groupby, islice
from typing import IO, TYPE_CHECKING

from whosays.gazetteer.tables import HEADER, NAMES, PLACES
from whosays.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from whosays.model import GazetteerEntry

_CHUNK = 2_000_000
"""Names sorted at a time in memory, about 200 MB."""


def compile_tables(rows: Iterable[tuple[GazetteerEntry, tuple[str, ...]]], folder: Path) -> None:
    """Write each place, and all names it is known by beside its own.

    Memory stays bounded: names are sorted in runs on disk and merged.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch, (folder / PLACES).open("wb") as places:
        places.write(HEADER)
        runs = list(_sort_runs(_write_places(rows, places), scratch))
        with (folder / NAMES).open("wb") as names:
            names.write(HEADER)
            for key, lines in groupby(heapq.merge(*runs), key=lambda line: line.split(b"\t", 1)[0]):
                offsets = sorted({int(line.split(b"\t", 1)[1]) for line in lines})
                names.write(key + b"\t" + b" ".join(b"%d" % offset for offset in offsets) + b"\n")


def _write_places(rows: Iterable[tuple[GazetteerEntry, tuple[str, ...]]], places: IO[bytes]) -> Iterator[bytes]:
    """Write each place's line and yield a line for each of its names."""
    for entry, names in rows:
        offset = places.tell()
        fields = (
            entry.geonameid or "",
            entry.name,
            entry.precision,
            entry.country or "",
            entry.admin1 or "",
            f"{entry.lat:.4f}",
            f"{entry.lon:.4f}",
            entry.population,
            "capital" if entry.capital else "",
        )
        places.write("\t".join(str(field).replace("\t", " ").replace("\n", " ") for field in fields).encode() + b"\n")
        for key in {fold_name(name) for name in (entry.name, *names)} - {""}:
            yield f"{key}\t{offset}\n".encode()


def _sort_runs(lines: Iterator[bytes], scratch: str) -> Iterator[Iterable[bytes]]:
    """Yield sorted runs; all but a single one lie on disk."""
    while run := sorted(islice(lines, _CHUNK)):
        if len(run) < _CHUNK:
            yield run
            return
        stored = tempfile.TemporaryFile(dir=scratch)  # noqa: SIM115  # read while the runs are merged, then gone
        stored.writelines(run)
        stored.seek(0)
        yield stored

"""Two sorted text files, read in place: a name is found by halving, so that opening them costs nothing."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Protocol

from whosays.errors import GazetteerError
from whosays.gazetteer.own_tables import list_country_names
from whosays.model import GazetteerEntry, Precision
from whosays.text import fold_name

PLACES, NAMES = "places.tsv", "names.tsv"
"""A place a line; and a folded name a line, sorted by bytes, with the offsets of its places' lines."""
HEADER = b"# whosays gazetteer 1\n"


class _Bytes(Protocol):
    """What is used of a map of a file."""

    def find(self, sub: bytes, start: int = ..., end: int = ...) -> int: ...
    def rfind(self, sub: bytes, start: int = ..., end: int = ...) -> int: ...
    def __getitem__(self, index: slice) -> bytes: ...
    def __len__(self) -> int: ...


class TableGazetteer:
    """The gazetteer of a folder with `places.tsv` and `names.tsv` (see `compile_tables`)."""

    def __init__(self, folder: Path) -> None:
        self._places = _map_file(folder / PLACES)
        self._names = _map_file(folder / NAMES)

    def look_up(self, name: str) -> tuple[GazetteerEntry, ...]:
        """Return every place of that name; none for a name that folds to nothing."""
        key = fold_name(name).encode()
        line = _find_line(self._names, key + b"\t") if key else None
        return () if line is None else tuple(self._read(int(offset)) for offset in line.split(b"\t")[1].split(b" "))

    def find_country(self, code: str) -> GazetteerEntry | None:
        """Return the country of that code; `None` where the tables have it under no name that is known here."""
        named = self.look_up(list_country_names().get(code, ""))
        return next((one for one in named if one.precision is Precision.COUNTRY and one.country == code), None)

    def _read(self, offset: int) -> GazetteerEntry:
        line = self._places[offset : self._places.find(b"\n", offset)].decode()
        number, name, precision, country, admin1, lat, lon, population, capital = line.split("\t")
        return GazetteerEntry(
            geonameid=int(number) if number else None,
            name=name,
            precision=Precision(precision),
            country=country or None,
            admin1=admin1 or None,
            lat=float(lat),
            lon=float(lon),
            population=int(population),
            capital=bool(capital),
        )


def _map_file(path: Path) -> _Bytes:
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise GazetteerError(path=str(path), detail="it cannot be opened, or is empty") from error
    if mapped[: len(HEADER)] != HEADER:
        raise GazetteerError(path=str(path), detail="it is no gazetteer of this version")
    return mapped


def _find_line(table: _Bytes, key: bytes) -> bytes | None:
    """Return the line that begins with a key, in a table sorted by bytes below its header."""
    low, high = len(HEADER), len(table)
    while low < high:
        middle = table.rfind(b"\n", low - 1, (low + high) // 2) + 1
        end = table.find(b"\n", middle)
        end = len(table) if end < 0 else end
        line = table[middle:end]
        if line.startswith(key):
            return line
        if line.split(b"\t", 1)[0] + b"\t" < key:
            low = end + 1
        else:
            high = middle
    return None

"""GeoNames' own files: the dump of all countries, or of towns over a size, and the names of first-level regions."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from typing import IO, TYPE_CHECKING

from whosays.errors import GazetteerError
from whosays.gazetteer.own_tables import Row
from whosays.model import GazetteerEntry, Precision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REGIONS = "admin1CodesASCII.txt"
"""GeoNames' file with the names of first-level regions."""
_COLUMNS = 19
_CODE = re.compile(r"[A-Z]{2,4}|.*\d.*|.{41,}|https?:.*")
"""Airport codes, numbers, addresses, and what is no name."""
_BY_CLASS = {
    "P": Precision.CITY,
    "L": Precision.REGION,
    "H": Precision.SEA,
    "T": Precision.REGION,
    "A": Precision.REGION,
}
_BY_CODE = {"ADM1": Precision.ADMIN1, "MT": Precision.POINT, "PK": Precision.POINT, "PASS": Precision.POINT}


def read_geonames(dump: Path, regions: Path) -> Iterator[Row]:
    """Yield the places of a dump (`allCountries.zip`, `cities500.zip`, or the text in it), countries left out.

    Raises `GazetteerError` naming file and line where a row has not GeoNames' 19 columns, or a number is none.
    """
    names = _read_region_names(regions)
    for number, line in enumerate(_read_lines(dump), start=1):
        fields = line.rstrip("\r\n").split("\t")
        if len(fields) != _COLUMNS:
            raise GazetteerError(path=str(dump), detail=f"line {number} has {len(fields)} columns, not {_COLUMNS}")
        if fields[7].startswith("PCL"):
            continue
        try:
            entry = _make_entry(fields, names)
        except ValueError as error:
            raise GazetteerError(path=str(dump), detail=f"line {number}: {error}") from error
        yield entry, tuple(name for name in (fields[2], *fields[3].split(",")) if is_latin_name(name))


def is_latin_name(name: str) -> bool:
    """Tell a name in Latin letters from a code, an address, or another script."""
    if not name or _CODE.fullmatch(name):
        return False
    return all(ord(mark) < 128 or "LATIN" in unicodedata.name(mark, "") for mark in name if mark.isalpha())


def _make_entry(fields: list[str], regions: dict[str, str]) -> GazetteerEntry:
    lat, lon = float(fields[4]), float(fields[5])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"no such place as {fields[4]}, {fields[5]}")
    return GazetteerEntry(
        geonameid=int(fields[0]),
        name=fields[1],
        precision=_BY_CODE.get(fields[7]) or _BY_CLASS.get(fields[6], Precision.POINT),
        country=fields[8] or None,
        admin1=regions.get(f"{fields[8]}.{fields[10]}"),
        lat=lat,
        lon=lon,
        population=int(fields[14] or 0),
        capital=fields[7] == "PPLC",
    )


def _read_region_names(path: Path) -> dict[str, str]:
    try:
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(path=str(path), detail="it cannot be read") from error
    if not rows or any(len(row) != 4 for row in rows):
        raise GazetteerError(path=str(path), detail="its rows have not the 4 columns of GeoNames' table of regions")
    return {row[0]: row[1] for row in rows}


def _read_lines(dump: Path) -> Iterator[str]:
    try:
        if dump.suffix != ".zip":
            with dump.open(encoding="utf-8", newline="\n") as file:
                yield from file
            return
        with zipfile.ZipFile(dump) as archive, archive.open(_name_member(dump, archive)) as member:
            yield from _decode(member)
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile, EOFError) as error:
        raise GazetteerError(path=str(dump), detail=f"it is damaged or cut off ({error})") from error


def _name_member(dump: Path, archive: zipfile.ZipFile) -> str:
    wanted = f"{dump.stem}.txt"
    if wanted not in archive.namelist():
        raise GazetteerError(path=str(dump), detail=f"it holds no {wanted}")
    return wanted


def _decode(member: IO[bytes]) -> Iterator[str]:
    with io.TextIOWrapper(member, encoding="utf-8", newline="\n") as text:
        yield from text

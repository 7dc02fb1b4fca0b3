"""Our own tables: countries with the words for their people; regions, seas and islands that no table of towns has."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from whosays.model import GazetteerEntry, Precision

if TYPE_CHECKING:
    from collections.abc import Iterator

EMBEDDED = Path(str(resources.files("whosays.gazetteer"))) / "data"
"""The folder of the gazetteer that comes along."""
Row = tuple[GazetteerEntry, tuple[str, ...]]
"""A place and the names it is known by beside its own."""


def read_countries() -> Iterator[Row]:
    """Yield the countries, by the words for their people too: they stand for the country."""
    for row in _read_table("countries.tsv"):
        iso, number, name, _, lat, lon, population, names, people = row
        entry = GazetteerEntry(
            name=name,
            precision=Precision.COUNTRY,
            country=iso,
            lat=float(lat),
            lon=float(lon),
            population=int(population),
            geonameid=int(number),
        )
        yield entry, (*names.split("|"), *people.split("|"))


@cache
def list_country_names() -> dict[str, str]:
    """Return each country's English name by its ISO 3166 code of two letters."""
    return {row[0]: row[2] for row in _read_table("countries.tsv")}


def read_regions() -> Iterator[Row]:
    """Yield regions, seas and islands; a country only for what lies in a single one."""
    for precision, name, lat, lon, countries, names in _read_table("regions.tsv"):
        entry = GazetteerEntry(
            name=name,
            precision=Precision(precision),
            country=countries if len(countries) == 2 else None,
            admin1=name if precision == "admin1" else None,
            lat=float(lat),
            lon=float(lon),
        )
        yield entry, tuple(names.split("|"))


def list_capitals() -> frozenset[tuple[str, str]]:
    """Return (country, name) of every capital."""
    return frozenset((row[0], row[3]) for row in _read_table("countries.tsv"))


def _read_table(name: str) -> Iterator[list[str]]:
    for line in (EMBEDDED / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")

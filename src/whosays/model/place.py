"""Where something is: what a gazetteer knows of a place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Precision(StrEnum):
    """How much of the map a place is."""

    POINT = "point"
    CITY = "city"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    REGION = "region"
    SEA = "sea"


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerEntry:
    """One place of a gazetteer.

    `geonameid` is GeoNames' number; `country` ISO 3166, two letters; `admin1` the name of the first-level region that
    the place is or lies in; `lat` and `lon` are degrees (WGS 84); `population` is 0 where it is not known.
    """

    name: str
    precision: Precision
    lat: float
    lon: float
    country: str | None = None
    admin1: str | None = None
    population: int = 0
    geonameid: int | None = None
    capital: bool = False
    """It is its country's capital."""


class Gazetteer(Protocol):
    """Anything that knows places by name; tests put a stand-in here."""

    def look_up(self, name: str) -> tuple[GazetteerEntry, ...]:
        """Return every place of that name, however it is written, in no order."""
        ...

    def find_country(self, code: str) -> GazetteerEntry | None:
        """Return the country of that code (ISO 3166, two letters)."""
        ...

"""Stretches of the calendar, with their names in TIMEX3 and EDTF."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
DAY_PARTS = {
    part: code
    for code, parts in {
        "TMO": "dawn daybreak sunrise morning",
        "TAF": "afternoon",
        "TEV": "dusk sunset nightfall dark evening",
        "TNI": "night",
    }.items()
    for part in parts.split()
}
"""TIMEX3's codes for the parts of a day."""
SEASONS = {"spring": ("SP", 3), "summer": ("SU", 6), "autumn": ("FA", 9), "fall": ("FA", 9), "winter": ("WI", 12)}
"""Seasons of the northern half, by their first month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A named stretch of time; `None` where it has no known first or last day."""

    value: str
    earliest: date | None
    latest: date | None


def name_day(day: date) -> Stretch:
    """Return a single day."""
    return Stretch(value=day.isoformat(), earliest=day, latest=day)


def name_week(day: date) -> Stretch:
    """Return the ISO week (Monday to Sunday) that a day lies in."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return Stretch(value=f"{year}-W{week:02}", earliest=monday, latest=monday + timedelta(days=6))


def name_weekend(day: date) -> Stretch:
    """Return the Saturday and Sunday of a day's ISO week."""
    week = name_week(day)
    saturday = day - timedelta(days=day.weekday() - 5)
    return Stretch(value=f"{week.value}-WE", earliest=saturday, latest=saturday + timedelta(days=1))


def name_month(year: int, month: int) -> Stretch:
    """Return a calendar month; a month below 1 or over 12 is counted on into the years around."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return Stretch(value=f"{year:04}-{month:02}", earliest=date(year, month, 1), latest=date(year, month, last))


def name_quarter(year: int, quarter: int) -> Stretch:
    """Return a quarter of a calendar year, counted on like a month."""
    year, quarter = year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
    first, last = name_month(year, 3 * quarter - 2), name_month(year, 3 * quarter)
    return Stretch(value=f"{year:04}-Q{quarter}", earliest=first.earliest, latest=last.latest)


def name_season(year: int, season: str) -> Stretch:
    """Return a season by the year in which it begins."""
    code, month = SEASONS[season]
    first, last = name_month(year, month), name_month(year, month + 2)
    return Stretch(value=f"{year:04}-{code}", earliest=first.earliest, latest=last.latest)


def name_year(year: int) -> Stretch:
    """Return a calendar year."""
    return Stretch(value=f"{year:04}", earliest=date(year, 1, 1), latest=date(year, 12, 31))


def name_decade(year: int) -> Stretch:
    """Return the ten years that a year lies in."""
    first = year - year % 10
    return Stretch(value=f"{first // 10:03}X", earliest=date(first, 1, 1), latest=date(first + 9, 12, 31))


def name_century(year: int) -> Stretch:
    """Return the hundred years that a year lies in, as people count them."""
    first = year - year % 100
    return Stretch(value=f"{first // 100:02}XX", earliest=date(max(1, first), 1, 1), latest=date(first + 99, 12, 31))


def shift(day: date, *, days: int = 0, months: int = 0) -> date:
    """Return the day so many days and months away; the last of a month that is shorter."""
    moved = name_month(day.year, day.month + months)
    last = calendar.monthrange(int(moved.value[:4]), int(moved.value[5:]))[1]
    return date(int(moved.value[:4]), int(moved.value[5:]), min(day.day, last)) + timedelta(days=days)

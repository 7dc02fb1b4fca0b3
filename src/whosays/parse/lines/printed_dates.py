"""Read dates as pages print them: a day for certain, the time of day left to markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from whosays.text import MONTHS

_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_PATTERNS = (
    re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)/(?P<number>\d{1,2})/(?P<day>\d{1,2})(?!\d)"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s.-]+{_MONTH},?[\s-]+(?P<year>(?:19|20)\d\d)", re.IGNORECASE
    ),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(
        r"(?<![\d/.-])(?P<first>\d{1,2})(?P<mark>[/.-])\s?(?P<second>\d{1,2})(?P=mark)\s?(?P<year>(?:19|20)\d\d)(?!\d)"
    ),
)
_ISO = re.compile(r"^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?\b", re.IGNORECASE)
_MODIFIED = re.compile(r"\b(?:updated?|modified|last (?:changed|edited)|edited)\b[^|]{0,30}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """A day found in a line, and whether the words before it say that it is the day of a change."""

    day: date
    start: int
    end: int
    modified: bool


def find_dates(line: str, *, month_first: bool = False) -> tuple[PrintedDate, ...]:
    """Return the full dates of a line in order. `5/3/2026` is read day first unless `month_first`."""
    found: list[PrintedDate] = []
    for pattern in _PATTERNS if _YEAR.search(line) else ():
        for match in pattern.finditer(line):
            day = _read_day(match, month_first=month_first, weekday=_find_weekday(line, match))
            if day is not None:
                modified = bool(_MODIFIED.search(line[max(0, match.start() - 40) : match.start()]))
                found.append(PrintedDate(day=day, start=match.start(), end=match.end(), modified=modified))
    return tuple(sorted(found, key=lambda d: d.start))


def _find_weekday(line: str, match: re.Match[str]) -> int | None:
    """Return the weekday (Monday 0) named just before or after a date."""
    near = line[max(0, match.start() - 14) : match.start()] + " " + line[match.end() : match.end() + 14]
    named = _WEEKDAY.search(near)
    return _WEEKDAYS.index(named.group(1).lower()) if named else None


def _read_day(match: re.Match[str], *, month_first: bool, weekday: int | None) -> date | None:
    groups = match.groupdict()
    if groups.get("first"):
        day, month = _order_numbers(match, month_first=month_first, weekday=weekday)
    else:
        day = int(groups["day"])
        month = MONTHS[groups["month"].lower()] if groups.get("month") else int(groups["number"])
    return _make_date(int(groups["year"]), month, day)


def _order_numbers(match: re.Match[str], *, month_first: bool, weekday: int | None) -> tuple[int, int]:
    """Say which of two numbers is the day: what the weekday proves, else the habit, else what can be."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    orders = (
        ((second, first), (first, second))
        if month_first and match["mark"] == "/"
        else ((first, second), (second, first))
    )
    possible = [(day, month) for day, month in orders if _make_date(year, month, day) is not None]
    for day, month in possible:
        found = _make_date(year, month, day)
        if weekday is not None and found is not None and found.weekday() == weekday:
            return day, month
    return possible[0] if possible else (first, second)


def _make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_iso(value: str) -> str | None:
    """Return the value if it is an ISO 8601 date or time, in the form `2026-03-04T13:41:00+00:00`."""
    value = value.strip()
    if not _ISO.match(value):
        return None
    return value.replace(" ", "T", 1) if len(value) > 10 else value

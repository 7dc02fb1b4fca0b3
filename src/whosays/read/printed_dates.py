"""Read dates as pages print them: a day for certain, the time of day left to markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_PATTERNS = (
    re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)/(?P<number>\d{1,2})/(?P<day>\d{1,2})(?!\d)"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s.-]+{_MONTH},?[\s-]+(?P<year>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(r"(?<![\d/.-])(?P<first>\d{1,2})(?P<mark>[/.-])\s?(?P<second>\d{1,2})(?P=mark)\s?(?P<year>(?:19|20)\d\d)(?!\d)"),
)
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
    found = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(line):
            day = _read_day(match, month_first=month_first)
            if day is not None:
                modified = bool(_MODIFIED.search(line[max(0, match.start() - 40) : match.start()]))
                found.append(PrintedDate(day=day, start=match.start(), end=match.end(), modified=modified))
    return tuple(sorted(found, key=lambda d: d.start))


def _read_day(match: re.Match[str], *, month_first: bool) -> date | None:
    groups = match.groupdict()
    if groups.get("first"):
        first, second = int(groups["first"]), int(groups["second"])
        swap = month_first and groups["mark"] == "/"
        day, month = (second, first) if (swap and first <= 12) or second > 12 else (first, second)
    else:
        day = int(groups["day"])
        month = _MONTHS[groups["month"].lower()] if groups.get("month") else int(groups["number"])
    try:
        return date(int(groups["year"]), month, day)
    except ValueError:
        return None

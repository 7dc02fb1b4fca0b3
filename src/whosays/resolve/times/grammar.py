"""The words that expressions of time are made of, and what an answer may ask of those that were found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.resolve.times.calendar import DAY_PARTS, WEEKDAYS, Stretch
from whosays.text import MONTHS, read_number_words

if TYPE_CHECKING:
    from datetime import date

MONTH = "(?P<month>" + "|".join(MONTHS) + r")\b\.?"
WEEKDAY = "(?P<weekday>" + "|".join(WEEKDAYS) + r")s?\b\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
UNIT = r"(?P<unit>hour|day|week|month|quarter|year|decade|century|centurie|weekend|fortnight|minute|second)s?"
UNITS = UNIT.removesuffix("?")
COUNT = (
    r"(?P<count>\d{1,3}(?:,\d{3})*(?:\.\d+| 1/2)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|[a-z]+(?:[- ][a-z]+)?)(?P<half>[ -]and[ -](?:a[ -])?half)?"
)
PART = r"(?P<part>morning|afternoon|evening|night)"
ZONE = r"(?:\s(?:[a-z]{1,3}t|gmt|utc|(?!this\b|that\b|last\b)[a-z]+(?: local)? time)\b)?"
"""A time zone behind a clock time."""
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_ASKED = (
    "year", "which", "part", "count", "weekday", "unit", "often", "rest", "hour", "minute", "half", "noon", "before",
    "spelt",
)  # fmt: skip
"""What an answer may ask for although its pattern does not have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked: the pattern's match, the day that it is seen from, and whether the sentence looks ahead."""

    found: re.Match[str]
    today: date | None
    ahead: bool | None

    def __getitem__(self, name: str) -> str:
        return self.found[name] or ""

    def read_count(self) -> float | None:
        """Return the number written, `None` for "several" and its like."""
        words = self["count"].replace("-", " ")
        more = 0.5 if self["half"] else 0.0
        if words in {"a", "an"}:
            return 1.0 + more
        if words.endswith(" 1/2"):
            return float(words.removesuffix(" 1/2")) + 0.5
        if re.fullmatch(r"[\d,]+(?:\.\d+)?", words):
            return float(words.replace(",", "")) + more
        number = read_number_words(words)
        return float(number) + more if number is not None else None

    def step_year(self) -> int | None:
        """Return the year that is written, or named as last, this or next; `None` where none is."""
        if self["year"]:
            return int(self["year"])
        if not self["which"] or self.today is None:
            return None
        return self.today.year + {"last": -1, "next": 1}.get(self["which"], 0)


Answer = Callable[[Ask], Stretch | None]
Table = tuple[tuple[re.Pattern[str], Answer], ...]


def compile_table(*rows: tuple[str, Answer]) -> Table:
    """Compile patterns, each with all the names that an answer may ask for."""
    return tuple((re.compile(f"(?:{pattern}){_list_missing(pattern)}"), answer) for pattern, answer in rows)


def _list_missing(pattern: str) -> str:
    return "".join(f"(?P<{name}>(?!))?" for name in _ASKED if f"(?P<{name}>" not in pattern)


def name_part(part: str) -> str:
    """Return TIMEX3's code for a part of a day, nothing for none."""
    return DAY_PARTS[part] if part else ""

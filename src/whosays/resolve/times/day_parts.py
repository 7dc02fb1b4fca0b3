"""Parts of a day and of a night: "in the early hours of Sunday", "the night of 9 to 10 May", "half past two"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from whosays.resolve.times.calendar import DAY_PARTS, WEEKDAYS, Stretch
from whosays.text import MONTHS

Resolve = Callable[[str], Stretch | None]
"""Gives the day that the rest of an expression names."""

_HOURS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
}
_MINUTES = {"five": 5, "ten": 10, "quarter": 15, "a quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
HOUR = "|".join(_HOURS)
"""The hours as words."""
_LEAD = r"(?:early in |late in |since |by |at |in |on |during |from |before |until |about |around |the |very )*"
_SMALL_HOURS = re.compile(
    rf"{_LEAD}(?:early|small|pre-?dawn|wee|early morning) hours(?:,?(?: of| on)? (?P<rest>.+))?|{_LEAD}early (?:on )?(?P<day>(?:on )?(?:"
    + "|".join(WEEKDAYS)
    + "|today|yesterday))"
)
_BEFORE_DAWN = re.compile(rf"(?:{_LEAD}|shortly )before dawn(?:,? (?:of |on )?(?P<rest>.+))?")
_LATE = re.compile(r"late (?:on )?(?P<rest>" + "|".join([*WEEKDAYS, "today", "yesterday"]) + ")")
_HOURS_OF = re.compile(
    rf"{_LEAD}(?P<part>morning|afternoon|evening|night)(?:(?<=night)-?time)? hours(?: (?:of|on) (?P<rest>.+))?"
)
_OVERNIGHT = re.compile(rf"{_LEAD}overnight")
_OF_NO_DAY = re.compile(r"(?:every|each) (?P<part>morning|afternoon|evening|night)|at (?P<night>night)")
_NIGHT = re.compile(r"(?:in|during|over|through|throughout) the night|the night")
_NIGHT_OF = re.compile(
    rf"{_LEAD}night (?:of|from|between) (?P<first>\d{{1,2}})(?:st|nd|rd|th)? (?:to|and|-) (?P<second>\d{{1,2}})"
    rf"(?:st|nd|rd|th)? (?P<month>{'|'.join(MONTHS)})\.?(?:,? (?P<year>\d{{4}}))?"
)
_NIGHT_FROM = re.compile(
    rf"{_LEAD}night (?:of|from|between) (?P<first>{'|'.join(WEEKDAYS)}) (?:to|and) (?P<second>{'|'.join(WEEKDAYS)})"
)
_PART = re.compile(rf"{_LEAD}(?P<part>{'|'.join(DAY_PARTS)})(?: (?:of|on) (?P<rest>.+))?")
_CLOCK = re.compile(
    rf"{_LEAD}(?:(?P<minutes>{'|'.join(_MINUTES)}) (?P<way>past|to) )?(?P<hour>{HOUR})(?: o'clock)?(?: (?:on )?(?P<rest>.+))?"
)
_OF_DAY = re.compile(r"(?:tonight|(?:this|yesterday|in the|last) (?:morning|afternoon|evening|night))$")
"""What makes an hour of a bare number: "eight tonight"."""
_IN_THE = re.compile(r"in the (?:morning|afternoon|evening|night)$")
_WEEKEND = re.compile(r"(?:at|over|during|on|since|for)? ?the weekend")
_HALF = re.compile(
    r"(?:about|around|within|in|for|less than|more than|nearly|almost|at least|some| )*half an? (?P<unit>hour|day|year)"
)


def read_day_part(words: str, *, published: date | None, resolve: Resolve) -> Stretch | None:
    """Return what words in lower case name; `None` for what is no part of a day. `resolve` reads the day in them.

    Where no day is named it is that of publication; a night began the day before.
    """
    for pattern, answer in _TABLE:
        found = pattern.fullmatch(words)
        if found:
            try:
                return answer(found, published, resolve)
            except OverflowError:
                return None
    return None


def _small_hours(found: re.Match[str], published: date | None, resolve: Resolve) -> Stretch | None:
    named = found.groupdict()
    day = _find_day(named["rest"] or named.get("day"), published, resolve)
    return None if day is None else Stretch(value=f"{day}T00:00/{day}T06:00", earliest=day, latest=day)


def _late(found: re.Match[str], published: date | None, resolve: Resolve) -> Stretch | None:
    day = _find_day(found["rest"], published, resolve)
    return _name_part(day, DAY_PARTS["evening"])


def _of_no_day(found: re.Match[str], _published: date | None, _resolve: Resolve) -> Stretch | None:
    return Stretch(value=DAY_PARTS[found["part"] or found["night"]], earliest=None, latest=None)


def _overnight(_found: re.Match[str], published: date | None, _resolve: Resolve) -> Stretch | None:
    if published is None:
        return None
    before = published - timedelta(days=1)
    return Stretch(value=f"{before}T21:00/{published}T06:00", earliest=before, latest=published)


def _night(_found: re.Match[str], published: date | None, _resolve: Resolve) -> Stretch | None:
    if published is None:
        return None
    before = published - timedelta(days=1)
    return Stretch(value=f"{before}TNI", earliest=before, latest=published)


def _night_of(found: re.Match[str], _published: date | None, resolve: Resolve) -> Stretch | None:
    year = f" {found['year']}" if found["year"] else ""
    days = [resolve(f"{found[part]} {found['month']}{year}") for part in ("first", "second")]
    first, second = (day.earliest if day else None for day in days)
    if first is None or second is None or second - first != timedelta(days=1):
        return None
    return Stretch(value=f"{first}/{second}", earliest=first, latest=second)


def _night_from(found: re.Match[str], _published: date | None, resolve: Resolve) -> Stretch | None:
    first = resolve(found["first"])
    if first is None or first.earliest is None or WEEKDAYS[found["second"]] != (WEEKDAYS[found["first"]] + 1) % 7:
        return None
    return Stretch(value=f"{first.earliest}TNI", earliest=first.earliest, latest=first.earliest + timedelta(days=1))


def _part(found: re.Match[str], published: date | None, resolve: Resolve) -> Stretch | None:
    day = _find_day(found["rest"], published, resolve)
    return _name_part(day, DAY_PARTS[found["part"]])


def _clock(found: re.Match[str], published: date | None, resolve: Resolve) -> Stretch | None:
    """Read a time told in words; a bare number is none."""
    rest = found["rest"]
    if not found["minutes"] and "o'clock" not in found[0] and _OF_DAY.match(rest or "") is None:
        return None
    day = _find_day(None if _IN_THE.match(rest or "") else rest, published, resolve)
    minutes = _MINUTES[found["minutes"]] if found["minutes"] else 0
    total = _HOURS[found["hour"]] % 12 * 60 + (minutes if found["way"] != "to" else -minutes)
    if re.search(r"afternoon|evening|night", rest or ""):
        total += 720
    return (
        None if day is None else Stretch(value=f"{day}T{total // 60 % 24:02}:{total % 60:02}", earliest=day, latest=day)
    )


def _weekend(_found: re.Match[str], published: date | None, _resolve: Resolve) -> Stretch | None:
    """Take the last weekend that has begun."""
    if published is None:
        return None
    saturday = published - timedelta(days=(published.weekday() + 2) % 7)
    sunday = saturday + timedelta(days=1)
    return Stretch(value=f"{saturday}/{sunday}", earliest=saturday, latest=sunday)


def _half(found: re.Match[str], _published: date | None, _resolve: Resolve) -> Stretch | None:
    value = {"hour": "PT30M", "day": "PT12H", "year": "P6M"}[found["unit"]]
    return Stretch(value=value, earliest=None, latest=None)


def _name_part(day: date | None, code: str) -> Stretch | None:
    return None if day is None else Stretch(value=f"{day}{code}", earliest=day, latest=day)


def _find_day(rest: str | None, published: date | None, resolve: Resolve) -> date | None:
    if not rest:
        return published
    day = resolve(rest)
    return day.earliest if day is not None and day.earliest == day.latest else None


_TABLE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None, Resolve], Stretch | None]], ...] = (
    (_SMALL_HOURS, _small_hours),
    (_BEFORE_DAWN, _small_hours),
    (_LATE, _late),
    (_HOURS_OF, _part),
    (_OF_NO_DAY, _of_no_day),
    (_OVERNIGHT, _overnight),
    (_NIGHT, _night),
    (_NIGHT_OF, _night_of),
    (_NIGHT_FROM, _night_from),
    (_PART, _part),
    (_CLOCK, _clock),
    (_WEEKEND, _weekend),
    (_HALF, _half),
)

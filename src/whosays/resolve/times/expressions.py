"""Give expressions of time a value (TIMEX3, EDTF), a first day and a last day.

A grammar of our own as a table of patterns: what was tried of other libraries gives no bounds (STACK.md). What the table
does not know stays without a value; it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from whosays.resolve.times import calendar as cal
from whosays.resolve.times.calendar import DAY_PARTS, SEASONS, WEEKDAYS, Stretch
from whosays.resolve.times.day_parts import read_day_part
from whosays.text import MONTHS, read_number_words

_MONTH = "(?P<month>" + "|".join(MONTHS) + r")\b\.?"
_WEEKDAY = "(?P<weekday>" + "|".join(WEEKDAYS) + r")s?\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_UNIT = r"(?P<unit>hour|day|week|month|quarter|year|decade|century|centurie|weekend|fortnight|minute|second)s?"
_COUNT = (
    r"(?P<count>\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+(?:[- ][a-z]+)?)"
)
_PART = r"(?P<part>morning|afternoon|evening|night)"
_LETTERS = {"day": "D", "week": "W", "month": "M", "year": "Y", "hour": "H", "minute": "M", "second": "S"}
_MULTIPLES = {
    "decade": ("Y", 10),
    "century": ("Y", 100),
    "quarter": ("M", 3),
    "fortnight": ("W", 2),
    "weekend": ("WE", 1),
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_HOLIDAYS = {
    "new year's day": (1, 1), "new year": (1, 1), "new year's eve": (12, 31), "valentine's day": (2, 14),
    "may day": (5, 1), "halloween": (10, 31), "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
    "boxing day": (12, 26),
}  # fmt: skip
"""Days that are the same everywhere that keeps them."""
_TEN, _NINETY_NINE = 10, 99
_FAR, _SOON = 300, 60
"""Days: a day of the year that was so long ago, and comes again so soon, is the one to come."""
_LONGEST = 100
"""Characters; nothing longer is one expression."""
_LOOSE = re.compile(
    r"^(?:(?:on|in|at|by|since|until|till|from|for|of|during|within|the|this very|about|around|approximately|roughly|nearly"
    r"|almost|over|more than|less than|at least|at most|some|only|just|early|earlier|late|later|mid|mid-|middle of|end of"
    r"|beginning of|start of|exactly|another|all|whole|entire|past the)\b[ -]?)+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    """What is asked: the pattern's match, the day of publication, and whether the sentence looks ahead."""

    found: re.Match[str]
    today: date | None
    ahead: bool

    def __getitem__(self, name: str) -> str:
        return self.found[name] or ""

    def read_count(self) -> float | None:
        """Return the number written, `None` for "several" and its like."""
        words = self["count"].replace("-", " ")
        if words in {"a", "an"}:
            return 1.0
        if re.fullmatch(r"\d+(?:\.\d+)?", words):
            return float(words)
        number = read_number_words(words)
        return float(number) if number is not None else None


def resolve_time(words: str, *, published: date | None, ahead: bool = False) -> Stretch | None:
    """Return what an expression means to a reader on the day of publication, or `None` where that is not known.

    `ahead` says that the sentence tells what is to come: "on Friday" is then the next one. Without a day of
    publication, what hangs on it keeps unknown digits (`XXXX-01-01`) and has no bounds.
    """
    text = " ".join(words.lower().replace("’", "'").replace("–", "-").split()).strip(" ,.;:'\"()")
    if len(text) > _LONGEST:
        return None
    part = read_day_part(
        text, published=published, resolve=lambda rest: resolve_time(rest, published=published, ahead=ahead)
    )
    if part is not None:
        return part
    for written in dict.fromkeys((text, text.removesuffix("'s"), _LOOSE.sub("", text).removesuffix("'s"))):
        for pattern, answer in _TABLE:
            found = pattern.fullmatch(written)
            stretch = answer(_Ask(found=found, today=published, ahead=ahead)) if found else None
            if stretch is not None:
                return stretch
    return None


def _full_date(ask: _Ask) -> Stretch | None:
    return _make_day(int(ask["year"]), _read_month(ask), int(ask["day"]))


def _day_of_year(ask: _Ask) -> Stretch | None:
    month, day = _read_month(ask), int(ask["day"])
    if not 1 <= day <= 31:
        return None
    if ask.today is None:
        return Stretch(value=f"XXXX-{month:02}-{day:02}", earliest=None, latest=None)
    return _nearest(month, day, ask)


def _holiday(ask: _Ask) -> Stretch | None:
    month, day = _HOLIDAYS[ask["holiday"]]
    if ask["year"]:
        return _make_day(int(ask["year"]), month, day)
    if ask.today is None:
        return Stretch(value=f"XXXX-{month:02}-{day:02}", earliest=None, latest=None)
    return _nearest(month, day, ask)


def _nearest(month: int, day: int, ask: _Ask) -> Stretch | None:
    """Choose the year: the last such day, or the next where the sentence looks ahead or the last is long ago."""
    today = ask.today or date.max
    years = (_make_day(year, month, day) for year in range(today.year - 4, today.year + 5))
    days = [found.earliest for found in years if found is not None and found.earliest is not None]
    past = max((d for d in days if d <= today), default=None)
    future = min((d for d in days if d >= today), default=None)
    if past is None or future is None:
        return None
    soon = (future - today).days <= _SOON and (today - past).days >= _FAR
    return cal.name_day(future if ask.ahead or soon else past)


def _month_of_year(ask: _Ask) -> Stretch | None:
    month = _read_month(ask)
    if ask["year"]:
        return cal.name_month(int(ask["year"]), month)
    if ask.today is None:
        return Stretch(value=f"XXXX-{month:02}", earliest=None, latest=None)
    year = _pick_year(ask, month)
    return cal.name_month(year, month)


def _season(ask: _Ask) -> Stretch | None:
    season = ask["season"]
    if ask["year"]:
        return cal.name_season(int(ask["year"]), season)
    if ask.today is None:
        return Stretch(value=f"XXXX-{SEASONS[season][0]}", earliest=None, latest=None)
    return cal.name_season(_pick_year(ask, SEASONS[season][1]), season)


def _pick_year(ask: _Ask, month: int) -> int:
    """The year of a month that is named without one: this or last by what is over, next by what is asked."""
    today = ask.today or date.max
    which = ask["which"]
    if which == "next" or (ask.ahead and not which):
        return today.year + (month <= today.month if which == "next" else month < today.month)
    if which == "last":
        return today.year - (month >= today.month)
    if which == "this":
        return today.year
    return today.year - (month > today.month)


def _weekday(ask: _Ask) -> Stretch | None:
    wanted = WEEKDAYS[ask["weekday"]]
    if ask.today is None:
        return _with_part(Stretch(value=f"XXXX-WXX-{wanted + 1}", earliest=None, latest=None), ask)
    back = (ask.today.weekday() - wanted) % 7
    which = ask["which"]
    if which == "next" or (ask.ahead and which != "last"):
        days = 7 - back if back or which == "next" else 0
    elif which == "this":
        days = wanted - ask.today.weekday()
    else:
        days = -(back or 7) if which in {"last", "past", "previous"} else -back
    return _with_part(cal.name_day(ask.today + timedelta(days=days)), ask)


def _relative_day(ask: _Ask) -> Stretch | None:
    name = ask["name"]
    days = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(name, 0)
    if name == "last night":
        days = -1
    if ask.today is None:
        return None
    day = cal.name_day(ask.today + timedelta(days=days))
    if name in {"tonight", "last night"}:
        return replace(day, value=f"{day.value}TNI")
    return _with_part(day, ask)


def _named_unit(ask: _Ask) -> Stretch | None:
    """Read "last week", "this month", "next year", "the previous quarter"."""
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(ask["which"], 0)
    return _step(ask["unit"], step, ask.today) if ask.today is not None else None


def _ago(ask: _Ask) -> Stretch | None:
    count = ask.read_count()
    if ask.today is None or count is None or count != int(count):
        return None
    sign = 1 if ask["way"] in {"from now", "later", "hence"} else -1
    return _step(ask["unit"], sign * int(count), ask.today)


def _step(unit: str, count: int, today: date) -> Stretch | None:
    """Return the unit that lies so many of its kind from today; the day itself for units within a day."""
    try:
        return _STEPS[unit](count, today)
    except (ValueError, OverflowError):
        return None


_STEPS: dict[str, Callable[[int, date], Stretch]] = {
    "second": lambda _, today: cal.name_day(today),
    "minute": lambda _, today: cal.name_day(today),
    "hour": lambda _, today: cal.name_day(today),
    "day": lambda count, today: cal.name_day(cal.shift(today, days=count)),
    "week": lambda count, today: cal.name_week(cal.shift(today, days=7 * count)),
    "weekend": lambda count, today: cal.name_weekend(cal.shift(today, days=7 * count)),
    "fortnight": lambda count, today: cal.name_week(cal.shift(today, days=14 * count)),
    "month": lambda count, today: cal.name_month(today.year, today.month + count),
    "quarter": lambda count, today: cal.name_quarter(today.year, (today.month + 2) // 3 + count),
    "year": lambda count, today: cal.name_year(today.year + count),
    "decade": lambda count, today: cal.name_decade(today.year + 10 * count),
    "century": lambda count, today: cal.name_century(today.year + 100 * count),
    "centurie": lambda count, today: cal.name_century(today.year + 100 * count),
}


def _span_from_today(ask: _Ask) -> Stretch | None:
    """Read "in the last three weeks", "the next ten days": a duration that begins or ends today."""
    duration = _duration(ask)
    count = ask.read_count()
    if duration is None or ask.today is None or count is None:
        return duration
    letter, many = _MULTIPLES.get(ask["unit"], (_LETTERS.get(ask["unit"], "D"), 1))
    sign = 1 if ask["which"] in {"next", "coming", "following"} else -1
    days = {"D": 1, "W": 7}.get(letter, 0) * count * many if ask["unit"] not in {"hour", "minute", "second"} else 0
    months = (
        {"M": 1, "Y": 12}.get(letter, 0) * count * many if days == 0 and ask["unit"] in {*_LETTERS, *_MULTIPLES} else 0
    )
    if ask["unit"] in {"hour", "minute", "second"}:
        months = 0
    try:
        other = cal.shift(ask.today, days=sign * int(days), months=sign * int(months))
    except (ValueError, OverflowError):
        return duration
    return Stretch(value=duration.value, earliest=min(other, ask.today), latest=max(other, ask.today))


def _duration(ask: _Ask) -> Stretch | None:
    unit = "century" if ask["unit"] == "centurie" else ask["unit"]
    letter, many = _MULTIPLES.get(unit, (_LETTERS.get(unit, ""), 1))
    if not letter:
        return None
    count = ask.read_count() if ask["count"] else None
    if ask["count"] and count is None and ask["count"] not in _VAGUE:
        return None
    amount = "X" if count is None else f"{count * many:g}"
    return Stretch(
        value=f"P{'T' if unit in {'hour', 'minute', 'second'} else ''}{amount}{letter}", earliest=None, latest=None
    )


_VAGUE = frozenset(
    ("several", "few", "a few", "many", "some", "recent", "past", "couple", "a couple", "a couple of", "")
)


def _repetition(ask: _Ask) -> Stretch | None:
    word = ask["often"]
    known = {"daily": "P1D", "nightly": "P1D", "hourly": "PT1H", "weekly": "P1W", "monthly": "P1M", "quarterly": "P3M",
             "annually": "P1Y", "annual": "P1Y", "yearly": "P1Y"}  # fmt: skip
    if word in known:
        return Stretch(value=known[word], earliest=None, latest=None)
    if ask["weekday"]:
        return Stretch(value=f"XXXX-WXX-{WEEKDAYS[ask['weekday']] + 1}", earliest=None, latest=None)
    unit = ask["unit"]
    letter, many = _MULTIPLES.get(unit, (_LETTERS.get(unit, "D"), 1))
    return Stretch(
        value=f"P{'T' if unit in {'hour', 'minute', 'second'} else ''}{many}{letter}", earliest=None, latest=None
    )


def _quarter(ask: _Ask) -> Stretch | None:
    quarter = _ORDINALS[ask["ordinal"]]
    if ask["year"]:
        return cal.name_quarter(int(ask["year"]), quarter)
    if ask.today is None:
        return Stretch(value=f"XXXX-Q{quarter}", earliest=None, latest=None)
    current = (ask.today.month + 2) // 3
    return cal.name_quarter(ask.today.year - (quarter > current), quarter)


def _year(ask: _Ask) -> Stretch | None:
    return cal.name_year(int(ask["year"]))


def _year_before(ask: _Ask) -> Stretch | None:
    """Read a year before Christ, as TIMEX3 writes it."""
    return Stretch(value=f"BC{int(ask['before']):04}", earliest=None, latest=None)


def _spelt_year(ask: _Ask) -> Stretch | None:
    """Read "nineteen ninety-six"."""
    century, _, rest = ask["spelt"].partition(" ")
    high, low = read_number_words(century), read_number_words(rest)
    whole = high is not None and low is not None and _TEN <= low <= _NINETY_NINE
    return cal.name_year(int((high or 0) * 100 + (low or 0))) if whole else None


def _decade(ask: _Ask) -> Stretch | None:
    digits = ask["decade"]
    return cal.name_decade(
        int(digits) if len(digits) == 4 else 1900 + int(digits) if int(digits) >= 30 else 2000 + int(digits)
    )


def _years(ask: _Ask) -> Stretch | None:
    first = int(ask["year"])
    second = int(ask["second"]) if len(ask["second"]) == 4 else first - first % 100 + int(ask["second"])
    if second < first:
        return None
    return Stretch(value=f"{first}/{second}", earliest=date(first, 1, 1), latest=date(second, 12, 31))


def _century(ask: _Ask) -> Stretch | None:
    number = int(re.sub(r"\D", "", ask["ordinal"]) or 0)
    return cal.name_century(100 * (number - 1)) if 2 <= number <= 30 else None


def _clock(ask: _Ask) -> Stretch | None:
    hour, minute = int(ask["hour"] or 0), int(ask["minute"] or 0)
    if ask["noon"]:
        hour = 12 if ask["noon"] in {"noon", "midday"} else 24
    elif ask["half"]:
        hour = hour % 12 + 12 * ask["half"].startswith("p")
    if hour > 24 or minute > 59:
        return None
    day = resolve_time(ask["rest"], published=ask.today, ahead=ask.ahead) if ask["rest"] else None
    if day is None and ask.today is not None and not ask["rest"]:
        day = cal.name_day(ask.today)
    time = f"T{hour:02}:{minute:02}"
    return (
        replace(day, value=day.value[:10] + time)
        if day
        else Stretch(value=f"XXXX-XX-XX{time}", earliest=None, latest=None)
    )


def _reference(ask: _Ask) -> Stretch | None:
    """TIMEX3's names for what has no date."""
    kind = next(kind for kind, words in _REFERENCES.items() if ask["reference"] in words)
    today = ask.today if kind == "PRESENT_REF" else None
    return Stretch(value=kind, earliest=today, latest=today)


_REFERENCES = {
    "PRESENT_REF": ("now", "currently", "current", "at present", "present", "at the moment", "nowadays", "these days"),
    "PAST_REF": (
        "recently", "recent", "previously", "formerly", "once", "in the past", "past", "the past", "in recent years",
        "recent years", "recent months", "recent weeks", "recent days", "lately", "long ago",
    ),
    "FUTURE_REF": ("future", "the future", "soon", "coming days", "coming weeks", "coming months", "coming years"),
}  # fmt: skip


def _with_part(day: Stretch, ask: _Ask) -> Stretch:
    return replace(day, value=day.value + DAY_PARTS[ask["part"]]) if ask["part"] else day


def _read_month(ask: _Ask) -> int:
    return MONTHS[ask["month"]] if "month" in ask.found.re.groupindex else int(ask["number"])


def _make_day(year: int, month: int, day: int) -> Stretch | None:
    try:
        return cal.name_day(date(year, month, day))
    except ValueError:
        return None


def _compile(pattern: str) -> re.Pattern[str]:
    """Give every pattern all the names that an answer may ask for."""
    names = (
        "year",
        "which",
        "part",
        "count",
        "weekday",
        "unit",
        "often",
        "rest",
        "hour",
        "minute",
        "half",
        "noon",
        "before",
        "spelt",
    )
    missing = "".join(f"(?P<{name}>(?!))?" for name in names if f"(?P<{name}>" not in pattern)
    return re.compile(f"(?:{pattern}){missing}")


_WHICH = r"(?:(?P<which>last|past|previous|this|next|coming|following)\s+)?"
_TABLE: tuple[tuple[re.Pattern[str], Callable[[_Ask], Stretch | None]], ...] = tuple(
    (_compile(pattern), answer)
    for pattern, answer in (
        (rf"{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)", _full_date),
        (rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY},? {_YEAR}", _full_date),
        (rf"(?:{_WEEKDAY},? )?{_DAY}(?: of)? {_MONTH},? {_YEAR}", _full_date),
        (rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY}", _day_of_year),
        (rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?: of)? {_MONTH}", _day_of_year),
        (rf"{_WHICH}{_MONTH}(?:,? (?:of )?{_YEAR})?", _month_of_year),
        (rf"{_WHICH}(?P<season>spring|summer|autumn|fall|winter)(?:,? (?:of )?{_YEAR})?", _season),
        (rf"(?P<holiday>{'|'.join(_HOLIDAYS)})(?:,? {_YEAR})?", _holiday),
        (rf"{_WHICH}{_WEEKDAY}(?: {_PART})?", _weekday),
        (
            rf"(?P<name>yesterday|today|tomorrow|the day (?:before yesterday|after tomorrow))(?: {_PART})?",
            _relative_day,
        ),
        (r"(?P<name>tonight|last night)", _relative_day),
        (rf"(?P<name>this) {_PART}", _relative_day),
        (
            rf"(?:the )?(?P<which>last|past|previous|this|next|coming|following|current|that|that same|same) {_UNIT}",
            _named_unit,
        ),
        (rf"(?:earlier|later|early|late) (?P<which>this|that|last|next) {_UNIT}", _named_unit),
        (rf"(?:the )?(?:end|beginning|middle|start) of (?:the|this) {_UNIT}", _named_unit),
        (rf"(?:the )?{_YEAR} (?P<ordinal>first|second|third|fourth)[ -]quarter", _quarter),
        (rf"(?:fiscal|calendar) (?:year )?{_YEAR}", _year),
        (r"(?:the )?(?P<before>\d{1,4}) (?:bc|b\.c\.?|bce)", _year_before),
        (r"(?P<spelt>(?:nineteen|eighteen|twenty) [a-z]+(?:[- ][a-z]+)?)", _spelt_year),
        (rf"(?:the )?(?P<ordinal>first) {_COUNT} {_UNIT}", _duration),
        (rf"{_COUNT} {_UNIT} (?P<way>ago|earlier|before|previously|from now|later|hence)", _ago),
        (rf"(?P<count>a) {_UNIT}[ -](?P<way>earlier|ago)", _ago),
        (rf"(?:the )?(?P<which>last|past|previous|next|coming|following) {_COUNT}[ -]{_UNIT}", _span_from_today),
        (rf"{_COUNT}[ -]{_UNIT}(?:[ -](?:long|old|period|stretch))?", _duration),
        (rf"(?:the )?(?P<ordinal>first|second|third|fourth)[ -]quarter(?:,? (?:of )?{_YEAR})?", _quarter),
        (r"(?P<often>daily|nightly|hourly|weekly|monthly|quarterly|annually|annual|yearly)", _repetition),
        (rf"(?:every|each) (?:{_UNIT}|{_WEEKDAY})", _repetition),
        (rf"{_YEAR}", _year),
        (rf"{_YEAR}[-/](?P<second>\d\d(?:\d\d)?)", _years),
        (r"(?:the )?(?P<decade>(?:1[5-9]|20)\d0)'?s", _decade),
        (r"(?:the )?'?(?P<decade>[0-9]0)'?s", _decade),
        (r"(?:the )?(?P<ordinal>\d\d?(?:st|nd|rd|th)) century", _century),
        (
            r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>a\.?m\.?|p\.?m\.?)|(?P<noon>noon|midday|midnight))(?:\s(?:est|edt|et|gmt|utc|bst|cet|local time)\b)?,?(?:\s(?:on\s)?(?P<rest>.{3,30}))?",
            _clock,
        ),
        (r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:\s(?:est|edt|et|gmt|utc|bst|cet|local time))?", _clock),
        (rf"(?P<reference>{'|'.join(w for words in _REFERENCES.values() for w in words)})", _reference),
    )
)
"""Tried in order, on the expression as it stands and then without the words that only colour it."""

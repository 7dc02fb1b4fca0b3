"""Give expressions of time a value (TIMEX3, EDTF), a first day and a last day.

A grammar of our own as a table of patterns: what was tried of other libraries gives no bounds (STACK.md). What the table
does not know stays without a value; it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from whosays.resolve.times import calendar as cal
from whosays.resolve.times.calendar import SEASONS, WEEKDAYS, Stretch
from whosays.resolve.times.day_parts import read_day_part
from whosays.resolve.times.durations import DURATIONS
from whosays.resolve.times.grammar import (
    COUNT,
    DAY,
    MONTH,
    PART,
    UNIT,
    UNITS,
    WEEKDAY,
    YEAR,
    ZONE,
    Answer,
    Ask,
    compile_table,
    name_part,
)
from whosays.resolve.times.quarters import QUARTERS
from whosays.resolve.times.ranges import read_range
from whosays.text import MONTHS, read_number_words

_HOLIDAYS = {
    "new year's day": (1, 1), "new year": (1, 1), "new year's eve": (12, 31), "valentine's day": (2, 14),
    "may day": (5, 1), "halloween": (10, 31), "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
    "boxing day": (12, 26),
}  # fmt: skip
"""Days that are the same everywhere that keeps them."""
_LAST_DAY = 31
_TEN, _NINETY_NINE = 10, 99
_FAR, _SOON = 300, 60
"""Days: a day of the year that was so long ago, and comes again so soon, is the one to come."""
_DAY_FIRST = re.compile(
    r"(?P<day>.{3,40}?),? (?:(?:at|around|about|(?:shortly|just) (?:before|after)) (?:about |around |roughly )?|(?<!\band )(?<!\bto )(?=\d{1,2}[:.]\d\d))(?P<clock>\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: (?:[a-z]{1,3}t|gmt|utc|\S+ time))?|noon|midnight|(?:half|a quarter|quarter|twenty-five|twenty|ten|five) (?:past|to) \w+|\w+ o'clock)"
)
_LATE_PART = re.compile(r"afternoon|evening|night$")
_LONGEST = 100
"""Characters; nothing longer is one expression."""
OF_THAT_YEAR = re.compile(r",? of (?:that|the same) year$", re.IGNORECASE)
"""The year that the text told of: what is seen from it needs no such words."""
_LOOSE = re.compile(
    r"^(?:(?:at least|at most|up to|close to|(?:a little|slightly|just|well) (?:more than|less than|over|under)|(?:as )?(?:early|late|long|soon|much|recently) as|not? later than|more than|less than"
    r"|well into|on|in|at|by|since|until|till|from|for|of|during|within|the|this very|about|around|approximately|roughly"
    r"|nearly|almost|over|ca|circa|years?(?= \d{4})|some|only|just|early|earlier|late|later|mid|mid-|middle of|end of|beginning of|start of|rest of"
    r"|course of|onset of|(?:latter|first) part of|most of|much of|exactly|another|all|whole|entire|throughout|past the"
    r"|through)\b\.?[ -]?)+"
)


def resolve_time(words: str, *, published: date | None, ahead: bool | None = None) -> Stretch | None:
    """Return what an expression means to a reader on the day of publication, or `None` where that is not known.

    `ahead` says that the sentence tells what is to come: "on Friday" is then the next one; `None` that nothing tells. Without a day of
    publication, what hangs on it keeps unknown digits (`XXXX-01-01`) and has no bounds.
    """
    text = " ".join(words.lower().replace("’", "'").replace("–", "-").split()).strip(" ,.;:'\"()")
    if len(text) > _LONGEST:
        return None
    text = OF_THAT_YEAR.sub("", text)
    turned = _DAY_FIRST.fullmatch(text)
    if turned is not None:
        text = f"{turned['clock']} on {turned['day']}"
    part = read_day_part(
        text, published=published, resolve=lambda rest: resolve_time(rest, published=published, ahead=ahead)
    )
    if part is not None:
        return part
    for written in dict.fromkeys((text, text.removesuffix("'s"), _LOOSE.sub("", text).removesuffix("'s"))):
        for pattern, answer in _TABLE:
            found = pattern.fullmatch(written)
            stretch = _answer(answer, Ask(found=found, today=published, ahead=ahead)) if found else None
            if stretch is not None:
                return stretch
    return read_range(
        text, published=published, resolve=lambda end, today: resolve_time(end, published=today, ahead=ahead)
    )


def _answer(answer: Answer, ask: Ask) -> Stretch | None:
    """Return the answer, none where it would lie outside of the calendar."""
    try:
        return answer(ask)
    except (ValueError, OverflowError):
        return None


def _full_date(ask: Ask) -> Stretch | None:
    return _make_day(int(ask["year"]), _read_month(ask), int(ask["day"]))


def _day_of_year(ask: Ask) -> Stretch | None:
    month, day = _read_month(ask), int(ask["day"])
    if not 1 <= day <= _LAST_DAY:
        return None
    if ask.today is None:
        return Stretch(value=f"XXXX-{month:02}-{day:02}", earliest=None, latest=None)
    return _nearest(month, day, ask)


def _days(ask: Ask) -> Stretch | None:
    """Read "26 to 30 November"."""
    first, second = int(ask["day"]), int(ask["second"])
    month, year = _read_month(ask), _named_year(ask)
    if not 1 <= first < second <= _LAST_DAY:
        return None
    if year is None and ask.today is None:
        return Stretch(value=f"XXXX-{month:02}-{first:02}/XXXX-{month:02}-{second:02}", earliest=None, latest=None)
    last = _nearest(month, second, ask) if year is None else _make_day(year, month, second)
    if last is None or last.latest is None:
        return None
    begun = last.latest.replace(day=first)
    return Stretch(value=f"{begun}/{last.latest}", earliest=begun, latest=last.latest)


def _day_of_month(ask: Ask) -> Stretch | None:
    """Read "the 13th": of this month; what is to come and may be told of as past has no value."""
    day, today = int(ask["day"]), ask.today
    if today is None or not 1 <= day <= _LAST_DAY or (day > today.day and not ask.ahead):
        return None
    month = cal.shift(today.replace(day=1), months=1 if ask.ahead and day < today.day else 0)
    return _make_day(month.year, month.month, day)


def _holiday(ask: Ask) -> Stretch | None:
    """Read a day that is kept each year: the nearest one, where no year is named."""
    month, day = _HOLIDAYS[ask["holiday"]]
    if ask["year"]:
        return _make_day(int(ask["year"]), month, day)
    today = ask.today
    if today is None:
        return Stretch(value=f"XXXX-{month:02}-{day:02}", earliest=None, latest=None)
    years = (today.year + step for step in (-1, 0, 1))
    return cal.name_day(min((date(year, month, day) for year in years), key=lambda d: abs(d - today)))


def _nearest(month: int, day: int, ask: Ask) -> Stretch | None:
    """Choose the year: the last such day, or the next where the sentence looks ahead or the last is long ago.

    A sentence that looks ahead may name what has just been. If a day of the week is named too, only years count in which it falls on that; if it does in none, it is an error.
    """
    today = ask.today or date.max
    years = (_make_day(year, month, day) for year in range(today.year - 4, today.year + 5))
    days = [found.earliest for found in years if found is not None and found.earliest is not None]
    named = [d for d in days if ask["weekday"] and d.weekday() == WEEKDAYS[ask["weekday"]]]
    if named:
        return cal.name_day(min(named, key=lambda d: abs((d - today).days)))
    past = max((d for d in days if d <= today), default=None)
    future = min((d for d in days if d >= today), default=None)
    if past is None or future is None:
        return None
    before, until = (today - past).days, (future - today).days
    ahead = before > _SOON or until < _FAR if ask.ahead else ask.ahead is None and until <= _SOON and before >= _FAR
    return cal.name_day(future if ahead else past)


def _month_of_year(ask: Ask) -> Stretch | None:
    month, year = _read_month(ask), _named_year(ask)
    if year is not None:
        return cal.name_month(year, month)
    if ask.today is None:
        return Stretch(value=f"XXXX-{month:02}", earliest=None, latest=None)
    return cal.name_month(_pick_year(ask, month), month)


def _season(ask: Ask) -> Stretch | None:
    season, year = ask["season"], _named_year(ask)
    if year is not None:
        return cal.name_season(year, season)
    if ask.today is None:
        return Stretch(value=f"XXXX-{SEASONS[season][0]}", earliest=None, latest=None)
    return cal.name_season(_pick_year(ask, SEASONS[season][1]), season)


def _named_year(ask: Ask) -> int | None:
    """The year that stands behind a month: "2024", "of next year"."""
    if ask["year"]:
        return int(ask["year"])
    if not ask["after"] or ask.today is None:
        return None
    return ask.today.year + {"last": -1, "next": 1}.get(ask["after"], 0)


def _pick_year(ask: Ask, month: int) -> int:
    """The year of a month that is named without one: this or last by what is over, next by what is asked."""
    today = ask.today or date.max
    which = ask["which"]
    if which == "next" or (ask.ahead and not which):
        return today.year + (month <= today.month if which == "next" else month < today.month)
    if which == "last":
        return today.year - (month >= today.month)
    if which == "this" or (ask.ahead is None and 0 < month - today.month <= _SOON // 30):
        return today.year  # who means last November says so in October
    return today.year - (month > today.month)


def _weekday(ask: Ask) -> Stretch | None:
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


def _weekday_of_week(ask: Ask) -> Stretch | None:
    """Read "Wednesday next week"."""
    wanted = WEEKDAYS[ask["weekday"]]
    if ask.today is None:
        return Stretch(value=f"XXXX-WXX-{wanted + 1}", earliest=None, latest=None)
    weeks = {"last": -1, "next": 1}.get(ask["which"], 0)
    monday = ask.today - timedelta(days=ask.today.weekday())
    return _with_part(cal.name_day(monday + timedelta(weeks=weeks, days=wanted)), ask)


def _week_of(ask: Ask) -> Stretch | None:
    day = resolve_time(ask["rest"], published=ask.today, ahead=ask.ahead)
    return cal.name_week(day.earliest) if day is not None and day.earliest and day.earliest == day.latest else None


def _named_part(ask: Ask) -> Stretch | None:
    """Read "the next morning", "that afternoon"."""
    if ask.today is None:
        return None
    step = {"next": 1, "following": 1, "previous": -1}.get(ask["which"], 0)
    return _with_part(cal.name_day(cal.shift(ask.today, days=step)), ask)


def _relative_day(ask: Ask) -> Stretch | None:
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


def _named_unit(ask: Ask) -> Stretch | None:
    """Read "last week", "this month", "next year", "the previous quarter"."""
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(ask["which"], 0)
    return _step(ask["unit"], step, ask.today) if ask.today is not None else None


def _ago(ask: Ask) -> Stretch | None:
    count = ask.read_count()
    if ask.today is None or count is None:
        return None
    sign = 1 if ask["way"] in {"from now", "later", "hence"} else -1
    if ask["unit"] == "year" and count % 1:
        return cal.name_year(cal.shift(ask.today, months=sign * round(12 * count)).year)
    if count % 1:
        return None
    if ask["unit"] == "decade":
        return cal.name_year(ask.today.year + sign * 10 * int(count))
    return _step(ask["unit"], sign * int(count), ask.today)


def _ago_between(ask: Ask) -> Stretch | None:
    """Read "two or three days ago"."""
    most, least = read_number_words(ask["most"]), ask.read_count()
    if ask.today is None or most is None or least is None or not least < most or least % 1:
        return None
    first, last = (_step(ask["unit"], -int(count), ask.today) for count in (most, least))
    return Stretch(value=f"{first.value}/{last.value}", earliest=first.earliest, latest=last.latest)


def _step(unit: str, count: int, today: date) -> Stretch:
    """Return the unit that lies so many of its kind from today; the day itself for units within a day."""
    return _STEPS[unit](count, today)


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


def _year(ask: Ask) -> Stretch | None:
    return cal.name_year(int(ask["year"]))


def _year_before(ask: Ask) -> Stretch | None:
    """Read a year before Christ, or a month, a season, a decade there, as TIMEX3 writes them."""
    value = f"BC{int(ask['before']):04}"
    if ask["decade"]:
        value = value[:-1]
    elif ask["month"]:
        value += f"-{MONTHS[ask['month']]:02}"
    elif ask["season"]:
        value += f"-{SEASONS[ask['season']][0]}"
    return Stretch(value=value, earliest=None, latest=None)


def _spelt_year(ask: Ask) -> Stretch | None:
    """Read "nineteen ninety-six"."""
    century, _, rest = ask["spelt"].partition(" ")
    high, low = read_number_words(century), read_number_words(rest)
    whole = high is not None and low is not None and _TEN <= low <= _NINETY_NINE
    return cal.name_year(int((high or 0) * 100 + (low or 0))) if whole else None


def _decade(ask: Ask) -> Stretch | None:
    digits = ask["decade"]
    return cal.name_decade(
        int(digits) if len(digits) == 4 else 1900 + int(digits) if int(digits) >= 30 else 2000 + int(digits)
    )


def _years(ask: Ask) -> Stretch | None:
    first = int(ask["year"])
    second = int(ask["second"]) if len(ask["second"]) == 4 else first - first % 100 + int(ask["second"])
    if second < first:
        return None
    return Stretch(value=f"{first}/{second}", earliest=date(first, 1, 1), latest=date(second, 12, 31))


def _century(ask: Ask) -> Stretch | None:
    number = _CENTURIES.get(ask["ordinal"]) or int(ask["ordinal"])
    if ask["before"]:
        return Stretch(value=f"BC{number - 1:02}", earliest=None, latest=None)
    return cal.name_century(100 * (number - 1)) if 2 <= number <= 30 else None


_CENTURIES = {
    word: number
    for number, word in enumerate(
        (
            "fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
            " twenty-first"
        ).split(),
        start=4,
    )
}


def _clock(ask: Ask) -> Stretch | None:
    hour, minute = int(ask["hour"] or 0), int(ask["minute"] or 0)
    if ask["noon"]:
        hour = 12 if ask["noon"] in {"noon", "midday"} else 24
    elif ask["half"]:
        hour = hour % 12 + 12 * ask["half"].startswith("p")
    elif hour < 12 and _LATE_PART.search(ask["part"] or ask["rest"]):
        hour += 12
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


def _reference(ask: Ask) -> Stretch | None:
    """TIMEX3's names for what has no date."""
    kind = next(kind for kind, words in _REFERENCES.items() if ask["reference"] in words)
    today = ask.today if kind == "PRESENT_REF" else None
    return Stretch(value=kind, earliest=today, latest=today)


_REFERENCES = {
    "PRESENT_REF": ("now", "currently", "current", "at present", "present", "present day", "present-day", "modern day", "modern-day", "at the moment", "nowadays", "these days"),
    "PAST_REF": (
        "recently", "recent", "previously", "formerly", "once", "in the past", "past", "the past", "in recent years",
        "recent years", "recent months", "recent weeks", "recent days", "lately", "long ago", "past years", "years past",
    ),
    "FUTURE_REF": ("future", "future years", "future quarters", "the future", "soon", "coming days", "coming weeks", "coming months", "coming years"),
}  # fmt: skip


def _with_part(day: Stretch, ask: Ask) -> Stretch:
    return replace(day, value=day.value + name_part(ask["part"]))


def _read_month(ask: Ask) -> int:
    return MONTHS[ask["month"]] if "month" in ask.found.re.groupindex else int(ask["number"])


def _make_day(year: int, month: int, day: int) -> Stretch | None:
    try:
        return cal.name_day(date(year, month, day))
    except ValueError:
        return None


_WHICH = r"(?:(?P<which>last|past|previous|this|next|coming|following)\s+)?"
_STEP = r"(?P<which>last|previous|this|next|coming|following|current|that|that same|same)"
_HOUR = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>a\.?m\.?|p\.?m\.?)"
_YEARS = rf"(?:,? (?:of )?(?:{YEAR}|(?P<after>this|last|next) year))?"
_DAYS = rf"{DAY}\s?(?:-|to|and|or|,|/)\s?(?P<second>\d{{1,2}})(?:st|nd|rd|th)?"
_TABLE = (
    *compile_table(
        (rf"{YEAR}-(?P<number>\d\d)-(?P<day>\d\d)", _full_date),
        (rf"(?:{WEEKDAY},? )?{MONTH} {DAY},?(?: of)? {YEAR}", _full_date),
        (rf"(?:{WEEKDAY},? )?{DAY}(?: of)? {MONTH},? {YEAR}", _full_date),
        (rf"(?:{WEEKDAY},? )?{MONTH} {DAY}", _day_of_year),
        (rf"(?:{WEEKDAY},? )?(?:the )?{DAY}(?: of)? {MONTH}", _day_of_year),
        (rf"(?:the )?{_DAYS} (?:of )?{MONTH}{_YEARS}", _days),
        (rf"{MONTH} {_DAYS}{_YEARS}", _days),
        (r"the (?P<day>\d{1,2})(?:st|nd|rd|th)", _day_of_month),
        (rf"{_WHICH}{MONTH}(?: month)?{_YEARS}", _month_of_year),
        (rf"{_WHICH}(?P<season>spring|summer|autumn|fall|winter){_YEARS}", _season),
        (rf"{YEAR} (?P<season>spring|summer|autumn|fall|winter)", _season),
        (rf"(?P<holiday>{'|'.join(_HOLIDAYS)})(?:,? {YEAR})?", _holiday),
        (r"(?:the )?week of (?P<rest>.+)", _week_of),
        (rf"{_WHICH}{WEEKDAY}(?: {PART})?", _weekday),
        (rf"{WEEKDAY}(?: {PART})?,? (?:of )?(?P<which>last|this|next) week", _weekday_of_week),
        (rf"(?P<name>yesterday|today|tomorrow|the day (?:before yesterday|after tomorrow))(?: {PART})?", _relative_day),
        (rf"(?:mid-)?{PART} (?P<name>yesterday|today|tomorrow)", _relative_day),
        (r"(?P<name>tonight|last night)", _relative_day),
        (rf"(?P<name>this) {PART}", _relative_day),
        (rf"(?:the )?(?P<which>next|following|same|previous|that|that same) {PART}", _named_part),
    ),
    *QUARTERS,
    *compile_table(
        (rf"(?!the (?:last|next) decade)(?:the )?{_STEP} {UNIT.removesuffix('s?')}", _named_unit),
        (rf"(?:earlier|later|early|late) (?:in )?(?P<which>the|this|that|last|next) {UNIT}", _named_unit),
        (
            rf"(?:most of )?(?:the )?(?:end|beginning|middle|start|rest|remainder|(?:latter|early) part) of (?:the|this) {UNIT}",
            _named_unit,
        ),
        (rf"{UNIT.removesuffix('s?')}(?:'s end|-end)", _named_unit),
        (rf"{COUNT} {UNIT} (?P<way>ago|earlier|before|previously|from now|later|hence)", _ago),
        (rf"{COUNT},? (?:to |or )?(?P<most>\w+) {UNITS} ago", _ago_between),
        (rf"(?P<count>a) {UNIT.removesuffix('s?')}(?P<half> and a half)?[ -](?P<way>earlier|later|ago)", _ago),
        (
            rf"(?:the )?(?:(?P<month>{'|'.join(MONTHS)}) |(?P<season>{'|'.join(SEASONS)}) (?:of )?)?(?P<before>\d{{1,4}})(?P<decade>s)? (?:bc|b\.c\.?|bce)",
            _year_before,
        ),
        (r"(?P<spelt>(?:nineteen|eighteen|twenty) [a-z]+(?:[- ][a-z]+)?)", _spelt_year),
    ),
    *DURATIONS,
    *compile_table(
        (rf"{YEAR}", _year),
        (rf"{YEAR}[-/](?P<second>\d\d(?:\d\d)?)", _years),
        (r"(?:the )?(?P<decade>(?:1[5-9]|20)\d0)'?s", _decade),
        (r"(?:the )?'?(?P<decade>[0-9]0)'?s", _decade),
        (r"(?:the )?(?P<ordinal>\d\d?)(?:st|nd|rd|th)[ -]century(?P<before> b\.?c\.?e?\.?)?", _century),
        (rf"(?:the )?(?P<ordinal>{'|'.join(_CENTURIES)})[ -]century(?P<before> b\.?c\.?e?\.?)?", _century),
        (
            rf"(?:{_HOUR}|(?P<noon>noon|midday|midnight)){ZONE},?(?:\s(?:on\s)?(?P<rest>(?!and\b|to\b|[ap]\.?m\b).{{3,30}}))?",
            _clock,
        ),
        (rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))? in the {PART}", _clock),
        (
            rf"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?: ?(?:hrs|hours))?{ZONE},?(?:\s(?:on\s)?(?P<rest>(?!and\b|to\b|[ap]\.?m\b).{{3,30}}))?",
            _clock,
        ),
        (r"(?P<rest>.{3,30}?),? (?:at )?(?P<noon>noon|midday|midnight)", _clock),
        (rf"(?P<reference>{'|'.join(w for words in _REFERENCES.values() for w in words)})", _reference),
    ),
)
"""Tried in order, on the expression as it stands and then without the words that only colour it."""

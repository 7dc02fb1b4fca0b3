"""How long and how often: "three weeks", "the last ten days", "every month"."""

from __future__ import annotations

from whosays.resolve.times import calendar as cal
from whosays.resolve.times.calendar import WEEKDAYS, Stretch
from whosays.resolve.times.grammar import COUNT, UNIT, UNITS, WEEKDAY, Ask, compile_table

_LETTERS = {"day": "D", "week": "W", "month": "M", "year": "Y", "hour": "H", "minute": "M", "second": "S"}
_WITHIN_A_DAY = frozenset(("hour", "minute", "second"))
_MULTIPLES = {
    "decade": ("Y", 10),
    "century": ("Y", 100),
    "centurie": ("Y", 100),
    "quarter": ("M", 3),
    "fortnight": ("W", 2),
    "weekend": ("WE", 1),
}
_HALVES = {"year": "6M", "hour": "30M", "minute": "30S"}
_UNCOUNTED = {"quarter": "Q", "decade": "DE", "century": "CE", "centurie": "CE"}
"""TIMEX3's letters for units that are counted in others, where nobody says how many."""
_VAGUE = frozenset(
    ("several", "few", "a few", "many", "some", "recent", "past", "couple", "a couple", "a couple of", "")
)
_OFTEN = {
    "daily": "P1D", "nightly": "P1D", "hourly": "PT1H", "weekly": "P1W", "monthly": "P1M", "quarterly": "P3M",
    "annually": "P1Y", "annual": "P1Y", "yearly": "P1Y",
}  # fmt: skip


def _span_from_today(ask: Ask) -> Stretch | None:
    """Read "in the last three weeks", "the next ten days", "the past year": a duration that begins or ends today."""
    duration = _duration(ask)
    count = ask.read_count() if ask["count"] else 1.0
    if duration is None or ask.today is None or count is None:
        return duration
    letter, many = _find_letter(ask["unit"])
    sign = 1 if ask["which"] in {"next", "coming", "following"} else -1
    within = ask["unit"] in _WITHIN_A_DAY
    days = 0 if within else {"D": 1, "W": 7}.get(letter, 0) * count * many
    months = 0 if within else {"M": 1, "Y": 12}.get(letter, 0) * count * many
    other = cal.shift(ask.today, days=sign * int(days), months=sign * int(months))
    return Stretch(value=duration.value, earliest=min(other, ask.today), latest=max(other, ask.today))


def _some_from_today(ask: Ask) -> Stretch:
    """Read "the coming years": nobody says how many."""
    ends = ask["which"] in {"last", "past", "previous"}
    return Stretch(
        value=_name_some(ask["unit"]), earliest=None if ends else ask.today, latest=ask.today if ends else None
    )


def _duration(ask: Ask) -> Stretch | None:
    count = ask.read_count() if ask["count"] else 1.0
    if count is None:
        known = ask["count"] in _VAGUE
        return Stretch(value=_name_some(ask["unit"]), earliest=None, latest=None) if known else None
    many = _find_letter(ask["unit"])[1]
    if count * many % 1 == 0.5 and ask["unit"] in _HALVES:
        return Stretch(
            value=f"{_name(str(int(count * many)), ask['unit'])}{_HALVES[ask['unit']]}", earliest=None, latest=None
        )
    return Stretch(value=_name(f"{count * many:g}", ask["unit"]), earliest=None, latest=None)


def _some(ask: Ask) -> Stretch:
    return Stretch(value=_name_some(ask["unit"]), earliest=None, latest=None)


def _one(ask: Ask) -> Stretch:
    """Read "the year ended March 31"."""
    return Stretch(value=_name(str(_find_letter(ask["unit"])[1]), ask["unit"]), earliest=None, latest=None)


def _repetition(ask: Ask) -> Stretch | None:
    if ask["often"] in _OFTEN:
        return Stretch(value=_OFTEN[ask["often"]], earliest=None, latest=None)
    if ask["weekday"]:
        return Stretch(value=f"XXXX-WXX-{WEEKDAYS[ask['weekday']] + 1}", earliest=None, latest=None)
    return _one(ask)


def _find_letter(unit: str) -> tuple[str, int]:
    """Return TIMEX3's letter for a unit, and how many of the letter's it is."""
    return _MULTIPLES.get(unit) or (_LETTERS[unit], 1)


def _name(amount: str, unit: str) -> str:
    return f"P{'T' if unit in _WITHIN_A_DAY else ''}{amount}{_find_letter(unit)[0]}"


def _name_some(unit: str) -> str:
    return f"PX{_UNCOUNTED[unit]}" if unit in _UNCOUNTED else _name("X", unit)


DURATIONS = compile_table(
    (rf"(?:the )?(?:first|last|final|opening) {COUNT} {UNIT}(?: of .+)?", _duration),
    (rf"(?:the )?(?P<which>last|past|previous|next|coming|following) {COUNT}[ -]{UNIT}", _span_from_today),
    (rf"(?:the )?(?P<which>past) {UNIT.removesuffix('s?')}", _span_from_today),
    (r"the (?P<which>last|next) (?P<unit>decade)", _span_from_today),
    (rf"(?:the )?(?P<which>last|past|previous|next|coming|following) {UNITS}", _some_from_today),
    (rf"(?:an?|the|that|this)(?: same)? {COUNT}[ -]{UNIT}(?:[ -](?:long|old|period|stretch))?", _duration),
    (rf"(?:an? )?{UNIT.removesuffix('s?')}-long", _one),
    (
        r"(?:the )?(?:first|last|final|opening) (?P<unit>hour|month|year) of (?:the )?(?!month|quarter|year)[a-z].*",
        _one,
    ),
    (
        rf"{COUNT}(?: (?!(?:few|couple|and|or|hundred|thousand|million|billion|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b)[a-z]+)?[ -]{UNIT}(?:[ -](?:long|old|period|stretch))?(?: of(?: .+)?)?",
        _duration,
    ),
    (rf"(?P<count>an?) {UNIT.removesuffix('s?')}(?P<half>[ -]and[ -]a[ -]half)(?:[ -]long)?", _duration),
    (rf"{COUNT} (?:to|or) (?:[a-z]+|\d+) {UNITS}", _duration),
    (
        r"(?:a )?(?:(?:several|few|many|some) )?(?P<unit>day|week|month|year|decade|hour|minute)s(?: of(?: .+)?)?",
        _some,
    ),
    (rf"{COUNT} {UNIT} in advance", _duration),
    (r"(?:some|several|a few|many) (?P<unit>hour|day|week|month|year)s (?:before|earlier|ago|previously)", _some),
    (r"within the (?P<unit>hour|day|week|month|year)", _one),
    (rf"the {UNIT} (?:ended|ending)\b.*", _one),
    (r"(?P<often>daily|nightly|hourly|weekly|monthly|quarterly|annually|annual|yearly)", _repetition),
    (rf"(?:every|each|per) (?:{UNIT}|{WEEKDAY})", _repetition),
)

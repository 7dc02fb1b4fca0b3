"""Times that need no encoder to be found: their words mean nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whosays.model import Span, Time
from whosays.resolve.times.calendar import WEEKDAYS
from whosays.resolve.times.day_parts import HOUR
from whosays.text import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAYS = "|".join(name.capitalize() for name in WEEKDAYS if len(name) > 5)
_MONTHS = "|".join(sorted((name.capitalize() for name in MONTHS if len(name) > 3), key=len, reverse=True))
_PLAIN_MONTHS = "|".join(name for name in _MONTHS.split("|") if name not in {"May", "March"})
_ABBREVIATED = "|".join(sorted({name.capitalize() for name in MONTHS}, key=len, reverse=True))
_PART = r"(?:morning|afternoon|evening|night)"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\ (?:{_MONTHS}|May)|(?<!in\ )(?:{_MONTHS}|May)\ \d{{1,2}}(?!\d|,?\d{{3}}))(?:,?\ (?:19|20)\d\d)?"
_PAST = rf"(?:half|a\ quarter|quarter|twenty-five|twenty|ten|five)\ (?:past|to)\ (?:{HOUR})"
_CLOCK = (
    r"(?:\d{1,2}:\d\d(?:\s?[ap]\.?m\b\.?)?|\d{1,2}(?:\.\d\d)?\s?[ap]\.?m\b\.?|noon|midday|midnight"
    rf"|{_PAST}\b"
    rf"|(?:{HOUR})\ o['’]clock)(?:\ local\ time|\ [A-Z]{{2,4}}T\b|\ GMT|\ UTC)?"
)
_SOME = r"(?:about\ |some\ |nearly\ |almost\ |more\ than\ |at\ least\ |over\ )?"
_PLAIN = re.compile(
    rf"""\b(?:
      (?:(?:{_DAYS}),?\ {_DATE}|{_DATE}|{_DAYS}|[Yy]esterday),?\ (?:at\ (?:about\ |around\ )?|around\ |(?:shortly|just)\ (?:before|after)\ ){_CLOCK}
    | (?<!shortly\ )before\ dawn(?:\ (?:on\ |of\ )?(?:{_DAYS}|today|yesterday))?
    | (?:(?:during|in)\ )?(?:the\ )?night\ (?:from|between)\ (?:{_DAYS})\ (?:to|and)\ (?:{_DAYS})
    | (?:the\ )?{_PART}\ hours(?:\ (?:of|on)\ (?:{_DAYS}|{_DATE}|yesterday|today))?
    | (?:\d{{1,2}}(?:[:.]\d\d)?|(?:{HOUR})(?:\ o['’]clock)?|{_PAST})\ (?:tonight|(?:this|yesterday)\ {_PART}|last\ night|in\ the\ {_PART})
    | (?<=\ at\ |\ of\ )\d{{1,2}}\.\d\d\ on\ (?:{_DAYS}|{_DATE})
    | that\ (?:day|{_PART}) | (?:the\ )?(?:same|previous)\ (?:day|{_PART})
    | (?:the\ )?(?:early|small|pre-?dawn)\ hours(?:\ of\ (?:{_DAYS}|{_DATE}|yesterday|today))?
    | (?:the\ )?night\ of\ \d{{1,2}}\ (?:to|and)\ \d{{1,2}}\ (?:{_MONTHS}|May)
    | (?:[Ee]arly\ (?:on\ )?|[Ll]ate\ (?:on\ )?|[Ll]ast\ |[Nn]ext\ )?(?:{_DAYS})(?:\ {_PART})?(?:,?\ {_DATE})?
    | {_DATE}
    | (?:yesterday|tomorrow)(?:\ {_PART})? | overnight | tonight | last\ night
    | (?:at\ )?(?:dawn|dusk|nightfall) | (?<=before\ )dark | (?:during|in)\ the\ night
    | (?:the\ )?(?:last|past|next)\ (?:week|month|year|weekend)
    | {_CLOCK}(?:,?\ (?:on\ |last\ |this\ |next\ )?(?:{_DAYS})(?:\ {_PART})?(?:,?\ {_DATE})?|,?\ on\ {_DATE})
    | (?:{_DAYS})\ (?:at\ )?(?:noon|midday|midnight)
    | (?<=\ at\ ){_PAST}
    | \d{{1,2}}\ (?:and|to|or)\ \d{{1,2}}\ (?:{_MONTHS}|May)(?:,?\ (?:19|20)\d\d)?
    | (?<=by\ )(?:the\ )?(?:evening|noon|midday|midnight|nightfall|afternoon)
    | (?<=for\ ){_SOME}(?:\d+|an?|{HOUR}|several|a\ few)\ (?:minutes?|hours?|days?|weeks?|months?|years?)
    | (?<=for\ )(?:days|weeks|months|years|hours|decades)(?=[\s.,;”]|$)
    | (?:{HOUR})\ o['’]clock | (?<=[Aa]t\ )(?:noon|midnight|midday) | (?<=since\ )(?:noon|midnight|midday|daybreak)
    | [Aa]t\ night | all\ (?:night|day|morning|afternoon) | every\ {_PART} | an?\ fortnight(?:\ ago)?
    | (?<=\b[Ii]n\ )(?:{_PLAIN_MONTHS})(?!\ \d|,?\ (?:19|20)\d\d)
    | (?<=by\ )(?:the\ )?end\ of\ (?:the|this|next)\ (?:week|month|year)
    )\b""",
    re.VERBOSE,
)
_OPEN = re.compile(r"\b(?:of|hours|night|morning|evening|noon|midday|midnight|o.clock|this coming)$")
_JOINS = re.compile(r"(?: of| on| to|,)? ")
_ENDS, _OPENS = re.compile(r" and "), ("between ", "Between ")
_BEFORE_DATE = re.compile(rf"(?:(?:{_DAYS})|{_CLOCK}(?: E[SD]?T)?)$")
_DATE_ONLY = re.compile(rf"(?:{_DATE}|(?:{_ABBREVIATED})\.? \d{{1,2}}(?:,? (?:19|20)\d\d)?)", re.VERBOSE)
_BARE = re.compile(r"(?:up to|at least|at most|more than|less than|about|around|some|only|just)", re.IGNORECASE)
"""Words that colour an amount of time and are none."""


def complete_times(found: Iterable[Time], contents: tuple[Span, ...], text: str) -> tuple[Time, ...]:
    """Return the times of a content: the encoder's and those of plain words; of two that overlap the longer.

    Two of the encoder's that only "of" or a blank parts are one ("the early hours of" and "Sunday").
    """
    plain = [
        Time(span=Span(start=match.start(), end=match.end()), kind="date")
        for content in contents
        for match in _PLAIN.finditer(text, content.start, content.end)
    ]
    told = (time for time in found if _BARE.fullmatch(time.span.slice(text)) is None)
    kept: list[Time] = []
    for time in sorted([*_join(told, text), *plain], key=lambda t: (t.span.start, -t.span.end)):
        if kept and kept[-1].span.overlaps(time.span):
            if len(time.span) > len(kept[-1].span):
                kept[-1] = time
            continue
        kept.append(time)
    return tuple(kept)


def _join(found: Iterable[Time], text: str) -> list[Time]:
    joined: list[Time] = []
    for time in found:
        if joined and _belong(joined[-1], time, text):
            joined[-1] = Time(span=Span(start=joined[-1].span.start, end=time.span.end), kind=joined[-1].kind)
        else:
            joined.append(time)
    return joined


def _belong(time: Time, after: Time, text: str) -> bool:
    """Tell two times that are one: what parts them, and what the first one asks for."""
    first, second = time.span, after.span
    if _ENDS.fullmatch(text, first.end, second.start) and text.endswith(_OPENS, 0, first.start):
        return True
    return _JOINS.fullmatch(text, first.end, second.start) is not None and _asks_more(time, after, text)


def _asks_more(time: Time, after: Time, text: str) -> bool:
    """Tell words that name no time without what follows them, and a weekday or an hour before its date."""
    words = time.span.slice(text)
    dated = _BEFORE_DATE.search(words) is not None and _DATE_ONLY.fullmatch(after.span.slice(text)) is not None
    return dated or _OPEN.search(words) is not None

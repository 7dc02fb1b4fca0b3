"""What a time is seen from: the day of publication, or what the text has just told of; and which way it looks."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from whosays.resolve.times.calendar import WEEKDAYS
from whosays.resolve.times.expressions import OF_THAT_YEAR, resolve_time
from whosays.resolve.times.grammar import ZONE
from whosays.text import MONTHS, lower_letters

if TYPE_CHECKING:
    from whosays.model import Span
    from whosays.resolve.times.calendar import Stretch

_NAMES = "|".join(MONTHS)
_DATED = re.compile(
    rf"\b(?:(?:(?P<first>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<month>{_NAMES})\b\.?"
    r"(?: (?P<second>\d{1,2})(?:st|nd|rd|th)?\b(?! ?(?:%|percent|people)))?(?:,? (?P<year>1[5-9]\d\d|20\d\d))?"
    r"|(?:(?:in|of|since|by|until|from|to|and|the|early|late|mid|spring|summer|autumn|fall|winter) |mid-|\()"
    r"(?P<alone>1[5-9]\d\d|20\d\d)|^(?P<heading>1[5-9]\d\d|20\d\d)(?=:|$|[-–—]\d))\b(?!\s(?:people|men|women|soldiers|troops|dead|tons|tonnes|miles|km))",
    re.MULTILINE,
)
"""Of a text in lower case: dates that are written out, months of a year that was named before, and years; a year as a heading too."""
_ASIDE = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|projected|scheduled|due|until|since|before|as of|date|deadline)\b[^.\n]{0,50}\Z"
)
"""What is planned for a year, or was so since one: the text that names it does not go there."""
_ASIDE_REACH = 70
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_YEARLESS_END = (
    rf"(?:(?:early|earlier|mid|late|later|beginning|end|middle|start|onset|rest|by|in|on|of|the|since|until|from|between|over"
    rf"|throughout|to|and|or|(?:morning|afternoon|evening|night)(?:\shours)?|{_NUMBER},?)[-–—\s])*"
    rf"(?:(?:{_NAMES})\b\.?(?:,?\s{_NUMBER}(?:\s?(?:[-–—]|to|and|or|,)\s?(?:the\s)?{_NUMBER})?)?"
    r"|spring|summer|autumn|fall|winter)"
)
_YEARLESS = re.compile(rf"{_YEARLESS_END}(?:\s?(?:[-–—]|to|until|through|and)\s?{_YEARLESS_END})?,?", re.IGNORECASE)
"""Months, seasons and days of a month without a year, and stretches of them."""
_OF_THE_YEAR = re.compile(
    r"(?:later|earlier|late|early) (?:in the|in that|that) year"
    r"|(?:most of )?(?:the )?(?:end|beginning|middle|start|rest|remainder|(?:latter|early) part) of (?:the|that) year",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"(?:about |some |only |just |almost |nearly |(?:less|more) than |early |late )*"
    r"(?:(?:the )?(?:next|following|same|previous)|that(?: same)?|\S+ \S+ (?:later|earlier|before|after))\b"
    r"|(?:the )?(?:end|beginning|middle|start|rest) of the \w+|(?:earlier|later) that \w+|\w+['’]s end",
    re.IGNORECASE,
)
_SHARED = re.compile(
    rf"\s?(?:[-–—]|to|until|till|and|or|through)\s?(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_NAMES})\b\.?(?: \d{{1,2}})?,?"
    r" (?P<year>1[5-9]\d\d|20\d\d)\b",
    re.IGNORECASE,
)
"""A second date that gives its year to the one before: "26 June to 4 August 1952"."""
_NEXT_DAY = re.compile(
    r"(?:(?:early|late|earlier|later) )?(?:(?:the )?(?:very )?(?:next|following|same|previous)|that(?: same)?)"
    r" (?:day|morning|afternoon|evening|night)",
    re.IGNORECASE,
)
_OF_SOME_DAY = re.compile(
    r"(?:(?:at|by|before|after|in|during|since|until|about|around|shortly|as early as) )*(?:the )?(?:(?:dawn|daybreak|sunrise|dusk|dark"
    r"|nightfall|evening|afternoon|noon|midday|midnight|night)(?: that day)?"
    rf"|\d{{1,2}}(?:[:.]\d\d)? ?[ap]\.?m\b\.?,?{ZONE}|\d{{1,2}}[:.]\d\d(?: in the \w+)?{ZONE}|\w+ (?:o['’]clock|in the \w+)|(?:half|a quarter|quarter|twenty|ten|five) (?:past|to) \w+)",
    re.IGNORECASE,
)
"""Parts of a day that do not say of which: of the day that is named behind them, or that was told last."""
_ENDS_IN_WEEKDAY = re.compile(rf"(?:.*\s)?(?:{'|'.join(WEEKDAYS)})", re.IGNORECASE)
_THEN_DAY = re.compile(r",?\s(?:on\s)?")
"""Between a part of a day, or a day of the week, and its date: "5 p.m. EST Nov. 9"."""
_WEEKDAY = re.compile(
    rf"\b(?:{'|'.join(name for name in WEEKDAYS if name.endswith('day'))}|yesterday|today)\b", re.IGNORECASE
)
_EVENING = re.compile(r"\s(?:evening|night)\b")
_SMALL_HOURS = re.compile(r"(?:\w+\s){0,3}(?:dawn|daybreak|(?:12|[1-5])(?:[:.]\d\d)?\s?a\.?m\b)", re.IGNORECASE)
"""What came before the sun was up, after an evening that was told of: on the next day."""
_A_YEAR_AGO = re.compile(r"(?:(?:a|one|the) )?year[ -](?:ago|earlier|before)", re.IGNORECASE)
_PERIOD = re.compile(
    r"\b(quarter|half|(?:six|nine) months|(?:fiscal|full|the) year)\b(?![ -](?:ago|earlier|before))", re.IGNORECASE
)
_ENDED = re.compile(r" (?:ended|ending)\b")
_REPORT = 300
"""Characters before a sentence in which a report has named the period that it compares."""
_REACH = 1500
"""Characters over which what was told still holds."""
_WRAP = 8
"""Months: a month so long before the one that was told last is one of the next year."""
_COMING = 120
"""Days after publication from which on a date without a year is one of the year before."""
_MANY, _VERY_MANY, _LONG_AGO, _FEW = 5, 40, 3, 0.1
"""A text that names so many years, mostly those so long before its publication and few late ones, tells of the past.

Of one that names very many it is enough that most were over.
"""
_AHEAD = re.compile(
    r"\b(?:will|shall|won[’']t|would(?! have)|plans? to|planned for|expects?|is expected|are expected|scheduled|due|set to|upcoming"
    r"|(?:is|are|to) (?:be )?(?:to|expected)|provides? for|(?:hop|aim|intend|want|promis|vow|agre|threaten)(?:e?s|e?d)? to|(?:could|may|might)(?! have)|planning|going to|until|next|postponed|ahead of|must(?! have)|deadline|ultimatum)\b|[’']ll\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:was|were|had|has|have|did|said|told|met|came|went|took|made|got|gave|saw|left|began|fell|rose|held|won|lost"
    r"|shot|since|(?<!\bbe )\w{3,}ed)\b",
    re.IGNORECASE,
)
_AFTER = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A date that the text names, and where."""

    at: int
    day: date
    whole: bool
    """The day itself is named, not only its month or year."""


class Anchors:
    """The anchors of one text, asked time by time."""

    def __init__(self, text: str, published: date | None) -> None:
        self._text = text
        self._published = published
        self._told = _list_told(text, published)
        self._of_the_past = _tells_of_the_past([told.day.year for told in self._told], published)

    def resolve(self, span: Span, sentence: Span) -> tuple[Stretch | None, date | None]:
        """Return what an expression means where it stands, and the day it is seen from; `None` for what is not known."""
        words = self._text[span.start : span.end]
        if _A_YEAR_AGO.fullmatch(words) and self._speaks_of_a_quarter(span, sentence):
            words = "the year-ago quarter"
        elif _ENDED.match(self._text, span.end):
            words = f"{words} ended"
        seen_from = self.find_day(span)
        return resolve_time(words, published=seen_from, ahead=self.looks_ahead(span, sentence)), seen_from

    def _speaks_of_a_quarter(self, span: Span, sentence: Span) -> bool:
        """Tell whether a report compares a quarter with the one a year before: a quarter is the period named last."""
        before = self._text[max(0, sentence.start - _REPORT) : span.start]
        named = _PERIOD.findall(before) or _PERIOD.findall(self._text[span.end : sentence.end])[:1]
        return bool(named) and named[-1].lower() == "quarter"

    def find_day(self, span: Span) -> date | None:
        """Return the day that an expression is seen from: that of publication, if the text is news.

        In a text that tells of the past, or has no day of publication, a month without a year belongs to the year that
        was named last, and "two days later" follows the day that was.
        """
        words = self._text[span.start : span.end].strip()
        shared = _SHARED.match(self._text, span.end)
        if shared is not None and _YEARLESS.fullmatch(words) is not None:
            return date(int(shared["year"]), 12, 31)
        place = bisect_left(self._told, span.start, key=lambda told: told.at)
        behind = self._find_day_behind(words, span, place)
        if behind is not None:
            return behind
        if self._published is None or self._of_the_past:
            return self._find_day_of_the_past(words, span, place)
        if self._told[:place] and OF_THAT_YEAR.search(words):
            return date(self._told[place - 1].day.year, 12, 31)
        if _OF_SOME_DAY.fullmatch(words):
            return self._find_day_told(span) or self._published
        return self._find_day_told(span) if _NEXT_DAY.fullmatch(words) else self._published

    def _find_day_behind(self, words: str, span: Span, place: int) -> date | None:
        """Return the date that stands right behind a part of a day, or behind a day of the week that it falls on."""
        told = next((t for t in self._told[place : place + 1] if t.whole), None)
        if told is None or _THEN_DAY.fullmatch(self._text, span.end, told.at) is None:
            return None
        return told.day if _OF_SOME_DAY.fullmatch(words) or _ENDS_IN_WEEKDAY.fullmatch(words) else None

    def _find_day_of_the_past(self, words: str, span: Span, place: int) -> date | None:
        """Return the day that is meant after what was told: `place` counts what was told before."""
        before = self._told[:place]
        if _OF_SOME_DAY.fullmatch(words):
            return next((t.day for t in reversed(before) if t.whole and span.start - t.at <= _REACH), None)
        if not before:
            return self._published
        if _YEARLESS.fullmatch(words) or _OF_THE_YEAR.fullmatch(words) or OF_THAT_YEAR.search(words):
            own = next((told for told in self._told[place : place + 1] if told.at < span.end), before[-1])
            return date(own.day.year, 12, 31)
        near = span.start - before[-1].at <= _REACH
        return before[-1].day if near and _FOLLOWING.match(words) is not None else self._published

    def _find_day_told(self, span: Span) -> date | None:
        """Return the day that news told of last: "the next morning" is the one after that, not after publication."""
        told = [t for t in self._told if t.whole and span.start - _REACH <= t.at < span.start]
        days = list(_WEEKDAY.finditer(self._text, max(0, span.start - _REACH), span.start))
        if days and self._published is not None and (not told or told[-1].at < days[-1].start()):
            name = days[-1][0].lower()
            back = {"yesterday": 1, "today": 0}.get(name, (self._published.weekday() - WEEKDAYS.get(name, 0)) % 7)
            went_on = _EVENING.match(self._text, days[-1].end()) and _SMALL_HOURS.match(self._text, span.start)
            return self._published - timedelta(days=back - bool(went_on))
        return told[-1].day if told else None

    def looks_ahead(self, span: Span, sentence: Span) -> bool | None:
        """Tell whether the words nearest before an expression, or else behind it, tell what is to come.

        `None` where they do not: news tells of what is planned in the past tense too. A text of the past does not.
        """
        if self._of_the_past:
            return False
        before = self._text[sentence.start : span.start]
        ahead, back = (
            max((match.end() for match in pattern.finditer(before)), default=-1) for pattern in (_AHEAD, _BACK)
        )
        if ahead < 0 and back < 0:
            after = self._text[span.end : min(sentence.end, span.end + _AFTER)]
            first, other = _AHEAD.search(after), _BACK.search(after)
            return (first is not None and (other is None or first.start() < other.start())) or None
        return ahead >= back or None


def _tells_of_the_past(years: list[int], published: date | None) -> bool:
    if len(years) < _MANY or published is None:
        return len(years) >= _MANY
    if len(years) >= _VERY_MANY:
        return median(years) < published.year
    recent = sum(year >= published.year - 1 for year in years)
    return median(years) <= published.year - _LONG_AGO and recent <= _FEW * len(years)


def _list_told(text: str, published: date | None) -> list[_Told]:
    """Return the dates of a text in order; a month without a year is one of the year before it.

    A day of a month with no year told yet is near the day of publication.
    """
    found: list[_Told] = []
    year: int | None = None
    before: int | None = None
    lower = lower_letters(text)
    for match in _DATED.finditer(lower):
        at = match.start("alone")
        if at >= 0 and year not in {None, int(match["alone"])} and _ASIDE.search(lower, max(0, at - _ASIDE_REACH), at):
            continue
        named = match["year"] or match["alone"] or match["heading"]
        if not named and year is not None and before is not None and match["month"]:
            year += before - MONTHS[match["month"]] >= _WRAP
        year = int(named) if named else year
        before = MONTHS[match["month"]] if match["month"] else None
        if year is None and published is None:
            continue
        month = MONTHS[match["month"]] if match["month"] else 12
        number = match["first"] or match["second"]
        try:
            day = date(year or (published.year if published else 1), month, int(number) if number else 1)
            if year is None and published is not None and (day - published).days > _COMING:
                day = day.replace(year=day.year - 1)
        except ValueError:
            continue
        if named is not None or year is not None or number is not None:
            found.append(_Told(at=match.start(), day=day, whole=number is not None))
    return found

"""What a time is seen from: the day of publication, or what the text has just told of; and which way it looks."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from whosays.text import MONTHS

if TYPE_CHECKING:
    from whosays.model import Span

_NAMES = "|".join(MONTHS)
_DATED = re.compile(
    rf"\b(?:(?:(?P<first>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<month>{_NAMES})\b\.?"
    r"(?: (?P<second>\d{1,2})(?:st|nd|rd|th)?\b(?! ?(?:%|percent|people)))?(?:,? (?P<year>1[5-9]\d\d|20\d\d))?"
    r"|(?:(?:in|of|since|by|until|from|to|and|early|late|mid|spring|summer|autumn|fall|winter) |mid-|\()"
    r"(?P<alone>1[5-9]\d\d|20\d\d))\b(?!\s(?:people|men|women|soldiers|troops|dead|tons|tonnes|miles|km))",
    re.IGNORECASE,
)
"""Dates that are written out, months of a year that was named before, and years."""
_YEARLESS = re.compile(
    r"(?:(?:early|mid|late|beginning|end|middle|start|by|in|on|of|the|since|until|from|\d{1,2}(?:st|nd|rd|th)?)[-\s])*"
    rf"(?:{_NAMES}|spring|summer|autumn|fall|winter)\b\.?,?(?:\s\d{{1,2}}(?:st|nd|rd|th)?)?,?",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"(?:about |some |only |just |almost |nearly )?(?:(?:the )?(?:next|following|same|previous)|that(?: same)?|\S+ \S+ (?:later|earlier|before|after))\b"
    r"|(?:the )?(?:end|beginning|middle|start) of the \w+|(?:earlier|later) that \w+",
    re.IGNORECASE,
)
_REACH = 1500
"""Characters over which what was told still holds."""
_MANY, _LONG_AGO = 5, 3
"""A text that names so many years, and mostly those so long before its publication, tells of the past."""
_AHEAD = re.compile(
    r"\b(?:will|shall|won[’']t|plans? to|planned for|expects?|is expected|are expected|scheduled|due|set to|upcoming"
    r"|is to|are to|going to|until|next|postponed)\b|[’']ll\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:was|were|had|has|have|did|said|told|met|came|went|took|made|got|gave|saw|left|began|fell|rose|held|won|lost"
    r"|shot|since|\w{3,}ed)\b",
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
        years = [told.day.year for told in self._told]
        latest = published.year if published is not None else None
        self._of_the_past = len(years) >= _MANY and (latest is None or median(years) <= latest - _LONG_AGO)

    def find_day(self, span: Span) -> date | None:
        """Return the day that an expression is seen from: that of publication, if the text is news.

        In a text that tells of the past, or has no day of publication, a month without a year belongs to the year that
        was named last, and "two days later" follows the day that was.
        """
        if self._published is not None and not self._of_the_past:
            return self._published
        words = self._text[span.start : span.end].strip()
        place = bisect_left(self._told, span.start, key=lambda told: told.at) - 1
        if place < 0 or span.start - self._told[place].at > _REACH:
            return self._published
        if _YEARLESS.fullmatch(words) is not None:
            return date(self._told[place].day.year, 12, 31)
        return self._told[place].day if _FOLLOWING.match(words) is not None else self._published

    def looks_ahead(self, span: Span, sentence: Span) -> bool:
        """Tell whether the words nearest before an expression, or else behind it, tell what is to come."""
        if self._of_the_past:
            return False
        before = self._text[sentence.start : span.start]
        ahead, back = (
            max((match.end() for match in pattern.finditer(before)), default=-1) for pattern in (_AHEAD, _BACK)
        )
        if ahead < 0 and back < 0:
            after = self._text[span.end : min(sentence.end, span.end + _AFTER)]
            first, other = _AHEAD.search(after), _BACK.search(after)
            return first is not None and (other is None or first.start() < other.start())
        return ahead > back


def _list_told(text: str, published: date | None) -> list[_Told]:
    """Return the dates of a text in order; a month without a year is one of the year before it."""
    found: list[_Told] = []
    year: int | None = None
    for match in _DATED.finditer(text):
        named = match["year"] or match["alone"]
        year = int(named) if named else year
        if year is None and published is None:
            continue
        month = MONTHS[match["month"].lower()] if match["month"] else 12
        number = match["first"] or match["second"]
        try:
            day = date(year or (published.year if published else 1), month, int(number) if number else 1)
        except ValueError:
            continue
        if named is not None or year is not None:
            found.append(_Told(at=match.start(), day=day, whole=number is not None))
    return found

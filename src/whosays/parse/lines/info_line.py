"""Read the lines between title and text: who wrote it, when, in which section."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whosays.parse.lines.credits import clean_byline, read_byline_line
from whosays.parse.lines.phrases import FURNITURE_LINE
from whosays.parse.lines.printed_dates import PrintedDate, find_dates

_PART = re.compile(r"\s*[|•·]\s*|\s+[-–—/]\s+|\s{2,}|\t")
_BY = re.compile(
    r"\b(?:(?:submitted|posted|published|written|reported|words?|story|text)\s+)?(?:by|from)[:\s]+(?P<name>(?!the\b)\w.{2,70}?)"
    r"(?:\s+on\b\W*$|\s*\(?(?:updated|published)\b.*$|,?\s*$)",
    re.IGNORECASE,
)
_NAME = re.compile(r"^(?:(?:[A-ZÀ-Þ][\w’'-]*\.?|de|van|von|der|al|el|bin|and|&)[ ,]*){2,6}$")
_TIME = re.compile(
    r"^\W*(?:(?:at\s+)?\d{1,2}[.:]\d\d(?:\s*(?:[ap]\.?m\.?|[A-Z]{2,4}|hrs?|UTC[+-]?\d*))*"
    r"|\d+ min(?:ute)?s?(?: read)?)\W*$",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\bupdated:?\s+(?:at\s+)?\d{1,2}[.:]\d\d", re.IGNORECASE)
_WEEKDAY = re.compile(r"\W*\b(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\W*", re.IGNORECASE)
_LABEL = re.compile(r"\b(?:published|posted|updated|modified|date|on|at|last)\b\s*:?\s*", re.IGNORECASE)
_SECTION_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoLine:
    """What a line tells; `sections` are candidates, to be believed if a menu has them too or if they are one word."""

    byline: str | None
    sections: tuple[str, ...]
    published: PrintedDate | None
    modified: PrintedDate | None


def read_info_line(line: str, *, month_first: bool = False) -> InfoLine:
    """Take a line apart at its bars, dots and gaps, and say what each part is."""
    dates = find_dates(line, month_first=month_first)
    published = next((d for d in dates if not d.modified), None)
    modified = next((d for d in dates if d.modified), None)
    if modified is None and published is not None and _UPDATED.search(line):
        modified = published
    byline: str | None = None
    sections: list[str] = []
    for part in _PART.split(_blank_dates(line, dates)):
        text = _LABEL.sub("", _WEEKDAY.sub(" ", part)).strip(" ,.;:()[]") if dates else part.strip()
        if not text or _TIME.match(text) or FURNITURE_LINE.match(part.strip()):
            continue
        named = _read_name(_WEEKDAY.sub(" ", part) if dates else part, text, dated=bool(dates))
        if named is not None:
            byline = byline or named
        elif len(text.split()) <= _SECTION_WORDS and len(text) <= 40 and not any(c.isdigit() for c in text):
            sections.append(text)
    return InfoLine(byline=byline, sections=tuple(sections), published=published, modified=modified)


def _blank_dates(line: str, dates: tuple[PrintedDate, ...]) -> str:
    for found in reversed(dates):
        line = line[: found.start] + " | " + line[found.end :]
    return line


def _read_name(part: str, text: str, *, dated: bool) -> str | None:
    whole = read_byline_line(part.strip(" ,"))
    if whole is not None:
        return whole
    by = _BY.search(part)
    if by is not None and (by["name"][:1].isupper() or by["name"].lower().startswith(("our ", "own ", "staff"))):
        return clean_byline(_WEEKDAY.sub(" ", by["name"]).strip())
    if dated and _NAME.match(text) and len(text.split()) > 1 and not text.isupper():
        return clean_byline(text)
    return None

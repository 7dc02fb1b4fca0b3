"""Read a page that was pasted or saved as text: menus, teasers, credits and all."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from whosays.model import RelatedItem
from whosays.parse.characters.chunk import Chunk
from whosays.parse.characters.compose import Composition, compose_text, read_words
from whosays.parse.lines.credits import find_agency, is_sign_off, read_byline_line
from whosays.parse.lines.headlines import clean_headline, is_headline, is_truncated
from whosays.parse.lines.info_line import read_info_line
from whosays.parse.lines.phrases import FURNITURE_LINE, PHOTO_CREDIT, RELATED_HEADING, SITE_FRAME
from whosays.parse.lines.printed_dates import find_dates
from whosays.parse.page_reading import PageReading
from whosays.text import split_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whosays.parse.characters.charset import DecodedPage

_SENTENCE = re.compile(r"[.!?…][”’\"')\]]*$")
_BRACKETED = re.compile(r"\[[^\[\]]{2,30}\]")
_CLOCK_END = re.compile(r"\d\s?[ap]\.m\.$")
_PROSE, _LONG = 60, 160
_COST, _FURNITURE_COST, _TEASER_COST = 50, 90, 250
_WRAP = range(45, 110)
_SEVERAL = 2
_HEAD, _FOOT = 8, 4
"""Lines at the top of a page in which its menu stands, and below the text in which it is signed."""
_TITLE, _FEW = 5, 3
"""Words that make a title, whatever stands around it; and the fewest that may."""
_SHARED = 0.5
"""The share of a title's words that its text has too, and of what another line has of them."""
_LONG_WORD = 4
_STATE = re.compile(
    r"(?:the\s)?(?:(?:federal|islamic|people['’]s|democratic|united)\s)*(?:republic|kingdom|states?|government)\sof\s\w+(?:\s\w+)?$",
    re.IGNORECASE,
)
"""A state's name over that of its ministry."""
_WEATHER = re.compile(r".{0,60}\d\s?°")
_NAME, _NAME_WORDS, _BODY_WORDS = 60, 6, 9
"""Characters and words of an outlet's name; in capitals also that of a ministry."""
_FREQUENCY = re.compile(r"\s+(?:FM\s?)?\d{2,3}[.,]\d(?:\s?FM)?(?:\s[A-ZÀ-Þ]\w+)?$")
_SIGNED = re.compile(r"(?P<name>[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'.-]*){1,2})(?:,|\sin)\s[A-ZÀ-Þ]\w+(?:\s[A-ZÀ-Þ]\w+)?")
"""A line that is somebody's name and a place: a byline where a date stands beside it."""


_NO_STANDFIRST = re.compile(rf"[Bb]y\s|{_SIGNED.pattern}$|[\w\s]{{2,20}}:\s")
"""Who wrote, and what a label brings in ("Reading time: 4 min")."""


def read_text(page: DecodedPage) -> PageReading:
    """Read a page of text; a text that comes out empty is for the caller to judge."""
    paragraphs = split_paragraphs(page.text)
    view = _View(paragraphs, page)
    first, last = view.find_body()
    body = [i for i in range(first, last) if view.is_story(i)]
    return view.finish(compose_text((paragraphs[i] for i in body), page, markup=False), first, last)


def read_plain(page: DecodedPage) -> Composition:
    """Take the text as the article's body, character for character; paragraphs are its lines with words on them."""
    from array import array

    from whosays.model import OffsetMap, Span

    offsets = page.find_bytes(0, len(page.text))
    return Composition(
        text=page.text,
        paragraphs=tuple(
            Span(start=match.start(), end=match.end()) for match in re.finditer(r"\S(?:[^\n]*\S)?", page.text)
        ),
        origin=OffsetMap(starts=array("q", offsets[:-1]), ends=array("q", offsets[1:])),
    )


def split_paragraphs(text: str) -> list[list[Chunk | None]]:
    """Cut text at line ends, but join lines that were wrapped to a column."""
    groups: list[list[Chunk]] = [[]]
    for match in re.finditer(r"[^\r\n]*(\r\n|\r|\n|\Z)", text):
        line = text[match.start() : match.start(1)]
        if line.strip():
            groups[-1].append(Chunk(start=match.start(), end=match.start(1)))
        elif groups[-1]:
            groups.append([])
    paragraphs: list[list[Chunk | None]] = []
    written = [[text[line.start : line.end].strip() for line in group] for group in groups]
    wrapped = [_is_wrapped(lines) for lines in written]
    column = _find_column(lines for lines, is_wrapped in zip(written, wrapped, strict=True) if is_wrapped)
    for group, lines, is_wrapped in zip(groups, written, wrapped, strict=True):
        if is_wrapped or (column is not None and _fills(lines, column)):
            paragraphs.append([part for line in group for part in (line, None)][:-1])
        else:
            paragraphs.extend([line] for line in group)
    return paragraphs


def _is_wrapped(lines: list[str]) -> bool:
    """Lines that fill a column and break off in the middle of sentences were one paragraph."""
    full, after = lines[:-1], lines[1:]
    if not full or not all(len(line) in _WRAP for line in full) or len(lines[-1]) > max(_WRAP):
        return False
    lengths = [len(line) for line in full]
    running = sum(line[:1].islower() or not _SENTENCE.search(before) for before, line in zip(full, after, strict=True))
    lower = sum(line[:1].islower() for line in after)
    return max(lengths) - min(lengths) <= 22 and running > len(full) / 2 and lower >= len(after) / 3


def _list_words(text: str) -> set[str]:
    """Return the longer words of a text, by their beginnings, and its numbers."""
    return {word[:6] for word in split_words(text) if len(word) >= _LONG_WORD or word.isdigit()}


def _find_share(line: str, told: set[str]) -> float:
    """Return the share of a line's words that are told, 0 for a line without any."""
    words = _list_words(line)
    return len(words & told) / max(1, len(words))


def _find_column(wrapped: Iterable[list[str]]) -> int | None:
    """Return the column that a page is wrapped to, if several of its paragraphs are."""
    widths = [max(map(len, lines[:-1])) for lines in wrapped]
    return max(widths) if len(widths) >= _SEVERAL else None


def _fills(lines: list[str], column: int) -> bool:
    """Tell a paragraph of a wrapped page: every line breaks off where the next one's first word had no room."""
    pairs = list(pairwise(lines))
    return bool(pairs) and all(
        len(line) <= column < len(line) + 1 + len(after.split(maxsplit=1)[0]) for line, after in pairs
    )


class _View:
    """A page's paragraphs as lines, and the questions asked of them."""

    def __init__(self, paragraphs: list[list[Chunk | None]], page: DecodedPage) -> None:
        self.raw = [page.text[p[0].start : p[-1].end] if p[0] and p[-1] else "" for p in paragraphs]
        self.lines = [read_words(paragraph, page, markup=False) for paragraph in paragraphs]
        self.count = Counter(line.casefold() for line in self.lines)

    def find_body(self) -> tuple[int, int]:
        """Return the stretch of paragraphs (half-open) that gathers most prose at the least cost of anything else."""
        best, best_sum, start, total = (0, 0), 0.0, 0, 0.0
        for i in range(len(self.lines)):
            if total <= 0:
                start, total = i, 0.0
            total += self.weigh(i)
            if total > best_sum:
                best, best_sum = (start, i + 1), total
        return best

    def weigh(self, i: int) -> float:
        line = self.lines[i]
        if is_truncated(line):
            return -_TEASER_COST
        if self.is_prose(i):
            return float(min(len(line), 400))
        return -_FURNITURE_COST if self.is_idle(i) else -_COST

    def is_prose(self, i: int) -> bool:
        line = self.lines[i]
        if len(line) >= _LONG:
            return not is_sign_off(line) and line.count("|") < 4
        ends = bool(_SENTENCE.search(line)) and not is_truncated(line)
        return ends and len(line) >= _PROSE // 2 and not self.is_idle(i)

    def is_idle(self, i: int) -> bool:
        line = self.lines[i]
        return len(line) <= 200 and bool(
            FURNITURE_LINE.match(line)
            or PHOTO_CREDIT.search(line)
            or is_sign_off(line)
            or (len(line) < _PROSE and _WEATHER.match(line))
            or (RELATED_HEADING.match(line) and len(line) < 80)
            or self.is_frame(i)
            or self.is_info(i)
        )

    def is_frame(self, i: int) -> bool:
        """A menu or an information line: several short parts set apart."""
        if len(_BRACKETED.findall(self.lines[i])) >= _FEW:
            return True
        parts = [part for part in SITE_FRAME.split(self.raw[i].strip()) if part and part.strip()]
        spaced = [part for part in re.split(r"\s{2,}", self.raw[i].strip()) if part]
        return max(len(parts), len(spaced)) > 1 and not _SENTENCE.search(self.lines[i]) and len(self.lines[i]) < 200

    def is_menu(self, i: int) -> bool:
        """A frame that is no date line and no byline."""
        return self.is_frame(i) and not self.is_info(i)

    def is_info(self, i: int) -> bool:
        """A date line or a byline."""
        line = self.lines[i]
        dates = find_dates(line)
        left = len(line) - sum(d.end - d.start for d in dates)
        ends = _SENTENCE.search(line) and not _CLOCK_END.search(line)
        return (bool(dates) and left < 40 and not ends) or read_byline_line(line) is not None

    def is_story(self, i: int) -> bool:
        """Within the body: prose, or a heading between."""
        if self.is_prose(i):
            return True
        return bool(self.lines[i]) and not self.is_idle(i) and not is_truncated(self.lines[i])

    def finish(self, composition: Composition, first: int, last: int) -> PageReading:
        outlet_at, outlet = self.find_outlet()
        title_at = self.find_title(first, last, outlet_at)
        head = [i for i in range(first) if i != title_at]
        info = [read_info_line(self.raw[i]) for i in (*head, *range(last, len(self.lines)))]
        byline = next((line.byline for line in info[: len(head)] if line.byline), None) or self.find_signed(head)
        after = range(last, min(last + _FOOT, len(self.lines)))
        sign_offs = tuple(self.lines[i] for i in (*range(first, last), *after) if is_sign_off(self.lines[i]))
        return PageReading(
            composition=composition,
            title=self.lines[title_at] if title_at is not None else None,
            standfirst=self.find_standfirst(title_at, first),
            byline=byline,
            agency=find_agency(
                byline=byline,
                text=composition.text,
                sign_offs=sign_offs,
                above=self.find_alone(range(title_at + 1, first), outlet) if title_at is not None else (),
                below=self.find_alone(after[:1], outlet),
            ),
            outlet=outlet,
            section=self.find_section(title_at, first),
            published=next((line.published.day.isoformat() for line in info if line.published), None),
            modified=next((line.modified.day.isoformat() for line in info if line.modified), None),
            credits=tuple(
                dict.fromkeys(
                    line.strip("() ") for line in self.lines if PHOTO_CREDIT.search(line) and len(line) <= 120
                )
            ),
            related=self.find_related(first, last, title_at),
        )

    def find_title(self, first: int, last: int, outlet_at: int | None) -> int | None:
        """The first line of some words between the menu and the text that speaks of what the text speaks of.

        Where none does: the first of five words or more, else the last of three.
        """
        able = [i for i in range(first) if not self.is_idle(i) and i != outlet_at and len(self.lines[i]) <= 250]
        dated = next((i for i in range(2, first) if find_dates(self.lines[i]) and self.is_info(i)), first)
        long = max((i for i in able if len(self.lines[i].split()) >= _TITLE), default=first)
        menu = max((i for i in range(min(_HEAD, dated, long)) if self.is_menu(i)), default=-1)
        lines = [i for i in able if i > menu] or able
        told = _list_words(" ".join(self.lines[first:last]))
        shares = {i: _find_share(self.lines[i], told) for i in lines if len(self.lines[i].split()) >= _FEW}
        most = max(shares.values(), default=0.0)
        if most >= _SHARED:
            return next(i for i, share in shares.items() if share >= _SHARED * most)
        for least in (_TITLE, _FEW):
            able = [i for i in lines if len(self.lines[i].split()) >= least]
            if able:
                return able[0] if least == _TITLE else able[-1]
        return None

    def find_alone(self, near: range, outlet: str | None) -> tuple[str, ...]:
        """Return the lines, and the parts of date lines, that are a word or two, no menu's and not the outlet's."""
        menus = " ".join(self.lines[i].casefold() for i in range(len(self.lines)) if self.is_menu(i))
        parts = (
            part
            for i in near
            for part in (
                read_info_line(self.raw[i]).sections if self.is_frame(i) or self.is_info(i) else [self.lines[i]]
            )
        )
        return tuple(
            part
            for part in parts
            if len(part.split()) <= 2 and part.casefold() not in menus and part.casefold() != (outlet or "").casefold()
        )

    def find_signed(self, head: list[int]) -> str | None:
        """Return the name on a line between title and text that is a name and a place, with a date above or below."""
        for i in head:
            signed = _SIGNED.fullmatch(self.lines[i])
            if signed is not None and any(j in head and find_dates(self.lines[j]) for j in (i - 1, i + 1)):
                return signed["name"]
        return None

    def find_standfirst(self, title_at: int | None, first: int) -> str | None:
        for i in range(title_at + 1, first) if title_at is not None else ():
            line = self.lines[i]
            if not self.is_idle(i) and 4 <= len(line.split()) <= 60 and not _NO_STANDFIRST.match(line):
                return line.lstrip("*•· ")
        return None

    def find_outlet(self) -> tuple[int | None, str | None]:
        """The first line that is no notice, when the page repeats its name or a menu follows."""
        for i in range(min(2, len(self.lines))):
            if FURNITURE_LINE.match(self.lines[i]) or _STATE.match(self.lines[i]):
                continue
            name = _FREQUENCY.sub("", re.split(r"\s[-–—|]\s|\s{2,}", self.raw[i].strip())[0]).strip()
            most = _BODY_WORDS if name.isupper() else _NAME_WORDS
            if not 2 <= len(name) <= _NAME or len(name.split()) > most or find_dates(name):
                return None, None
            rest = "\n".join(self.lines[i + 1 :]).casefold()
            below = range(i + 1, min(i + 3, len(self.lines)))
            follows = any(self.is_menu(j) for j in below) or any(self.is_info(j) or self.is_frame(j) for j in below[:1])
            return (i, name) if follows or name.casefold() in rest else (None, None)
        return None, None

    def find_section(self, title_at: int | None, first: int) -> str | None:
        """Beside the date, at the end of the path, or alone above the title."""
        head = [i for i in range(first) if i != title_at]
        menu = " | ".join(self.lines[i].casefold() for i in head if self.is_frame(i))
        for i in head:
            dated = find_dates(self.lines[i])
            for part in read_info_line(self.raw[i]).sections if dated else ():
                if part.casefold() in menu and part.casefold() not in {"home", "menu"}:
                    return part
        for i in head:
            trail = re.split(r"\s{2,}", self.raw[i].strip())[0]
            if re.search(r"\w\s+[>»›]\s+\w", trail):
                return re.split(r"[>»›]", trail)[-1].strip()
        for i in reversed(range(1, title_at if title_at is not None else first)):
            line = self.lines[i]
            if len(line.split()) <= 3 and len(line) <= 40 and not self.is_idle(i) and not _SENTENCE.search(line):
                return line
        return None

    def find_related(self, first: int, last: int, title_at: int | None) -> tuple[RelatedItem, ...]:
        """Headlines outside the text under a heading that says so, each with the teaser that follows it."""
        found: list[RelatedItem] = []
        titles: set[str] = set()
        under = False
        for i, line in enumerate(self.lines):
            if i == title_at or (first <= i < last and self.is_story(i)):
                under = False if i == title_at else under
                continue
            title = clean_headline(line)
            lead = ":" in line[: len(line) - len(title)]
            if RELATED_HEADING.match(line) and not (lead and is_headline(title)):
                under = True
            elif title.casefold() in titles:
                continue
            elif found and under and (is_truncated(line) or (len(line) >= _PROSE and _SENTENCE.search(line))):
                if found[-1].teaser is None:
                    found[-1] = RelatedItem(title=found[-1].title, teaser=line, truncated=is_truncated(line))
            elif (lead or (under and i >= first)) and is_headline(title) and not self.is_foot(i, lead=lead):
                parts = title.split(" / ") if lead else [title]
                several = parts if all(is_headline(part) for part in parts) else [title]
                found += [RelatedItem(title=part) for part in several]
                titles |= {part.casefold() for part in several}
        return tuple(found)

    def is_foot(self, i: int, *, lead: bool) -> bool:
        return not lead and self.is_idle(i) and not RELATED_HEADING.match(self.lines[i])

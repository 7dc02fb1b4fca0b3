"""Read an HTML page: its article's head, its text, and what it points to."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from whosays.parse.characters.compose import Composition, compose_text, read_words
from whosays.parse.characters.references import unescape
from whosays.parse.lines.credits import clean_byline, find_agency, is_sign_off, read_byline_line
from whosays.parse.lines.info_line import InfoLine, read_info_line
from whosays.parse.lines.phrases import FURNITURE_LINE, PHOTO_CREDIT, RELATED_HEADING
from whosays.parse.lines.printed_dates import find_dates, read_iso
from whosays.parse.markup.blocks import outline_page
from whosays.parse.markup.layout_words import BYLINE, SECTION, STANDFIRST
from whosays.parse.markup.metadata import Metadata, read_metadata
from whosays.parse.markup.related import find_related
from whosays.parse.markup.second_reader import select_by_trafilatura
from whosays.parse.markup.select_body import select_body
from whosays.parse.markup.skeleton import build_skeleton
from whosays.parse.markup.window_title import (
    NAME_WORDS,
    drop_outlet,
    find_outlet,
    find_owner,
    find_printed,
    is_site_name,
)
from whosays.parse.page_reading import PageReading

if TYPE_CHECKING:
    from whosays.parse.characters.charset import DecodedPage
    from whosays.parse.characters.chunk import Chunk
    from whosays.parse.markup.blocks import Outline

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_GUARD = 8
"""Tags are no proof of depth, since many are never closed: so much deeper than the tree may be is too deep to parse."""
_LITTLE = 250
"""Characters: where less is found, the second reader is asked."""
_SECOND_READER = 1_000_000
"""Characters: the second reader is slow, and no news page that it could save is so long."""
_LINE = 160
_HEAD = 30
_PARTICLE = 3
"""Letters of a word that stands in names too: "of", "and"."""
_REPEATED = 0.6
"""Likeness from which on the window's title repeats a line."""
"""Blocks in which an outlet's own name is looked for, and the words that it has at most."""
_HOME_WORDS = frozenset({"home", "homepage", "home page", "start", "logo", "menu"})
_COLUMN = 40
"""A line broken by `<br>` runs on if it is at least so long; verse and addresses are shorter."""
_SENTENCE = re.compile(r"[.!?…:;。！？][”’\"')\]]*$")
_POSTED_IN = re.compile(
    r"^(?i:posted|filed|published) (?:in|under):? (?P<section>[A-Z][\w &/-]{1,30}?)(?=\s*(?:Tagged|\||$|,))"
)
_RIGHTS = re.compile(r"\b(?:19|20)\d\d\b|rights reserved|copyright", re.IGNORECASE)


def read_html(page: DecodedPage, *, max_depth: int) -> PageReading:
    """Read a page of markup; a text that comes out empty is for the caller to judge."""
    skeleton = build_skeleton(page.text, max_depth=_GUARD * max_depth)
    metadata = read_metadata(skeleton)
    outline = outline_page(skeleton)
    view = _View(outline, page, metadata)
    body = view.trim(select_body(outline))
    if sum(len(view.lines[i]) for i in body) < _LITTLE and len(page.text) < _SECOND_READER:
        second = view.trim(select_by_trafilatura(page.text, view.lines))
        body = max(body, second, key=lambda chosen: sum(len(view.lines[i]) for i in chosen))
    composition = compose_text(view.join_lines(body), page, markup=True)
    return view.finish(composition, body)


class _View:
    """One page's blocks as lines, and the questions asked of them."""

    def __init__(self, outline: Outline, page: DecodedPage, metadata: Metadata) -> None:
        self.outline = outline
        self.page = page
        self.metadata = metadata
        self.lines = [read_words(block.parts, page, markup=True) for block in outline.blocks]
        self.title_at = self.find_title()
        self.standfirst_at: int | None = None
        self.sign_offs: list[str] = []
        self.idle: dict[int, bool] = {}
        self.info: list[tuple[int, InfoLine]] | None = None

    def find_title(self) -> int | None:
        """Return the heading that the page's own metadata repeat, or the only first-level one."""
        best, best_score = None, 0.45
        headings = [i for i in range(len(self.lines)) if self.tag(i) in {"h1", "h2"} and self.lines[i]]
        if any(self.tag(i) == "h1" and len(self.lines[i].split()) > NAME_WORDS for i in headings):
            headings = [i for i in headings if not is_site_name(self.lines[i], self.metadata.titles)]
        for i in headings:
            score = max((_compare(self.lines[i], title) for title in self.metadata.titles), default=0.0)
            if score + (0.05 if self.tag(i) == "h1" else 0.0) > best_score:
                best, best_score = i, score + (0.05 if self.tag(i) == "h1" else 0.0)
        if best is None:
            firsts = [i for i in headings if self.tag(i) == "h1" and len(self.lines[i].split()) > 2]
            best = firsts[0] if len(firsts) == 1 else None
        return best

    def find_bare_title(self, body: list[int]) -> int | None:
        """Without a heading, the title is a line of some words before the text that is no part of the frame.

        It is the one that the window's title repeats, or the last.
        """
        first = next((i for i in body if self.opens_text(i)), 0)
        able = [i for i in reversed(range(first)) if self.is_headline(i)]
        told = [max((_compare(self.lines[i], title) for title in self.metadata.titles), default=0.0) for i in able]
        if told and max(told) > _REPEATED:
            return able[told.index(max(told))]
        return able[0] if able else None

    def is_headline(self, i: int) -> bool:
        """Tell a line of some words that tells neither day nor name and leads nowhere."""
        info = read_info_line(self.read_parts(i))
        told = info.published is not None or info.byline is not None
        few = 4 <= len(self.lines[i].split()) <= 40
        return few and not told and not self.is_idle(i) and self.outline.blocks[i].link_share < 0.5

    def tag(self, i: int) -> str:
        return self.outline.containers[self.outline.blocks[i].container].tag

    def names(self, i: int) -> str:
        """The class and id words of a block's element and the one around it."""
        chain = self.outline.climb(self.outline.blocks[i].container)[:2]
        return " ".join(self.outline.containers[c].names for c in chain)

    def trim(self, body: list[int]) -> list[int]:
        """Take off the head, the foot, and the lines between that are no part of the story."""
        if self.title_at is None:
            self.title_at = self.find_bare_title(body)
        if self.title_at is not None:
            prose = sum(len(self.lines[i]) for i in body)
            after = [i for i in body if i > self.title_at]
            if sum(len(self.lines[i]) for i in after) > 0.5 * prose:
                body = after
        self.standfirst_at = self.find_standfirst(body)
        kept: list[int] = []
        for i in body:
            line = self.lines[i]
            if i == self.standfirst_at or not line or (not kept and not self.opens_text(i)):
                continue
            if is_sign_off(line):
                self.sign_offs.append(line)
            elif not self.is_idle(i):
                kept.append(i)
        return self.cut_foot(kept)

    def join_lines(self, body: list[int]) -> list[list[Chunk | None]]:
        """Make paragraphs of the chosen blocks: lines that break off in the middle of a sentence are joined."""
        paragraphs: list[list[Chunk | None]] = []
        for before, i in zip([None, *body], body, strict=False):
            block = self.outline.blocks[i]
            broken = before == i - 1 and block.runs_on and not _SENTENCE.search(self.lines[i - 1])
            if broken and len(self.lines[i - 1]) > _COLUMN and paragraphs:
                paragraphs[-1] += [None, *block.parts]
            else:
                paragraphs.append(list(block.parts))
        return paragraphs

    def opens_text(self, i: int) -> bool:
        """Tell whether the article can begin here: a sentence, not a date, a place line or a byline."""
        line = self.lines[i]
        return len(line) >= _LINE or (bool(_SENTENCE.search(line)) and len(line) >= 25 and not self.is_idle(i))

    def is_idle(self, i: int) -> bool:
        """Tell whether a line is the page's frame or the article's head: no part of the story."""
        if i not in self.idle:
            self.idle[i] = self.find_idle(i)
        return self.idle[i]

    def find_idle(self, i: int) -> bool:
        line = self.lines[i]
        if len(line) > _LINE:
            return False
        own_caption = self.outline.containers[self.outline.blocks[i].container].caption
        if own_caption or FURNITURE_LINE.match(line) or PHOTO_CREDIT.search(line) or RELATED_HEADING.match(line):
            return True
        if read_byline_line(line) is not None:
            return True
        dates = find_dates(line)
        return bool(dates) and len(line) - sum(d.end - d.start for d in dates) < 30 and not _SENTENCE.search(line)

    def cut_foot(self, body: list[int]) -> list[int]:
        """Take off trailing headings: with nothing under them they belong to what was left out."""
        while body and self.tag(body[-1]) in _HEADINGS:
            body = body[:-1]
        return body

    def find_standfirst(self, body: list[int]) -> int | None:
        """The line under the title that is named so, or that the metadata repeat as the description."""
        first = self.title_at if self.title_at is not None else -1
        prose = [i for i in body if len(self.lines[i]) >= _LINE]
        last = prose[0] if prose else (body[0] if body else len(self.lines) - 1)
        for i in range(first + 1, min(last + 1, len(self.lines), first + 15)):
            line = self.lines[i]
            if not 15 <= len(line) <= 500 or self.is_idle(i) or self.outline.blocks[i].link_share > 0.3:
                continue
            described = any(_compare(line, text) > 0.9 for text in self.metadata.descriptions)
            named = STANDFIRST.occurs_in(self.names(i)) and not BYLINE.occurs_in(self.names(i))
            itemprop = self.outline.containers[self.outline.blocks[i].container].itemprop == "description"
            followed = any(j > i for j in body)
            plain = sum(word.islower() and len(word) > _PARTICLE for word in line.split()) > 1
            under = plain and i == first + 1 and first >= 0 and self.is_headline(i) and self.is_told(i + 1)
            if followed and (itemprop or ((named or described or under) and not self.opens_body(i, body))):
                return i
        return None

    def is_told(self, i: int) -> bool:
        """Tell a line on which a day or a byline stands, and nothing much else."""
        if i >= len(self.lines) or len(self.lines[i]) > _LINE:
            return False
        info = read_info_line(self.read_parts(i))
        return info.published is not None or info.byline is not None

    def opens_body(self, i: int, body: list[int]) -> bool:
        """A long first paragraph among its like is the text's own beginning, whatever it is called."""
        if len(self.lines[i]) <= 120 or i not in body:
            return False
        after = next((j for j in body if j > i), None)
        around = [self.outline.containers[self.outline.blocks[j].container].parent for j in (i, after) if j is not None]
        return len(set(around)) == 1

    def finish(self, composition: Composition, body: list[int]) -> PageReading:
        metadata = self.metadata
        title = self.lines[self.title_at] if self.title_at is not None else None
        outlet = metadata.outlets[0] if metadata.outlets else find_outlet(metadata.titles, title)
        outlet = outlet or find_owner(metadata.titles, self.lines) or self.find_site_name()
        outlet = outlet or find_printed(metadata.titles, self.lines[: self.count_head()], title)
        byline = self.find_byline(body, outlet)
        published, modified = self.find_days(body)
        return PageReading(
            composition=composition,
            title=title or (drop_outlet(metadata.titles[0]) if metadata.titles else None),
            standfirst=self.lines[self.standfirst_at] if self.standfirst_at is not None else None,
            byline=byline,
            agency=find_agency(
                byline=byline, text=composition.text, sign_offs=(*self.sign_offs, *self.find_sign_offs(body))
            ),
            outlet=outlet,
            section=self.find_section(body),
            published=published,
            modified=modified,
            language=metadata.language,
            url=metadata.urls[-1] if metadata.urls else None,
            credits=self.find_credits(),
            related=find_related(self.outline, self.lines, body, self.page, title_at=self.title_at),
            is_article=metadata.is_article,
            depth=self.outline.depth,
        )

    def find_site_name(self) -> str | None:
        """Return the name that leads from the head of the page to the site's first page."""
        for i in range(self.count_head()):
            words = self.lines[i].split()
            if 0 < len(words) <= NAME_WORDS and self.outline.is_home_link(self.outline.blocks[i]):
                return self.lines[i] if self.lines[i].casefold() not in _HOME_WORDS else None
        return None

    def count_head(self) -> int:
        """Return how many lines stand above the title, or at the head of the page where it has none."""
        return min(_HEAD, len(self.lines), self.title_at if self.title_at is not None else _HEAD)

    def near_head(self, body: list[int]) -> range:
        """The blocks from just before the title to the text's first."""
        first = max(0, (self.title_at if self.title_at is not None else 0) - 6)
        last = body[0] if body else len(self.lines)
        return range(first, min(max(last, first + 12), len(self.lines)))

    def find_byline(self, body: list[int], outlet: str | None) -> str | None:
        printed = self.find_printed_byline(body)
        names = [name for author in self.metadata.authors if (name := clean_byline(author))]
        if names and (printed is None or not any(name in printed for name in names)):
            unique = list(dict.fromkeys(names))
            people = [name for name in unique if name != outlet] or unique
            return " and ".join(people[:3]) if len(people) <= 3 else ", ".join(people)
        return printed

    def read_info(self, body: list[int]) -> list[tuple[int, InfoLine]]:
        """Take apart the lines of the head that are neither title nor text."""
        if self.info is None:
            month_first = (self.metadata.language or "").lower() == "en-us"
            inside = {*body, self.title_at, self.standfirst_at}
            self.info = [
                (i, read_info_line(self.read_parts(i), month_first=month_first))
                for i in self.near_head(body)
                if i not in inside and 3 <= len(self.lines[i]) <= _LINE
            ]
        return self.info

    def read_parts(self, i: int) -> str:
        """The line, with a bar where two inline elements meet without a blank."""
        text = self.page.text
        parts: list[str] = []
        for chunk in self.outline.blocks[i].parts:
            raw = text[chunk.start : chunk.end]
            if parts and not raw[:1].isspace() and not parts[-1][-1:].isspace():
                parts.append(" | ")
            parts.append(raw)
        return " ".join(unescape("".join(parts)).split())

    def find_printed_byline(self, body: list[int]) -> str | None:
        info = self.read_info(body)
        for i, line in info:
            if line.byline is not None and (BYLINE.occurs_in(self.names(i)) or not FURNITURE_LINE.match(self.lines[i])):
                return line.byline
        for i, _ in info:
            parts = re.split(r"\s\|\s", self.read_parts(i))
            name = parts[1] if len(parts) > 1 and parts[0].casefold() == "by" else parts[0]
            if BYLINE.occurs_in(self.names(i)) and name[:1].isupper() and len(name) <= 80 and not find_dates(name):
                return clean_byline(name) if not FURNITURE_LINE.match(name) else None
        return None

    def find_days(self, body: list[int]) -> tuple[str | None, str | None]:
        """Published and modified: the markup's word first, then the printed lines around the head."""
        published = next((day for value in self.metadata.published if (day := read_iso(value))), None)
        modified = next((day for value in self.metadata.modified if (day := read_iso(value))), None)
        for _, line in self.read_info(body):
            if published is None and line.published is not None:
                published = line.published.day.isoformat()
            if modified is None and line.modified is not None:
                modified = line.modified.day.isoformat()
        if published is None:
            published = next((day for value in self.metadata.times if (day := read_iso(value))), None)
        return published, None if modified == published else modified

    def find_section(self, body: list[int]) -> str | None:
        if self.metadata.sections:
            return self.metadata.sections[0]
        posted = next((match for line in self.lines if (match := _POSTED_IN.match(line))), None)
        if posted is not None:
            return posted["section"]
        before = range(max(0, (self.title_at or 0) - 8), (self.title_at or 0) + 6)
        for i in reversed([j for j in before if j < len(self.lines)]):
            line = self.lines[i]
            framed = any(
                self.outline.containers[c].furniture for c in self.outline.climb(self.outline.blocks[i].container)
            )
            if SECTION.occurs_in(self.names(i)) and 2 <= len(line) <= 40 and not framed and self.is_section(i):
                return line
        for i in reversed([j for j in before if j < len(self.lines)]):
            if re.search(r"\b(?:breadcrumbs?|crumbs?)\b", self.names(i)):
                trail = [part.strip() for part in re.split(r"[»›>/]", self.lines[i]) if part.strip()]
                if trail and len(trail[-1]) <= 40:
                    return trail[-1]
        return self.find_listed_section(body)

    def is_section(self, i: int) -> bool:
        """A word or two beside the title that are neither a date, the title, nor the outlet."""
        line = self.lines[i]
        outlet = self.metadata.outlets[0] if self.metadata.outlets else None
        return (
            i != self.title_at
            and line != outlet
            and not find_dates(line)
            and not self.is_idle(i)
            and len(line.split()) <= 4
        )

    def find_listed_section(self, body: list[int]) -> str | None:
        """A part of an information line that the page's menu has too."""
        head = [i for i in range(self.title_at or 0) if self.outline.blocks[i].link_share > 0.5]
        menu = {part.casefold().strip() for i in head for part in [self.lines[i], *self.lines[i].split("|")]}
        info = (line for _, line in self.read_info(body) if line.published or line.byline)
        candidates = (part for line in info for part in line.sections)
        return next((part for part in candidates if part.casefold() in menu), None)

    def find_credits(self) -> tuple[str, ...]:
        found: list[str] = []
        for i, line in enumerate(self.lines):
            container = self.outline.containers[self.outline.blocks[i].container]
            if not 3 <= len(line) <= 300:
                continue
            if PHOTO_CREDIT.search(line) and len(line) <= 120 and not container.hidden and not _RIGHTS.search(line):
                found.append(line)
            elif container.caption:
                tail = re.search(
                    r"(?:(?<=[.!?”’)])|\s)\s*((?:Photo(?:graph)?|Picture|Image|Credit)s?\b\s?(?:by|:).{2,80})$", line
                )
                if tail is not None:
                    found.append(tail.group(1))
        return tuple(dict.fromkeys(found))

    def find_sign_offs(self, body: list[int]) -> list[str]:
        after = range(body[-1] + 1, min(body[-1] + 6, len(self.lines))) if body else range(0)
        return [self.lines[i] for i in after if is_sign_off(self.lines[i])]


def _compare(left: str, right: str) -> float:
    """Likeness of two lines, 0 to 1, case and outlet suffix apart."""
    left, right = left.casefold(), right.casefold()
    if left and (left == right or (len(left) > 20 and right.startswith(left))):
        return 1.0
    ours, theirs = Counter(left.split()), Counter(right.split())
    return 2 * (ours & theirs).total() / ((ours.total() + theirs.total()) or 1)

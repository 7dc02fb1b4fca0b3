"""Read an HTML page: its article's head, its text, and what it points to."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from whosays.read.blocks import outline_page
from whosays.read.compose import Composition, compose_text, read_words
from whosays.read.credits import clean_byline, find_agency, is_sign_off, read_byline_line
from whosays.read.layout_words import BYLINE, SECTION, STANDFIRST
from whosays.read.metadata import Metadata, read_iso, read_metadata
from whosays.read.page_reading import PageReading
from whosays.read.phrases import FURNITURE_LINE, PHOTO_CREDIT, RELATED_HEADING
from whosays.read.printed_dates import find_dates
from whosays.read.related import find_related
from whosays.read.select_body import select_body
from whosays.read.skeleton import build_skeleton

if TYPE_CHECKING:
    from whosays.read.blocks import Outline
    from whosays.read.charset import DecodedPage

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LINE = 160
_SENTENCE = re.compile(r"[.!?…:;。！？][”’\"')\]]*$")
_SUFFIX = re.compile(r"\s+(?:[|•·»›]|::|[-–—])\s+[^|•·»]{2,60}$")


def read_html(page: DecodedPage, *, max_depth: int) -> PageReading:
    """Read a page of markup; a text that comes out empty is for the caller to judge."""
    skeleton = build_skeleton(page.text)
    metadata = read_metadata(skeleton.tree)
    title_tag = skeleton.tree.css_first("title")
    if title_tag is not None:
        window_title = " ".join(title_tag.text().split())
        metadata.titles.append(window_title)
    outline = outline_page(skeleton, max_depth=max_depth)
    view = _View(outline, page, metadata)
    body = view.trim(select_body(outline))
    composition = compose_text((outline.blocks[i].parts for i in body), page, markup=True)
    return view.finish(composition, body)


class _View:
    """One page's blocks as lines, and the questions asked of them."""

    def __init__(self, outline: Outline, page: DecodedPage, metadata: Metadata) -> None:
        self.outline = outline
        self.metadata = metadata
        self.lines = [read_words(block.parts, page, markup=True) for block in outline.blocks]
        self.title_at = self.find_title()
        self.standfirst_at: int | None = None
        self.sign_offs: list[str] = []

    def find_title(self) -> int | None:
        """Return the heading that the page's own metadata repeat, or the only first-level one."""
        best, best_score = None, 0.45
        headings = [i for i in range(len(self.lines)) if self.tag(i) in {"h1", "h2"} and self.lines[i]]
        for i in headings:
            score = max((_compare(self.lines[i], title) for title in self.metadata.titles), default=0.0)
            if score + (0.05 if self.tag(i) == "h1" else 0.0) > best_score:
                best, best_score = i, score + (0.05 if self.tag(i) == "h1" else 0.0)
        if best is None and not self.metadata.titles:
            best = next((i for i in headings if self.tag(i) == "h1"), None)
        return best

    def tag(self, i: int) -> str:
        return self.outline.containers[self.outline.blocks[i].container].tag

    def names(self, i: int) -> str:
        """The class and id words of a block's element and the one around it."""
        chain = self.outline.climb(self.outline.blocks[i].container)[:2]
        return " ".join(self.outline.containers[c].names for c in chain)

    def trim(self, body: list[int]) -> list[int]:
        """Take off the head, the foot, and the lines between that are no part of the story."""
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

    def opens_text(self, i: int) -> bool:
        """Tell whether the article can begin here: a sentence, not a date, a place line or a byline."""
        line = self.lines[i]
        return len(line) >= _LINE or (bool(_SENTENCE.search(line)) and len(line) >= 25 and not self.is_idle(i))

    def is_idle(self, i: int) -> bool:
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
            named = STANDFIRST.search(self.names(i)) and not BYLINE.search(self.names(i))
            itemprop = self.outline.containers[self.outline.blocks[i].container].itemprop == "description"
            followed = any(j > i for j in body)
            if followed and (itemprop or named or (described and not _starts_text(self.lines, i, body))):
                return i
        return None

    def finish(self, composition: Composition, body: list[int]) -> PageReading:
        metadata = self.metadata
        title = self.lines[self.title_at] if self.title_at is not None else None
        outlet = metadata.outlets[0] if metadata.outlets else _find_outlet(metadata.titles, title)
        byline = self.find_byline(body, outlet)
        published, modified = self.find_days(body)
        first = composition.text[: composition.paragraphs[0].end] if composition.paragraphs else ""
        return PageReading(
            composition=composition,
            title=title or (_SUFFIX.sub("", metadata.titles[0]) if metadata.titles else None),
            standfirst=self.lines[self.standfirst_at] if self.standfirst_at is not None else None,
            byline=byline,
            agency=find_agency(
                byline=byline, first_paragraph=first, sign_offs=(*self.sign_offs, *self.find_sign_offs(body))
            ),
            outlet=outlet,
            section=self.find_section(),
            published=published,
            modified=modified,
            language=metadata.language,
            url=metadata.urls[-1] if metadata.urls else None,
            credits=self.find_credits(),
            related=find_related(self.outline, self.lines, body, title_at=self.title_at),
            is_article=metadata.is_article,
            depth=self.outline.depth,
        )

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

    def find_printed_byline(self, body: list[int]) -> str | None:
        for i in self.near_head(body):
            line = self.lines[i]
            if i == self.title_at or i == self.standfirst_at or not 3 <= len(line) <= _LINE:
                continue
            name = read_byline_line(line)
            if name is None and BYLINE.search(self.names(i)):
                name = _strip_info(line)
            if name is not None and not find_dates(name) and not FURNITURE_LINE.match(name):
                return clean_byline(name)
        return None

    def find_days(self, body: list[int]) -> tuple[str | None, str | None]:
        """Published and modified: the markup's word first, then the printed lines around the head."""
        published = next((day for value in self.metadata.published if (day := read_iso(value))), None)
        modified = next((day for value in self.metadata.modified if (day := read_iso(value))), None)
        if published is None:
            month_first = (self.metadata.language or "").lower() == "en-us"
            for i in self.near_head(body):
                for printed in find_dates(self.lines[i], month_first=month_first):
                    if printed.modified:
                        modified = modified or printed.day.isoformat()
                    elif published is None and i not in body:
                        published = printed.day.isoformat()
        return published, None if modified == published else modified

    def find_section(self) -> str | None:
        if self.metadata.sections:
            return self.metadata.sections[0]
        before = range(max(0, (self.title_at or 0) - 8), (self.title_at or 0) + 6)
        for i in reversed([j for j in before if j < len(self.lines)]):
            line = self.lines[i]
            if SECTION.search(self.names(i)) and 2 <= len(line) <= 40 and not find_dates(line) and i != self.title_at:
                return line
        for i in reversed([j for j in before if j < len(self.lines)]):
            if re.search(r"\b(?:breadcrumbs?|crumbs?)\b", self.names(i)):
                trail = [part.strip() for part in re.split(r"[»›>/]", self.lines[i]) if part.strip()]
                if trail and len(trail[-1]) <= 40:
                    return trail[-1]
        return None

    def find_credits(self) -> tuple[str, ...]:
        credits = []
        for i, line in enumerate(self.lines):
            container = self.outline.containers[self.outline.blocks[i].container]
            if not 3 <= len(line) <= 300:
                continue
            if PHOTO_CREDIT.search(line) and len(line) <= 120 and not container.hidden:
                credits.append(line)
            elif container.caption:
                tail = re.search(r"(?:(?<=[.!?”’)])|\s)\s*((?:Photo(?:graph)?|Picture|Image|Credit)s?\b\s?(?:by|:).{2,80})$", line)
                if tail is not None:
                    credits.append(tail.group(1))
        return tuple(dict.fromkeys(credits))

    def find_sign_offs(self, body: list[int]) -> list[str]:
        after = range(body[-1] + 1, min(body[-1] + 6, len(self.lines))) if body else range(0)
        return [self.lines[i] for i in after if is_sign_off(self.lines[i])]


def _compare(left: str, right: str) -> float:
    """Likeness of two lines, 0 to 1, case and outlet suffix apart."""
    left, right = left.casefold(), right.casefold()
    if left and (left == right or (len(left) > 20 and right.startswith(left))):
        return 1.0
    if abs(len(left) - len(right)) > 200:
        return 0.0
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > 0.4 else 0.0


def _starts_text(lines: list[str], i: int, body: list[int]) -> bool:
    """A description that merely repeats the first paragraph makes no standfirst of it."""
    return bool(body) and i == body[0] and len(lines[i]) > 120


def _strip_info(line: str) -> str | None:
    """Cut the date and the like off an information line: "Nika F. | 4 March 2026" is "Nika F."."""
    dates = find_dates(line)
    line = line[: dates[0].start] if dates else line
    line = re.split(r"\s[|•·]\s|\s{2,}|,\s*$", line)[0]
    line = re.sub(r"^(?:submitted|posted|published|written|reported)?\s*by\s+|\s+on\s*$|[\s,]+$", "", line, flags=re.IGNORECASE)
    return line if 3 <= len(line) <= 80 and line[:1].isupper() else None


def _find_outlet(titles: list[str], title: str | None) -> str | None:
    """The outlet's name often ends the window's title: "Headline | World | Northgate Herald"."""
    for candidate in titles:
        parts = re.split(r"\s+(?:[|•·»›]|::|[-–—])\s+", candidate)
        if len(parts) > 1 and (title is None or title[:20].casefold() in candidate.casefold()):
            return parts[-1].strip() or None
    return None

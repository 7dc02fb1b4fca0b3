"""Compose an article's text from pieces of the page, and keep the byte of every character."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.model import OffsetMap, Span
from whosays.parse.characters.references import split_references, unescape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whosays.parse.characters.charset import DecodedPage
    from whosays.parse.characters.chunk import Chunk

PARAGRAPH_END = "\n\n"
_SEEN = r"[^\s\u00ad\u200b\u2060\ufeff]"
_UNSEEN = re.compile("[\u00ad\u200b]")
_RUN = re.compile(rf"{_SEEN}+(?: {_SEEN}+)*|\s+")
"""Words with single blanks between, or other white space; soft hyphens and zero-width marks are neither and are left
out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Composition:
    """Text, its paragraphs, and the bytes of each of its characters."""

    text: str
    paragraphs: tuple[Span, ...]
    origin: OffsetMap


def compose_text(paragraphs: Iterable[list[Chunk | None]], page: DecodedPage, *, markup: bool) -> Composition:
    """Fold the white space of each paragraph's chunks and join the paragraphs by a blank line.

    `None` in a paragraph stands where a line was broken off: a blank. `markup` says that character references are to
    be resolved. A paragraph that comes out empty is left out.
    """
    composer = _Composer(page, markup=markup)
    for parts in paragraphs:
        composer.add_paragraph(parts)
    return composer.finish()


def read_words(parts: Iterable[Chunk | None], page: DecodedPage, *, markup: bool) -> str:
    """Return the words of some chunks, white space folded, when their place on the page does not matter."""
    raw = [page.text[part.start : part.end] if part else " " for part in parts]
    words = "".join([unescape(text) for text in raw] if markup else raw)
    return " ".join((words if words.isascii() else _UNSEEN.sub("", words)).split())


class _Composer:
    def __init__(self, page: DecodedPage, *, markup: bool) -> None:
        self.page = page
        self.markup = markup
        self.pieces: list[str] = []
        self.length = 0
        self.starts = array("q")
        self.ends = array("q")
        self.paragraphs: list[Span] = []
        self.gap: tuple[str, int, int] | None = None
        """White space seen and not yet written: the character for it, and its bytes (-1 for none)."""

    def add_paragraph(self, parts: list[Chunk | None]) -> None:
        written = self.length
        if self.paragraphs:
            self.gap = None
        first = True
        previous: Chunk | None = None
        for part in parts:
            if part is None:
                self.gap = None if first else (" ", -1, -1)
                previous = None
                continue
            if previous is not None and self.gap is None:
                self.add_space_between(previous, part)
            first = self.add_chunk(part, first=first)
            previous = part
        if self.length > written:
            start = written + (len(PARAGRAPH_END) if self.paragraphs else 0)
            self.paragraphs.append(Span(start=start, end=self.length))

    def add_space_between(self, previous: Chunk, part: Chunk) -> None:
        """White space that stands alone between two tags belongs to no chunk."""
        between = self.page.text[previous.end : part.start]
        tail = re.search(r">(\s+)<", between) if previous.end < part.start else None
        if tail is not None:
            first, *_, last = self.page.find_bytes(previous.end + tail.start(1), previous.end + tail.end(1))
            self.gap = (" ", first, last)

    def add_chunk(self, chunk: Chunk, *, first: bool) -> bool:
        raw = self.page.text[chunk.start : chunk.end]
        for start, end, characters in split_references(raw) if self.markup else [(0, len(raw), raw)]:
            verbatim = characters == raw[start:end]
            for run in _RUN.finditer(characters):
                begin, stop = (start + run.start(), start + run.end()) if verbatim else (start, end)
                offsets = self.page.find_bytes(chunk.start + begin, chunk.start + stop)
                if run.group().isspace():
                    self.widen_gap(offsets[0], offsets[-1], first=first)
                    continue
                self.write_gap(first=first)
                first = False
                self.write(run.group(), offsets, verbatim=verbatim)
        return first

    def widen_gap(self, start: int, end: int, *, first: bool) -> None:
        if first:
            return
        if self.gap is None:
            self.gap = (" ", start, end)
        elif self.gap[1] >= 0 and self.gap[2] == start:
            self.gap = (self.gap[0], self.gap[1], end)

    def write_gap(self, *, first: bool) -> None:
        if first and self.paragraphs:
            self.put(PARAGRAPH_END, (-1, -1), (-1, -1))
        elif self.gap is not None:
            self.put(self.gap[0], (self.gap[1],), (self.gap[2],))
        self.gap = None

    def write(self, characters: str, offsets: Iterable[int], *, verbatim: bool) -> None:
        offsets = list(offsets)
        if verbatim:
            self.put(characters, offsets[:-1], offsets[1:])
        else:
            self.put(characters, [offsets[0]] * len(characters), [offsets[-1]] * len(characters))

    def put(self, characters: str, starts: Iterable[int], ends: Iterable[int]) -> None:
        self.pieces.append(characters)
        self.length += len(characters)
        self.starts.extend(starts)
        self.ends.extend(ends)

    def finish(self) -> Composition:
        return Composition(
            text="".join(self.pieces),
            paragraphs=tuple(self.paragraphs),
            origin=OffsetMap(starts=self.starts, ends=self.ends),
        )

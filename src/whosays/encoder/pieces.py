"""Cut a text into word pieces with what the uncased vocabulary cannot see: case, quotation, paragraphs.

Training and run time both come through here, so that they cannot differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from whosays.text import find_quotes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
"""The pieces before and behind all that is read together, by their ids."""
SHAPES = 32
"""How many values `Pieces.shapes` takes: 8 letter shapes, quoted or not, first of its paragraph or not."""

_QUOTED, _FIRST = 8, 16
_OTHER, _LOWER, _CAPITAL, _INITIAL, _UPPER, _MIXED, _DIGIT, _SPECIAL = range(8)
_SENTENCE_END = re.compile(r"[.!?]")
_NEWLINE = re.compile(r"\n")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pieces:
    """The `n` word pieces of one text: vocabulary ids, shapes, and code points (start, end), each (n,) int32."""

    ids: NDArray[np.int32]
    shapes: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    breaks: NDArray[np.int8]
    """2 where a paragraph starts, 1 where a sentence seems to start, 0 elsewhere."""

    def __len__(self) -> int:
        """Return the number of pieces."""
        return len(self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Pieces `context` to `end` are read together; the answers for `start` to `end` are kept."""

    context: int
    start: int
    end: int


def cut_pieces(text: str, *, tokenizer: Tokenizer) -> Pieces:
    """Cut `text`; special pieces are left to `pack_windows`' reader."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)
    starts, ends = offsets[:, 0].copy(), offsets[:, 1].copy()
    first = _find_firsts(text, starts, ends)
    shapes = _find_shapes(text, starts, encoding.word_ids, ends)
    quoted = np.zeros(len(text) + 1, dtype=bool)
    for span in find_quotes(text):
        quoted[span.start : span.end] = True
    shapes = shapes + _QUOTED * quoted[starts] + _FIRST * first
    return Pieces(
        ids=np.array(encoding.ids, dtype=np.int32),
        shapes=shapes.astype(np.int32),
        starts=starts,
        ends=ends,
        breaks=_find_breaks(text, starts, first),
    )


def cut_windows(pieces: Pieces, *, size: int, context: int) -> Iterator[Window]:
    """Cover the pieces with windows of at most `size`, cut at paragraph ends where one is near, else at sentences.

    Each window reads up to `context` pieces before its own, so that a source named just before is in sight.
    """
    start = 0
    while start < len(pieces):
        before = min(start, context)
        end = _find_cut(pieces, start=start, limit=start + size - before)
        yield Window(context=start - before, start=start, end=end)
        start = end


def _find_cut(pieces: Pieces, *, start: int, limit: int) -> int:
    if limit >= len(pieces):
        return len(pieces)
    half = start + (limit - start) // 2
    for kind, earliest in ((2, half), (1, half), (2, start + 1), (1, start + 1)):
        cuts = np.flatnonzero(pieces.breaks[earliest : limit + 1] >= kind)
        if len(cuts):
            return int(cuts[-1]) + earliest
    return limit


def _find_firsts(text: str, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.bool_]:
    newlines = np.array([match.start() for match in _NEWLINE.finditer(text)], dtype=np.int64)
    first = np.ones(len(starts), dtype=bool)
    first[1:] = newlines.searchsorted(ends[:-1]) < newlines.searchsorted(starts[1:])
    return first


def _find_breaks(text: str, starts: NDArray[np.int32], first: NDArray[np.bool_]) -> NDArray[np.int8]:
    stops = np.array([match.start() for match in _SENTENCE_END.finditer(text)], dtype=starts.dtype)
    breaks = np.where(first, 2, 0).astype(np.int8)
    ended = np.isin(starts[:-1], stops) & (starts[1:] > starts[:-1] + 1)
    breaks[1:][ended & ~first[1:]] = 1
    return breaks


def _find_shapes(
    text: str, starts: NDArray[np.int32], words: list[int | None], ends: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Give every piece the letter shape of its whole word."""
    if not words:
        return np.zeros(0, dtype=np.int32)
    numbers = np.array(words)
    begins = np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1]))
    lasts = np.append(begins[1:], len(words)) - 1
    spans = zip(starts[begins].tolist(), ends[lasts].tolist(), strict=True)
    shapes = np.array([_name_shape(text[start:end]) for start, end in spans], dtype=np.int32)
    return shapes.repeat(lasts - begins + 1)


@lru_cache(maxsize=4096)
def _name_shape(word: str) -> int:
    if not word[:1].isalnum():
        return _OTHER
    if any(c.isdigit() for c in word):
        return _DIGIT
    if word.islower():
        return _LOWER
    if word.isupper():
        return _INITIAL if len(word) == 1 else _UPPER
    return _CAPITAL if word[0].isupper() and word[1:].islower() else _MIXED

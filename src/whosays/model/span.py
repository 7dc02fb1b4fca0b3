"""Half-open spans of code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Code points `start` to `end`, half-open, into a text named by the record that holds the span."""

    start: int
    end: int

    @classmethod
    def of(cls, start: int, end: int) -> Self:
        """Build a span from two offsets."""
        return cls(start=start, end=end)

    def __len__(self) -> int:
        """Return the number of code points."""
        return self.end - self.start

    def slice(self, text: str) -> str:
        """Return the characters of `text` under the span."""
        return text[self.start : self.end]

    def line(self, text: str) -> str:
        """Return the words under the span on one line, a blank between them."""
        return " ".join(self.slice(text).split())

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shift(self, offset: int) -> Span:
        """Move both ends by `offset`."""
        return Span(start=self.start + offset, end=self.end + offset)


def cover_spans(spans: tuple[Span, ...]) -> Span:
    """Return the smallest span that holds all of `spans`; raises `ValueError` on none."""
    return Span(start=min(s.start for s in spans), end=max(s.end for s in spans))


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the union of `spans` as spans in order that neither touch nor overlap."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(start=merged[-1].start, end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def find_overlaps(span: Span, ordered: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return those of `ordered` (in order, none overlapping another) that share a code point with `span`."""
    first = bisect_right(ordered, span.start, key=lambda other: other.end)
    last = bisect_left(ordered, span.end, key=lambda other: other.start)
    return ordered[first:last]

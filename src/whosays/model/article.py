"""What a page reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from array import array

    from whosays.model.span import Span


class Origin(Protocol):
    """The way from an article's text back to the bytes of its page."""

    def find_bytes(self, *spans: Span) -> tuple[Span, ...]:
        """Return the byte ranges that spans of the text were read from, in order, span by span."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OffsetMap:
    """For every code point of an article's text, the bytes of the page it was read from.

    `starts[i]` to `ends[i]` (half-open) are the bytes of code point `i`: a character, a character reference, or a run
    of white space that is shown as one blank. Both are -1 where the text has white space that the page has not (a
    paragraph's end, a `<br>`). Within an article the bytes never run backwards.
    """

    starts: array[int]
    ends: array[int]

    def find_bytes(self, *spans: Span) -> tuple[Span, ...]:
        """Return the byte ranges that spans of the text were read from, in order, neighbours of one span joined.

        Decode each, resolve its character references, and the words of the span stand there again; between two ranges
        lies markup, or nothing but white space that the text shows.
        """
        return tuple(found for span in spans for found in self._find_bytes(span))

    def _find_bytes(self, span: Span) -> tuple[Span, ...]:
        from whosays.model.span import Span as ByteSpan

        starts, ends = self.starts[span.start : span.end], self.ends[span.start : span.end]
        if starts and starts[0] >= 0 and starts[1:] == ends[:-1]:  # most spans are one run of bytes
            return (ByteSpan(start=starts[0], end=ends[-1]),)
        ranges: list[list[int]] = []
        for start, end in zip(starts, ends, strict=True):
            if start < 0:
                continue
            if ranges and start <= ranges[-1][1]:
                ranges[-1][1] = max(ranges[-1][1], end)
            else:
                ranges.append([start, end])
        return tuple(ByteSpan(start=start, end=end) for start, end in ranges)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedItem:
    """Another article that the page points to."""

    title: str
    teaser: str | None = None
    truncated: bool = False
    """The teaser is cut off in the middle."""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Article:
    """What one Page reports: its head, its text in paragraphs, and the way back to the Page's bytes.

    `published` and `modified` are ISO 8601, as precise as the page is: a day, or a time with its offset.
    """

    text: str
    paragraphs: tuple[Span, ...]
    origin: Origin
    charset: str
    """Name of the charset the page was decoded with (a Python codec name)."""
    media_type: str
    """`text/html` or `text/plain`, as recognised from the content."""
    title: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    agency: str | None = None
    outlet: str | None = None
    section: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    url: str | None = None
    credits: tuple[str, ...] = ()
    related: tuple[RelatedItem, ...] = ()

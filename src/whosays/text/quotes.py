"""Find what stands between quotation marks."""

from __future__ import annotations

import re

from whosays.model import Span

_PAIRS = {"“": "”", "„": "“", "«": "»", "‘": "’", '"': '"'}
_MARKS = re.compile(r"[“”„«»‘’\"]")
_PARAGRAPH = re.compile(r"[^\n]+")


def find_quotes(text: str) -> tuple[Span, ...]:
    """Return the quoted passages of `text`, marks included, outermost only, in order.

    A quotation ends with its paragraph. One left open there counts when the mark is a curly double one: a
    quotation that runs over several paragraphs opens each of them anew and closes the last (the habit of English
    typesetting). An unmatched straight or single mark opens nothing, so apostrophes and inches do no harm.
    """
    return tuple(
        span.shift(paragraph.start())
        for paragraph in _PARAGRAPH.finditer(text)
        for span in _find_in_paragraph(paragraph.group())
    )


def _find_in_paragraph(paragraph: str) -> list[Span]:
    found: list[Span] = []
    end = 0
    for mark in _MARKS.finditer(paragraph):
        start = mark.start()
        if start < end or not _opens(paragraph, start):
            continue
        close = _find_close(paragraph, start)
        if close is not None:
            found.append(Span(start=start, end=close))
            end = close
    return found


def _opens(paragraph: str, at: int) -> bool:
    mark = paragraph[at]
    if mark not in _PAIRS:
        return False
    before = paragraph[at - 1] if at else " "
    after = paragraph[at + 1] if at + 1 < len(paragraph) else " "
    return not after.isspace() and (mark not in '‘"' or not before.isalnum())


def _find_close(paragraph: str, start: int) -> int | None:
    mark = paragraph[start]
    close = _PAIRS[mark]
    at = paragraph.find(close, start + 1)
    while at != -1:
        after = paragraph[at + 1] if at + 1 < len(paragraph) else " "
        if mark != "‘" or not after.isalnum():
            return at + 1
        at = paragraph.find(close, at + 1)
    return len(paragraph) if mark == "“" else None

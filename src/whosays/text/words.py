"""Words: letters and digits with nothing between."""

from __future__ import annotations

from whosays.model import Span


def widen_to_words(text: str, span: Span) -> Span:
    """Widen a span that begins or ends inside a word to the whole word."""
    start, end = span.start, span.end
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start=start, end=end)

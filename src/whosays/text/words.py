"""Words: letters and digits with nothing between, and what they say of the next one."""

from __future__ import annotations

import re

from whosays.model import Span

_FORMER = re.compile(r"\b(?:former|ex|one-?time|retired|ousted|late)[\s-](?:[\w-]+\s){0,3}$", re.IGNORECASE)


def is_former(words: str, at: int) -> bool:
    """Tell what somebody was once: "the former army chief", with `at` where "army" or "chief" begins."""
    return _FORMER.search(words, 0, at) is not None


def lower_letters(text: str) -> str:
    """Return a text in lower case, letter for letter: what stands somewhere stands there still."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def widen_to_words(text: str, span: Span) -> Span:
    """Widen a span that begins or ends inside a word to the whole word."""
    start, end = span.start, span.end
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start=start, end=end)

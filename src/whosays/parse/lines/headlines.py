"""Headlines of other articles, as lists and cards print them."""

from __future__ import annotations

import re

from whosays.parse.lines.phrases import FURNITURE_LINE

_MARKS = " >»←→•*|[]+-–—"
_TRUNCATED = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*(?:read more|more)?\s*$", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:\d{1,2}\s+(?=[A-Z])|(?:read (?:more|also|next)|see also|related|trending|recommended"
    r"|(?:previous|next)(?: (?:article|post|story|text))?)\s*:\s*)",
    re.IGNORECASE,
)
_WORDS = 3


def clean_headline(line: str) -> str:
    """Take list marks, numbers and "Read more:" off a headline."""
    return _LEAD.sub("", line.strip(_MARKS)).strip(_MARKS)


def is_headline(line: str) -> bool:
    """Tell whether a line can be the title of another article: words enough, and no phrase of the page's frame."""
    return len(line) >= 15 and len(line) <= 200 and len(line.split()) >= _WORDS and not FURNITURE_LINE.match(line)


def is_truncated(line: str) -> bool:
    """Tell whether a teaser breaks off."""
    return _TRUNCATED.search(line) is not None

"""Cut what is said into the things that are said to be so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whosays.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_BREAK = re.compile(
    r"[;:]\s+|(?<=[.!?…])[”\"’)]*\s+|\s[–—-]\s"
    r"|(?<!\d),?\s+(?:and|but|while|although|whereas)\s+(?:that\s+)?(?=(?:he|she|it|they|we|there|this|that|some|many|most|about|at least|up to|more than"
    r"|nearly|dozens|hundreds|thousands|several|\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|the|a|an|no|his|her|its|their|[A-Z]\w+)\b)"
    r"|,?\s+and\s+that\s+"
)
_LEAST = 3
"""Words that a clause has at least; shorter pieces stay with what stands before them."""


def split_clauses(span: Span, text: str) -> Iterator[Span]:
    """Yield the clauses of a span in order: cut at sentence ends, semicolons, and "and" before what may be a subject."""
    start = span.start
    for match in _BREAK.finditer(text, span.start, span.end):
        if len(text[start : match.start()].split()) >= _LEAST and len(text[match.end() : span.end].split()) >= _LEAST:
            yield Span(start=start, end=match.start())
            start = match.end()
    yield Span(start=start, end=span.end)

"""Whose words the sentences of a quotation are that the encoder gives to nobody."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from whosays.extract.attribution import Attribution
from whosays.model import Span, find_overlaps

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALL = 0.9
"""The share of a sentence that stands in quotation marks, if it is said by somebody else."""
_CLOSING = '”"’»'
_INTRODUCED = re.compile(
    r"(?:^|[.!?”\n]\s)\s*(?P<who>[^.!?:“”\n]{2,80}?)\s(?:said|says|told\s[^.!?:“”\n]{2,40}|reported|reports|wrote|writes|added|adds)"
    r"[^.!?:“”\n]{0,40}:\s*$"
)
_BEFORE = 200
"""Characters before a quotation in which somebody is introduced."""
_SCORE = 0.7
"""Not measured: that a quotation has one speaker is how people write."""


def find_quoted(
    sentence: Span, quotes: tuple[Span, ...], attributions: Sequence[Attribution], text: str
) -> Attribution | None:
    """Return the attribution of a sentence that is quoted whole; `None` for one that is not.

    The speaker is who says another part of the same quotation, or of one that this goes on with: a paragraph that
    opens a quotation which the one before has not closed. Otherwise nobody is named; it is not the outlet's either.
    """
    inside = find_overlaps(sentence, quotes)
    covered = sum(min(sentence.end, quote.end) - max(sentence.start, quote.start) for quote in inside)
    if covered < _ALL * len(sentence):
        return None
    source = _find_speaker(inside[0], quotes, attributions, text)
    return Attribution(source=source, cue=None, contents=(sentence,), score=_SCORE)


def _find_speaker(quote: Span, quotes: tuple[Span, ...], attributions: Sequence[Attribution], text: str) -> Span | None:
    at = bisect_right(quotes, quote.start, key=lambda one: one.start) - 1
    while True:
        whole = quotes[at]
        for one in attributions:
            outside = one.source is not None and not whole.overlaps(one.source)
            if outside and any(content.overlaps(whole) for content in one.contents):
                return one.source
        introduced = _INTRODUCED.search(text, max(0, whole.start - _BEFORE), whole.start)
        if introduced is not None:
            return Span(start=introduced.start("who"), end=introduced.end("who"))
        before = quotes[at - 1] if at else None
        if before is None or text[before.end : whole.start].strip() or text[before.end - 1] in _CLOSING:
            return None
        at -= 1

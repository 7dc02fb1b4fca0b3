"""Who gives a figure without a verb of saying: "X puts it at 5,000", "Y speaks of more than 6,000", "Z counted nine"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whosays.extract.attribution import Attribution
from whosays.extract.relays import speaks
from whosays.model import Span, find_overlaps

if TYPE_CHECKING:
    from whosays.extract.lexicon import Lexicon
    from whosays.model import Figure

_GIVES = re.compile(
    r"(?P<source>[^,;:“”\"\n]{2,90}?)\s"
    r"(?P<cue>(?:puts?|had put|has put)\s(?:it|them|(?:the|its|their)\s[^,;:“”\"\n]{3,40}?)\sat|(?:speaks?|spoke|had spoken) of"
    r"|(?:gives?|gave|had given)\s(?:it|them|(?:the|its|their)\s[^,;:“”\"\n]{3,40}?)\sas|estimates?(?: that)?|estimated(?: that)?)\s"
    r"(?P<content>[^;:“”\"\n]+?)(?=[.;:]?$|, (?:because|but|while|although|after|as)\b)"
)
_SCORE = 0.7
"""Not measured: the pattern is narrow, and asks for somebody who speaks and for a figure."""


def find_estimates(
    sentence: Span, text: str, *, figures: tuple[Figure, ...], speakers: tuple[Span, ...], lexicon: Lexicon
) -> Attribution | None:
    """Return the attribution of a sentence that gives somebody's figure; none where it does not."""
    match = _GIVES.match(text, sentence.start, sentence.end)
    if match is None:
        return None
    source, cue, content = (Span(start=match.start(part), end=match.end(part)) for part in ("source", "cue", "content"))
    if not speaks(source, text, speakers, lexicon):
        return None
    if not find_overlaps(content, tuple(figure.span for figure in figures)):
        return None
    return Attribution(source=source, cue=cue, contents=(content,), score=_SCORE)

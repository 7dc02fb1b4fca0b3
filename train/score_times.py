"""Score times end to end: spans as found, and their TIMEX3 values, on TBAQ dev and WikiWars."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whosays.extract.heads.marks import find_marks
from whosays.model import Time, find_overlaps
from whosays.resolve.times.anchors import Anchors
from whosays.resolve.times.plain_times import complete_times
from whosays.text import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from train.corpora.times import ValuedText
    from whosays.model import Encoder


@dataclass(slots=True, kw_only=True)
class TimeScore:
    """Counts: spans found and expected; those that overlap, that agree exactly, that overlap with the same value."""

    found: int = 0
    expected: int = 0
    relaxed: int = 0
    strict: int = 0
    value: int = 0
    misses: list[str] = field(default_factory=list)

    def f1(self, right: int) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * right / max(1, self.found + self.expected)


def score_times(texts: Iterable[ValuedText], encoder: Encoder) -> TimeScore:
    """Find and resolve all times of each text, as seen from its day."""
    score = TimeScore()
    for text in texts:
        (encoding,) = encoder.encode((text.text,))
        marks = [Time(span=m.span, kind=m.label) for m in find_marks(encoding, text.text, "times")]
        times = complete_times(marks, (text.whole,), text.text)
        anchors, sentences = Anchors(text.text, text.day), split_sentences(text.text)
        score.found += len(times)
        score.expected += len(text.times)
        for span, value in text.times:
            near = next((time for time in times if time.span.overlaps(span)), None)
            if near is None:
                score.misses.append(f"missed “{span.slice(text.text)}” {value}")
                continue
            score.relaxed += 1
            score.strict += near.span == span
            sentence = find_overlaps(near.span, sentences)[0]
            meant, _ = anchors.resolve(near.span, sentence)
            ours = meant.value if meant is not None else None
            if ours is not None and _normalise(ours) == _normalise(value):
                score.value += 1
            else:
                words = f"“{near.span.slice(text.text)}” ({text.day}): {ours}, not {value}"
                score.misses.append(f"{words}  … {text.text[max(0, span.start - 40) : span.end + 20]!r}")
    return score


def _normalise(value: str) -> str:
    """Take off what two ways of writing a value differ in.

    Seconds, a week's nought, months that are not known; a decade and a century of TIMEX2 ("195", "19"); units.
    """
    value = re.sub(r"-W(\d)$", r"-W0\1", re.sub(r"(T\d\d:\d\d):00$", r"\1", value.strip().removesuffix("-XX")))
    value = re.sub(r"^\d{2,3}$", lambda digits: digits[0].ljust(4, "X"), value)
    return {"PT24H": "P1D", "P1Q": "P3M", "P1DE": "P10Y"}.get(value, value)

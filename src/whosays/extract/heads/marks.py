"""Read the encoder's other heads: names, triggers, actors, times, places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from whosays.extract.heads.bio import Prices, decode_bio
from whosays.model import HEADS, Span
from whosays.text import widen_to_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whosays.model import Encoding

_PRICES: dict[str, Prices] = {
    "entities": (
        *(("person", 0.7), ("location", 1.0), ("organisation", 0.6)),
        *((label, 0.6) for label in ("facility", "group", "product", "date", "money", "quantity")),
    ),
    "roles": (),
    "times": tuple((label, 0.8) for label in ("date", "time", "duration", "set")),
    "places": tuple((label, 0.2) for label in ("literal", "associative")),
}
"""Searched on the development data of each head (LOG.md, 2026-11-26)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMark:
    """A span with a head's label, and the mean probability of its tags."""

    label: str
    span: Span
    score: float


def find_marks(encoding: Encoding, text: str, head: str) -> tuple[FoundMark, ...]:
    """Return what a head of `HEADS` marks in the text, in order, in whole words that do not overlap."""
    scores, names = encoding.heads[head], HEADS[head]
    if not len(scores):
        return ()
    tags = scores.argmax(axis=1) if head == "events" else decode_bio(scores, names, _PRICES[head])
    sure = np.exp(scores[np.arange(len(tags)), tags])
    starts = _find_starts(tags, names)
    found: list[FoundMark] = []
    for first, last in zip(starts, [*starts[1:], len(tags)], strict=True):
        if not tags[first]:
            continue
        span = widen_to_words(text, Span(start=int(encoding.starts[first]), end=int(encoding.ends[last - 1])))
        if found and span.start < found[-1].span.end:
            continue
        score = float(sure[first:last].sum()) / (last - first)
        found.append(FoundMark(label=names[tags[first]].removeprefix("B-"), span=span, score=score))
    return tuple(found)


def _find_starts(tags: NDArray[np.int64], names: tuple[str, ...]) -> list[int]:
    """Return where a new mark, or a stretch without, begins."""
    inside = np.array([name.startswith("I-") for name in names])
    changes = tags[1:] != tags[:-1]
    opens = ~inside[tags[1:]] & (changes | np.array([name.startswith("B-") for name in names])[tags[1:]])
    return [0, *(np.flatnonzero(opens) + 1).tolist()]

"""Score a text against another by shared shingles, as the public article-extraction benchmark does."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_WORD = re.compile(r"\w+", re.UNICODE)
_SIZE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Shares of one page's shingles: right, invented, missed; they add up to 1 (or 0 when both texts are empty)."""

    right: float
    invented: float
    missed: float


def compare_texts(gold: str, found: str) -> Overlap:
    """Compare multisets of four-word shingles; a shorter text is one shingle."""
    expected, given = _cut_shingles(gold), _cut_shingles(found)
    right = sum((expected & given).values())
    invented = sum((given - expected).values())
    missed = sum((expected - given).values())
    total = right + invented + missed
    if not total:
        return Overlap(right=0.0, invented=0.0, missed=0.0)
    return Overlap(right=right / total, invented=invented / total, missed=missed / total)


def score_f1(overlaps: list[Overlap]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over pages, each page weighing the same."""
    right = sum(o.right for o in overlaps)
    precision = right / ((right + sum(o.invented for o in overlaps)) or 1.0)
    recall = right / ((right + sum(o.missed for o in overlaps)) or 1.0)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1.0)


def _cut_shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + _SIZE]) for i in range(max(1, len(words) - _SIZE + 1)))

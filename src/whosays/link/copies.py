"""Copies: the same text in several articles, whole, cut, or lightly edited."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from whosays.link.clusters import find_components
from whosays.link.weights import COPY
from whosays.text import find_quotes, order_moment, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from whosays.model import LinkArticle

_SHINGLE, _BANDS, _ROWS = 4, 12, 2
_PARAGRAPH = 8
"""Words that a paragraph needs to lead to a candidate."""
_CROWD = 200
"""Articles that share one band of one paragraph: more share boilerplate, and no pair is drawn from that."""
_MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64)
_SEEDS = np.random.default_rng(20261126).integers(1, 2**63, size=_BANDS * _ROWS, dtype=np.uint64) | np.uint64(1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Signature:
    """What an article's text is compared by.

    `shingles` are the hashes of each four words in a row outside of quotations, sorted, each once; `bands` are keys
    under which paragraphs that share most of their words meet.
    """

    shingles: NDArray[np.uint64]
    bands: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Two articles, by their places, with the same text: `score` is the share of the shorter that the other has."""

    left: int
    right: int
    score: float
    why: str


def sign_article(text: str) -> Signature:
    """Return the signature of a text."""
    bands: set[int] = set()
    for paragraph in text.split("\n\n"):
        words = split_words(paragraph)
        if len(words) >= _PARAGRAPH:
            bands |= set(_list_bands(_hash_shingles(words)))
    return Signature(shingles=np.unique(_hash_shingles(split_words(_drop_quotes(text)))), bands=frozenset(bands))


def find_copies(articles: Sequence[LinkArticle]) -> list[Copy]:
    """Find all pairs of copies: candidates share a paragraph or most of one, and are then compared word by word.

    Quotations are left out, since two reports of one speech share them; headlines are too.
    """
    signatures = [sign_article(article.text) for article in articles]
    found = []
    for left, right in sorted(set(list_candidates(signatures))):
        copy = compare_signatures(signatures[left], signatures[right])
        if copy >= COPY["shared"]:
            why = f"{copy:.0%} of the shorter text's words stand in the other in the same order"
            found.append(Copy(left=left, right=right, score=copy, why=why))
    return found


def list_candidates(signatures: Sequence[Signature]) -> Iterator[tuple[int, int]]:
    """Yield pairs of places that meet under a band; a band that a crowd meets under is boilerplate."""
    meeting: dict[int, list[int]] = defaultdict(list)
    for place, signature in enumerate(signatures):
        for band in signature.bands:
            meeting[band].append(place)
    for places in meeting.values():
        if 1 < len(places) <= _CROWD:
            yield from combinations(places, 2)


def compare_signatures(left: Signature, right: Signature) -> float:
    """Return the share of the shorter text's shingles that the longer has; 0 where one is too short to judge.

    Short texts are only judged where they are nearly the same, and of nearly the same length.
    """
    short, long = sorted((len(left.shingles), len(right.shingles)))
    if short < COPY["fewest"]:
        return 0.0
    shared = len(np.intersect1d(left.shingles, right.shingles, assume_unique=True))
    if short < COPY["words"]:
        return shared / short if shared >= COPY["same"] * long else 0.0
    return shared / short


def group_copies(articles: Sequence[LinkArticle], copies: Sequence[Copy]) -> list[list[int]]:
    """Return the groups of copies, each with its original first: the earliest by its day.

    Between two of one day, the longer text is nearer to the original.
    """
    groups = find_components(len(articles), ((copy.left, copy.right) for copy in copies))

    def rank(place: int) -> tuple[str, int, str]:
        article = articles[place]
        return (order_moment(article.published)[:10], -len(article.text), article.name)

    return [sorted(group, key=rank) for group in groups if len(group) > 1]


def _drop_quotes(text: str) -> str:
    kept, at = [], 0
    for quote in find_quotes(text):
        kept.append(text[at : quote.start])
        at = quote.end
    return re.sub(r"\s+", " ", " ".join([*kept, text[at:]]))


def _hash_shingles(words: list[str]) -> NDArray[np.uint64]:
    if len(words) < _SHINGLE:
        return np.zeros(0, np.uint64)
    hashes = np.array([zlib.crc32(word.encode()) for word in words], np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(hashes, _SHINGLE)
    found: NDArray[np.uint64] = (runs * _MULTIPLIERS).sum(axis=1, dtype=np.uint64)
    return found


def _list_bands(shingles: NDArray[np.uint64]) -> list[int]:
    """Return the keys of a paragraph: the least of its hashes under each seed, two and two."""
    if not len(shingles):
        return []
    mixed = shingles[:, None] * _SEEDS
    mixed ^= mixed >> np.uint64(29)
    least = mixed.min(axis=0).reshape(_BANDS, _ROWS)
    return [zlib.crc32(row.tobytes(), number) for number, row in enumerate(least)]

"""Stories: articles on the same happening, found by the words that tell what each is about (its gist)."""

from __future__ import annotations

import math
import zlib
from collections import Counter
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from whosays.link.clusters import cluster_by_average
from whosays.link.weights import STORY
from whosays.model import Gist
from whosays.text import split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from whosays.model import LinkArticle

_TERMS, _KEYS = 60, 16
"""Words that a gist keeps, and those of them that two articles of a story share at least one of. On giveme5w1h, ECB+
and the invented stories 60 words do what all do, and all likely pairs share one of the first (LOG.md)."""
_COUNTED, _RARE = 6000, 3
"""Articles in which words were counted; in how many a word that is not in the table is taken to stand."""
_TITLE, _LEAD = 2, 1
"""How often more a word counts that stands in the title, in the first paragraph."""


def group_stories(articles: Sequence[LinkArticle]) -> list[list[int]]:
    """Return the stories as lists of the articles' places; an article that is like no other is a story of its own."""
    return group_gists([make_gist(article) for article in articles])


def group_gists(gists: Sequence[Gist]) -> list[list[int]]:
    """Do the same for articles of which only the gists are at hand.

    What two articles have in common does not depend on the others, and what a chain of like pairs does not hold
    together is never joined: so the stories of a whole ledger are those of its parts.
    """
    return cluster_by_average(compare_gists(gists), STORY["least"])


def list_alike(gist: Gist, others: Sequence[Gist]) -> list[tuple[int, float]]:
    """Return which others, by their places, are like enough to be of one story, and how like."""
    likeness = compare_gists([gist, *others])[0, 1:]
    return [(place, float(score)) for place, score in enumerate(likeness) if score >= STORY["least"]]


def make_gist(article: LinkArticle) -> Gist:
    """Return what an article is about: its heaviest words, rare ones and names first."""
    lead = article.text[: article.text.find("\n\n") + 1] or article.text[:400]
    counts: Counter[str] = Counter()
    names: set[str] = set()
    for text, times in ((article.title or "", _TITLE), (lead, _LEAD), (article.text, 1)):
        for word in split_words(text):
            counts[word] += times
        names |= _list_names(text)
    weights = {
        word: (1 + math.log(count)) * _rarity(word) * (STORY["names"] if word in names else 1.0)
        for word, count in counts.items()
    }
    heaviest = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:_TERMS]
    length = math.sqrt(sum(weight * weight for _, weight in heaviest)) or 1.0
    return Gist(
        terms=np.array([zlib.crc32(word.encode()) for word, _ in heaviest], np.uint32),
        weights=np.array([weight / length for _, weight in heaviest], np.float32),
        day=read_day(article.published),
    )


def list_keys(gist: Gist) -> tuple[int, ...]:
    """Return the terms by which articles of one story are found: two of them share at least one."""
    return tuple(int(term) for term in gist.terms[:_KEYS])


def compare_gists(gists: Sequence[Gist]) -> NDArray[np.float64]:
    """Return how like each two articles are, 0 to 1, (n, n): the cosine of their words, less with the days between."""
    terms = np.unique(np.concatenate([gist.terms for gist in gists])) if gists else np.zeros(0, np.uint32)
    rows = np.zeros((len(gists), max(1, len(terms))), np.float32)
    for row, gist in zip(rows, gists, strict=True):
        np.add.at(row, np.searchsorted(terms, gist.terms), gist.weights)
    days = np.array([np.nan if gist.day is None else gist.day for gist in gists])
    apart = np.nan_to_num(np.abs(days[:, None] - days[None, :]))
    found: NDArray[np.float64] = np.round((rows @ rows.T) * np.exp(-apart / STORY["days"]), 5)
    return found


def _list_names(text: str) -> set[str]:
    """Return words that are written with a capital within a sentence, and numbers."""
    found: set[str] = set()
    before = "."
    for token in text.split():
        bare = token.strip("“”\"'’‘.,;:!?()[]–—-")
        if bare and (bare[0].isdigit() or (bare[0].isupper() and not before.endswith((".", "!", "?", "”", ":")))):
            found.update(split_words(bare))
        before = token
    return found


def _rarity(word: str) -> float:
    """Return the logarithm of how few articles have a word."""
    return math.log((1 + _COUNTED) / (1 + _load_frequencies().get(word, _RARE)))


@cache
def _load_frequencies() -> dict[str, int]:
    lines = resources.files("whosays.link").joinpath("words/document_frequency.tsv").read_text("utf-8").splitlines()
    return {word: int(count) for word, count in (line.split("\t") for line in lines if not line.startswith("#"))}


def read_day(published: str | None) -> int | None:
    """Return the number of a day since the year 1; none where no day can be read."""
    try:
        return date.fromisoformat(published[:10]).toordinal() if published else None
    except ValueError:
        return None

"""Stories: articles on the same happening."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from whosays.link.clusters import cluster_by_average
from whosays.link.weights import STORY
from whosays.text import split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from whosays.model import LinkArticle

_LEAD = 2
"""How often words of the title and the first paragraphs count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gist:
    """What an article is about: its words with their counts, those in capitals marked, and its day."""

    words: dict[str, float]
    names: dict[str, float]
    day: date | None


def group_stories(articles: Sequence[LinkArticle]) -> list[list[int]]:
    """Return the stories as lists of the articles' places; an article that is like no other is a story of its own."""
    return cluster_by_average(compare_articles(articles), STORY["least"])


def compare_articles(articles: Sequence[LinkArticle]) -> NDArray[np.float64]:
    """Return how like each two articles are, 0 to 1: rare words and names in common, less so with the days between.

    Words that many of the articles have count little (inverse document frequency).
    """
    gists = [_find_gist(article) for article in articles]
    words = _compare([gist.words for gist in gists])
    names = _compare([gist.names for gist in gists])
    likeness = STORY["words"] * words + STORY["names"] * names
    days = np.array([gist.day.toordinal() if gist.day else np.nan for gist in gists])
    apart = np.abs(days[:, None] - days[None, :])
    fading: NDArray[np.float64] = np.exp(-np.nan_to_num(apart, nan=0.0) / STORY["days"])
    found: NDArray[np.float64] = likeness * fading
    return found


def _find_gist(article: LinkArticle) -> _Gist:
    words: Counter[str] = Counter()
    names: Counter[str] = Counter()
    head = article.text[: article.text.find("\n\n") + 1] or article.text[:400]
    for text, times in ((article.title or "", _LEAD), (head, _LEAD - 1), (article.text, 1)):
        for word in split_words(text):
            words[word] += times
        names.update(dict.fromkeys(_list_names(text), times))
    return _Gist(
        words={word: 1 + math.log(count) for word, count in words.items()},
        names={name: 1 + math.log(count) for name, count in names.items()},
        day=_read_day(article.published),
    )


def _list_names(text: str) -> Counter[str]:
    """Return words that are written with a capital within a sentence, and numbers."""
    found: Counter[str] = Counter()
    before = "."
    for token in text.split():
        bare = token.strip("“”\"'’‘.,;:!?()[]–—-")
        if bare and (bare[0].isdigit() or (bare[0].isupper() and not before.endswith((".", "!", "?", "”", ":")))):
            found.update(split_words(bare))
        before = token
    return found


def _compare(bags: list[dict[str, float]]) -> NDArray[np.float64]:
    """Return the cosine of each two bags, words weighted by how few bags have them."""
    spread = Counter(word for bag in bags for word in bag)
    places = {word: i for i, word in enumerate(sorted(word for word, count in spread.items() if count > 1))}
    matrix = np.zeros((len(bags), max(1, len(places))))
    lengths = np.zeros(len(bags))
    for row, bag in enumerate(bags):
        for word, weight in bag.items():
            value = weight * (math.log((1 + len(bags)) / (1 + spread[word])) + STORY["floor"])
            lengths[row] += value * value
            if word in places:
                matrix[row, places[word]] = value
    matrix /= np.sqrt(np.maximum(lengths, 1e-9))[:, None]
    found: NDArray[np.float64] = matrix @ matrix.T
    return found


def _read_day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None

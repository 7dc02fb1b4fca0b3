"""Read BIO tags off log-probabilities."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FORBIDDEN = -1e4
_MARGIN = 1.0
"""Log-odds over the dearest way around a tag, at which it is taken without a search."""

Prices = tuple[tuple[str, float], ...]
"""Labels, and what opening and what closing a span of each costs in log-odds: a dear one is not broken for a word."""


def decode_bio(scores: NDArray[np.float32], names: tuple[str, ...], prices: Prices = ()) -> NDArray[np.int64]:
    """Return the best well-formed tags; (n, tags) log-probabilities to (n,) indexes into `names`, the first outside.

    An inside tag stands only after a tag of its label. Tags surer than any price are taken as they are; the stretches
    between those are searched (Viterbi).
    """
    tags: NDArray[np.int64] = scores.argmax(axis=1)
    if not len(tags):
        return tags
    steps = _weigh_steps(names, prices)
    dearest = float(steps[steps > _FORBIDDEN].min())
    unsure = scores.max(axis=1) < np.log1p(-np.exp(dearest - _MARGIN))
    broken = np.flatnonzero(steps[np.append(0, tags[:-1]), tags] == _FORBIDDEN)
    unsure[broken] = True
    unsure[broken[broken > 0] - 1] = True
    around = np.concatenate([[0], tags, [0]])
    edges = np.flatnonzero(np.diff(np.concatenate([[False], unsure, [False]])))
    firsts, lasts = edges[::2], edges[1::2]
    lengths = lasts - firsts
    for length in np.unique(lengths).tolist():
        places = firsts[lengths == length]
        rows = places[:, None] + np.arange(length)
        tags[rows] = _search(scores[rows], steps, steps[around[places]], steps[:, around[places + length + 1]].T)
    return tags


@lru_cache
def _weigh_steps(names: tuple[str, ...], prices: Prices) -> NDArray[np.float64]:
    """Return what the step from one tag to the next adds, (tags, tags)."""
    labels = np.array([name[2:] for name in names])
    price = np.array([dict(prices).get(label, 0.0) for label in labels.tolist()])
    inside = np.array([name.startswith("I-") for name in names])
    goes_on = np.where(labels[:, None] == labels, 0.0, _FORBIDDEN)
    return np.where(inside, goes_on, -price[:, None] - price)


def _search(
    scores: NDArray[np.float32], steps: NDArray[np.float64], into: NDArray[np.float64], after: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Viterbi over stretches of one length, (stretches, length, tags), with what the steps into and out of them add."""
    count, length, _ = scores.shape
    back = np.zeros(scores.shape, dtype=np.int64)
    best = scores[:, 0] + into
    for i in range(1, length):
        paths = best[:, :, None] + steps
        back[:, i] = paths.argmax(axis=1)
        best = paths.max(axis=1) + scores[:, i]
    tags = np.zeros((count, length), dtype=np.int64)
    tags[:, -1] = (best + after).argmax(axis=1)
    for i in range(length - 1, 0, -1):
        tags[:, i - 1] = back[np.arange(count), i, tags[:, i]]
    return tags

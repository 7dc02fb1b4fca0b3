"""Read BIO tags off log-probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FORBIDDEN = -1e4


def decode_bio(scores: NDArray[np.float32], names: tuple[str, ...]) -> NDArray[np.int64]:
    """Return the most probable well-formed tags; (n, tags) log-probabilities to (n,) indexes into `names`.

    An inside tag stands only after a tag of its label. Where the best tags of all pieces are well-formed together they
    are the answer; only the stretches that are not, from one piece outside to the next, are searched (Viterbi).
    """
    tags: NDArray[np.int64] = scores.argmax(axis=1)
    labels = np.array([name[2:] for name in names])
    inside = np.array([name.startswith("I-") for name in names])
    before = np.concatenate([[0], tags[:-1]])
    broken = np.flatnonzero(inside[tags] & (labels[tags] != labels[before]))
    if not len(broken):
        return tags
    outside = np.flatnonzero(tags == 0)
    allowed = np.where(~inside[None, :] | (labels[:, None] == labels[None, :]), 0.0, _FORBIDDEN)
    done = 0
    for at in broken:
        if at < done:
            continue
        left = int(np.searchsorted(outside, at))
        first = int(outside[left - 1]) + 1 if left else 0
        done = int(outside[left]) if left < len(outside) else len(tags)
        tags[first:done] = _search(scores[first:done], allowed, inside)
    return tags


def _search(scores: NDArray[np.float32], allowed: NDArray[np.float64], inside: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Viterbi over a stretch that follows a piece outside."""
    back = np.zeros(scores.shape, dtype=np.int64)
    best = scores[0] + np.where(inside, _FORBIDDEN, 0.0)
    for i in range(1, len(scores)):
        paths = best[:, None] + allowed
        back[i] = paths.argmax(axis=0)
        best = paths.max(axis=0) + scores[i]
    tags = np.zeros(len(scores), dtype=np.int64)
    tags[-1] = best.argmax()
    for i in range(len(scores) - 1, 0, -1):
        tags[i - 1] = back[i, tags[i]]
    return tags

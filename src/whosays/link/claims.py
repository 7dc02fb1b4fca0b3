"""Claims: propositions, across articles, that say the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from whosays.link.clusters import cluster_by_average
from whosays.link.weights import ALIGNED, CLAIM_LEAST

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from whosays.link.propositions import Comparison, Said


def group_claims(
    said: Sequence[Said],
    copies: Collection[frozenset[int]],
    *,
    comparison: Comparison,
    apart: Collection[tuple[int, int]] = (),
) -> list[list[int]]:
    """Return the claims of one story as lists of places in `said`; what nobody else says is a claim of its own.

    `copies` are the pairs of articles that are copies: what stands in one place of both is the same, whatever an editor
    did to its words and units. `apart` are pairs that contradict or update each other: two claims, whatever they share.
    """
    likeness = comparison.probability.astype(np.float64)
    for left, right in align_copies(said, copies, comparison):
        likeness[left, right] = likeness[right, left] = 1.0
    for left, right in apart:
        likeness[left, right] = likeness[right, left] = -1.0
    return cluster_by_average(likeness, CLAIM_LEAST)


def align_copies(
    said: Sequence[Said], copies: Collection[frozenset[int]], comparison: Comparison
) -> list[tuple[int, int]]:
    """Return the pairs of propositions that stand for each other in two copies: each the other's likest."""
    places: dict[int, list[int]] = {}
    for i, one in enumerate(said):
        places.setdefault(one.article, []).append(i)
    found = []
    for pair in copies:
        first, second = (places.get(article, []) for article in sorted(pair))
        if not first or not second:
            continue
        table = (comparison.words + comparison.cosine)[np.ix_(first, second)]
        for row, a in enumerate(first):
            column = int(table[row].argmax())
            if table[row, column] >= ALIGNED and int(table[:, column].argmax()) == row:
                found.append((a, second[column]))
    return found

"""Claims: propositions, across articles, that say the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from whosays.link.clusters import cluster_by_average
from whosays.link.weights import ALIGNED, CLAIM_LEAST

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from whosays.link.propositions import Comparison, Said
    from whosays.model import Ruling


def group_claims(
    comparison: Comparison,
    aligned: Collection[tuple[int, int]],
    *,
    apart: Collection[tuple[int, int]] = (),
    least: float = CLAIM_LEAST,
) -> list[list[int]]:
    """Return the claims of one story as lists of places in what is said; what nobody else says is one of its own.

    `aligned` are pairs that stand for each other in two copies: they are the same, whatever an editor did to words and
    units. `apart` are pairs that contradict or update each other: two claims, whatever they share. `least` is the mean
    probability from which on two groups are joined.
    """
    likeness = comparison.probability.astype(np.float64)
    for left, right in aligned:
        likeness[left, right] = likeness[right, left] = 1.0
    for left, right in apart:
        likeness[left, right] = likeness[right, left] = -1.0
    return cluster_by_average(likeness, least)


def obey_rulings(
    groups: list[list[int]],
    said: Sequence[Said],
    rulings: Collection[Ruling],
    *,
    aligned: Collection[tuple[int, int]],
    comparison: Comparison,
) -> list[list[int]]:
    """Return the claims as people want them: first those joined that are the same, then what is apart taken out.

    Two statements are joined where they are likest. What is taken out of a claim goes with its copies.
    """
    places: dict[str, list[int]] = {}
    for i, one in enumerate(said):
        places.setdefault(one.statement.id, []).append(i)
    found = [list(group) for group in groups]
    for ruling in sorted(rulings, key=lambda one: (not one.same, one.statement, one.other)):
        own, others = places.get(ruling.statement, []), places.get(ruling.other, [])
        if not own or not others:
            continue
        if ruling.same:
            table = comparison.probability[np.ix_(own, others)]
            row, column = np.unravel_index(int(table.argmax()), table.shape)
            found = _join(found, own[int(row)], others[int(column)])
        else:
            own = sorted({*own, *_follow_copies(own, aligned)} - set(others))
            found = _take_out(found, own, others)
    return found


def _join(groups: list[list[int]], left: int, right: int) -> list[list[int]]:
    together = sorted({i for group in groups if left in group or right in group for i in group})
    return [*(group for group in groups if left not in group and right not in group), together]


def _take_out(groups: list[list[int]], own: Collection[int], others: Collection[int]) -> list[list[int]]:
    """Let `own` be a claim without the others: out of every group that holds some of both."""
    kept: list[list[int]] = []
    for group in groups:
        out = [i for i in group if i in own]
        if out and any(i in others for i in group):
            kept += [part for part in ([i for i in group if i not in own], out) if part]
        else:
            kept.append(group)
    return kept


def _follow_copies(places: Collection[int], aligned: Collection[tuple[int, int]]) -> set[int]:
    """Return what stands for these in copies, and in copies of those."""
    reached = set(places)
    while more := {end for pair in aligned if reached & set(pair) for end in pair} - reached:
        reached |= more
    return reached


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

"""Join what belongs together, in an order that does not depend on how things came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


def cluster_by_average(likeness: NDArray[np.float64], least: float) -> list[list[int]]:
    """Join the two likest groups, by the mean over their pairs, until no two are as like as `least`.

    `likeness` is (n, n), symmetric; what it says of a thing and itself does not matter. Returns the groups, each in
    order, by their first member. Equal likeness is settled by the members' places, which the caller orders by content.
    """
    n = len(likeness)
    groups: dict[int, list[int]] = {i: [i] for i in range(n)}
    means = likeness.astype(np.float64).copy()
    np.fill_diagonal(means, -np.inf)
    sizes = np.ones(n)
    likest = means.max(axis=1, initial=-np.inf)
    while len(groups) > 1:
        left = int(np.argmax(likest))
        right = int(np.argmax(means[left]))
        if likest[left] < least:
            break
        together = sizes[left] + sizes[right]
        merged = (sizes[left] * means[left] + sizes[right] * means[right]) / together
        stale = (means[left] == likest) | (means[right] == likest)
        means[left], means[:, left] = merged, merged
        means[left, left] = means[right, :] = means[:, right] = -np.inf
        np.maximum(likest, merged, out=likest)
        stale[[left, right]] = True
        likest[stale] = means[stale].max(axis=1)
        sizes[left] = together
        groups[left] += groups.pop(right)
    return sorted(sorted(group) for group in groups.values())


def find_components(n: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the groups that a chain of pairs holds together, each in order, by their first member."""
    roots = list(range(n))

    def root(i: int) -> int:
        while roots[i] != i:
            roots[i] = roots[roots[i]]
            i = roots[i]
        return i

    for left, right in pairs:
        a, b = sorted((root(left), root(right)))
        roots[b] = a
    groups: dict[int, list[int]] = {}
    for i in range(n):
        groups.setdefault(root(i), []).append(i)
    return list(groups.values())


def pick_members(groups: Sequence[Sequence[int]], n: int) -> list[int]:
    """Return for each thing the number of its group."""
    found = [0] * n
    for number, group in enumerate(groups):
        for member in group:
            found[member] = number
    return found

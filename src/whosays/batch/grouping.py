"""Which articles are compared, and which hold together: pure functions that every engine uses."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, TypeVar

from whosays.model import CHAIN, COMPARED, CROWD, REACH

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping, Sequence

Name = TypeVar("Name", int, str)
"""What stands for an article: names are in the order of their articles' ids."""

_WEAKEST, _STRONGEST, _STEP = 0.2, 0.9, 0.05
"""How like pairs must be at least for a chain that is too long: more and more."""
_NO_DAY = -1


def order_day(day: int | None) -> int:
    """Return a key for a day, before all others where it is not known."""
    return _NO_DAY if day is None else day


def list_near(under: Sequence[tuple[int, Name]], day: int | None, name: Name) -> list[Name]:
    """Return the articles under one key that lie nearest in time to one of them, itself among them, a bounded number.

    `under` are (day, article) in order; one without a day is near to the last and to all.
    """
    if day is None:
        return [other for _, other in under[-CROWD:]]
    at = bisect_left(under, (day, name))
    return [
        other for then, other in under[max(0, at - CROWD) : at + CROWD] if abs(then - day) <= REACH or then == _NO_DAY
    ]


def choose_compared(name: Name, shared: Counter[Name]) -> list[Name]:
    """Return which articles one is compared with: of those that share most keys the ones after it (the others ask)."""
    others = [other for other in shared if other != name]
    most = sorted(others, key=lambda other: (-shared[other], other))[:COMPARED]
    return sorted(other for other in most if other > name)


def list_chains(names: set[Name], alike: Mapping[Name, Mapping[Name, float]]) -> Iterator[list[Name]]:
    """Yield the articles that chains of likeness hold together; chains that are too long break at their weakest."""
    waiting = [(set(names), 0.0)]
    while waiting:
        left, least = waiting.pop()
        while left:
            chain = _follow(min(left), left, least, alike)
            left -= chain
            if len(chain) <= CHAIN or least > _STRONGEST:
                yield sorted(chain)
            else:
                waiting.append((chain, max(_WEAKEST, least) + _STEP))


def _follow(start: Name, names: set[Name], least: float, alike: Mapping[Name, Mapping[Name, float]]) -> set[Name]:
    """Return the articles that pairs at least so like lead to from one."""
    chain, new = {start}, [start]
    while new:
        for other, score in alike.get(new.pop(), {}).items():
            if score >= least and other in names and other not in chain:
                chain.add(other)
                new.append(other)
    return chain

"""What a cross-encoder says of those propositions of one story that are likeliest anything to each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from whosays.link.weights import PARTNERS, RELATED_LEAST
from whosays.model import RELATIONS, sort_gap
from whosays.text import split_words

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    from whosays.link.propositions import Said
    from whosays.model import CrossEncoder

    Floats = NDArray[np.float32]

_MOST_PAIRS, _FEWEST = 5000, 2
"""Pairs that are read of one story, about: in a large one each proposition has fewer partners, but so many."""
_ALONE = 3
"""Partners in a story that one article tells: it has no claims to join, but may tell both sides of a dispute."""
_TWINS = 0.8
"""The share of all words of two propositions that stands in both, from which on one is read for the other too."""
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_TURNS = re.compile(r"\b(?:not|no|never|nor|neither|none|nobody|nothing|without|cannot)\b|n['’]t\b", re.IGNORECASE)


def read_relations(said: Sequence[Said], related: Floats, cross: CrossEncoder | None) -> dict[str, Floats]:
    """Return by name, each (n, n) and symmetric, what reading each two side by side gives.

    `read` tells whether they were; `same`, `contradicts` and `updates` are probabilities, 0 where they were not.
    `related` is how likely two are worth it. Propositions that are word for word nearly the same are read once, as the
    first of them; these say the same unread.
    """
    first = _find_first_twins(said)
    reads = sorted(set(first.tolist()))
    names = ("same", "contradicts", "updates")
    tables = {name: np.zeros((len(reads), len(reads)), np.float32) for name in ("read", *names)}
    if cross is not None:
        pairs = _pick_pairs([said[i] for i in reads], related[np.ix_(reads, reads)])
        rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        answers = cross.compare(
            [(said[reads[i]].phrase, said[reads[j]].phrase) for i, j in pairs],
            [_sort_days(said[reads[i]], said[reads[j]]) for i, j in pairs],
        )
        tables["read"][rows, columns] = tables["read"][columns, rows] = 1
        for name in names:
            values = answers[:, RELATIONS.index(name)]
            tables[name][rows, columns] = tables[name][columns, rows] = values
    place = np.searchsorted(reads, first)
    found = {name: table[np.ix_(place, place)] for name, table in tables.items()}
    twins = (first[:, None] == first[None, :]) & ~np.eye(len(said), dtype=bool)
    found["read"][twins] = found["same"][twins] = 1
    return found


def _sort_days(left: Said, right: Said) -> int:
    return sort_gap(None if left.day is None or right.day is None else abs(left.day - right.day))


def _find_first_twins(said: Sequence[Said]) -> NDArray[np.int64]:
    """Return for each proposition the place of the first that says it in nearly the same words, or its own, (n,)."""
    words = [frozenset(split_words(one.phrase)) for one in said]
    under: dict[tuple[object, ...], list[int]] = {}
    first = np.arange(len(said))
    for i, one in enumerate(said):
        values = tuple((figure.low, figure.best, figure.high) for figure in one.figures)
        numbers = tuple(_NUMBER.findall(one.phrase))
        kin = under.setdefault((values, numbers, _count_turns(one), one.negative), [])
        for j in kin:
            both = len(words[i] & words[j])
            if both and both >= _TWINS * (len(words[i]) + len(words[j]) - both):
                first[i] = j
                break
        else:
            kin.append(i)
    return first


def _count_turns(one: Said) -> int:
    return len(_TURNS.findall(one.phrase))


def _pick_pairs(said: Sequence[Said], related: Floats) -> list[tuple[int, int]]:
    """Return for each proposition those of other statements that it is likeliest related to, each pair once, in order.

    In one article only two mouths are read side by side: one does not contradict itself there, nor need it be joined.
    In a story of one article they are only where something is turned, or both have a figure.
    """
    apart = tell_apart([one.statement.id for one in said])
    mouths = tell_apart([one.mouth for one in said])
    articles = tell_apart([one.article for one in said])
    alone = not articles.any()
    if alone:
        counted = np.array([bool(one.figures) for one in said])
        turned = tell_apart([(one.negative, _count_turns(one) % 2) for one in said])
        apart &= turned | (counted[:, None] & counted[None, :])
    score = np.where(apart & (articles | mouths), related, 0)
    partners = _ALONE if alone else min(PARTNERS, max(_FEWEST, _MOST_PAIRS // len(said)))
    pairs = set()
    for i, row in enumerate(score):
        nearest = np.argsort(-row, kind="stable")[:partners].tolist()
        pairs |= {(min(i, j), max(i, j)) for j in nearest if row[j] >= RELATED_LEAST}
    return sorted(pairs)


def tell_apart(labels: Sequence[Hashable]) -> NDArray[np.bool_]:
    """Tell which two have other labels, (n, n)."""
    numbers = {label: i for i, label in enumerate(dict.fromkeys(labels))}
    rows = np.array([numbers[label] for label in labels])
    found: NDArray[np.bool_] = rows[:, None] != rows[None, :]
    return found

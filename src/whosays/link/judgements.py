"""Judgements between claims: who contradicts whom, and what a later figure updates."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from whosays.link.propositions import compare_figures, is_one_kind, measure_cosine
from whosays.link.weights import DISPUTE
from whosays.model import LinkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whosays.link.propositions import Comparer, Said
    from whosays.model import Figure

_MANY_THINGS = frozenset({"people", "duration", "%", "USD", "EUR", "GBP", "JPY", "km", "mi", "m", None})
"""Units that count so many things that two figures of them need not be about one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Two propositions, by their places, and what the second is to the first."""

    kind: LinkKind
    left: int
    right: int
    score: float
    why: str


def judge_pairs(said: Sequence[Said], days: Sequence[str], folds: Sequence[int], comparer: Comparer) -> list[Judgement]:
    """Judge each two propositions of one story.

    `days` is the day of each one's article, `folds` the article or group of copies it stands in.
    """
    judged = (
        _judge_figures(left, right, said, days, folds, comparer) or _judge_polarity(left, right, said, comparer)
        for left, right in combinations(range(len(said)), 2)
    )
    return [judgement for judgement in judged if judgement is not None]


def fold_judgements(judgements: Sequence[Judgement], members: Sequence[int]) -> list[Judgement]:
    """Return one judgement for each two claims, the surest: copies and repeats do not make it stronger."""
    best: dict[tuple[int, int, LinkKind], Judgement] = {}
    for judgement in judgements:
        low, high = sorted((members[judgement.left], members[judgement.right]))
        known = best.get((low, high, judgement.kind))
        if known is None or judgement.score > known.score:
            best[low, high, judgement.kind] = judgement
    return list(best.values())


def _judge_figures(
    left: int, right: int, said: Sequence[Said], days: Sequence[str], folds: Sequence[int], comparer: Comparer
) -> Judgement | None:
    """Other values for the same thing: in one day a contradiction; later by the same source, or more, an update."""
    apart = said[left].places and said[right].places and not said[left].places & said[right].places
    agreed, _, _ = compare_figures(said[left].figures, said[right].figures)
    if agreed or apart or folds[left] == folds[right] or not _tell_of_one_thing(said[left], said[right], comparer):
        return None
    same_source = _name(said[left]) is not None and _name(said[left]) == _name(said[right])
    first, second = (left, right) if days[left] <= days[right] else (right, left)
    for a in said[first].figures:
        for b in said[second].figures:
            if not _counts_same(a, b) or _agree(a, b):
                continue
            if days[first] == days[second]:
                by = " by the same source" if same_source else ""
                why = f"{_tell(a)} against {_tell(b)} on the same day{by}"
                return Judgement(kind=LinkKind.CONTRADICTS, left=first, right=second, score=0.7, why=why)
            if same_source or _find_size(b) > _find_size(a):
                by = " by the same source" if same_source else ""
                why = f"another figure ({_tell(a)}, then {_tell(b)}) on a later day{by}"
                score = 0.8 if same_source else 0.6
                return Judgement(kind=LinkKind.UPDATES, left=first, right=second, score=score, why=why)
    return None


def _tell_of_one_thing(left: Said, right: Said, comparer: Comparer) -> bool:
    return (
        comparer.measure_words(left, right)[1] >= DISPUTE["figures"]
        or measure_cosine(left, right) >= DISPUTE["meaning"]
    )


def _counts_same(left: Figure, right: Figure) -> bool:
    """Tell whether two figures count one thing: the same outcome, or without one the same thing by its noun."""
    if left.outcome or right.outcome:
        return is_one_kind(left, right) and set(left.outcome) == set(right.outcome)
    return left.unit == right.unit and left.unit not in _MANY_THINGS


def _find_size(figure: Figure) -> float:
    found = next((value for value in (figure.best, figure.low, figure.high) if value is not None), 0.0)
    return float(found)


def _judge_polarity(left: int, right: int, said: Sequence[Said], comparer: Comparer) -> Judgement | None:
    """One says what the other says is not so."""
    if said[left].negative == said[right].negative or _name(said[left]) == _name(said[right]) is not None:
        return None
    likeness = comparer.compare(said[left], said[right])
    _, overlap = comparer.measure_words(said[left], said[right])
    if likeness.probability < DISPUTE["topic"] or overlap < DISPUTE["words"]:
        return None
    denier = left if said[left].negative else right
    return Judgement(
        kind=LinkKind.CONTRADICTS,
        left=left,
        right=right,
        score=min(1.0, likeness.probability + 0.3),
        why=f"{_name(said[denier]) or 'one'} says that it is not so",
    )


def _agree(left: Figure, right: Figure) -> bool:
    """Tell whether two bounds leave room for one value: 17 lies in 15 to 20, "at least 12" leaves room for 17."""
    low = max(left.low if left.low is not None else 0.0, right.low if right.low is not None else 0.0)
    high = min(
        left.high if left.high is not None else float("inf"), right.high if right.high is not None else float("inf")
    )
    return low <= high


def _tell(figure: Figure) -> str:
    return f"{_find_size(figure):,.10g}"


def _name(one: Said) -> str | None:
    source = one.statement.source
    return source.name if source is not None else None

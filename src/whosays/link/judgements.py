"""Judgements between claims: who contradicts whom, and what a later figure updates."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from whosays.link.propositions import compare_figures, is_one_kind
from whosays.link.relations import tell_apart
from whosays.link.weights import DISPUTE_LEAST, OF_ONE
from whosays.model import LinkKind, Stance, counts_people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from whosays.link.propositions import Comparison, Said
    from whosays.model import Figure

_FURTHEST = 6.0
"""How many times larger the larger of two figures of one thing may be: more, and they are of different things."""
_SHOWN = 160
"""Characters of either side that a reason quotes."""
_SAYS_NOTHING = frozenset({Stance.DECLINES, Stance.NOT_CONFIRMED})
_MANY_THINGS = frozenset({"people", "duration", "%", "USD", "EUR", "GBP", "JPY", "km", "mi", "m", None})
"""Units that count so many things that two figures of them need not be about one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Two propositions, by their places, and what the second is to the first; the first reason says it alone."""

    kind: LinkKind
    left: int
    right: int
    score: float
    why: tuple[str, ...]


def judge_pairs(
    said: Sequence[Said], days: Sequence[str], folds: Sequence[int], comparison: Comparison
) -> list[Judgement]:
    """Judge each two propositions of one story.

    `days` is the day of each one's article, `folds` the article or group of copies it stands in.
    """
    withdrawn = np.array([one.withdrawn for one in said])
    about_one = (comparison.overlap >= OF_ONE["words"]) | (comparison.cosine >= OF_ONE["meaning"])
    with_figures = np.array([bool(one.figures) for one in said])
    told = with_figures & ~withdrawn
    figures = told[:, None] & told[None, :] & about_one
    found: dict[tuple[int, int], Judgement] = {}
    for left, right in _list_pairs(figures):
        judgement = _judge_figures(left, right, said, days, folds)
        if judgement is not None:
            found[left, right] = judgement
    for judgement in judge_read(said, comparison):
        found.setdefault((judgement.left, judgement.right), judgement)
    return [judgement for _, judgement in sorted(found.items(), key=lambda pair: pair[0])]


def judge_read(said: Sequence[Said], comparison: Comparison, *, least: float = DISPUTE_LEAST) -> list[Judgement]:
    """Judge the pairs that were read side by side: those of two mouths that are likely enough not both so.

    Who says nothing to it contradicts nobody, nor does one figure another that leaves room for it.
    """
    told = np.array([not one.withdrawn and one.statement.stance not in _SAYS_NOTHING for one in said])
    mouths = tell_apart([one.mouth for one in said])
    likely = (comparison.dispute >= least) & mouths & told[:, None] & told[None, :]
    return [
        _judge_read(i, j, said, float(comparison.dispute[i, j]))
        for i, j in _list_pairs(likely)
        if not _leave_room(said[i], said[j])
    ]


def _list_pairs(wanted: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the places of what is true above the diagonal, row by row."""
    rows, columns = np.nonzero(np.triu(wanted, k=1))
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


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
    left: int, right: int, said: Sequence[Said], days: Sequence[str], folds: Sequence[int]
) -> Judgement | None:
    """Other values for the same thing: in one day a contradiction; later by the same source, or more, an update."""
    apart = said[left].places and said[right].places and not said[left].places & said[right].places
    agreed, _, _ = compare_figures(said[left].figures, said[right].figures)
    if agreed or apart or folds[left] == folds[right]:
        return None
    same_source = _has_one_source(said[left], said[right])
    first, second = (left, right) if days[left] <= days[right] else (right, left)
    for a in said[first].figures:
        for b in said[second].figures:
            if not _counts_same(a, b) or _agree(a, b) or _is_part(a, said[first]) or _is_part(b, said[second]):
                continue
            if days[first] == days[second]:
                by = " by the same source" if same_source else ""
                why = f"{_tell(a)} against {_tell(b)} on the same day{by}"
                return Judgement(kind=LinkKind.CONTRADICTS, left=first, right=second, score=0.7, why=(why,))
            if same_source or _find_size(b) > _find_size(a):
                by = " by the same source" if same_source else ""
                why = f"another figure ({_tell(a)}, then {_tell(b)}) on a later day{by}"
                score = 0.8 if same_source else 0.6
                return Judgement(kind=LinkKind.UPDATES, left=first, right=second, score=score, why=(why,))
    return None


def _counts_same(left: Figure, right: Figure) -> bool:
    """Tell whether two figures can count one thing: the same outcome of the same thing, and nearly of one size."""
    large, small = sorted((_find_size(left), _find_size(right)), reverse=True)
    if large > small * _FURTHEST or _name_counted(left) != _name_counted(right):
        return False
    if left.outcome or right.outcome:
        return is_one_kind(left, right) and set(left.outcome) == set(right.outcome)
    return left.unit == right.unit and left.unit not in _MANY_THINGS


def _name_counted(figure: Figure) -> str:
    """Return what is counted, by its noun; all words for people as such are one."""
    if counts_people(figure.counted, figure.unit):
        return "people"
    return " ".join((figure.counted or "").lower().split()[-1:])


def _is_part(figure: Figure, one: Said) -> bool:
    """Tell whether a figure is one of several of its kind in a proposition, as the parts of a sum or two sides are."""
    return sum(is_one_kind(figure, other) for other in one.figures) > 1


def _find_size(figure: Figure) -> float:
    found = next((value for value in (figure.best, figure.low, figure.high) if value is not None), 0.0)
    return float(found)


def _judge_read(left: int, right: int, said: Sequence[Said], probability: float) -> Judgement:
    """Read side by side, the two cannot both be so."""
    both = f"“{_shorten(said[left].phrase)}” and “{_shorten(said[right].phrase)}”"
    why = (f"read side by side, they are {round(100 * probability)} % likely not both so", both)
    return Judgement(kind=LinkKind.CONTRADICTS, left=left, right=right, score=probability, why=why)


def _shorten(phrase: str) -> str:
    """Return who says what, with as much of it as a line has room for."""
    return textwrap.shorten(phrase.replace(" : ", ": ", 1), _SHOWN, placeholder=" …")


def _has_one_source(left: Said, right: Said) -> bool:
    """Tell whether both are of one source that is known by its name."""
    return left.source is not None and left.source == right.source


def _leave_room(left: Said, right: Said) -> bool:
    """Tell whether two count one kind of thing, and each two of their figures of one kind may be one value."""
    agreed = [_agree(a, b) for a in left.figures for b in right.figures if is_one_kind(a, b)]
    return bool(agreed) and all(agreed)


def _agree(left: Figure, right: Figure) -> bool:
    """Tell whether two bounds leave room for one value: 17 lies in 15 to 20, "at least 12" leaves room for 17."""
    low = max(left.low if left.low is not None else 0.0, right.low if right.low is not None else 0.0)
    high = min(
        left.high if left.high is not None else float("inf"), right.high if right.high is not None else float("inf")
    )
    return low <= high


def _tell(figure: Figure) -> str:
    return f"{_find_size(figure):,.10g}"

"""What was found in a page itself, put right where the page's key knows better."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from train.corpora.polnear import GoldAttribution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whosays.model import Span

_SAME = 0.5
"""The share of the shorter content from which on two are one, and of both together where borders are to be kept."""
_INSIDE = 0.8
"""The share of a key's content in a longer one from which on it is a part of that."""


def correct_attributions(
    found: Sequence[GoldAttribution], keyed: Sequence[GoldAttribution]
) -> tuple[tuple[GoldAttribution, ...], tuple[Span, ...]]:
    """Return the attributions of a page, and the spans that its key vouches for.

    Keys name the important statements, not all: what they are silent about stays as it was found. Borders stay, too,
    where both mean the same words, for the corpora that the encoder learned from draw them in their own ways; what a
    key puts right is who is quoted, and what nobody is quoted with (neither source nor cue).
    """
    left = list(found)
    vouched: list[Span] = []
    for known in keyed:
        near = [one for one in left if _share(one, known) >= _SAME * min(_measure(one), _measure(known))]
        vouched += known.content
        best = max(near, key=lambda one: _share(one, known) / _measure(one), default=None)
        if not known.source and not known.cue:
            gone, made = near, []
        elif best is not None and _share(best, known) >= _SAME * _measure_both(best, known):
            who, how = _choose(best.source, known.source), _choose(best.cue, known.cue)
            gone, made = [best], [replace(best, source=who, cue=how)]
        elif best is not None and _share(best, known) >= _INSIDE * _measure(known):
            continue  # one of several statements that were found as one
        else:
            gone, made = near, [known]
        left = [*(one for one in left if one not in gone), *made]
        vouched += [span for one in (*gone, *made) for span in (*one.source, *one.cue, *one.content)]
    return tuple(sorted(left, key=lambda one: one.content[0])), tuple(vouched)


def _choose(found: tuple[Span, ...], known: tuple[Span, ...]) -> tuple[Span, ...]:
    """Keep the borders that were found where both are the same words; else the key's."""
    return found if any(a.overlaps(b) for a in found for b in known) else known


def _share(left: GoldAttribution, right: GoldAttribution) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left.content for b in right.content)


def _measure_both(left: GoldAttribution, right: GoldAttribution) -> int:
    return _measure(left) + _measure(right) - _share(left, right)


def _measure(one: GoldAttribution) -> int:
    return sum(len(span) for span in one.content)

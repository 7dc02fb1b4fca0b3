"""What one thing said is to another, as a cross-encoder reads the two side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

RELATIONS = ("neither", "same", "contradicts", "updates")
"""The second of two things said is none of these to the first, says the same, says that it is not so, or revises it."""
GAPS = 4
"""How many kinds of days between two articles are told apart: see `sort_gap`."""


def sort_gap(days: int | None) -> int:
    """Sort the days between two articles: the same day, the next, later; the last of all where nobody knows."""
    return GAPS - 1 if days is None else min(days, GAPS - 2)


def phrase_said(content: str, *, source: str | None, cue: str | None) -> str:
    """Return a thing said as a cross-encoder reads it: who says so and how, a colon, and what.

    Where the outlet speaks, what it says stands alone. Training and linking both phrase by this.
    """
    told = " ".join(" ".join(part.split()).strip(" ,") for part in (source, cue) if part)
    return f"{told} : {' '.join(content.split())}" if told else " ".join(content.split())


class CrossEncoder(Protocol):
    """Anything that reads two things said side by side; tests put a stand-in here."""

    def compare(self, pairs: Sequence[tuple[str, str]], gaps: Sequence[int]) -> NDArray[np.float32]:
        """Return (n, 4) probabilities over `RELATIONS` of n pairs as `phrase_said` gives them.

        `gaps` is how many days lie between their articles, as `sort_gap` sorts them. The order within a pair changes
        nothing, and neither does what else is asked.
        """
        ...

"""What one thing said is to another, as a cross-encoder reads the two side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

RELATIONS = ("neither", "same", "contradicts", "updates")
"""The second of two things said is none of these to the first, says the same, says that it is not so, or revises it."""


def phrase_said(content: str, *, source: str | None, cue: str | None) -> str:
    """Return a thing said as a cross-encoder reads it: who says so and how, a colon, and what.

    Where the outlet speaks, what it says stands alone. Training and linking both phrase by this.
    """
    told = " ".join(" ".join(part.split()).strip(" ,") for part in (source, cue) if part)
    return f"{told} : {' '.join(content.split())}" if told else " ".join(content.split())


class CrossEncoder(Protocol):
    """Anything that reads two things said side by side; tests put a stand-in here."""

    def compare(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Return (n, 4) probabilities over `RELATIONS` of n pairs as `phrase_said` gives them.

        The order within a pair changes nothing, and neither does what else is asked.
        """
        ...

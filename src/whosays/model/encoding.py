"""What an encoder answers about a text: arrays over its pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
"""The attribution tags, in the order of `Encoding.tags`' last axis (PARC roles, BIO)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Encoding:
    """The encoder's answers for one text of `n` word pieces.

    `starts`, `ends`: (n,) int32, code points of each piece in the text, half-open.
    `tags`: (n, 7) float32, log-probabilities over `TAGS`.
    `links`: (n, 4, d) float32; a span's vector is the mean over its pieces. Rows of axis 1 are content-asks-cue,
    cue-answers, content-asks-source, source-answers; the dot product of an asking and an answering vector is the
    log-odds that the two belong to one attribution, against belonging to none.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    tags: NDArray[np.float32]
    links: NDArray[np.float32]


class Encoder(Protocol):
    """Anything that encodes texts; tests put a stand-in here."""

    @property
    def version(self) -> str:
        """Name the model and its weights, so that records can tell which one made them."""
        ...

    def encode(self, texts: tuple[str, ...]) -> tuple[Encoding, ...]:
        """Encode each text, whatever its length, in order."""
        ...

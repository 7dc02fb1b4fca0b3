"""What an encoder answers about a text: arrays over its pieces."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
"""The attribution tags, in the order of `Encoding.tags`' last axis (PARC roles, BIO)."""


PLOVER_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
EVENTS = ("none", "other", *PLOVER_TYPES)
"""What a piece may trigger: nothing, an event that PLOVER has no type for, or one of its types."""


def _make_bio(*labels: str) -> tuple[str, ...]:
    return ("O", *(f"{prefix}-{label}" for label in labels for prefix in "BI"))


ENTITIES = _make_bio("person", "organisation", "location", "facility", "group", "product", "date", "money", "quantity")
"""Names and amounts; a group is a nationality, a religion or a party, a product a weapon or a vehicle too."""
ROLES = _make_bio("actor", "recipient")
TIMES = _make_bio("date", "time", "duration", "set")
"""TIMEX3's types."""
PLACES = _make_bio("literal", "associative")
"""A place, or a place's name that stands for something else: a government, a team, a language."""
HEADS = {"entities": ENTITIES, "events": EVENTS, "roles": ROLES, "times": TIMES, "places": PLACES}
"""The tagging heads beside attribution, and their tags in the order of the answers' last axis."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Encoding:
    """The encoder's answers for one text of `n` word pieces.

    `starts`, `ends`: (n,) int32, code points of each piece in the text, half-open.
    `tags`: (n, 7) float32, log-probabilities over `TAGS`.
    `links`: (n, 4, d) float32; a span's vector is the mean over its pieces. Rows of axis 1 are content-asks-cue,
    cue-answers, content-asks-source, source-answers; the dot product of an asking and an answering vector is the
    log-odds that the two belong to one attribution, against belonging to none.
    `heads`: for each of `HEADS`, (n, tags) float32 log-probabilities.
    `factuality`: (n,) float32, how sure the author is that the event named there happened, -3 (certainly not) to 3.
    `vectors`: (n, width) float16; their mean over a sentence's pieces is its vector, for likeness by cosine.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    tags: NDArray[np.float32]
    links: NDArray[np.float32]
    heads: dict[str, NDArray[np.float32]]
    factuality: NDArray[np.float32]
    vectors: NDArray[np.float16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How a score of a model becomes the chance that it is right: slope and offset on its log-odds (Platt)."""

    slope: float = 1.0
    offset: float = 0.0

    def apply(self, score: float) -> float:
        """Map a score to a probability, both 0 to 1."""
        odds = math.log(max(score, 1e-6) / max(1 - score, 1e-6))
        return 1 / (1 + math.exp(-(self.slope * odds + self.offset)))


class Encoder(Protocol):
    """Anything that encodes texts; tests put a stand-in here."""

    @property
    def version(self) -> str:
        """Name the model and its weights, so that records can tell which one made them."""
        ...

    @property
    def calibration(self) -> Calibration:
        """What the scores of its attributions are worth."""
        ...

    def encode(self, texts: tuple[str, ...]) -> tuple[Encoding, ...]:
        """Encode each text, whatever its length, in order."""
        ...

"""Take statements apart into the things that they say to be so, each with its vector."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from whosays.model import Proposition
from whosays.text import split_clauses

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whosays.model import Encoding, Span, Statement


def find_propositions(statements: tuple[Statement, ...], text: str, encoding: Encoding) -> tuple[Proposition, ...]:
    """Return the clauses of all contents, with the mean of the encoder's vectors over each, made of length 1."""
    return tuple(
        Proposition(statement=statement.id, span=clause, vector=_average(clause, encoding))
        for statement in statements
        for content in statement.spans
        for clause in split_clauses(content, text)
    )


def _average(span: Span, encoding: Encoding) -> NDArray[np.float32] | None:
    first = bisect_left(encoding.starts, span.start)
    last = bisect_left(encoding.starts, span.end)
    if last <= first or not encoding.vectors.shape[1]:
        return None
    mean = encoding.vectors[first:last].astype(np.float32).mean(axis=0)
    length = float(np.linalg.norm(mean))
    found: NDArray[np.float32] = mean / length if length else mean
    return found

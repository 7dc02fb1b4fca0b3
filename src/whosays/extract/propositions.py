"""Take statements apart into the things that they say to be so, each with its vector."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from whosays.extract.heads.tagging import average_runs
from whosays.model import Proposition
from whosays.text import split_clauses

if TYPE_CHECKING:
    from whosays.model import Encoding, Span, Statement


_EMPTY = frozenset("a an the of in at on by for from to and or s".split())


def find_propositions(statements: tuple[Statement, ...], text: str, encoding: Encoding) -> tuple[Proposition, ...]:
    """Return the clauses of all contents, with the mean of the encoder's vectors over each, made of length 1.

    Where a content is broken or listed, what is left with nothing but a name in it ("The MV Aurora") says nothing.
    """
    clauses = [(statement.id, clause) for statement in statements for clause in _list_clauses(statement, text)]
    firsts = encoding.starts.searchsorted([clause.start for _, clause in clauses]).astype(np.int64)
    lasts = encoding.starts.searchsorted([clause.end for _, clause in clauses]).astype(np.int64)
    known = lasts > firsts
    vectors = average_runs(encoding.vectors, firsts[known], lasts[known])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    rows = np.cumsum(known) - 1
    return tuple(
        Proposition(statement=statement, span=clause, vector=vectors[rows[i]] if known[i] else None)
        for i, (statement, clause) in enumerate(clauses)
    )


def _list_clauses(statement: Statement, text: str) -> list[Span]:
    clauses = [clause for content in statement.spans for clause in split_clauses(content, text)]
    telling = [
        clause
        for clause in clauses
        if any(word.islower() or word[0].isdigit() for word in clause.slice(text).split() if word.lower() not in _EMPTY)
    ]
    return telling or clauses

"""What the readers of corpora give: a text and labelled spans, for one or more heads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from whosays.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NO_BLANK_BEFORE = frozenset(
    [".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "'s", "’s", "n't", "n’t", "'", "’", "”", "''"]
)
_NO_BLANK_AFTER = frozenset(["(", "[", "{", "$", "£", "€", "“", "``", "‘"])


class Mark(NamedTuple):
    """A labelled span; for a head that is a number (factuality), `label` holds it."""

    span: Span
    label: str | float


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledText:
    """A text with marks by head (`entities`, `events`, `roles`, `factuality`, `times`, `places`).

    A head that is not a key was not annotated here; one with an empty list was, and has nothing. `known` are the parts
    in which what is not marked is truly nothing; `None` stands for the whole text. `story` is a type of the whole text.
    """

    name: str
    text: str
    marks: dict[str, list[Mark]] = field(default_factory=dict)
    known: tuple[Span, ...] | None = None
    story: str | None = None


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Write tokens as running text; returns it and each token's place in it."""
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    glued = True
    for token in tokens:
        written = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")"}.get(token, token)
        if not glued and token not in _NO_BLANK_BEFORE:
            parts.append(" ")
            at += 1
        parts.append(written)
        spans.append(Span(start=at, end=at + len(written)))
        at += len(written)
        glued = token in _NO_BLANK_AFTER
    return "".join(parts), spans


def join_bio(tags: Iterable[str]) -> list[tuple[int, int, str]]:
    """Read BIO tags as (first token, last token + 1, label)."""
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        prefix, _, label = tag.partition("-")
        if prefix == "I" and found and found[-1][1] == i and found[-1][2] == label:
            found[-1] = (found[-1][0], i + 1, label)
        elif label:
            found.append((i, i + 1, label))
    return found

"""Turn gold articles into windows of pieces with tags and links: what one training step eats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from train.corpora.polnear import ROLES
from whosays.encoder.pieces import Pieces, Window, cut_pieces, cut_windows
from whosays.model import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from train.corpora.polnear import GoldArticle, GoldAttribution
    from whosays.model import Span

CLS, SEP = 101, 102
WINDOW, CONTEXT = 254, 32


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldLink:
    """One content part and what belongs to it: piece ranges (start, end) in the window, `None` for nothing."""

    content: tuple[int, int]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Example:
    """One window: ids, shapes and tags (length,), and the links between its spans."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    tags: NDArray[np.int64]
    links: tuple[GoldLink, ...]
    cues: tuple[tuple[int, int], ...]
    sources: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Batch:
    """Padded windows: (batch, length) tensors, tag -100 where there is nothing to learn."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    tags: Tensor
    examples: tuple[Example, ...]


def make_examples(articles: Iterable[GoldArticle], *, tokenizer: Tokenizer) -> Iterator[Example]:
    """Cut each article as the run time does and lay its gold over the pieces."""
    for article in articles:
        pieces = cut_pieces(article.text, tokenizer=tokenizer)
        tags = _tag_pieces(pieces, article)
        for window in cut_windows(pieces, size=WINDOW, context=CONTEXT):
            yield _make_example(pieces, tags, window, article)


def collate(examples: list[Example]) -> Batch:
    """Pad to the longest."""
    length = max(len(e.ids) for e in examples)
    shape = (len(examples), length)
    ids, shapes, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    tags = torch.full(shape, -100)
    for row, example in enumerate(examples):
        n = len(example.ids)
        ids[row, :n] = torch.from_numpy(example.ids)
        shapes[row, :n] = torch.from_numpy(example.shapes)
        tags[row, :n] = torch.from_numpy(example.tags)
        mask[row, :n] = 1
    return Batch(ids=ids, shapes=shapes, mask=mask, tags=tags, examples=tuple(examples))


def _tag_pieces(pieces: Pieces, article: GoldArticle) -> NDArray[np.int64]:
    tags = np.zeros(len(pieces), dtype=np.int64)
    for attribution in article.attributions:
        for role in ROLES:
            for span in getattr(attribution, role):
                start, end = _find_pieces(pieces, span)
                tags[start:end] = TAGS.index(f"I-{role}")
                tags[start : start + 1] = TAGS.index(f"B-{role}")
    return tags


def _find_pieces(pieces: Pieces, span: Span) -> tuple[int, int]:
    start = int(np.searchsorted(pieces.ends, span.start, side="right"))
    end = int(np.searchsorted(pieces.starts, span.end, side="left"))
    return start, max(start, end)


def _make_example(pieces: Pieces, tags: NDArray[np.int64], window: Window, article: GoldArticle) -> Example:
    inside = slice(window.context, window.end)
    links: list[GoldLink] = []
    cues: set[tuple[int, int]] = set()
    sources: set[tuple[int, int]] = set()
    for attribution in article.attributions:
        found = _link_parts(pieces, window, attribution)
        if found:
            links += found
        cues |= _place_parts(pieces, window, attribution.cue)
        sources |= _place_parts(pieces, window, attribution.source)
    return Example(
        ids=_frame(pieces.ids[inside], CLS, SEP),
        shapes=_frame(pieces.shapes[inside], 0, 0),
        tags=_frame(tags[inside], -100, -100),
        links=tuple(links),
        cues=tuple(sorted(cues)),
        sources=tuple(sorted(sources)),
    )


def _frame(values: NDArray[np.int32] | NDArray[np.int64], first: int, last: int) -> NDArray[np.int64]:
    return np.concatenate([[first], values, [last]]).astype(np.int64)


def _place_parts(pieces: Pieces, window: Window, spans: tuple[Span, ...]) -> set[tuple[int, int]]:
    """Return the piece ranges of the spans that lie in the window, counted from its first special piece."""
    placed = set()
    for span in spans:
        start, end = _find_pieces(pieces, span)
        start, end = max(start, window.context), min(end, window.end)
        if start < end:
            placed.add((start - window.context + 1, end - window.context + 1))
    return placed


def _link_parts(pieces: Pieces, window: Window, attribution: GoldAttribution) -> list[GoldLink]:
    """Link each content part to its cue and source; a part whose partner lies outside the window teaches nothing."""
    contents = _place_parts(pieces, window, attribution.content)
    cues = sorted(_place_parts(pieces, window, attribution.cue))
    sources = sorted(_place_parts(pieces, window, attribution.source))
    if (attribution.cue and not cues) or (attribution.source and not sources):
        return []
    return [
        GoldLink(content=content, cue=cues[0] if cues else None, source=sources[0] if sources else None)
        for content in sorted(contents)
    ]

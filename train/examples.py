"""Turn gold articles into windows of pieces with tags and links: what one training step eats."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from train.corpora.polnear import ROLES
from whosays.encoder.pieces import CLS, SEP, Pieces, Window, cut_pieces, cut_windows
from whosays.model import HEADS, TAGS
from whosays.model.encoding import EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from train.corpora.labelled import LabelledText
    from train.corpora.polnear import GoldArticle, GoldAttribution
    from whosays.model import Span

WINDOW, CONTEXT = 254, 32


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldLink:
    """One content part and what belongs to it: piece ranges (start, end) in the window, `None` for nothing."""

    content: tuple[int, int]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Example:
    """One window: ids and shapes (length,), and what is known of it.

    `labels` holds tags by head (length,), -100 where nothing is known; `tags` is the attribution head. `factuality` is
    a number for each piece, NaN where nothing is known; `story` the PLOVER type of the whole; `vector` the sentence
    vector that the starting encoder gives. `told` holds what a teacher says of each piece by head, (length, tags)
    log-probabilities. Links are attribution's.
    """

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    labels: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    factuality: NDArray[np.float32] | None = None
    story: int | None = None
    vector: NDArray[np.float32] | None = None
    told: dict[str, NDArray[np.float16]] = field(default_factory=dict)
    links: tuple[GoldLink, ...] = ()
    cues: tuple[tuple[int, int], ...] = ()
    sources: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clauses:
    """Clauses where they stand: a window, (start, end) of each in it, and the vectors, (n, width), of each alone."""

    window: Example
    places: tuple[tuple[int, int], ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Batch:
    """Padded windows of one corpus: (batch, length) tensors; what their examples know, padded alike."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    labels: dict[str, Tensor]
    factuality: Tensor | None
    story: Tensor | None
    vectors: Tensor | None
    told: dict[str, Tensor]
    examples: tuple[Example, ...]


def make_attribution_examples(articles: Iterable[GoldArticle], *, tokenizer: Tokenizer) -> Iterator[Example]:
    """Cut each article as the run time does and lay its gold attributions over the pieces."""
    for article in articles:
        yield from (example for _, example in make_windows(article, tokenizer=tokenizer))


def make_windows(article: GoldArticle, *, tokenizer: Tokenizer) -> Iterator[tuple[Window, Example]]:
    """Cut one article, and lay its attributions over the pieces of each window."""
    pieces = cut_pieces(article.text, tokenizer=tokenizer)
    tags = _tag_pieces(pieces, article)
    for window in cut_windows(pieces, size=WINDOW, context=CONTEXT):
        yield window, _make_example(pieces, tags, window, article)


def frame_window(pieces: Pieces, window: Window) -> Example:
    """Return a window of which nothing is known."""
    inside = slice(window.context, window.end)
    return Example(ids=_frame(pieces.ids[inside], CLS, SEP), shapes=_frame(pieces.shapes[inside], 0, 0))


def make_examples(texts: Iterable[LabelledText], *, tokenizer: Tokenizer) -> Iterator[Example]:
    """Cut each text as the run time does and lay its marks over the pieces, head by head."""
    for text in texts:
        pieces = cut_pieces(text.text, tokenizer=tokenizer)
        labels = {head: _lay_marks(pieces, text, head) for head in text.marks if head in HEADS}
        values = _lay_values(pieces, text)
        for window in cut_windows(pieces, size=WINDOW, context=CONTEXT):
            inside = slice(window.context, window.end)
            yield replace(
                frame_window(pieces, window),
                labels={head: _frame(tags[inside], -100, -100) for head, tags in labels.items()},
                factuality=None
                if values is None
                else np.concatenate([[np.nan], values[inside], [np.nan]]).astype("f4"),
                story=EVENTS.index(text.story) if text.story in EVENTS else None,
            )


def make_vector_example(sentence: str, vector: NDArray[np.float32], *, tokenizer: Tokenizer) -> Example:
    """Pair a sentence with the vector that it is to keep."""
    pieces = cut_pieces(sentence, tokenizer=tokenizer)
    return Example(
        ids=_frame(pieces.ids[:WINDOW], CLS, SEP), shapes=_frame(pieces.shapes[:WINDOW], 0, 0), vector=vector
    )


def collate(examples: list[Example]) -> Batch:
    """Pad to the longest."""
    first = examples[0]
    ids = _pad([e.ids for e in examples], 0)
    return Batch(
        ids=ids,
        shapes=_pad([e.shapes for e in examples], 0),
        mask=_pad([np.ones_like(e.ids) for e in examples], 0),
        labels={head: _pad([e.labels[head] for e in examples if head in e.labels], -100) for head in _share(examples)},
        factuality=None if first.factuality is None else _pad([_known(e.factuality) for e in examples], float("nan")),
        story=None
        if first.story is None
        else torch.tensor([e.story if e.story is not None else -100 for e in examples]),
        vectors=None if first.vector is None else torch.from_numpy(np.stack([_known(e.vector) for e in examples])),
        told={head: _pad([e.told[head] for e in examples], 0).float() for head in first.told},
        examples=tuple(examples),
    )


def _share(examples: list[Example]) -> list[str]:
    """The heads that every example of a batch knows about; a batch is of one corpus, whose texts know the same."""
    return [head for head in examples[0].labels if all(head in e.labels for e in examples)]


def _known(values: NDArray[np.float32] | None) -> NDArray[np.float32]:
    if values is None:
        raise ValueError("the examples of one batch must know the same")
    return values


def _pad(
    rows: list[NDArray[np.int64]] | list[NDArray[np.float32]] | list[NDArray[np.float16]], filling: float
) -> Tensor:
    length = max(len(row) for row in rows)
    padded = np.full((len(rows), length, *rows[0].shape[1:]), filling, dtype=rows[0].dtype)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    return torch.from_numpy(padded)


def _lay_marks(pieces: Pieces, text: LabelledText, head: str) -> NDArray[np.int64]:
    names = HEADS[head]
    tags = np.zeros(len(pieces), dtype=np.int64)
    for mark in text.marks[head]:
        start, end = find_pieces(pieces, mark.span)
        if head == "events":
            tags[start:end] = names.index(str(mark.label))
        else:
            tags[start:end] = names.index(f"I-{mark.label}")
            tags[start : start + 1] = names.index(f"B-{mark.label}")
    return tags


def _lay_values(pieces: Pieces, text: LabelledText) -> NDArray[np.float32] | None:
    if "factuality" not in text.marks:
        return None
    values = np.full(len(pieces), np.nan, dtype=np.float32)
    for mark in text.marks["factuality"]:
        start, end = find_pieces(pieces, mark.span)
        values[start:end] = float(mark.label)
    return values


def _tag_pieces(pieces: Pieces, article: GoldArticle) -> NDArray[np.int64]:
    tags = np.zeros(len(pieces), dtype=np.int64)
    for attribution in article.attributions:
        for role in ROLES:
            for span in getattr(attribution, role):
                start, end = find_pieces(pieces, span)
                tags[start:end] = TAGS.index(f"I-{role}")
                tags[start : start + 1] = TAGS.index(f"B-{role}")
    return tags


def find_pieces(pieces: Pieces, span: Span) -> tuple[int, int]:
    """Return the range of pieces that a span touches."""
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
    return replace(
        frame_window(pieces, window),
        labels={"tags": _frame(tags[inside], -100, -100)},
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
        start, end = find_pieces(pieces, span)
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

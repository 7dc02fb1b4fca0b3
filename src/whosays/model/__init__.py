"""Records that every room shares: frozen, typed, without behaviour beyond their own invariants.

Takes nothing, gives the words of DESIGN.md as types, never does input or output.
"""

from whosays.model.article import Article, OffsetMap, RelatedItem
from whosays.model.encoding import HEADS, TAGS, Encoder, Encoding
from whosays.model.page import Page, Refusal
from whosays.model.span import Span, cover_spans, find_overlaps, merge_spans
from whosays.model.statement import (
    Actor,
    Certainty,
    Commitment,
    Event,
    Evidence,
    EvidenceKind,
    Figure,
    Place,
    Quotation,
    Sheet,
    Source,
    SourceKind,
    Stance,
    Statement,
    Time,
)

__all__ = [
    "HEADS",
    "TAGS",
    "Actor",
    "Article",
    "Certainty",
    "Commitment",
    "Encoder",
    "Encoding",
    "Event",
    "Evidence",
    "EvidenceKind",
    "Figure",
    "OffsetMap",
    "Page",
    "Place",
    "Quotation",
    "Refusal",
    "RelatedItem",
    "Sheet",
    "Source",
    "SourceKind",
    "Span",
    "Stance",
    "Statement",
    "Time",
    "cover_spans",
    "find_overlaps",
    "merge_spans",
]

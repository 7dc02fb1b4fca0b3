"""Records that every room shares: frozen, typed, without behaviour beyond their own invariants.

Takes nothing, gives the words of DESIGN.md as types, never does input or output.
"""

from whosays.model.article import Article, OffsetMap, RelatedItem
from whosays.model.encoding import TAGS, Encoder, Encoding
from whosays.model.page import Page, Refusal
from whosays.model.span import Span, cover_spans, find_overlaps, merge_spans
from whosays.model.statement import (
    Certainty,
    Commitment,
    Evidence,
    EvidenceKind,
    Figure,
    Quotation,
    Sheet,
    Source,
    SourceKind,
    Stance,
    Statement,
)

__all__ = [
    "TAGS",
    "Article",
    "Certainty",
    "Commitment",
    "Encoder",
    "Encoding",
    "Evidence",
    "EvidenceKind",
    "Figure",
    "OffsetMap",
    "Page",
    "Quotation",
    "Refusal",
    "RelatedItem",
    "Sheet",
    "Source",
    "SourceKind",
    "Span",
    "Stance",
    "Statement",
    "cover_spans",
    "find_overlaps",
    "merge_spans",
]

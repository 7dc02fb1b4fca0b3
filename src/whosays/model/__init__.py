"""Records that every room shares: frozen, typed, without behaviour beyond their own invariants.

Takes nothing, gives the words of DESIGN.md as types, never does input or output.
"""

from whosays.model.article import Article, OffsetMap, RelatedItem
from whosays.model.encoding import HEADS, TAGS, Calibration, Encoder, Encoding
from whosays.model.page import Page, Refusal
from whosays.model.place import Gazetteer, GazetteerEntry, Precision
from whosays.model.span import Span, cover_spans, find_overlaps, merge_spans
from whosays.model.statement import (
    Actor,
    Certainty,
    Commitment,
    Event,
    Evidence,
    EvidenceKind,
    Figure,
    Name,
    Place,
    Quotation,
    Reading,
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
    "Calibration",
    "Certainty",
    "Commitment",
    "Encoder",
    "Encoding",
    "Event",
    "Evidence",
    "EvidenceKind",
    "Figure",
    "Gazetteer",
    "GazetteerEntry",
    "Name",
    "OffsetMap",
    "Page",
    "Place",
    "Precision",
    "Quotation",
    "Reading",
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

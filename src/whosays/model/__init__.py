"""Records that every room shares: frozen, typed, without behaviour beyond their own invariants.

Takes nothing, gives the words of DESIGN.md as types, never does input or output.
"""

from whosays.model.article import Article, OffsetMap, RelatedItem
from whosays.model.encoding import TAGS, Encoder, Encoding
from whosays.model.page import Page, Refusal
from whosays.model.span import Span, cover_spans

__all__ = [
    "TAGS",
    "Article",
    "Encoder",
    "Encoding",
    "OffsetMap",
    "Page",
    "Refusal",
    "RelatedItem",
    "Span",
    "cover_spans",
]

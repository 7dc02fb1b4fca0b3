"""The law of offsets, written down once more and independently of the code it judges."""

from __future__ import annotations

import html

from whosays.model import Article, Span

UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def reread(span: Span, article: Article, body: bytes) -> str:
    """Decode and unescape the bytes behind a span."""
    parts = [body[r.start : r.end].decode(article.charset, "replace") for r in article.origin.find_bytes(span)]
    return "".join(html.unescape(part) if article.media_type == "text/html" else part for part in parts)


def fold(text: str) -> str:
    """Take away white space, and what a page holds but does not show."""
    return "".join(text.translate(UNSEEN).split())

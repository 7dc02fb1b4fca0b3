"""Read the words behind a span from a page's bytes again."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whosays.model import Span

_UNSEEN: dict[int, str | None] = {**dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff")), 0: "\ufffd"}
"""Characters that a page may hold and nobody sees; U+0000 is kept as U+FFFD, since PostgreSQL cannot hold it."""


def reread(page_spans: Iterable[Span], body: bytes, *, charset: str, media_type: str) -> str:
    """Decode the bytes of each range, resolve character references where the page is HTML, and join the parts."""
    parts = (body[span.start : span.end].decode(charset, "replace") for span in page_spans)
    return "".join(html.unescape(part) if media_type == "text/html" else part for part in parts)


def fold_white_space(text: str) -> str:
    """Take off what two readings of the same words may differ in: white space, and what is not seen."""
    return "".join(text.translate(_UNSEEN).split())

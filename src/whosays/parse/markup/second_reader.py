"""Ask trafilatura which blocks are the article, where our own reader found little."""

from __future__ import annotations

import logging


def select_by_trafilatura(page: str, lines: list[str]) -> list[int]:
    """Return the indexes of the lines that trafilatura takes for the article's text, in order.

    Only its choice is used: the words and their places stay ours. A page that it cannot read, or an answer that
    shares no line with ours, gives an empty list.
    """
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = trafilatura.extract(page, favor_precision=True, include_comments=False, include_tables=False)
    if not text:
        return []
    chosen = {" ".join(line.split()).strip("-• ") for line in text.splitlines()}
    return [i for i, line in enumerate(lines) if line and line in chosen]

"""Count in how many articles each word stands: what is rare in the news tells what an article is about."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from typing import TYPE_CHECKING

from whosays.text import split_words

if TYPE_CHECKING:
    from pathlib import Path

_LEAST = 8
"""Articles that a word must stand in to get a row."""


def write_frequencies(texts: Path, to: Path) -> int:
    """Count the words of gzipped JSON lines with `title` and `text`; returns how many words got a row."""
    spread: Counter[str] = Counter()
    articles = 0
    with gzip.open(texts, "rt", encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            spread.update(set(split_words(f"{article.get('title') or ''} {article['text']}")))
            articles += 1
    rows = sorted((-count, word) for word, count in spread.items() if count >= _LEAST and word.isprintable())
    head = (
        f"# In how many of {articles:,} news articles, most from the United States, a word stands; {_LEAST} at least.\n"
        f"# Counted with `python -m train words` over unlabelled/{texts.name}. word, articles\n"
    )
    to.write_text(head + "".join(f"{word}\t{-count}\n" for count, word in rows), "utf-8")
    return len(rows)

"""Tell which language a text is in."""

from __future__ import annotations

import re

_ENGLISH = frozenset(
    [
        "the",
        "of",
        "to",
        "and",
        "a",
        "in",
        "is",
        "it",
        "that",
        "for",
        "was",
        "on",
        "are",
        "as",
        "with",
        "his",
        "they",
        "at",
        "be",
        "this",
        "from",
        "have",
        "or",
        "by",
        "had",
        "not",
        "but",
        "what",
        "were",
        "we",
        "when",
        "your",
        "can",
        "said",
        "there",
        "an",
        "which",
        "she",
        "do",
        "how",
        "their",
        "if",
        "will",
        "up",
        "about",
        "out",
        "many",
        "then",
        "them",
        "these",
        "so",
        "some",
        "her",
        "would",
        "has",
        "him",
        "into",
        "more",
        "no",
        "could",
        "been",
        "its",
        "who",
        "now",
        "after",
        "than",
    ]
)
_PLAIN_SHARE = 0.3
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 5000


def name_language(text: str) -> str | None:
    """Return an ISO 639-1 code, or `None` when there are too few words to tell.

    Running English gives itself away by its small words; anything else is asked of py3langid, whose model takes a
    second to load.
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    if len(words) < 5:
        return None
    if sum(word in _ENGLISH for word in words) >= _PLAIN_SHARE * len(words):
        return "en"
    from py3langid import classify

    return str(classify(text[:_SAMPLE])[0])

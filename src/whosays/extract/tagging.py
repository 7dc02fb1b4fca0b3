"""From the encoder's arrays to spans: who is a source, what a cue, what is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from whosays.extract.bio import decode_bio
from whosays.model import TAGS, Span
from whosays.text import widen_to_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whosays.model import Encoding

ROLES = ("source", "cue", "content")
_ARTICLES = frozenset(("the", "a", "an", "of", "and", "to", "in", "that", "no", "s", "t"))
_FRAGMENTS = {
    "source": _ARTICLES | {"neither", "as", "for"},
    "cue": frozenset[str](),
    "content": _ARTICLES
    | {"it", "this", "him", "her", "them", "he", "she", "they", "about", "here", "what", "so", "was", "is"},
}
"""Words that alone are no source, no content: the network left the rest out."""
_WORD = re.compile(r"[^\W_]+")
_LEADING = " ,;:.)]"
_PAIRS = {"“": "”", '"': '"', "‘": "’"}
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .’'-]+(?:,\s[A-Z][\w.]*(?:\s[A-Z][\w.]*)*)?(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?"
    r"\s?(?:\([^()]{2,40}\))?\s?[-–—]+\s+"
)
_NEWLINE = re.compile("\n")
_BEGINS = np.array([tag.startswith("B-") for tag in TAGS])
_AFTER = re.compile(r"[,.!?;:]?[”\"’](?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSpan:
    """A span in a role: pieces `first` to `last` (half-open), code points, and the mean probability of its tags."""

    role: str
    first: int
    last: int
    span: Span
    score: float


def find_roles(encoding: Encoding, text: str) -> tuple[RoleSpan, ...]:
    """Return the spans of the most probable well-formed tag sequence, in order, widened to whole words."""
    if not len(encoding.starts):
        return ()
    tags = decode_bio(encoding.tags, TAGS)
    begins = _BEGINS[tags] | (tags != 0) & _find_breaks(encoding, text)
    firsts = np.flatnonzero(begins)
    ends = np.append(np.flatnonzero(begins | (tags == 0)), len(tags))
    lasts = ends[ends.searchsorted(firsts, side="right")]
    found = (
        _make_span(encoding, tags, text, first, last)
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
    )
    return tuple(role for role in found if _is_whole(role, text))


def _find_breaks(encoding: Encoding, text: str) -> NDArray[np.bool_]:
    """Tell, (n,), before which pieces a paragraph ends; that ends every span, and what goes on after it is another."""
    newlines = np.array([match.start() for match in _NEWLINE.finditer(text)], dtype=np.int64)
    before = np.append(0, newlines.searchsorted(encoding.ends[:-1]))
    return np.asarray(before < newlines.searchsorted(encoding.starts))


def _is_whole(role: RoleSpan, text: str) -> bool:
    """Leave out what is no more than an article, a particle or a mark."""
    start, end = role.span.start, role.span.end
    opening = start == 0 or text[start - 1] == "\n"
    if role.role == "content" and opening and text[start:end].isupper() and text[end : end + 3].strip()[:1] in "-–—,(":
        return False
    words = [word for word in _WORD.findall(role.span.slice(text).lower()) if word not in _FRAGMENTS[role.role]]
    return bool(words)


def _make_span(encoding: Encoding, tags: NDArray[np.int64], text: str, first: int, last: int) -> RoleSpan:
    role = TAGS[int(tags[first])][2:]
    whole = widen_to_words(text, Span(start=int(encoding.starts[first]), end=int(encoding.ends[last - 1])))
    start, end = whole.start, whole.end
    while start < end and text[start] in _LEADING:
        start += 1
    if role == "content":
        start = _skip_dateline(text, start, end)
        start, end = _take_quotes(text, start, end)
    chosen = encoding.tags[np.arange(first, last), tags[first:last]]
    return RoleSpan(
        role=role,
        first=first,
        last=last,
        span=Span(start=start, end=end),
        score=float(np.exp(chosen).mean()),
    )


def _skip_dateline(text: str, start: int, end: int) -> int:
    """A content that opens a paragraph begins after "KIGOMA, Tanzania, March 4 (Agency) -"."""
    if start and text[start - 1] != "\n":
        return start
    dateline = _DATELINE.match(text, start, end)
    return dateline.end() if dateline else start


def _take_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in a quotation mark that stands just outside when its partner stands inside."""
    inside = text[start:end]
    if start and text[start - 1] in _PAIRS and _PAIRS[text[start - 1]] in inside and inside[:1] not in _PAIRS:
        start -= 1
    opened = next((mark for mark in _PAIRS if text[start:end].startswith(mark)), None)
    if opened is not None and _PAIRS[opened] not in text[start + 1 : end]:
        after = _AFTER.match(text, end)
        if after is not None and after.group().endswith(_PAIRS[opened]):
            end = after.end()
    return start, end

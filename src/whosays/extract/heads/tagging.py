"""From the encoder's arrays to spans: who is a source, what a cue, what is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from whosays.extract.heads.bio import decode_bio
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
_PRICES = (("source", 0.1), ("cue", 0.2), ("content", 1.0))
"""Searched on PolNeAR dev (LOG.md, 2026-11-26)."""
_LEADING = " ,;:.)]"
_PAIRS = {"“": "”", '"': '"', "‘": "’"}
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .’'-]+(?:,\s[A-Z][\w.]*(?:\s[A-Z][\w.]*)*)?(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?"
    r"\s?(?:\([^()]{2,40}\))?\s?[-–—]+\s+"
)
_CUT = re.compile(r"\s(?:of|in|at|by|for|from|on)$")
_NAME_AFTER = re.compile(r"\s(?:the\s)?[A-ZÀ-Þ][\w’'-]*(?:\s(?:of\s)?[A-ZÀ-Þ][\w’'-]*)*")
"""What a source that breaks off before a name goes on with: "police in" Koper."""
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
    tags = decode_bio(encoding.tags, TAGS, _PRICES)
    begins = _BEGINS[tags] | (tags != 0) & _find_breaks(encoding, text)
    firsts = np.flatnonzero(begins)
    ends = np.append(np.flatnonzero(begins | (tags == 0)), len(tags))
    lasts = ends[ends.searchsorted(firsts, side="right")]
    chosen = np.exp(encoding.tags[np.arange(len(tags)), tags])
    sums = np.append(0.0, chosen.cumsum(dtype=np.float64)).tolist()
    found = (
        _make_span(
            TAGS[tag][2:],
            (first, last),
            Span(start=start, end=end),
            text=text,
            score=(sums[last] - sums[first]) / (last - first),
        )
        for first, last, tag, start, end in zip(
            firsts.tolist(),
            lasts.tolist(),
            tags[firsts].tolist(),
            encoding.starts[firsts].tolist(),
            encoding.ends[lasts - 1].tolist(),
            strict=True,
        )
    )
    return tuple(role for role in found if _is_whole(role, text))


def average_runs(vectors: NDArray[Any], firsts: NDArray[np.int64], lasts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the mean of each run of rows, (len(firsts), d); no run is empty."""
    sums = np.zeros((len(firsts), vectors.shape[1]), dtype=np.float32)
    for row, first, last in zip(sums, firsts.tolist(), lasts.tolist(), strict=True):
        vectors[first:last].sum(axis=0, dtype=np.float32, out=row)
    return np.asarray(sums / (lasts - firsts)[:, None], dtype=np.float32)


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


def _make_span(role: str, pieces: tuple[int, int], span: Span, *, text: str, score: float) -> RoleSpan:
    whole = widen_to_words(text, span)
    start, end = whole.start, whole.end
    while start < end and text[start] in _LEADING:
        start += 1
    if role == "source" and _CUT.search(text[start:end]):
        more = _NAME_AFTER.match(text, end)
        end = more.end() if more else end
    if role == "content":
        start = skip_dateline(text, start, end)
        start, end = _take_quotes(text, start, end)
    return RoleSpan(role=role, first=pieces[0], last=pieces[1], span=Span(start=start, end=end), score=score)


def skip_dateline(text: str, start: int, end: int) -> int:
    """Return where a content begins: one that opens a paragraph after "KIGOMA, Tanzania, March 4 (Agency) -"."""
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

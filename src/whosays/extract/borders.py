"""Where contents and sources begin and end: no phrase is left in the middle, no clause before its "she said"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from whosays.model import Span, cover_spans, find_overlaps, merge_spans

if TYPE_CHECKING:
    from whosays.extract.attribution import Attribution

_UNFINISHED = re.compile(
    r"\s(?:in|of|at|by|the|an?|to|from|with|for|as|and|or|into|on|onto|under|over|between|against|about|than|that"
    r"|even as|compared (?:to|with)|because of)$",
    re.IGNORECASE,
)
"""A last word that something must follow."""
_PHRASE_END = re.compile(r"[,.;:!?”\"\n)]|\s[–—-]\s")
_MOST_MORE = 30
"""Characters that finish a phrase; where more would be needed, the unfinished words are left out instead."""
_TAIL = re.compile(r"[”’\"')]?,[”’\"')]?\s")
_OPENING = re.compile(r"(?:(?:But|And|So|Yet|Still|Meanwhile|However|Also|Then|Now|Instead)\b,?\s)?")
_NO_CLAUSE = re.compile(r"[“”\":()]|\s[-–—]\s|\b(?:Asked|[Aa]ccording to)\b")
_JOIN = re.compile(
    r",? (?:after|as|when|while|because|since|although|though|but|amid)(?: \w{1,20}ing)? (?:the |an? )?$"
)
"""What joins a clause to the one that a speaker opens."""
_JOIN_LENGTH = 50
"""Characters in which all of that stands."""
_LEAST_CLAUSE = 5
_LEAST = 3
"""Words before a content that make a clause."""


def settle_borders(
    attributions: tuple[Attribution, ...], text: str, sentences: tuple[Span, ...]
) -> tuple[Attribution, ...]:
    """Finish contents and sources that break off, and take in what stands before a content that "she said" closes."""
    taken = merge_spans(span for one in attributions for span in _list_spans(one))
    return tuple(_run_back(_finish(one, text, sentences, taken), text, sentences, taken) for one in attributions)


def _list_spans(one: Attribution) -> tuple[Span, ...]:
    return tuple(span for span in (*one.contents, one.source, one.cue) if span is not None)


def _finish(one: Attribution, text: str, sentences: tuple[Span, ...], taken: tuple[Span, ...]) -> Attribution:
    contents = (*one.contents[:-1], _finish_span(one.contents[-1], text, sentences, taken))
    source = one.source and _finish_span(one.source, text, sentences, taken)
    return replace(one, contents=contents, source=source) if (contents, source) != (one.contents, one.source) else one


def _finish_span(span: Span, text: str, sentences: tuple[Span, ...], taken: tuple[Span, ...]) -> Span:
    """Return the span to the end of its phrase, or without its last words where something else begins before that."""
    unfinished = _UNFINISHED.search(span.slice(text))
    if unfinished is None:
        return span
    sentence = next(iter(find_overlaps(Span(start=span.end - 1, end=span.end), sentences)), None)
    if sentence is None:
        return span
    limit = min(sentence.end, span.end + _MOST_MORE)
    end = _PHRASE_END.search(text, span.end + 1, limit)
    stop = end.start() if end else (sentence.end if sentence.end <= limit else None)
    if stop is None or find_overlaps(Span(start=span.end, end=stop), taken):
        return Span(start=span.start, end=span.start + unfinished.start()) if unfinished.start() > 0 else span
    return Span(start=span.start, end=stop)


def _run_back(one: Attribution, text: str, sentences: tuple[Span, ...], taken: tuple[Span, ...]) -> Attribution:
    """Let a content that its speaker and cue follow begin where its sentence does."""
    first, last = one.contents[0], one.contents[-1]
    behind = [span for span in (one.source, one.cue) if span is not None]
    sentence = next(iter(find_overlaps(first, sentences)), None)
    if (
        sentence is None
        or not sentence.contains(first)
        or not behind
        or not all(sentence.contains(span) for span in behind)
    ):
        return one
    if _TAIL.fullmatch(text, last.end, min(span.start for span in behind)) is None:
        return one
    opening = _OPENING.match(text, sentence.start, first.start)
    start = opening.end() if opening else sentence.start
    before = text[start : first.start]
    if (
        len(before.split()) < _LEAST
        or _NO_CLAUSE.search(before)
        or find_overlaps(Span(start=start, end=first.start), taken)
    ):
        return one
    return replace(one, contents=(Span(start=start, end=first.end), *one.contents[1:]))


def find_remainder(sentence: Span, attributions: tuple[Attribution, ...], text: str) -> Span | None:
    """Return the clause before a sentence's first speaker that no attribution takes in: it is the outlet's own.

    "The agency fired nine men after Israel said that they had been there": the firing. What stands behind a content is
    left alone, since the speaker may have gone on.
    """
    first = min(attributions, key=lambda one: cover_spans(_list_spans(one)).start)
    begun = first.source or first.cue
    if begun is None or begun.start > first.contents[0].start:
        return None
    join = _JOIN.search(text, max(sentence.start, begun.start - _JOIN_LENGTH), begun.start)
    if join is None:
        return None
    clause = Span(start=sentence.start, end=join.start())
    words = clause.slice(text)
    return None if len(words.split()) < _LEAST_CLAUSE or _NO_CLAUSE.search(words) else clause

"""Join sources, cues and contents into attributions."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from whosays.extract.tagging import RoleSpan, find_roles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whosays.model import Encoding, Span

_CUE_ASKS, _SOURCE_ASKS = 0, 2
_DISTANCE, _CUE_SENTENCE, _SOURCE_SENTENCE = 2.0, 3.0, 1.0
"""What distance takes off the log-odds: times the logarithm of the pieces between, and for each sentence between.
Tuned on PolNeAR dev, 2026-11-22 (LOG.md)."""
_PARAGRAPH, _LATER_PARAGRAPH = 4.0, 4.0
"""And for each paragraph end between, to what stands before and to what stands after."""
_PARAGRAPH_END = re.compile(r"\n+")
_LEAST = -8.0
"""Below this, distance taken off, nothing answers better than no cue or no source."""
_QUOTES = '“"‘«'
_REACH = 300
"""Pieces between a content and what may belong to it: more than a window holds."""
_PART_PIECES, _PART_SENTENCES = 120, 2
"""Parts of one content stand no further apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who (source), how told (cue), what (contents, in order). Source and cue may be absent; contents never are."""

    source: Span | None
    cue: Span | None
    contents: tuple[Span, ...]
    score: float
    """The encoder's mean probability for the spans and the links between them, 0 to 1."""


def find_attributions(encoding: Encoding, text: str, sentences: tuple[Span, ...]) -> tuple[Attribution, ...]:
    """Find the attributions of a text, in order of their first content.

    Each content takes the cue whose vector answers it best, the nearer the better; neighbouring contents that took the
    same cue are parts of one attribution. The attribution takes the source that answers its contents best, the
    nearer to the cue the better.
    """
    roles = find_roles(encoding, text)
    contents = [role for role in roles if role.role == "content"]
    cues = [role for role in roles if role.role == "cue"]
    sources = [role for role in roles if role.role == "source"]
    places = _Places(sentences, text)
    chosen = [
        _choose(content, cues, [content], _Asked(encoding, _CUE_ASKS, _CUE_SENTENCE), places) for content in contents
    ]
    found = []
    for members in _group_parts(contents, [choice.index for choice in chosen], places):
        cue = chosen[members[0]]
        parts = [contents[i] for i in members]
        anchor = cues[cue.index] if cue.index is not None else parts[0]
        source = _choose(anchor, sources, parts, _Asked(encoding, _SOURCE_ASKS, _SOURCE_SENTENCE), places)
        found.append(
            Attribution(
                source=sources[source.index].span if source.index is not None else None,
                cue=cues[cue.index].span if cue.index is not None else None,
                contents=tuple(part.span for part in parts),
                score=_score(parts, (cue, source)),
            )
        )
    shared = _share_speakers(sorted(found, key=lambda a: a.contents[0].start), text)
    return tuple(attribution for attribution in shared if _is_attributed(attribution, text))


def _is_attributed(attribution: Attribution, text: str) -> bool:
    """A content with neither source nor cue is one only as a quotation; otherwise its sentence is the outlet's own."""
    opening = text[attribution.contents[0].start]
    return attribution.source is not None or attribution.cue is not None or opening in _QUOTES


def _share_speakers(attributions: list[Attribution], text: str) -> tuple[Attribution, ...]:
    """Give the parts of a quotation that runs over paragraphs one speaker.

    By the habit of English type, a paragraph that opens a quotation and does not close it is followed by more from the
    same mouth. A part without a source takes the source of the part before it, or else of the part after it.
    """
    shared = list(attributions)
    for order in (range(1, len(shared)), range(len(shared) - 1, 0, -1)):
        for i in order:
            before, after = shared[i - 1], shared[i]
            if not _runs_on(before.contents[-1], after.contents[0], text):
                continue
            if after.source is None and before.source is not None:
                shared[i] = replace(after, source=before.source)
            elif before.source is None and after.source is not None:
                shared[i - 1] = replace(before, source=after.source)
    return tuple(shared)


def _runs_on(before: Span, after: Span, text: str) -> bool:
    if text[before.start] != "“" or text[after.start] != "“":
        return False
    between = text[before.end : after.start]
    return "\n" in between and not between.strip() and "”" not in text[max(before.start, before.end - 1) : before.end]


class _Places:
    """Distances between spans, in pieces and in sentences."""

    def __init__(self, sentences: tuple[Span, ...], text: str) -> None:
        self._text = text
        self._starts = [sentence.start for sentence in sentences]
        self._paragraphs = [match.start() for match in _PARAGRAPH_END.finditer(text)]

    def weigh_paragraphs(self, anchor: RoleSpan, role: RoleSpan) -> float:
        """Return what paragraph ends between take off: a speaker is named before, rarely in a later paragraph."""
        between = bisect_right(self._paragraphs, role.span.start) - bisect_right(self._paragraphs, anchor.span.start)
        return _LATER_PARAGRAPH * between if between > 0 else _PARAGRAPH * -between

    def opens_quotation(self, content: RoleSpan) -> bool:
        """Tell whether a content begins in quotation marks: such a one may go on in the next paragraph."""
        return self._text[content.span.start] in _QUOTES

    def count_sentences(self, left: RoleSpan, right: RoleSpan) -> int:
        """Count the sentence ends between the starts of two spans."""
        return abs(bisect_right(self._starts, left.span.start) - bisect_right(self._starts, right.span.start))


def count_pieces(left: RoleSpan, right: RoleSpan) -> int:
    """Count the pieces between two spans, 0 where they touch."""
    return max(0, left.first - right.last, right.first - left.last)


def _group_parts(contents: list[RoleSpan], chosen: list[int | None], places: _Places) -> list[list[int]]:
    """Gather neighbouring contents that took the same cue; one without a cue stands alone."""
    groups: list[list[int]] = []
    latest: dict[int, list[int]] = {}
    for i, cue in enumerate(chosen):
        group = latest.get(cue) if cue is not None else None
        if group is not None and _is_part(contents[group[-1]], contents[i], places):
            group.append(i)
            continue
        groups.append([i])
        if cue is not None:
            latest[cue] = groups[-1]
    return groups


def _is_part(before: RoleSpan, content: RoleSpan, places: _Places) -> bool:
    if count_pieces(before, content) > _PART_PIECES or places.count_sentences(before, content) > _PART_SENTENCES:
        return False
    return places.opens_quotation(content) or not places.weigh_paragraphs(before, content)


@dataclass(frozen=True, slots=True, kw_only=False)
class _Asked:
    """A question that contents ask: the row of its asking vectors, and what each sentence between takes off."""

    encoding: Encoding
    row: int
    per_sentence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """The answer taken, `None` for none, and its log-odds before distance was taken off."""

    index: int | None
    odds: float


def _choose(
    anchor: RoleSpan, answering: list[RoleSpan], asking: list[RoleSpan], asked: _Asked, places: _Places
) -> _Choice:
    """Return the best answer within reach of the anchor, or none if none is good enough."""
    first = bisect_left(answering, anchor.first - _REACH, key=lambda role: role.last)
    last = bisect_right(answering, anchor.last + _REACH, key=lambda role: role.first)
    near = answering[first:last]
    if not near:
        return _Choice(index=None, odds=0.0)
    question = _average(asked.encoding, asking, asked.row).mean(axis=0)
    odds = _average(asked.encoding, near, asked.row + 1) @ question
    costs = [
        _DISTANCE * np.log1p(count_pieces(anchor, role))
        + asked.per_sentence * places.count_sentences(anchor, role)
        + places.weigh_paragraphs(anchor, role)
        for role in near
    ]
    best = int((odds - np.array(costs)).argmax())
    if odds[best] - costs[best] <= _LEAST:
        return _Choice(index=None, odds=0.0)
    return _Choice(index=first + best, odds=float(odds[best]))


def _average(encoding: Encoding, spans: list[RoleSpan], row: int) -> NDArray[np.float32]:
    """Return each span's mean vector, (len(spans), d)."""
    vectors = [encoding.links[span.first : span.last, row].mean(axis=0) for span in spans]
    return np.array(vectors, dtype=np.float32).reshape(len(spans), encoding.links.shape[2])


def _score(parts: list[RoleSpan], links: tuple[_Choice, ...]) -> float:
    sure = [1 / (1 + float(np.exp(-link.odds))) for link in links if link.index is not None]
    return float(np.mean([*(part.score for part in parts), *sure]))

"""Join sources, cues and contents into attributions."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from whosays.extract.borders import settle_borders
from whosays.extract.heads.tagging import RoleSpan, average_runs, find_roles
from whosays.model import Span, find_overlaps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whosays.model import Encoding

_CUE_ASKS, _SOURCE_ASKS = 0, 2
_DISTANCE, _CUE_SENTENCE, _SOURCE_SENTENCE = 2.0, 3.0, 1.0
"""What distance takes off the log-odds: times the logarithm of the pieces between, and for each sentence between.
Tuned on PolNeAR dev, 2026-11-22 (LOG.md)."""
_PARAGRAPH, _LATER_PARAGRAPH = 4.0, 4.0
"""And for each paragraph end between, to what stands before and to what stands after."""
_PARAGRAPH_END = re.compile(r"\n+")
_LEAST = -8.0
"""Below this, distance taken off, nothing answers better than no cue or no source."""
_SUBJECT = re.compile(r"((?:The |An? )?[A-Z][^,;:“”\"\n]{1,80}), (?:which|who|whose) [^,;:“”\"\n]*\s")
_CLAUSE_ENDS = re.compile(r",?\s*")
_SEEMS = re.compile(r"(?:\w+\s)?(?:seem|appear)(?:s|ed|ing)?(?:\s(?:to|that))?", re.IGNORECASE)
_QUOTES = '“"‘«'
_LEAST_SCORE = 0.83
"""Below this there is more often none than one; tuned on PolNeAR dev and the own set, 2026-11-26 (LOG.md)."""
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
    cues, sources = ([role for role in roles if role.role == name] for name in ("cue", "source"))
    places = _Places(sentences, text)
    ask_cue, ask_source = (_average(encoding, contents, row) for row in (_CUE_ASKS, _SOURCE_ASKS))
    cue_answers = _Answers.gather(cues, _average(encoding, cues, _CUE_ASKS + 1), places, _CUE_SENTENCE)
    source_answers = _Answers.gather(sources, _average(encoding, sources, _SOURCE_ASKS + 1), places, _SOURCE_SENTENCE)
    chosen = [_choose(content, ask_cue[i], cue_answers, places) for i, content in enumerate(contents)]
    found = []
    for members in _group_parts(contents, [choice.index for choice in chosen], places):
        cue = chosen[members[0]]
        parts = [contents[i] for i in members]
        anchor = cues[cue.index] if cue.index is not None else parts[0]
        source = _choose(anchor, ask_source[members].mean(axis=0), source_answers, places)
        found.append(
            Attribution(
                source=sources[source.index].span if source.index is not None else None,
                cue=cues[cue.index].span if cue.index is not None else None,
                contents=tuple(part.span for part in parts),
                score=_score(parts, (cue, source)),
            )
        )
    told = (one for one in found if one.source is None or not _is_dateline(one.source, text))
    shared = _share_speakers(sorted(told, key=lambda a: a.contents[0].start), text)
    whole = (_take_subject(attribution, text, sentences) for attribution in shared)
    kept = tuple(attribution for attribution in whole if _is_attributed(attribution, text))
    return settle_borders(kept, text, sentences)


def _is_dateline(source: Span, text: str) -> bool:
    """Tell the place that an article begins with ("BHOPAL: ") from a speaker, as transcripts name one."""
    return (
        source.start == 0 and source.slice(text).isupper() and text[source.end : source.end + 1] in {":", "-", "–", "—"}
    )


def _take_subject(attribution: Attribution, text: str, sentences: tuple[Span, ...]) -> Attribution:
    """Give a cue the subject before a relative clause in the place of words inside of the clause.

    "The Union, which has fought over the fields of Kouri since autumn, said": the Union said so, not Kouri.
    """
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None or cue.start < source.end:
        return attribution
    sentence = next(iter(find_overlaps(source, sentences)), None)
    if sentence is None or not sentence.contains(source) or not _CLAUSE_ENDS.fullmatch(text, source.end, cue.start):
        return attribution
    subject = _SUBJECT.fullmatch(text, sentence.start, source.start)
    if subject is None:
        return attribution
    return replace(attribution, source=Span(start=subject.start(1), end=subject.end(1)))


def _is_attributed(attribution: Attribution, text: str) -> bool:
    """A content with neither source nor cue is one only as a quotation; otherwise its sentence is the outlet's own.

    So is what "seems" to nobody: that is how sure the outlet sounds.
    """
    if attribution.score < _LEAST_SCORE:
        return False
    if attribution.source is None and attribution.cue is not None and _SEEMS.fullmatch(attribution.cue.slice(text)):
        return False
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

    def find_paragraph(self, role: RoleSpan) -> int:
        """Return the number of the paragraph that a span starts in."""
        return bisect_right(self._paragraphs, role.span.start)

    def find_sentence(self, role: RoleSpan) -> int:
        """Return the number of the sentence that a span starts in."""
        return bisect_right(self._starts, role.span.start)

    def opens_quotation(self, content: RoleSpan) -> bool:
        """Tell whether a content begins in quotation marks: such a one may go on in the next paragraph."""
        return self._text[content.span.start] in _QUOTES


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
    sentences = places.find_sentence(content) - places.find_sentence(before)
    if count_pieces(before, content) > _PART_PIECES or sentences > _PART_SENTENCES:
        return False
    return places.opens_quotation(content) or places.find_paragraph(before) == places.find_paragraph(content)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Answers:
    """All cues, or all sources, in order: their answering vectors (n, d), and (n,) where each begins and ends."""

    vectors: NDArray[np.float32]
    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]
    sentences: NDArray[np.int64]
    paragraphs: NDArray[np.int64]
    per_sentence: float
    """What each sentence between takes off."""

    @classmethod
    def gather(
        cls, roles: list[RoleSpan], vectors: NDArray[np.float32], places: _Places, per_sentence: float
    ) -> _Answers:
        """Look up each role's place."""
        rows = [(r.first, r.last, places.find_sentence(r), places.find_paragraph(r)) for r in roles]
        firsts, lasts, sentences, paragraphs = np.array(rows, dtype=np.int64).reshape(-1, 4).T
        return cls(
            vectors=vectors,
            firsts=firsts,
            lasts=lasts,
            sentences=sentences,
            paragraphs=paragraphs,
            per_sentence=per_sentence,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """The answer taken, `None` for none, and its log-odds before distance was taken off."""

    index: int | None
    odds: float


def _choose(anchor: RoleSpan, question: NDArray[np.float32], answers: _Answers, places: _Places) -> _Choice:
    """Return the best answer within reach of the anchor, or none if none is good enough."""
    first = int(answers.lasts.searchsorted(anchor.first - _REACH))
    last = int(answers.firsts.searchsorted(anchor.last + _REACH, side="right"))
    if first >= last:
        return _Choice(index=None, odds=0.0)
    near = slice(first, last)
    odds = answers.vectors[near] @ question
    weighed = odds - _weigh_distance(anchor, answers, near, places)
    best = int(weighed.argmax())
    if weighed[best] <= _LEAST:
        return _Choice(index=None, odds=0.0)
    return _Choice(index=first + best, odds=float(odds[best]))


def _weigh_distance(anchor: RoleSpan, answers: _Answers, near: slice, places: _Places) -> NDArray[np.float64]:
    """Return what pieces, sentences and paragraph ends between take off, (n,).

    A speaker is named before, rarely in a later paragraph.
    """
    pieces = np.maximum(anchor.first - answers.lasts[near], answers.firsts[near] - anchor.last).clip(min=0)
    sentences = np.abs(answers.sentences[near] - places.find_sentence(anchor))
    later = answers.paragraphs[near] - places.find_paragraph(anchor)
    weight: NDArray[np.float64] = (
        _DISTANCE * np.log1p(pieces)
        + answers.per_sentence * sentences
        + np.where(later > 0, _LATER_PARAGRAPH * later, -_PARAGRAPH * later)
    )
    return weight


def _average(encoding: Encoding, spans: list[RoleSpan], row: int) -> NDArray[np.float32]:
    """Return each span's mean vector, (len(spans), d)."""
    firsts, lasts = (np.array([getattr(span, end) for span in spans], dtype=np.int64) for end in ("first", "last"))
    return average_runs(encoding.links[:, row], firsts, lasts)


def _score(parts: list[RoleSpan], links: tuple[_Choice, ...]) -> float:
    sure = [1 / (1 + float(np.exp(-link.odds))) for link in links if link.index is not None]
    return float(np.mean([*(part.score for part in parts), *sure]))

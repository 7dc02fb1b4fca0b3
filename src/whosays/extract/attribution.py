"""Join sources, cues and contents into attributions."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from whosays.extract.tagging import RoleSpan, find_roles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whosays.model import Encoding, Span

_CUE_ASKS, _SOURCE_ASKS = 0, 2
_DISTANCE, _CUE_SENTENCE, _SOURCE_SENTENCE = 1.5, 3.0, 2.0
"""What distance takes off the log-odds: times the logarithm of the pieces between, and for each sentence between.
Tuned on PolNeAR dev, 2026-11-22 (LOG.md)."""
_LEAST = -8.0
"""Below this, distance taken off, nothing answers better than no cue or no source."""
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
    places = _Places(sentences)
    cue_odds = _score_links(encoding, contents, cues, _CUE_ASKS)
    source_odds = _score_links(encoding, contents, sources, _SOURCE_ASKS)
    near_cues = cue_odds - places.weigh(contents, cues, _CUE_SENTENCE)
    chosen = [_choose(row) for row in near_cues]
    found = []
    for members in _group_parts(contents, chosen, places):
        cue = chosen[members[0]]
        parts = [contents[i] for i in members]
        anchor = cues[cue] if cue is not None else parts[0]
        odds = source_odds[members].mean(axis=0)
        source = _choose(odds - places.weigh([anchor], sources, _SOURCE_SENTENCE)[0])
        linked = [cue_odds[members[0], cue]] if cue is not None else []
        linked += [odds[source]] if source is not None else []
        found.append(
            Attribution(
                source=sources[source].span if source is not None else None,
                cue=cues[cue].span if cue is not None else None,
                contents=tuple(part.span for part in parts),
                score=_score(parts, linked),
            )
        )
    return tuple(sorted(found, key=lambda a: a.contents[0].start))


class _Places:
    """Distances between spans, in pieces and in sentences."""

    def __init__(self, sentences: tuple[Span, ...]) -> None:
        self._starts = [sentence.start for sentence in sentences]

    def weigh(self, left: list[RoleSpan], right: list[RoleSpan], per_sentence: float) -> NDArray[np.float32]:
        """Return what distance takes off the odds, (len(left), len(right))."""
        costs = [
            [_DISTANCE * np.log1p(count_pieces(a, b)) + per_sentence * self.count_sentences(a, b) for b in right]
            for a in left
        ]
        return np.array(costs, dtype=np.float32).reshape(len(left), len(right))

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
    near = count_pieces(before, content) <= _PART_PIECES
    return near and places.count_sentences(before, content) <= _PART_SENTENCES


def _score_links(
    encoding: Encoding, asking: list[RoleSpan], answering: list[RoleSpan], row: int
) -> NDArray[np.float32]:
    """Return log-odds, (len(asking), len(answering))."""
    questions = _average(encoding, asking, row)
    answers = _average(encoding, answering, row + 1)
    return questions @ answers.T


def _average(encoding: Encoding, spans: list[RoleSpan], row: int) -> NDArray[np.float32]:
    vectors = [encoding.links[span.first : span.last, row].mean(axis=0) for span in spans]
    return np.array(vectors, dtype=np.float32).reshape(len(spans), encoding.links.shape[2])


def _choose(scores: NDArray[np.float32]) -> int | None:
    """Return the best answer, or `None` if none is good enough."""
    if not len(scores):
        return None
    best = int(scores.argmax())
    return best if scores[best] > _LEAST else None


def _score(parts: list[RoleSpan], linked: list[np.float32]) -> float:
    links = [1 / (1 + float(np.exp(-score))) for score in linked]
    return float(np.mean([*(part.score for part in parts), *links]))

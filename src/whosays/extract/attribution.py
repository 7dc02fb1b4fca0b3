"""Join sources, cues and contents into attributions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from whosays.extract.tagging import RoleSpan, find_roles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whosays.model import Encoding, Span

_CUE_ASKS, _CUE_ANSWERS, _SOURCE_ASKS, _SOURCE_ANSWERS = range(4)
_REACH = 220
"""Pieces between a content and what may belong to it: about a window's length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who (source), how told (cue), what (contents, in order). Source and cue may be absent; contents never are."""

    source: Span | None
    cue: Span | None
    contents: tuple[Span, ...]
    score: float
    """The encoder's mean probability for the spans and the links between them, 0 to 1."""


def find_attributions(encoding: Encoding, text: str) -> tuple[Attribution, ...]:
    """Find the attributions of a text, in order of their first content.

    Each content takes the cue and the source whose vectors answer it best, or none if none answers better than
    nothing; contents that took the same cue are parts of one attribution.
    """
    roles = find_roles(encoding, text)
    contents = [role for role in roles if role.role == "content"]
    cues = [role for role in roles if role.role == "cue"]
    sources = [role for role in roles if role.role == "source"]
    cue_scores = _score_links(encoding, contents, cues, _CUE_ASKS)
    source_scores = _score_links(encoding, contents, sources, _SOURCE_ASKS)
    chosen = [_choose(row) for row in cue_scores]
    groups: dict[int, list[int]] = {}
    for i, cue in enumerate(chosen):
        groups.setdefault(-1 - i if cue is None else cue, []).append(i)
    found = []
    for members in groups.values():
        source = _choose(source_scores[members].mean(axis=0))
        cue = chosen[members[0]]
        parts = [contents[i] for i in members]
        linked = [cue_scores[members[0], cue]] if cue is not None else []
        linked += [source_scores[members, source].mean()] if source is not None else []
        found.append(
            Attribution(
                source=sources[source].span if source is not None else None,
                cue=cues[cue].span if cue is not None else None,
                contents=tuple(part.span for part in parts),
                score=_score(parts, linked),
            )
        )
    return tuple(sorted(found, key=lambda a: a.contents[0].start))


def _score_links(
    encoding: Encoding, asking: list[RoleSpan], answering: list[RoleSpan], row: int
) -> NDArray[np.float32]:
    """Return log-odds, (len(asking), len(answering)); spans too far apart get a very low one."""
    questions = _average(encoding, asking, row)
    answers = _average(encoding, answering, row + 1)
    scores = questions @ answers.T
    for i, content in enumerate(asking):
        for j, other in enumerate(answering):
            if max(content.first - other.last, other.first - content.last) > _REACH:
                scores[i, j] = -np.inf
    return scores


def _average(encoding: Encoding, spans: list[RoleSpan], row: int) -> NDArray[np.float32]:
    vectors = [encoding.links[span.first : span.last, row].mean(axis=0) for span in spans]
    return np.array(vectors, dtype=np.float32).reshape(len(spans), encoding.links.shape[2])


def _choose(scores: NDArray[np.float32]) -> int | None:
    """Return the best answer, or `None` if none beats silence (log-odds 0)."""
    if not len(scores):
        return None
    best = int(scores.argmax())
    return best if scores[best] > 0 else None


def _score(parts: list[RoleSpan], linked: list[np.float32]) -> float:
    links = [1 / (1 + float(np.exp(-score))) for score in linked]
    return float(np.mean([*(part.score for part in parts), *links]))

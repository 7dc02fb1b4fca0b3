"""From the encoder's log-probabilities to marks, and from marks to what a statement says happened."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.extract.attribution import _is_dateline
from whosays.extract.happenings import Happenings
from whosays.extract.heads.bio import _weigh_steps, decode_bio
from whosays.extract.heads.marks import find_marks
from whosays.model import HEADS, TAGS, Encoding, Span

TEXT = "Rebels shelled Kestrel on Friday, and the governor asked for aid."
NAMES = HEADS["times"]


def encode(**marked: dict[str, str]) -> Encoding:
    """Make an encoding with one piece a word, whose heads are sure of the given words' tags."""
    words = [(m, m + len(word)) for word in TEXT.replace(",", "").replace(".", "").split() for m in [TEXT.index(word)]]
    heads = {}
    for head, names in HEADS.items():
        scores = np.full((len(words), len(names)), -9.0, dtype=np.float32)
        for row, (start, end) in enumerate(words):
            scores[row, names.index(marked.get(head, {}).get(TEXT[start:end], names[0]))] = -0.01
        heads[head] = scores
    n = len(words)
    return Encoding(
        starts=np.array([start for start, _ in words], dtype=np.int32),
        ends=np.array([end for _, end in words], dtype=np.int32),
        tags=np.zeros((n, len(TAGS)), dtype=np.float32),
        links=np.zeros((n, 4, 2), dtype=np.float32),
        heads=heads,
        factuality=np.zeros(n, dtype=np.float32),
        vectors=np.zeros((n, 2), dtype=np.float16),
    )


@settings(deadline=None)
@given(st.lists(st.lists(st.floats(-5, 0), min_size=9, max_size=9), min_size=1, max_size=12))
def test_decoded_tags_are_always_well_formed(scores: list[list[float]]) -> None:
    tags = [NAMES[i] for i in decode_bio(np.array(scores, dtype=np.float32), NAMES)]
    for before, after in zip(["O", *tags], tags, strict=False):
        assert not after.startswith("I-") or before[2:] == after[2:]


PRICES = (("date", 0.5), ("time", 1.0), ("duration", 2.0))


@settings(deadline=None)
@given(st.lists(st.lists(st.floats(-5, 0), min_size=9, max_size=9), min_size=1, max_size=8))
def test_what_is_searched_is_the_best_well_formed_path(logits: list[list[float]]) -> None:
    raw = np.array(logits)
    scores = raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))
    steps = _weigh_steps(NAMES, PRICES)
    ours = decode_bio(scores.astype(np.float32), NAMES, PRICES)
    best = max(weigh(path, scores, steps) for path in list_paths(scores, steps))
    assert weigh(tuple(ours.tolist()), scores, steps) >= best - 1e-3


def list_paths(scores: np.ndarray, steps: np.ndarray) -> list[tuple[int, ...]]:
    """The best path to each tag of the last piece, found the long way: no stretch is taken as it is."""
    paths: list[tuple[int, ...]] = [(tag,) for tag in range(len(NAMES)) if steps[0, tag] > -1e3]
    for row in scores[1:]:
        longer = [(*path, tag) for path in paths for tag in range(len(row)) if steps[path[-1], tag] > -1e3]
        best = {path[-1]: path for path in sorted(longer, key=lambda path: weigh(path, scores, steps))}
        paths = list(best.values())
    return paths


def weigh(path: tuple[int, ...], scores: np.ndarray, steps: np.ndarray) -> float:
    """What a path is worth; before the last piece of a text, what closing costs is not known yet."""
    around = (0, *path, *((0,) if len(path) == len(scores) else ()))
    moves = sum(float(steps[a, b]) for a, b in itertools.pairwise(around))
    return moves + sum(float(scores[i, tag]) for i, tag in enumerate(path))


def test_the_place_that_an_article_begins_with_is_no_speaker() -> None:
    text = "BHOPAL: Ana said so.\n\nBORA: It is so."
    assert _is_dateline(Span(start=0, end=6), text)
    assert not _is_dateline(Span(start=text.index("BORA"), end=text.index("BORA") + 4), text)
    assert not _is_dateline(Span(start=8, end=11), text)


def test_a_dear_span_is_not_broken_for_a_word() -> None:
    scores = np.full((5, 9), -9.0, dtype=np.float32)
    inside = NAMES.index("I-duration")
    scores[:, inside] = -0.01
    scores[0, inside] = -9.0
    scores[[0, 3], NAMES.index("B-duration")] = -0.01
    for doubt, kept in ((-0.4, True), (-6.0, False)):
        scores[2, 0], scores[2, inside] = np.log1p(-np.exp(doubt)) if doubt > -1 else -0.01, doubt
        tags = decode_bio(scores, NAMES, PRICES)
        assert bool(tags[2] == inside) is kept


@settings(deadline=None)
@given(st.lists(st.sampled_from(range(9)), min_size=1, max_size=12), st.floats(0.1, 3))
def test_tags_that_are_well_formed_stay(chosen: list[int], margin: float) -> None:
    scores = np.zeros((len(chosen), 9), dtype=np.float32)
    scores[np.arange(len(chosen)), chosen] = margin
    tags = decode_bio(scores, NAMES)
    names = [NAMES[i] for i in chosen]
    if all(not b.startswith("I-") or a[2:] == b[2:] for a, b in zip(["O", *names], names, strict=False)):
        assert tags.tolist() == chosen


def test_marks_are_whole_words_with_their_labels() -> None:
    encoding = encode(entities={"Kestrel": "B-location", "governor": "B-person"}, events={"shelled": "ASSAULT"})
    found = [(mark.label, mark.span.slice(TEXT)) for mark in find_marks(encoding, TEXT, "entities")]
    assert found == [("location", "Kestrel"), ("person", "governor")]
    assert [mark.label for mark in find_marks(encoding, TEXT, "events")] == ["ASSAULT"]


@pytest.mark.parametrize(
    ("content", "event", "actors", "places", "times"),
    [
        ("Rebels shelled Kestrel on Friday", "ASSAULT", ["Rebels"], ["Kestrel"], ["Friday"]),
        ("the governor asked for aid", None, [], [], []),
    ],
)
def test_a_statement_takes_what_lies_in_its_content(
    content: str, event: str | None, actors: list[str], places: list[str], times: list[str]
) -> None:
    encoding = encode(
        events={"shelled": "ASSAULT", "asked": "other"},
        roles={"Rebels": "B-actor", "governor": "B-actor"},
        places={"Kestrel": "B-literal"},
        times={"Friday": "B-date"},
    )
    start = TEXT.index(content)
    found = Happenings(encoding, TEXT).pick((Span(start=start, end=start + len(content)),))
    assert (found.event.type if found.event else None) == event
    assert [actor.span.slice(TEXT) for actor in found.actors] == actors
    assert [place.span.slice(TEXT) for place in found.places] == places
    assert [time.span.slice(TEXT) for time in found.times] == times

"""What two propositions have in common, and how likely they say the same thing."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from whosays.link.relations import read_relations
from whosays.link.stories import read_day
from whosays.link.weights import CLAIM, DISPUTE, RELATED
from whosays.model import Certainty, Precision, Stance, phrase_said
from whosays.text import split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from whosays.model import CrossEncoder, Figure, LinkArticle, Proposition, Span, Statement

    Floats = NDArray[np.float32]

_STOP = frozenset(
    "the a an of to in on at by for with and or but that this it its he she they them his her their is was were are be"
    " been had has have not no as from after said say says will would could can may might who which there than then"
    " when where into about up out more most some at least over".split()
)
_CORRECTS = re.compile(
    r"\b[Cc]orrections?\b|\bcorrected\b|\bearlier version\b|\b(?:transposed|misquoted|misstated)\b|\bin error\b"
    r"|\b(?:we|has|have|was|were) (?:wrongly|mistakenly|incorrectly)\b"
)
_ENDINGS = ("ing", "ies", "ed", "es", "s")
_WIDE = frozenset({Precision.COUNTRY, Precision.REGION})
"""Places so large that two of them in two propositions do not set these apart."""
_FEW = 20
"""How many propositions it takes for half of what they have in common to be taken for the story's, not for theirs."""
_BESIDE, _NEAR = 250, 600
"""Characters between two propositions of an article."""
_NEGATIVE = frozenset({Certainty.CERTAIN_NOT, Certainty.PROBABLE_NOT, Certainty.POSSIBLE_NOT})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """A proposition with what it is compared by; `article` is its article's place in the set."""

    article: int
    proposition: Proposition
    statement: Statement
    words: frozenset[str]
    names: frozenset[str]
    figures: tuple[Figure, ...]
    places: frozenset[str]
    event: str | None
    negative: bool
    source: str | None
    """Whose it is, by name."""
    times: frozenset[str]
    withdrawn: bool
    """It stands in a correction: what it says may be what is taken back."""
    day: int | None
    """Of its article, as `read_day` counts them."""
    phrase: str
    """Who says it, how, and what, as a cross-encoder reads it."""

    @property
    def mouth(self) -> str:
        """Whose words it is: by name, or by the article where the outlet speaks; no two who are not named are one."""
        if self.statement.source is None:
            return f"the outlet of {self.article}"
        return self.source or self.statement.id


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """What each two propositions of one story have in common: (n, n) arrays, symmetric, each value 0 to 1.

    `cosine` is of their vectors, 0 where one has none (it may be below 0); `words` the weight of shared words as a
    share of all words of both, `overlap` of those of the shorter; `probability` that the two say the same, `dispute`
    that one says what the other denies.
    """

    cosine: Floats
    words: Floats
    overlap: Floats
    probability: Floats
    dispute: Floats


def gather_said(articles: Sequence[LinkArticle]) -> list[Said]:
    """Return what all articles say, proposition by proposition, in the order of the set and of the texts."""
    found = []
    for place, article in enumerate(articles):
        by_id = {statement.id: statement for statement in article.statements}
        found += [_read(place, article, p, by_id[p.statement]) for p in article.propositions]
    return found


def compare_said(said: Sequence[Said], cross: CrossEncoder | None) -> Comparison:
    """Compare each two propositions of one story; words that all of it uses count little."""
    return weigh_features(list_features(said, cross))


def weigh_features(
    features: dict[str, Floats], *, claim: dict[str, float] = CLAIM, dispute: dict[str, float] = DISPUTE
) -> Comparison:
    """Draw from what two have in common how likely they are one claim, and how likely one denies the other."""
    return Comparison(
        cosine=features["cosine"],
        words=features["words"],
        overlap=features["overlap"],
        probability=_weigh(features, claim),
        dispute=_weigh(features, dispute),
    )


def list_features(said: Sequence[Said], cross: CrossEncoder | None) -> dict[str, Floats]:
    """Return what each two propositions of one story have in common, by its name in the tables of weights: (n, n).

    Without a cross-encoder nothing is `read`.
    """
    words, overlap = _compare_words(said)
    found = {
        "cosine": _compare_vectors(said),
        "words": words,
        "overlap": overlap,
        "names": _compare_names(said),
        **_compare_values(said),
        **_compare_kinds(said),
        **_compare_standing(said),
    }
    return found | read_relations(said, _weigh(found, RELATED), cross)


def _weigh(features: dict[str, Floats], weights: dict[str, float]) -> Floats:
    """Return the probabilities that the features add up to."""
    odds = np.full_like(features["cosine"], weights["bias"])
    for name, weight in weights.items():
        if name != "bias":
            odds += np.float32(weight) * features[name]
    found: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return found


def _compare_vectors(said: Sequence[Said]) -> Floats:
    """Return the cosines of vectors from which goes what all of the story has in common, the more the larger it is."""
    vectors = [one.proposition.vector for one in said]
    width = next((len(vector) for vector in vectors if vector is not None), 1)
    rows = np.stack([np.zeros(width, np.float32) if vector is None else vector for vector in vectors])
    rows = rows - rows.mean(axis=0) * np.float32(len(rows) / (len(rows) + _FEW))
    rows[[vector is None for vector in vectors]] = 0
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    found: Floats = (rows @ rows.T).astype(np.float32)
    return found


def _compare_words(said: Sequence[Said]) -> tuple[Floats, Floats]:
    """Return the weight of shared words, as a share of all words of both, and of those of the shorter."""
    spread = Counter(word for one in said for word in one.words)
    weights = [math.log((1 + len(said)) / (1 + count)) + 0.5 for _, count in sorted(spread.items())]
    rows: Floats = _mark([one.words for one in said], sorted(spread)) * np.sqrt(np.array(weights, np.float32))
    shared: Floats = rows @ rows.T
    sizes: Floats = np.diagonal(shared)
    every = sizes[:, None] + sizes[None, :] - shared
    least = np.minimum(sizes[:, None], sizes[None, :])
    return _divide(shared, every), _divide(shared, least)


def _divide(above: Floats, below: Floats) -> Floats:
    """Divide, where nothing is shared by nothing too."""
    return (above / np.maximum(below, 1e-9)).astype(np.float32)


def _compare_names(said: Sequence[Said]) -> Floats:
    """Return the share of the names of the one that has fewer which the other has too."""
    rows = _mark([one.names for one in said], sorted({name for one in said for name in one.names}))
    counts = rows.sum(axis=1)
    found: Floats = (rows @ rows.T) / np.maximum(np.minimum(counts[:, None], counts[None, :]), 1)
    return found


def _compare_values(said: Sequence[Said]) -> dict[str, Floats]:
    """Tell where two have the same figure, the same with an outcome, and where only one has a figure at all."""
    same, outcome = np.zeros((2, len(said), len(said)), np.float32)
    with_figures = [i for i, one in enumerate(said) if one.figures]
    for left, right in combinations(with_figures, 2):
        is_same, has_outcome, _ = compare_figures(said[left].figures, said[right].figures)
        same[left, right] = same[right, left] = is_same
        outcome[left, right] = outcome[right, left] = has_outcome
    has = np.isin(np.arange(len(said)), with_figures)
    return {"figure": same, "outcome": outcome, "one figure": (has[:, None] != has[None, :]).astype(np.float32)}


def _compare_kinds(said: Sequence[Said]) -> dict[str, Floats]:
    """Tell where polarity differs, where the kind of event is the same, and where the places are others."""
    negative = np.array([one.negative for one in said])
    rows = _mark([one.places for one in said], sorted({place for one in said for place in one.places}))
    placed = np.array([bool(one.places) for one in said])
    apart = placed[:, None] & placed[None, :] & (rows @ rows.T == 0)
    return {
        "polarity": (negative[:, None] != negative[None, :]).astype(np.float32),
        "event": _find_equal([one.event for one in said]),
        "places apart": apart.astype(np.float32),
    }


def _compare_standing(said: Sequence[Said]) -> dict[str, Floats]:
    """Tell where two have one source, one time, an outlet's own voice, and where one stands right by the other."""
    times = _mark([one.times for one in said], sorted({time for one in said for time in one.times}))
    own = np.array([one.statement.source is None for one in said])
    article = np.array([one.article for one in said])
    start = np.array([one.proposition.span.start for one in said])
    gap = np.where(article[:, None] == article[None, :], np.abs(start[:, None] - start[None, :]), np.inf)
    return {
        "source": _find_equal([one.source for one in said]),
        "time": (times @ times.T > 0).astype(np.float32),
        "outlet": (own[:, None] | own[None, :]).astype(np.float32),
        "beside": (gap < _BESIDE).astype(np.float32),
        "near": (gap < _NEAR).astype(np.float32),
    }


def _find_equal(labels: Sequence[str | None]) -> Floats:
    """Tell which two have one label; what has none is like nothing: (n, n)."""
    numbers = {label: i for i, label in enumerate(sorted({label for label in labels if label is not None}))}
    rows = np.array([-1 if label is None else numbers[label] for label in labels])
    found: Floats = ((rows[:, None] == rows[None, :]) & (rows >= 0)[:, None]).astype(np.float32)
    return found


def _mark(sets: Sequence[frozenset[str]], names: Sequence[str]) -> Floats:
    """Return which set has which name: ones and zeros, (sets, names)."""
    columns = {name: i for i, name in enumerate(names)}
    rows = np.zeros((len(sets), max(1, len(names))), np.float32)
    for row, names_of_one in zip(rows, sets, strict=True):
        row[[columns[name] for name in names_of_one]] = 1
    return rows


def compare_figures(left: tuple[Figure, ...], right: tuple[Figure, ...]) -> tuple[bool, bool, bool]:
    """Tell whether two have a figure of one kind with one value, one with an outcome too, and one with other values."""
    same = outcome = other = False
    for a in left:
        for b in right:
            if not is_one_kind(a, b):
                continue
            if (a.best, a.low if a.best is None else None) == (b.best, b.low if b.best is None else None):
                same = True
                outcome = outcome or bool(a.outcome)
            else:
                other = True
    return same, outcome, other and not same


def is_one_kind(left: Figure, right: Figure) -> bool:
    """Tell whether two figures count the same: people with a common outcome, or the same unit without one."""
    if left.unit == "duration" or left.unit != right.unit:
        return False
    return bool(set(left.outcome) & set(right.outcome)) or not (left.outcome or right.outcome)


def _read(place: int, article: LinkArticle, proposition: Proposition, statement: Statement) -> Said:
    text = proposition.span.slice(article.text)
    source, cue = statement.source, statement.cue
    event = statement.event
    sure = statement.certainty.source or statement.certainty.outlet
    return Said(
        article=place,
        proposition=proposition,
        statement=statement,
        words=frozenset(_stem(word) for word in split_words(text) if word not in _STOP),
        names=frozenset(
            _stem(word) for token in text.split()[1:] if token[:1].isupper() for word in split_words(token)
        ),
        figures=tuple(figure for figure in statement.figures if proposition.span.contains(figure.span)),
        places=frozenset(
            place.entry.name
            for place in statement.places
            if place.entry is not None and place.entry.precision not in _WIDE
        ),
        event=event.type if event is not None and proposition.span.contains(event.trigger) else None,
        negative=sure in _NEGATIVE or statement.stance is Stance.DENIES,
        source=source.name if source is not None else None,
        times=frozenset(time.value for time in statement.times if time.value is not None),
        withdrawn=_CORRECTS.search(_take_paragraph(article.text, proposition.span)) is not None,
        day=read_day(article.published),
        phrase=phrase_said(
            text,
            source=source.span.slice(article.text) if source is not None else None,
            cue=cue.slice(article.text) if cue is not None else None,
        ),
    )


def _take_paragraph(text: str, span: Span) -> str:
    """Return the paragraph that a span begins in."""
    first = text.rfind("\n\n", 0, span.start) + 1
    end = text.find("\n\n", span.end)
    return text[first : len(text) if end < 0 else end]


def _stem(word: str) -> str:
    """Take a common ending off; near enough for counting what is shared."""
    for ending in _ENDINGS:
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word

"""What two propositions have in common, and how likely they say the same thing."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from whosays.link.weights import CLAIM, CLAIM_BIAS
from whosays.model import Certainty, Precision, Stance
from whosays.text import split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whosays.model import Figure, LinkArticle, Proposition, Statement

_STOP = frozenset(
    "the a an of to in on at by for with and or but that this it its he she they them his her their is was were are be"
    " been had has have not no as from after said say says will would could can may might who which there than then"
    " when where into about up out more most some at least over".split()
)
_ENDINGS = ("ing", "ies", "ed", "es", "s")
_WIDE = frozenset({Precision.COUNTRY, Precision.REGION})
"""Places so large that two of them in two propositions do not set these apart."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What two propositions have in common, each 0 to 1, and how likely that makes them one claim."""

    features: dict[str, float]
    probability: float

    def explain(self) -> tuple[str, ...]:
        """Name what spoke for it, the strongest first."""
        told = {"cosine": "alike in meaning", "words": "the same words", "figure": "the same figure"}
        told |= {"outcome": "the same outcome", "names": "the same names", "event": "the same kind of event"}
        strength = {name: CLAIM[name] * value for name, value in self.features.items() if name in told and value > 0}
        return tuple(
            told[name] for name, _ in sorted(strength.items(), key=lambda pair: -pair[1]) if strength[name] > 0.3
        )


def gather_said(articles: Sequence[LinkArticle]) -> list[Said]:
    """Return what all articles say, proposition by proposition, in the order of the set and of the texts."""
    found = []
    for place, article in enumerate(articles):
        by_id = {statement.id: statement for statement in article.statements}
        found += [_read(place, article, p, by_id[p.statement]) for p in article.propositions]
    return found


class Comparer:
    """Compares propositions of one story: words that all of it uses count little."""

    def __init__(self, said: Sequence[Said]) -> None:
        spread = Counter(word for one in said for word in one.words)
        self._weights = {word: math.log((1 + len(said)) / (1 + count)) + 0.5 for word, count in spread.items()}

    def compare(self, left: Said, right: Said) -> Likeness:
        """Return what two have in common."""
        features = self.measure(left, right)
        odds = CLAIM_BIAS + sum(CLAIM[name] * value for name, value in features.items())
        return Likeness(features=features, probability=1 / (1 + math.exp(-odds)))

    def measure(self, left: Said, right: Said) -> dict[str, float]:
        """Return the features of a pair, in the order of `CLAIM`."""
        words, overlap = self.measure_words(left, right)
        same, outcome, _ = compare_figures(left.figures, right.figures)
        least_names = min(len(left.names), len(right.names))
        return {
            "cosine": measure_cosine(left, right),
            "words": words,
            "overlap": overlap,
            "figure": float(same),
            "outcome": float(outcome),
            "names": len(left.names & right.names) / least_names if least_names else 0.0,
            "polarity": float(left.negative != right.negative),
            "one figure": float(bool(left.figures) != bool(right.figures)),
            "places apart": float(bool(left.places and right.places) and not left.places & right.places),
            "event": float(left.event is not None and left.event == right.event),
        }

    def measure_words(self, left: Said, right: Said) -> tuple[float, float]:
        """Return the weight of shared words, as a share of all words of both, and of those of the shorter."""
        shared = self._weigh(left.words & right.words)
        every = self._weigh(left.words | right.words)
        least = min(self._weigh(left.words), self._weigh(right.words))
        return shared / max(every, 1e-9), shared / max(least, 1e-9)

    def _weigh(self, words: frozenset[str]) -> float:
        return sum(self._weights[word] for word in sorted(words))


def measure_cosine(left: Said, right: Said) -> float:
    """Return the cosine of two vectors, 0 where one has none."""
    a, b = left.proposition.vector, right.proposition.vector
    return float(np.dot(a, b)) if a is not None and b is not None else 0.0


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
    )


def _stem(word: str) -> str:
    """Take a common ending off; near enough for counting what is shared."""
    for ending in _ENDINGS:
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word

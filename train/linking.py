"""Fit the weights that linking decides by to stories with keys: for `src/whosays/link/weights.py`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from train.score_links import Counts, find_golds, match_contradictions
from whosays.link.claims import group_claims
from whosays.link.judgements import find_denials
from whosays.link.propositions import compare_said, gather_said, list_features, weigh
from whosays.link.weights import CLAIM, DISPUTE
from whosays.model import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from train.score_links import KeyedStory
    from whosays.link.propositions import Comparison, Floats, Said

CLAIM_LEASTS = (0.1, 0.2, 0.26, 0.3, 0.4, 0.5, 0.6)
DISPUTE_LEASTS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
_RIDGE = 2.0
Pairs = tuple[list[tuple[int, int]], list[bool]]
"""Places of two propositions, and for each two whether the key joins them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compared:
    """A story's propositions with the statements of its key that each is, and what each two have in common."""

    story: KeyedStory
    said: list[Said]
    golds: list[set[str]]
    comparison: Comparison
    features: dict[str, Floats]


def compare_story(story: KeyedStory) -> Compared:
    """Compare what a story's articles say."""
    said = gather_said(story.articles)
    refs = [Ref(article=story.articles[one.article].name, span=one.proposition.span) for one in said]
    return Compared(
        story=story,
        said=said,
        golds=[find_golds([ref], story.places) for ref in refs],
        comparison=compare_said(said),
        features=list_features(said),
    )


def fit_linking(stories: Sequence[Compared]) -> Iterator[str]:
    """Yield the weights fitted to all stories, and how well those of the others do on each, by threshold."""
    claims = [_list_claim_pairs(one) for one in stories]
    disputes = [_list_dispute_pairs(one) for one in stories]
    for name, pairs, keys in (("CLAIM", claims, list(CLAIM)), ("DISPUTE", disputes, list(DISPUTE))):
        fitted = _fit(stories, pairs, keys)
        yield f"{name} = {{{', '.join(f'{key!r}: {value:.2f}' for key, value in fitted.items())}}}"
    by_least = {least: Counts() for least in CLAIM_LEASTS}
    denials = {least: Counts() for least in DISPUTE_LEASTS}
    for held, one in enumerate(stories):
        others = [i for i in range(len(stories)) if i != held]
        apart = [stories[i] for i in others]
        claim = _fit(apart, [claims[i] for i in others], list(CLAIM))
        dispute = _fit(apart, [disputes[i] for i in others], list(DISPUTE))
        comparison = replace(
            one.comparison, probability=weigh(one.features, claim), dispute=weigh(one.features, dispute)
        )
        for least, counts in by_least.items():
            _count_claims(one, group_claims(comparison, (), least=least), counts)
        for least, counts in denials.items():
            _count_denials(one, find_denials(one.said, comparison, least=least), counts)
    for what, table in (("claims", by_least), ("denials", denials)):
        for least, counts in table.items():
            yield f"{what} from {least}: F1 {counts.f1:.3f}, {counts}"


def _fit(
    stories: Sequence[Compared], pairs: Sequence[tuple[list[tuple[int, int]], list[bool]]], keys: list[str]
) -> dict[str, float]:
    """Logistic regression with a ridge, by Newton's method."""
    names = [key for key in keys if key != "bias"]
    rows = [
        np.stack([one.features[name][tuple(np.array(places).T)] for name in names], axis=1)
        for one, (places, _) in zip(stories, pairs, strict=True)
        if places
    ]
    inputs = np.concatenate(rows).astype(np.float64)
    inputs = np.concatenate([inputs, np.ones((len(inputs), 1))], axis=1)
    same = np.concatenate([np.array(right, np.float64) for _, right in pairs if right])
    ridge = np.array([_RIDGE] * len(names) + [1e-6])
    weights = np.zeros(len(names) + 1)
    for _ in range(50):
        likely = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (likely - same) + ridge * weights
        bend = (inputs * (likely * (1 - likely))[:, None]).T @ inputs + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip([*names, "bias"], weights.tolist(), strict=True))


def _list_claim_pairs(one: Compared) -> Pairs:
    """Return the pairs, in two articles, of which the key knows whether they are one claim, and whether they are."""
    claims = [set(claim["statements"]) for claim in one.story.key["claims"]]
    known = set[str]().union(*claims)
    told = [i for i, golds in enumerate(one.golds) if golds & known]
    places = [
        (i, j)
        for i, j in combinations(told, 2)
        if one.said[i].article != one.said[j].article and not one.golds[i] & one.golds[j]
    ]
    return places, [any(one.golds[i] & claim and one.golds[j] & claim for claim in claims) for i, j in places]


def _list_dispute_pairs(one: Compared) -> Pairs:
    """Return the pairs of which one may deny the other, and whether the key says so."""
    told = [i for i, golds in enumerate(one.golds) if golds]
    places = [
        (i, j)
        for i, j in combinations(told, 2)
        if one.said[i].negative != one.said[j].negative
        and (one.said[i].source is None or one.said[i].source != one.said[j].source)
    ]
    found = match_contradictions(((one.golds[i], one.golds[j]) for i, j in places), one.story.key)
    return places, [bool(numbers) for numbers in found]


def _count_claims(one: Compared, groups: list[list[int]], counts: Counts) -> None:
    known = {name for claim in one.story.key["claims"] for name in claim["statements"]}
    told = [set[str]().union(*(one.golds[i] for i in group)) & known for group in groups]
    expected = (combinations(sorted(claim["statements"]), 2) for claim in one.story.key["claims"])
    counts.add(
        {frozenset(pair) for group in told for pair in combinations(sorted(group), 2)},
        {frozenset(pair) for claim in expected for pair in claim},
    )


def _count_denials(one: Compared, pairs: list[tuple[int, int]], counts: Counts) -> None:
    hit = set[int]()
    for numbers in match_contradictions(((one.golds[i], one.golds[j]) for i, j in pairs), one.story.key):
        counts.extra += numbers == set()
        hit |= numbers or set()
    counts.right += len(hit)
    counts.missed += len(one.story.key["contradictions"]) - len(hit)

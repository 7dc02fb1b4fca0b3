"""Fit the weights that linking decides by to stories with keys: for `src/whosays/link/weights.py`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from train.corpora.pairs import CONTRADICTS, UNKNOWN
from train.score_links import (
    Counts,
    count_claims,
    count_contradictions,
    count_judged,
    find_golds,
    match_contradictions,
    match_judged,
)
from whosays.link.claims import group_claims
from whosays.link.clusters import pick_members
from whosays.link.judgements import fold_judgements, judge_read
from whosays.link.propositions import gather_said, list_features, weigh_features
from whosays.link.weights import CLAIM, DISPUTE, RELATED
from whosays.model import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from train.score_links import KeyedStory
    from whosays.link.propositions import Floats, Said
    from whosays.model import CrossEncoder

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
    judged: NDArray[np.int8]
    """What each two were judged to be, (n, n), or `UNKNOWN`."""
    features: dict[str, Floats]


def compare_story(story: KeyedStory, cross: CrossEncoder) -> Compared:
    """Compare what a story's articles say."""
    said = gather_said(story.articles)
    refs = [Ref(article=story.articles[one.article].name, span=one.proposition.span) for one in said]
    return Compared(
        story=story,
        said=said,
        golds=[find_golds([ref], story.places) for ref in refs],
        judged=match_judged(refs, story.judged),
        features=list_features(said, cross),
    )


def fit_linking(stories: Sequence[Compared]) -> Iterator[str]:
    """Yield the weights fitted to all stories, and how well those of the others do on each, by threshold."""
    claims = [_list_claim_pairs(one) for one in stories]
    disputes = [_list_dispute_pairs(one) for one in stories]
    related = [_list_related_pairs(one) for one in stories]
    for name, pairs, keys in (("RELATED", related, RELATED), ("CLAIM", claims, CLAIM), ("DISPUTE", disputes, DISPUTE)):
        fitted = _fit(stories, pairs, list(keys))
        yield f"{name} = {{{', '.join(f'{key!r}: {value:.2f}' for key, value in fitted.items())}}}"
    by_least = {least: Counts() for least in CLAIM_LEASTS}
    disputes_found = {least: Counts() for least in DISPUTE_LEASTS}
    disputes_judged = {least: Counts() for least in DISPUTE_LEASTS}
    for held, one in enumerate(stories):
        others = [i for i in range(len(stories)) if i != held]
        apart = [stories[i] for i in others]
        comparison = weigh_features(
            one.features,
            claim=_fit(apart, [claims[i] for i in others], list(CLAIM)),
            dispute=_fit(apart, [disputes[i] for i in others], list(DISPUTE)),
        )
        for least, counts in by_least.items():
            groups = group_claims(comparison, (), least=least)
            count_claims([set[str]().union(*(one.golds[i] for i in group)) for group in groups], one.story.key, counts)
        members = pick_members(group_claims(comparison, ()), len(one.said))
        for least, counts in disputes_found.items():
            found = fold_judgements(judge_read(one.said, comparison, least=least), members)
            shown = [(judgement.left, judgement.right) for judgement in found]
            count_contradictions(_match_pairs(one, shown), one.story.key, counts)
            count_judged((int(one.judged[pair]) for pair in shown), one.judged, disputes_judged[least])
    for what, table in (("claims", by_least), ("disputes", disputes_found), ("disputes as judged", disputes_judged)):
        for least, counts in table.items():
            yield f"{what} from {least}: F1 {counts.f1:.3f}, {counts}"


def _fit(stories: Sequence[Compared], pairs: Sequence[Pairs], keys: list[str]) -> dict[str, float]:
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


def _list_related_pairs(one: Compared) -> Pairs:
    """Return the pairs of two statements of the key, and whether they are one claim or contradict each other."""
    claims = [set(claim["statements"]) for claim in one.story.key["claims"]]
    told = [i for i, golds in enumerate(one.golds) if golds]
    places = [(i, j) for i, j in combinations(told, 2) if not one.golds[i] & one.golds[j]]
    disputed = _match_pairs(one, places)
    return places, [
        bool(numbers) or any(one.golds[i] & claim and one.golds[j] & claim for claim in claims)
        for (i, j), numbers in zip(places, disputed, strict=True)
    ]


def _list_dispute_pairs(one: Compared) -> Pairs:
    """Return the pairs of two mouths that were read side by side, and whether they contradict each other.

    What was judged pair by pair is believed; of the others the key knows some.
    """
    read = np.triu(one.features["read"], k=1) > 0
    places = [
        (i, j)
        for i, j in np.argwhere(read).tolist()
        if one.said[i].mouth != one.said[j].mouth and (one.judged[i, j] != UNKNOWN or (one.golds[i] and one.golds[j]))
    ]
    judged = [int(one.judged[i, j]) for i, j in places]
    return places, [
        bool(numbers) if known == UNKNOWN else known == CONTRADICTS
        for numbers, known in zip(_match_pairs(one, places), judged, strict=True)
    ]


def _match_pairs(one: Compared, pairs: Sequence[tuple[int, int]]) -> list[set[int] | None]:
    return list(match_contradictions(((one.golds[i], one.golds[j]) for i, j in pairs), one.story.key))

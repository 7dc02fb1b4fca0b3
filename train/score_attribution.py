"""Score found attributions against PolNeAR's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from train.corpora.polnear import ROLES
from whosays.extract.attribution import Attribution, find_attributions
from whosays.extract.heads.tagging import find_roles
from whosays.model import Calibration, Span
from whosays.text import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from train.corpora.polnear import GoldArticle
    from whosays.extract.heads.tagging import RoleSpan
    from whosays.model import Encoder

_JACCARD = 0.5


@dataclass(slots=True, kw_only=True)
class Tally:
    """Right, found and expected; precision, recall and F1 follow."""

    right: int = 0
    found: int = 0
    expected: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 when both are."""
        return 2 * self.right / ((self.found + self.expected) or 1)


@dataclass(slots=True, kw_only=True)
class AttributionScore:
    """Tallies by role: spans that agree exactly, tokens, and whole attributions."""

    exact: dict[str, Tally] = field(default_factory=lambda: {role: Tally() for role in ROLES})
    token: dict[str, Tally] = field(default_factory=lambda: {role: Tally() for role in ROLES})
    attribution: Tally = field(default_factory=Tally)
    source_given_content: Tally = field(default_factory=Tally)
    calibration: Calibration = field(default_factory=Calibration)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    """Each found attribution's score, and whether it was right."""
    agreement: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Tokens by their role in gold and in ours."""

    def describe(self) -> list[str]:
        """Return a line for each role, and two for whole attributions."""
        return [
            *(f"{r:8} exact span {self.exact[r].f1:.3f}   token {self.token[r].f1:.3f}" for r in ROLES),
            f"attribution (content Jaccard >= 0.5 and source right) {self.attribution.f1:.3f}",
            f"source right where the content is found {self.source_given_content.f1:.3f}",
            f"tokens: Krippendorff's alpha with the annotator {measure_alpha(self.agreement):.3f}",
            f"scores: expected calibration error {measure_calibration(self.judged):.3f}",
        ]


def measure_alpha(pairs: Counter[tuple[str, str]]) -> float:
    """Krippendorff's alpha for two coders and nominal labels, from counts of label pairs."""
    marginal: Counter[str] = Counter()
    for (left, right), count in pairs.items():
        marginal[left] += count
        marginal[right] += count
    total = marginal.total()
    differ = 2 * sum(count for (left, right), count in pairs.items() if left != right)
    expected = total * total - sum(count * count for count in marginal.values())
    return 1 - (total - 1) * differ / expected if expected else 1.0


def measure_calibration(judged: list[tuple[float, bool]], *, bins: int = 10) -> float:
    """Expected calibration error: how far scores lie from the share that is right, weighed by number, in equal bins."""
    gap = 0.0
    for i in range(bins):
        inside = [(score, right) for score, right in judged if i / bins < score <= (i + 1) / bins]
        gap += abs(sum(score for score, _ in inside) - sum(right for _, right in inside))
    return gap / (len(judged) or 1)


def score_attributions(articles: Iterable[GoldArticle], encoder: Encoder) -> AttributionScore:
    """Encode each article and compare.

    Exact: span borders agree, each part of a broken span counted alone, as annotated. Token: characters that are
    neither white space nor punctuation stand for tokens cut at white space. Attribution: the content's words overlap
    with Jaccard at least 0.5 and the source's words too (or both have none), each gold one matched once.
    """
    score = AttributionScore(calibration=encoder.calibration)
    for article in articles:
        (encoding,) = encoder.encode((article.text,))
        found = find_roles(encoding, article.text)
        for role in ROLES:
            gold = {span for a in article.attributions for span in getattr(a, role)}
            ours = {r.span for r in found if r.role == role}
            _add(score.exact[role], gold, ours)
            _add(score.token[role], _list_tokens(article.text, gold), _list_tokens(article.text, ours))
        score.agreement += _pair_tokens(article, found)
        _match(score, article, find_attributions(encoding, article.text, split_sentences(article.text)))
    return score


def _add(tally: Tally, gold: set[Span] | set[int], ours: set[Span] | set[int]) -> None:
    tally.right += len(gold & ours)  # type: ignore[operator]  # both sides are of one kind
    tally.found += len(ours)
    tally.expected += len(gold)


def _list_tokens(text: str, spans: Iterable[Span]) -> set[int]:
    """Return the starts of the white-space tokens that the spans touch with a letter or digit."""
    tokens: set[int] = set()
    for span in spans:
        at = span.start
        for word in span.slice(text).split():
            at = text.index(word, at)
            if any(c.isalnum() for c in word):
                start = at
                while start > 0 and not text[start - 1].isspace():
                    start -= 1
                tokens.add(start)
            at += len(word)
    return tokens


def _match(score: AttributionScore, article: GoldArticle, found: tuple[Attribution, ...]) -> None:
    gold = [
        (_list_tokens(article.text, a.content), _list_tokens(article.text, a.source))
        for a in article.attributions
        if a.content
    ]
    ours = [
        (_list_tokens(article.text, a.contents), _list_tokens(article.text, (a.source,) if a.source else ()))
        for a in found
    ]
    pairs = sorted(
        (
            (_overlap(g[0], o[0]), i, j)
            for i, g in enumerate(gold)
            for j, o in enumerate(ours)
            if _overlap(g[0], o[0]) >= _JACCARD
        ),
        reverse=True,
    )
    used: Counter[str] = Counter()
    correct = [False] * len(found)
    score.attribution.found += len(ours)
    score.attribution.expected += len(gold)
    for _, i, j in pairs:
        if used[f"gold {i}"] or used[f"ours {j}"]:
            continue
        used[f"gold {i}"] += 1
        used[f"ours {j}"] += 1
        right = gold[i][1] == ours[j][1] or _overlap(gold[i][1], ours[j][1]) >= _JACCARD
        correct[j] = right
        score.attribution.right += right
        score.source_given_content.right += right
        score.source_given_content.found += 1
        score.source_given_content.expected += 1
    score.judged += zip((score.calibration.apply(a.score) for a in found), correct, strict=True)


def _pair_tokens(article: GoldArticle, found: tuple[RoleSpan, ...]) -> Counter[tuple[str, str]]:
    """Count the tokens by their role in gold and in ours; a source or cue inside a content is what it is."""
    labels: list[dict[int, str]] = [{}, {}]
    for role in ("content", "source", "cue"):
        gold = [span for a in article.attributions for span in getattr(a, role)]
        for spans, side in ((gold, labels[0]), ([r.span for r in found if r.role == role], labels[1])):
            side.update(dict.fromkeys(_list_tokens(article.text, spans), role))
    whole = Span(start=0, end=len(article.text))
    return Counter((labels[0].get(at, ""), labels[1].get(at, "")) for at in _list_tokens(article.text, [whole]))


def _overlap(left: set[int], right: set[int]) -> float:
    return len(left & right) / (len(left | right) or 1)

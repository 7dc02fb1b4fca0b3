"""Score found attributions against PolNeAR's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from train.corpora.polnear import ROLES
from whosays.extract.attribution import Attribution, find_attributions
from whosays.extract.tagging import find_roles
from whosays.text import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from train.corpora.polnear import GoldArticle
    from whosays.model import Encoder, Span

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


def score_attributions(articles: Iterable[GoldArticle], encoder: Encoder) -> AttributionScore:
    """Encode each article and compare.

    Exact: span borders agree, each part of a broken span counted alone, as annotated. Token: characters that are
    neither white space nor punctuation stand for tokens cut at white space. Attribution: the content's words overlap
    with Jaccard at least 0.5 and the source's words too (or both have none), each gold one matched once.
    """
    score = AttributionScore()
    for article in articles:
        (encoding,) = encoder.encode((article.text,))
        found = find_roles(encoding, article.text)
        for role in ROLES:
            gold = {span for a in article.attributions for span in getattr(a, role)}
            ours = {r.span for r in found if r.role == role}
            _add(score.exact[role], gold, ours)
            _add(score.token[role], _list_tokens(article.text, gold), _list_tokens(article.text, ours))
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
    score.attribution.found += len(ours)
    score.attribution.expected += len(gold)
    for _, i, j in pairs:
        if used[f"gold {i}"] or used[f"ours {j}"]:
            continue
        used[f"gold {i}"] += 1
        used[f"ours {j}"] += 1
        right = gold[i][1] == ours[j][1] or _overlap(gold[i][1], ours[j][1]) >= _JACCARD
        score.attribution.right += right
        score.source_given_content.right += right
        score.source_given_content.found += 1
        score.source_given_content.expected += 1


def _overlap(left: set[int], right: set[int]) -> float:
    return len(left & right) / (len(left | right) or 1)

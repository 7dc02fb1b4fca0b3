"""Score linking against the keys of `coverage`, and stories against giveme5w1h and ECB+."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from train.corpora.pairs import CONTRADICTS, UNKNOWN, find_judged, read_judged
from train.score_coverage import read_sheet
from train.score_figures import agree_values
from whosays.flow import make_link_article
from whosays.link import link_articles
from whosays.link.citations import names_outlet
from whosays.link.stories import group_stories
from whosays.model import LinkArticle, LinkKind
from whosays.text import split_words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from train.corpora.pairs import Judged
    from whosays.flow import Means
    from whosays.model import Linking, Ref

Pair = frozenset[str]
_SMALL = frozenset(
    "a an the some one of in at for by s and on to its his her their from with was which who that".split()
)


@dataclass(slots=True, kw_only=True)
class Counts:
    """Right, superfluous and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.extra + self.missed)

    @property
    def recall(self) -> float:
        """Share of what is in the key that was found."""
        return self.right / max(1, self.right + self.missed)

    def add(self, found: set[Any], expected: set[Any]) -> None:
        """Count two sets against each other."""
        self.right += len(found & expected)
        self.extra += len(found - expected)
        self.missed += len(expected - found)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedStory:
    """A story's articles as linking sees them, and its key; `places` is where each statement of the key stands."""

    key: dict[str, Any]
    articles: tuple[LinkArticle, ...]
    places: dict[str, tuple[str, int, int]]
    judged: Judged | None
    """Its pairs that were judged one by one, if they were."""


@dataclass(slots=True, kw_only=True)
class LinkScore:
    """What was found of each kind of link, over all stories."""

    copies: Counts = field(default_factory=Counts)
    claims: Counts = field(default_factory=Counts)
    contradictions: Counts = field(default_factory=Counts)
    citations: Counts = field(default_factory=Counts)
    figures: Counts = field(default_factory=Counts)
    stories: list[float] = field(default_factory=list)
    origins: list[tuple[bool, bool]] = field(default_factory=list)
    """For each claim of the key: the range equals it, the range overlaps it."""
    judged: Counts = field(default_factory=Counts)
    """Contradictions that are shown, against what was judged pair by pair; missed are all that are not shown."""
    misses: list[str] = field(default_factory=list)


def read_keyed_stories(folder: Path, *, means: Means) -> Iterator[KeyedStory]:
    """Read the pages of each story that has a key."""
    for path in sorted(folder.glob("*/key.json")):
        key = json.loads(path.read_text("utf-8"))
        sheets = {a["file"]: read_sheet(path.parent / a["file"], a["published"], means) for a in key["articles"]}
        articles = tuple(make_link_article(sheet, name=name) for name, sheet in sheets.items() if sheet is not None)
        places = {s["id"]: _place(s, articles) for s in key["statements"]}
        pairs = find_judged(path.parent)
        judged = read_judged(pairs) if pairs else None
        yield KeyedStory(key=key, articles=articles, places=places, judged=judged)


def score_links(folder: Path, *, means: Means) -> LinkScore:
    """Link each story's pages and compare with its key."""
    score = LinkScore()
    for told in read_keyed_stories(folder, means=means):
        key, places = told.key, told.places
        linking = link_articles(told.articles, cross=means.cross)
        score.copies.add(
            {frozenset(pair) for group in linking.copies for pair in combinations(group, 2)},
            {frozenset(pair) for group in key["copies"] for pair in combinations(group["files"], 2)},
        )
        story_of = {file: story["id"] for story in key["stories"] for file in story["files"]}
        found_story = {file: number for number, story in enumerate(linking.stories) for file in story}
        score.stories.append(measure_bcubed([found_story[f] for f in story_of], list(story_of.values())))
        _score_claims(key, linking, places, score)
        _score_contradictions(key, linking, places, score)
        _score_judged(linking, told.judged, score.judged)
        _score_citations(key, linking, score)
        _score_figures(key, linking, score)
    return score


def measure_bcubed(found: Sequence[Hashable], expected: Sequence[Hashable]) -> float:
    """Return BCubed F1 of one partition against another (Bagga and Baldwin 1998)."""
    pairs = list(zip(found, expected, strict=True))
    precision = recall = 0.0
    for ours, theirs in pairs:
        both = sum(a == ours and b == theirs for a, b in pairs)
        precision += both / sum(a == ours for a, _ in pairs) / len(pairs)
        recall += both / sum(b == theirs for _, b in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def score_stories(corpora: Path) -> dict[str, float]:
    """Return BCubed F1 on giveme5w1h's events, and on ECB+'s sub-stories (two events of a kind to each topic)."""
    return {
        "giveme5w1h": _score_partition(_read_giveme(corpora / "giveme5w1h" / "news_clusters.jsonl.gz")),
        "ECB+ topics 1-35": _score_partition(_read_ecb(corpora / "ecbplus" / "ECB+")),
    }


def _score_partition(labelled: Iterable[tuple[LinkArticle, str]]) -> float:
    articles, labels = zip(*labelled, strict=True)
    found = [0] * len(articles)
    for number, group in enumerate(group_stories(articles)):
        for member in group:
            found[member] = number
    return measure_bcubed(found, labels)


def _read_giveme(path: Path) -> Iterator[tuple[LinkArticle, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            data = json.loads(line)
            day = data["date"][:10] if data["date"] else None
            yield (
                LinkArticle(name=data["id"], title=data["title"], text=data["text"], published=day),
                str(data["event_id"]),
            )


def _read_ecb(folder: Path) -> Iterator[tuple[LinkArticle, str]]:
    from lxml import etree

    for path in sorted(folder.glob("*/*.xml")):
        sentences: dict[int, list[str]] = defaultdict(list)
        for token in etree.parse(path).getroot().iter("token"):
            sentences[int(token.get("sentence"))].append(token.text or "")
        text = "\n\n".join(" ".join(words) for _, words in sorted(sentences.items()))
        topic = path.name.partition("_")[0]
        yield LinkArticle(name=path.name, text=text), f"{topic} {'plus' if 'plus' in path.name else ''}"


def _place(statement: dict[str, Any], articles: Sequence[LinkArticle]) -> tuple[str, int, int]:
    text = next((a.text for a in articles if a.name == statement["article"]), "")
    content = " ".join(statement["content"].split())
    at = text.replace("\n\n", "  ").replace("\n", " ").find(content)
    return statement["article"], at, at + len(content)


def _covers(ref: Ref, place: tuple[str, int, int]) -> bool:
    """Tell whether half of the shorter of the two lies in the other."""
    file, start, end = place
    if ref.article != file or ref.span is None or start < 0:
        return False
    shared = min(ref.span.end, end) - max(ref.span.start, start)
    return shared >= 0.5 * min(len(ref.span), end - start)


def find_golds(refs: Iterable[Ref], places: dict[str, tuple[str, int, int]]) -> set[str]:
    """Return the statements of the key that one of the refs is."""
    return {name for ref in refs for name, place in places.items() if _covers(ref, place)}


def _score_claims(
    key: dict[str, Any], linking: Linking, places: dict[str, tuple[str, int, int]], score: LinkScore
) -> None:
    golds = [find_golds(claim.statements, places) for claim in linking.claims]
    count_claims(golds, key, score.claims)
    for claim in key["claims"]:
        wanted = set(claim["statements"])
        best = max(range(len(golds)), key=lambda i: (len(golds[i] & wanted), -len(golds[i] - wanted)), default=None)
        ours = linking.claims[best].origins if best is not None and golds[best] & wanted else None
        ranges = [(claim["origins"]["low"], claim["origins"]["high"])]
        ranges += [tuple(r) for r in claim["origins"].get("also_ok") or claim.get("also_ok") or []]
        if ours is None:
            score.origins.append((False, False))
            continue
        equal = (ours.low, ours.high) in ranges
        overlap = any(ours.low <= high and low <= ours.high for low, high in ranges)
        score.origins.append((equal, overlap))
        if not equal:
            score.misses.append(
                f"origins {claim['id']} {ranges[0]}: {ours.low}-{ours.high} {[r.name for r in ours.roots]}"
            )


def count_claims(groups: Iterable[set[str]], key: dict[str, Any], counts: Counts) -> None:
    """Count the pairs of statements that groups of the key's statements join against those that its claims join."""
    known = {name for claim in key["claims"] for name in claim["statements"]}
    counts.add(
        {frozenset(pair) for group in groups for pair in combinations(sorted(group & known), 2)},
        {frozenset(pair) for claim in key["claims"] for pair in combinations(sorted(claim["statements"]), 2)},
    )


def _score_contradictions(
    key: dict[str, Any], linking: Linking, places: dict[str, tuple[str, int, int]], score: LinkScore
) -> None:
    links = [link for link in linking.links if link.kind is LinkKind.CONTRADICTS]
    ends = [(find_golds([link.source], places), find_golds([link.target], places)) for link in links]
    matched = list(match_contradictions(ends, key))
    score.misses += [
        f"superfluous contradiction {sorted(left)} {sorted(right)}: {link.why}"
        for (left, right), link, numbers in zip(ends, links, matched, strict=True)
        if numbers == set()
    ]
    hit = count_contradictions(matched, key, score.contradictions)
    score.misses += [f"missed contradiction {c}" for i, c in enumerate(key["contradictions"]) if i not in hit]


def count_contradictions(matched: Sequence[set[int] | None], key: dict[str, Any], counts: Counts) -> set[int]:
    """Count what `match_contradictions` gave; returns which of the key's contradictions were found."""
    hit = set[int]().union(*(numbers for numbers in matched if numbers))
    counts.right += len(hit)
    counts.extra += sum(numbers == set() for numbers in matched)
    counts.missed += len(key["contradictions"]) - len(hit)
    return hit


def match_contradictions(ends: Iterable[tuple[set[str], set[str]]], key: dict[str, Any]) -> Iterator[set[int] | None]:
    """Yield which of the key's contradictions each two sets of its statements are: none of them, or `None` unknown.

    Compared by claim, since one pair of the key stands for all copies and repeats of both; unknown is what the key has
    no statement for.
    """
    claim_of = {statement["id"]: {statement["id"]} for statement in key["statements"]}
    for claim in key["claims"]:
        for name in claim["statements"]:
            claim_of[name].add(claim["id"])
    for statement in key["statements"]:
        if statement.get("copy_of"):
            claim_of[statement["id"]].add(statement["copy_of"])
    expected = [(claim_of[c["a"]], claim_of[c["b"]]) for c in key["contradictions"]]
    for left_ids, right_ids in ends:
        left, right = (set[str]().union(*(claim_of[name] for name in ids)) for ids in (left_ids, right_ids))
        if not left or not right:
            yield None
        else:
            yield {i for i, (a, b) in enumerate(expected) if (left & a and right & b) or (left & b and right & a)}


def match_judged(refs: Sequence[Ref], judged: Judged | None) -> NDArray[np.int8]:
    """Return what each two were judged to be, (n, n); `UNKNOWN` where nobody did."""
    table = np.full((len(refs), len(refs)), UNKNOWN, np.int8)
    if judged is not None:
        known = [(article, span.start, span.end) for article, span in zip(judged.articles, judged.spans, strict=True)]
        found = [next((n for n, place in enumerate(known) if _covers(ref, place)), None) for ref in refs]
        at = np.array([i for i, n in enumerate(found) if n is not None], dtype=np.int64)
        rows = np.array([n for n in found if n is not None], dtype=np.int64)
        table[np.ix_(at, at)] = judged.pack.told[np.ix_(rows, rows)]
    return table


def count_judged(shown: Iterable[int], judged: NDArray[np.int8], counts: Counts) -> None:
    """Count what the pairs that are shown as contradicting were judged to be; what nobody judged is left out.

    `judged` is what all pairs were judged to be, (n, n) and symmetric.
    """
    told = [relation for relation in shown if relation != UNKNOWN]
    right = sum(relation == CONTRADICTS for relation in told)
    counts.right += right
    counts.extra += len(told) - right
    counts.missed += int((np.triu(judged, k=1) == CONTRADICTS).sum()) - right


def _score_judged(linking: Linking, judged: Judged | None, counts: Counts) -> None:
    if judged is None:
        return
    ends = [ref for link in linking.links if link.kind is LinkKind.CONTRADICTS for ref in (link.source, link.target)]
    table = match_judged(ends, judged)
    count_judged((int(table[i, i + 1]) for i in range(0, len(ends), 2)), judged.pack.told, counts)


def _score_citations(key: dict[str, Any], linking: Linking, score: LinkScore) -> None:
    ours = [link for link in linking.links if link.kind is LinkKind.CITES]
    for cite in key["cites"]:
        origin, target = cite["from"].get("file"), cite["to"]
        if origin is None:
            continue
        hit = any(
            link.source.article == origin
            and (
                link.target.article == target["file"]
                if target.get("file")
                else names_outlet(link.target.name or "", target.get("name"))
                or names_outlet(target.get("name") or "", link.target.name)
            )
            for link in ours
        )
        score.citations.right += hit
        score.citations.missed += not hit
        if not hit:
            named = [(link.target.article, link.target.name) for link in ours if link.source.article == origin]
            score.misses.append(f"citation {origin} -> {target}: {named}")


def _score_figures(key: dict[str, Any], linking: Linking, score: LinkScore) -> None:
    outlets = {article["file"]: article["outlet"] for article in key["articles"]}
    for gold in key["figure_history"]:
        wanted = set(split_words(gold["source"]))
        hit = any(
            agree_values(entry.figure, gold)
            and (gold["outcome"] is None or gold["outcome"] in entry.figure.outcome)
            and _is_source(entry.source, wanted, outlet=outlets[entry.article])
            for entry in linking.figures
        )
        score.figures.right += hit
        score.figures.missed += not hit
        if not hit:
            near = [(e.source, e.article) for e in linking.figures if agree_values(e.figure, gold)]
            score.misses.append(f"figure {gold['counted']} {gold['low']}-{gold['high']} {gold['source']}: {near}")


def _is_source(ours: str | None, wanted: set[str], *, outlet: str) -> bool:
    """Tell whether a source is the key's: half of the shorter's words are; the outlet where nobody else is named."""
    said = set(split_words(ours or outlet))
    if ours is None or said == set(split_words(outlet)):
        return bool(wanted & {"own", "unknown", "misquoted", "no", "data"}) or said <= wanted
    said, wanted = said - _SMALL, wanted - _SMALL
    return bool(said & wanted) and len(said & wanted) >= 0.5 * min(len(said), len(wanted))

"""Score whom pronouns stand for, on the key of `corpus/pronouns` over PolNeAR's development articles."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from train.corpora.polnear import read_polnear
from whosays.extract import extract_statements
from whosays.model import Article, OffsetMap, Span
from whosays.resolve import resolve_statements
from whosays.text import split_words

if TYPE_CHECKING:
    from pathlib import Path

    from whosays.flow import Means
    from whosays.model import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronoun:
    """A pronoun of the key and whom it stands for; `named` is false where the article has only a description."""

    span: Span
    words: str
    meant: str

    @property
    def named(self) -> bool:
        """A name has a capital; a description ("the official") has none."""
        return any(word[:1].isupper() for word in self.meant.split())


@dataclass(slots=True, kw_only=True)
class PronounScore:
    """Of the pronouns that are found as sources: followed to the right one, to a wrong one, left open."""

    keyed: int = 0
    found: int = 0
    right: int = 0
    wrong: int = 0
    misses: list[str] = field(default_factory=list)


def score_pronouns(key: Path, polnear: Path, *, means: Means) -> PronounScore:
    """Read each article and compare what its pronouns were followed to; a surname alone is right."""
    wanted: dict[str, list[Pronoun]] = {}
    for line in key.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, start, end, words, meant, _ = line.split("\t")
            span = Span(start=int(start), end=int(end))
            wanted.setdefault(name, []).append(Pronoun(span=span, words=words, meant=meant))
    score = PronounScore()
    for gold in read_polnear(polnear, split="dev"):
        if gold.name in wanted:
            sources = _read_sources(gold.text, means)
            for pronoun in wanted[gold.name]:
                _compare(pronoun, sources, gold.text, score)
    return score


def _read_sources(text: str, means: Means) -> list[Source]:
    empty = array("q")
    article = Article(
        text=text,
        paragraphs=(Span(start=0, end=len(text)),),
        origin=OffsetMap(starts=empty, ends=empty),
        charset="utf-8",
        media_type="text/plain",
    )
    (reading,) = extract_statements((("", article),), encoder=means.encoder, lexicon=means.lexicon)
    statements = resolve_statements(article, reading, gazetteer=means.gazetteer)
    return [statement.source for statement in statements if statement.source is not None]


def _compare(pronoun: Pronoun, sources: list[Source], text: str, score: PronounScore) -> None:
    score.keyed += 1
    source = next((source for source in sources if source.span.overlaps(pronoun.span)), None)
    if source is None:
        return
    score.found += 1
    meant = source.name or (source.refers_to.slice(text) if source.refers_to else None)
    if meant is None:
        return
    ours, theirs = split_words(meant), split_words(pronoun.meant)
    right = ours[-1:] == theirs[-1:] or bool(set(ours) & set(theirs) - {"the", "of", "and", "a"})
    score.right += right
    score.wrong += not right
    if not right:
        around = text[max(0, pronoun.span.start - 60) : pronoun.span.end + 30].replace("\n", " ")
        score.misses.append(f"{meant}, not {pronoun.meant}: … {around}")

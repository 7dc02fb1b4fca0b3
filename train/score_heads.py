"""Score the heads beside attribution on their development data."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from train.corpora import entities, events, factuality, places, speech, times
from train.examples import find_pieces
from train.score_attribution import Tally
from whosays.encoder.pieces import Pieces
from whosays.extract.attribution import find_attributions
from whosays.extract.heads.marks import find_marks
from whosays.model import find_overlaps, merge_spans
from whosays.model.encoding import EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from train.corpora.labelled import LabelledText
    from whosays.model import Encoder, Encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadScore:
    """One number: head, split, metric, value, and how many gold items it rests on."""

    head: str
    split: str
    metric: str
    value: float
    count: int

    def describe(self) -> str:
        """Return one line."""
        return f"{self.head:11} {self.split:34} {self.metric:44} {self.value:.3f}  (of {self.count:,})"


def score_heads(corpora: Path, encoder: Encoder) -> Iterator[HeadScore]:
    """Score every head on its development split, one line after the other."""
    yield from _score_speech(corpora / "newsdiscourse" / "validation", encoder)
    named = {"person", "location", "organisation"}
    ner = list(entities.read_worldwide(corpora / "worldwide_ner", split="dev"))
    yield _score_spans("entities", "Worldwide NER, held-out countries", ner, encoder, keep=named)
    yield _score_spans("entities", "Worldwide NER, all types", ner, encoder)
    ewt = entities.read_ewt(corpora / "uner_ewt" / "en_ewt-ud-dev.iob2")
    yield _score_spans("entities", "UNER EWT dev (web)", ewt, encoder, keep=named)
    yield from _score_events(corpora, encoder)
    yield _score_factuality(corpora / "factuality" / "UW" / "dev.jsonl", "UW dev", encoder)
    tbaq = list(times.read_tbaq(corpora / "timex" / "tbaq", split="dev"))
    yield _score_spans("times", "TBAQ dev", tbaq, encoder, typed=False)
    yield _score_spans("times", "TBAQ dev", tbaq, encoder, typed=False, relaxed=True)
    for name, texts in (
        ("LGL dev", list(places.read_lgl(corpora / "geo" / "lgl.xml.gz", split="dev"))),
        ("GeoWebNews dev", list(places.read_geowebnews(corpora / "geo" / "GeoWebNews", split="dev"))),
    ):
        yield _score_spans("places", name, texts, encoder, typed=False)
    yield _score_spans("places", "GeoWebNews dev, literal", texts, encoder, keep={"literal"})
    yield _score_likeness(next((corpora / "stsb").glob("*.csv")), encoder)


def _score_speech(folder: Path, encoder: Encoder) -> Iterator[HeadScore]:
    """Share of speech sentences that an attribution touches, and of the others."""
    hit, count = Counter[bool](), Counter[bool]()
    for article in speech.read_speech(folder):
        (encoding,) = encoder.encode((article.text,))
        told = merge_spans(s for a in find_attributions(encoding, article.text, article.sentences) for s in a.contents)
        for sentence in article.sentences:
            count[sentence in article.speech] += 1
            hit[sentence in article.speech] += bool(find_overlaps(sentence, told))
    for spoken, metric in (
        (True, "speech sentences with an attribution"),
        (False, "other sentences with an attribution"),
    ):
        yield HeadScore(
            head="attribution",
            split="NewsDiscourse validation",
            metric=metric,
            value=hit[spoken] / count[spoken],
            count=count[spoken],
        )


def _score_spans(
    head: str,
    split: str,
    texts: Iterable[LabelledText],
    encoder: Encoder,
    *,
    keep: set[str] | None = None,
    typed: bool = True,
    relaxed: bool = False,
) -> HeadScore:
    """Micro F1 of spans; `relaxed`: any overlap counts; `typed`: the label must be right."""
    tally = Tally()
    for text, encoding in _encode(texts, encoder):
        gold = {(m.span.start, m.span.end, str(m.label)) for m in text.marks[head]}
        ours = {(m.span.start, m.span.end, m.label) for m in find_marks(encoding, text.text, head)}
        if keep is not None:
            gold, ours = ({mark for mark in marks if mark[2] in keep} for marks in (gold, ours))
        if not typed:
            gold, ours = ({(*mark[:2], "") for mark in marks} for marks in (gold, ours))
        tally.expected += len(gold)
        tally.found += len(ours)
        tally.right += (
            sum(any(g[0] < o[1] and o[0] < g[1] and g[2] == o[2] for g in gold) for o in ours)
            if relaxed
            else len(gold & ours)
        )
    kind = ("relaxed" if relaxed else "exact") + (" span and type F1" if typed else " span F1")
    return HeadScore(head=head, split=split, metric=kind, value=tally.f1, count=tally.expected)


def _score_events(corpora: Path, encoder: Encoder) -> Iterator[HeadScore]:
    wikievents = list(events.read_wikievents(corpora / "wikievents" / "dev.jsonl.gz"))
    m2e2 = list(events.read_m2e2(corpora / "m2e2" / "text_only_event.train.jsonl.gz", split="dev"))
    for name, texts in (("WikiEvents dev", wikievents), ("M2E2, a fifth of its documents", m2e2)):
        yield _score_spans("events", name, texts, encoder, typed=False)
        yield _score_spans("events", f"{name}, PLOVER types", texts, encoder, keep=set(EVENTS[2:]))
    yield _score_spans("roles", "M2E2, sentences with an event", [t for t in m2e2 if "roles" in t.marks], encoder)
    right = Counter[str]()
    plover = list(events.read_plover(corpora / "plover" / "PLOVER_GSR_CAMEO.even.json", split="dev"))
    for text, encoding in _encode(plover, encoder):
        right[text.story or ""] += name_story(encoding) == text.story
    yield HeadScore(
        head="events",
        split="PLOVER sentences, every second",
        metric="type of the sentence right",
        value=right.total() / len(plover),
        count=len(plover),
    )


def name_story(encoding: Encoding) -> str:
    """Return the PLOVER type that a text's pieces make likeliest."""
    pooled = np.exp(encoding.heads["events"][:, 2:]).sum(axis=0)
    return EVENTS[2 + int(pooled.argmax())]


def _score_factuality(path: Path, split: str, encoder: Encoder) -> HeadScore:
    """Pearson r of the first piece's value with the annotators'."""
    gold: list[float] = []
    ours: list[float] = []
    for text, encoding in _encode(factuality.read_factuality(path), encoder):
        for mark in text.marks["factuality"]:
            first, last = find_pieces(_as_pieces(encoding), mark.span)
            if first < last:
                gold.append(float(mark.label))
                ours.append(float(encoding.factuality[first:last].mean()))
    r = float(np.corrcoef(gold, ours)[0, 1])
    return HeadScore(head="factuality", split=split, metric="Pearson r", value=r, count=len(gold))


def _score_likeness(path: Path, encoder: Encoder) -> HeadScore:
    """Spearman's rank correlation of cosine likeness with people's."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) == 3]
    left = embed([row[0] for row in rows], encoder)
    right = embed([row[1] for row in rows], encoder)
    ours = (left * right).sum(axis=1)
    rank = float(np.corrcoef(_rank(ours), _rank(np.array([float(row[2]) for row in rows])))[0, 1])
    return HeadScore(head="vectors", split="STS-B dev", metric="Spearman", value=rank, count=len(rows))


def embed(sentences: list[str], encoder: Encoder) -> NDArray[np.float32]:
    """Return unit vectors, (n, width)."""
    means = [encoding.vectors.astype(np.float32).mean(axis=0) for encoding in encoder.encode(tuple(sentences))]
    found = np.stack(means)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def _rank(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Ranks from 0, equal values sharing the mean of theirs."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts + 1) / 2)[places]


def _encode(texts: Iterable[LabelledText], encoder: Encoder) -> Iterator[tuple[LabelledText, Encoding]]:
    listed = [text for text in texts if text.text.strip()]
    for first in range(0, len(listed), 32):
        chosen = listed[first : first + 32]
        yield from zip(chosen, encoder.encode(tuple(text.text for text in chosen)), strict=True)


def _as_pieces(encoding: Encoding) -> Pieces:
    empty = np.zeros(0, dtype=np.int32)
    return Pieces(
        ids=empty, shapes=empty, starts=encoding.starts, ends=encoding.ends, breaks=np.zeros(0, dtype=np.int8)
    )

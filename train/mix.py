"""The mix: which corpora the network learns from, how often, and what each weighs."""

from __future__ import annotations

import gzip
import json
import logging
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np
import torch

from train.corpora import entities, events, factuality, places, times
from train.corpora.polnear import read_polnear
from train.examples import (
    CONTEXT,
    WINDOW,
    Clauses,
    find_pieces,
    frame_window,
    make_attribution_examples,
    make_examples,
    make_vector_example,
)
from train.learning import Course
from whosays.encoder.pieces import cut_pieces, cut_windows
from whosays.text import split_clauses, split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from train.corpora.labelled import LabelledText
    from train.examples import Example
    from train.network import Network

log = logging.getLogger(__name__)


def make_courses(corpora: Path, *, tokenizer: Tokenizer, passes: float = 1.0) -> list[Course]:
    """Read every corpus' training part; `passes` makes the whole mix longer or shorter."""
    wikievents = corpora / "wikievents" / "train.jsonl.gz"
    m2e2 = corpora / "m2e2" / "text_only_event.train.jsonl.gz"
    plover = corpora / "plover" / "PLOVER_GSR_CAMEO.even.json"
    tables: list[tuple[str, float, float, Iterable[LabelledText]]] = [
        ("worldwide_ner", 6.0, 1.0, entities.read_worldwide(corpora / "worldwide_ner", split="train")),
        ("re3d", 4.0, 0.5, entities.read_re3d(corpora / "re3d")),
        ("wikievents", 12.0, 1.0, events.read_wikievents(wikievents)),
        ("m2e2", 4.0, 0.5, events.read_m2e2(m2e2, split="train")),
        ("plover", 20.0, 0.5, events.read_plover(plover, split="train")),
        ("cameo_roles", 4.0, 0.5, events.read_cameo_roles(corpora / "cameo" / "cameo_ner.train.txt")),
        ("ngec", 0.8, 0.5, events.read_ngec(corpora / "ngec_synthetic")),
        ("uw", 8.0, 1.0, factuality.read_factuality(corpora / "factuality" / "UW" / "train.jsonl")),
        ("meantime", 3.0, 1.0, factuality.read_factuality(corpora / "factuality" / "MEANTIME" / "train.jsonl")),
        ("uds", 1.0, 0.5, factuality.read_factuality(corpora / "factuality" / "UDS_IH2" / "train.jsonl.gz")),
        ("cb", 1.0, 0.5, factuality.read_factuality(corpora / "factuality" / "CB" / "all.jsonl")),
        ("mv2", 0.3, 0.3, factuality.read_factuality(corpora / "factuality" / "MV2" / "all.jsonl")),
        ("silver", 1.0, 0.5, times.read_silver(corpora / "timex" / "te3_silver.tar.gz", most=200)),
        ("tbaq", 8.0, 1.0, times.read_tbaq(corpora / "timex" / "tbaq", split="train")),
        ("wikiwars", 2.0, 1.0, times.read_wikiwars(corpora / "timex" / "wikiwars")),
        ("lgl", 3.0, 1.0, places.read_lgl(corpora / "geo" / "lgl.xml.gz", split="train")),
        ("geowebnews", 6.0, 1.0, places.read_geowebnews(corpora / "geo" / "GeoWebNews", split="train")),
    ]
    courses = [
        Course(
            name=name, passes=times * passes, weight=weight, examples=list(make_examples(texts, tokenizer=tokenizer))
        )
        for name, times, weight, texts in tables
    ]
    articles = read_polnear(corpora / "polnear", split="train")
    courses.append(
        Course(
            name="polnear",
            passes=5.0 * passes,
            examples=list(make_attribution_examples(articles, tokenizer=tokenizer)),
        )
    )
    for course in courses:
        log.info(
            "%s: %d windows, %d pieces", course.name, len(course.examples), sum(len(e.ids) for e in course.examples)
        )
    return courses


def make_vector_course(corpora: Path, *, tokenizer: Tokenizer, start: Network, passes: float = 1.0) -> Course:
    """Ask for the sentence vectors of `start`, the starting encoder, which are to be kept."""
    kept = make_vector_examples(corpora, 6000, start=start, tokenizer=tokenizer)
    return Course(name="vectors", passes=1.5 * passes, weight=1.0, examples=kept)


def make_vector_examples(corpora: Path, count: int, *, start: Network, tokenizer: Tokenizer) -> list[Example]:
    """Pair so many unlabelled sentences with the starting encoder's vectors."""
    sentences = list(_pick_sentences(corpora / "unlabelled" / "article_bias_6000.jsonl.gz", count))
    vectors = embed_sentences(sentences, start, tokenizer)
    return [make_vector_example(s, v, tokenizer=tokenizer) for s, v in zip(sentences, vectors, strict=True)]


def make_clauses(corpora: Path, count: int, *, start: Network, tokenizer: Tokenizer) -> list[Clauses]:
    """Pair so many clauses of unlabelled articles, where they stand, with the vector that each has alone."""
    found: list[tuple[Example, list[tuple[int, int]], list[str]]] = []
    wanted = count
    for text in _pick_articles(corpora / "unlabelled" / "article_bias_6000.jsonl.gz", first=3, every=40):
        pieces = cut_pieces(text, tokenizer=tokenizer)
        clauses = [clause for sentence in split_sentences(text) for clause in split_clauses(sentence, text)]
        ranges = [(*find_pieces(pieces, clause), clause.slice(text)) for clause in clauses if 20 <= len(clause) <= 300]
        for window in cut_windows(pieces, size=WINDOW, context=CONTEXT):
            inside = [(a, b, words) for a, b, words in ranges if window.start <= a < b <= window.end][: max(0, wanted)]
            wanted -= len(inside)
            places = [(a - window.context + 1, b - window.context + 1) for a, b, _ in inside]
            found.append((frame_window(pieces, window), places, [words for _, _, words in inside]))
        if wanted <= 0:
            break
    vectors = embed_sentences([clause for _, _, clauses in found for clause in clauses], start, tokenizer)
    ends = np.cumsum([len(places) for _, places, _ in found])
    return [
        Clauses(window=window, places=tuple(places), vectors=own)
        for (window, places, _), own in zip(found, np.split(vectors, ends[:-1]), strict=True)
        if places
    ]


def embed_sentences(sentences: list[str], network: Network, tokenizer: Tokenizer) -> NDArray[np.float32]:
    """Return the starting encoder's vectors, (n, width): the mean over all pieces, special ones too, as published."""
    network.eval()
    rows: list[NDArray[np.float32]] = []
    with torch.no_grad():
        for sentence in sentences:
            ids = torch.tensor([[101, *tokenizer.encode(sentence, add_special_tokens=False).ids[:254], 102]])
            last = network(ids, torch.zeros_like(ids), torch.ones_like(ids)).layers[0, :, -network.size.width :]
            rows.append(last.mean(dim=0).numpy())
    return np.stack(rows)


def _pick_articles(path: Path, *, first: int, every: int) -> Iterable[str]:
    """Take one of every so many unlabelled articles: for clauses in their text others than for sentences alone."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line)["text"] for line in islice(file, first, None, every))


def _pick_sentences(path: Path, count: int) -> Iterable[str]:
    """Take every so many sentences of the unlabelled articles."""
    texts = _pick_articles(path, first=0, every=4)
    sentences = chain.from_iterable((s.slice(text) for s in split_sentences(text)) for text in texts)
    yield from islice((s for s in sentences if 40 <= len(s) <= 300), 0, count * 5, 5)

"""The ledger at size: bytes a statement, time to add an article, and ten kinds of question, beside plain FTS5."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import os
import random
import shutil
import sqlite3
import tempfile
import time
from array import array
from collections import deque
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from whosays.config import Settings, make_cross
from whosays.extract.figures import find_figures
from whosays.flow import link_new
from whosays.ledger import open_view, open_writer
from whosays.model import (
    Article,
    Certainty,
    Commitment,
    Event,
    Evidence,
    EvidenceKind,
    Figure,
    OffsetMap,
    Page,
    Proposition,
    Question,
    Quotation,
    Sheet,
    Source,
    SourceKind,
    Span,
    Stance,
    Statement,
)
from whosays.text import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from whosays.ledger import LedgerView, LedgerWriter
    from whosays.model import CrossEncoder

TEXTS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "unlabelled" / "article_bias_6000.jsonl.gz"
_A_PAGE, BATCH, _TRIES = 20, 200, 200
_FIRST = date(2000, 1, 1)
_CERTAINTIES = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.UNCOMMITTED)
_STANCES = (Stance.SAYS, Stance.SAYS, Stance.SAYS, Stance.CLAIMS, Stance.CONFIRMS, Stance.DENIES)
_EVENTS = ("ASSAULT", "PROTEST", "AGREE", "ACCUSE", "REJECT")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """A text of the corpus, cut once and varied many times."""

    text: str
    sentences: tuple[Span, ...]
    sources: tuple[Span | None, ...]


def measure_ledger(sizes: list[int], *, address: str | None = None) -> None:
    """Fill a ledger up to each number of articles of twenty statements, and print what it costs; `address`: PostgreSQL.

    What a question takes at one size stands beside what it took at the size before.
    """
    folder = Path(tempfile.mkdtemp(prefix="whosays-benchmark-"))
    try:
        models = list(read_models())
        sheets, before = make_sheets(models), dict[str, float]()
        for size in sizes:
            before = _measure(size, address or str(folder / "ledger.sqlite"), folder, models, sheets, before)
    finally:
        shutil.rmtree(folder)


def measure_linking(sizes: list[int]) -> None:
    """Fill a ledger on SQLite up to each number of articles, link all, and print what one more article costs then."""
    folder = Path(tempfile.mkdtemp(prefix="whosays-benchmark-"))
    try:
        sheets, before = make_sheets(list(read_models())), 0.0
        with closing(open_writer(str(folder / "ledger.sqlite"), archive=folder / "archive")) as writer:
            cross = make_cross(Settings())
            for size in sizes:
                _fill(writer, sheets, size)
                _link_all(writer, cross)
                took = array("d")
                for one in itertools.islice(sheets, _TRIES):
                    writer.add(one, at=datetime.now(UTC).isoformat())
                    took.append(_time(lambda: deque(link_new(writer, cross=cross), maxlen=0)))
                growth = f"   p95 times {_find_p95(took) / before:.1f}" if before else ""
                print(f"  link it, with its story    {_tell(list(took))}{growth}", flush=True)
                before = _find_p95(took)
    finally:
        shutil.rmtree(folder)


def _fill(writer: LedgerWriter, sheets: Iterator[Sheet], articles: int) -> None:
    """Add articles until there are so many."""
    started = time.perf_counter()
    held = writer.view.count_all()["articles"]
    for first in range(held, articles, BATCH):
        batch = tuple(itertools.islice(sheets, min(BATCH, articles - first)))
        writer.add_all(batch, at=datetime.now(UTC).isoformat())
    counts = writer.view.count_all()
    print(f"{counts['articles']:,} articles, {counts['statements']:,} statements", end=", ")
    print(f"{counts['articles'] - held:,} of them added in {time.perf_counter() - started:.0f} s")


def _measure(
    articles: int,
    address: str,
    folder: Path,
    models: list[_Model],
    sheets: Iterator[Sheet],
    before: dict[str, float],
) -> dict[str, float]:
    """Measure one size, and return the p95 of each question in seconds."""
    print("PostgreSQL" if "://" in address else "SQLite", end=", ")
    with closing(open_writer(address, archive=folder / "archive")) as writer:
        _fill(writer, sheets, articles)
        os.sync()  # what the load left to be written would be waited for by the first articles
        adding = [_time(lambda one=one: writer.add(one, at="x")) for one in itertools.islice(sheets, _TRIES)]  # type: ignore[misc]  # the loop's own
        found = {"add one article": adding}
        statements = writer.view.count_all()["statements"]
    with closing(open_view(address, archive=folder / "archive")) as view:
        for _, ask in list_questions(view, models, seed=4):
            deque((ask() for _ in range(_TRIES)), maxlen=0)  # as after some use: other words, the same tables
        for kind, ask in list_questions(view, models):
            found[kind] = [_time(ask) for _ in range(_TRIES)]
    found["all these questions"] = [
        took for kind, times in found.items() if kind != "add one article" for took in times
    ]
    if "://" not in address:
        print(f"  bytes a statement          {Path(address).stat().st_size / statements:,.0f}")
        found["plain FTS5: a word"] = _measure_plain(Path(address), folder / f"plain-{articles}.sqlite", models)
    for kind, took in found.items():
        growth = f"   p95 times {_find_p95(took) / before[kind]:.1f}" if kind in before else ""
        print(f"  {kind:26} {_tell(took)}{growth}")
    return {kind: _find_p95(took) for kind, took in found.items()}


def _link_all(writer: LedgerWriter, cross: CrossEncoder) -> None:
    """Link all that was loaded; what the last articles took, all others linked, and what their stories took."""
    waiting = writer.view.count_waiting()
    placing, linking = array("d"), array("d")
    steps = link_new(writer, cross=cross)
    started = time.perf_counter()
    for number in itertools.count():
        before = time.perf_counter()
        if next(steps, None) is None:
            break
        (placing if number < waiting else linking).append(time.perf_counter() - before)
    print(f"  link all, {waiting:,} articles: {time.perf_counter() - started:.0f} s")
    print(f"  link one article           {_tell(list(placing[-400:]))}")
    print(f"  link one story             {_tell(list(linking[-400:]))}")


def list_questions(view: LedgerView, models: list[_Model], *, seed: int = 3) -> list[tuple[str, Callable[[], object]]]:
    """Ten kinds of question, each asked with other words every time."""
    chance = random.Random(seed)

    def word() -> str:
        return chance.choice(_list_words(chance.choice(models)))

    def phrase() -> str:
        words = chance.choice(models).text[:2000].split()
        at = chance.randrange(max(1, len(words) - 3))
        return '"' + " ".join(words[at : at + 3]).replace('"', "") + '"'

    def name() -> str:
        return next(iter(s.slice(m.text) for m in chance.sample(models, 50) for s in m.sources if s), "Trump")

    def outlet() -> str:
        return f"Outlet {chance.randrange(200)}"

    return [
        ("a word", lambda: view.search(Question(words=word()))),
        ("a common word", lambda: view.search(Question(words="said"))),
        ("two words", lambda: view.search(Question(words=f"{word()} {word()}"))),
        ("a phrase", lambda: view.search(Question(words=phrase()))),
        ("who", lambda: view.search(Question(who=name()))),
        ("who, and a word", lambda: view.search(Question(who=name(), words=word()))),
        (
            "an outlet's denials",
            lambda: view.search(Question(outlet=f"Outlet {chance.randrange(200)}", stance="denies")),
        ),
        ("a type of event, how sure", lambda: view.search(Question(type=chance.choice(_EVENTS), sure="PS+"))),
        (
            "a week",
            lambda: view.search(
                Question(
                    since=(day := _FIRST + timedelta(days=chance.randrange(500))).isoformat(),
                    until=(day + timedelta(days=7)).isoformat(),
                    words=word(),
                )
            ),
        ),
        ("figures of an outcome", lambda: view.list_figures(Question(), outcome=chance.choice(["killed", "wounded"]))),
    ]


def make_sheets(models: list[_Model], *, first: int = 0) -> Iterator[Sheet]:
    """Make sheets without end: the corpus again each year, with other outlets, days and judgements of certainty.

    What is told again a year later is another happening, so that a story does not grow with the ledger.
    """
    chance = random.Random(1 + first)
    for number in itertools.count(first):
        model = models[number % len(models)]
        body = f"{model.text}\n\n{number}".encode()
        digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
        seed = f"{digest} benchmark"
        page = Page(source=f"page-{number}.txt", body=body, digest=digest, fetched=datetime(2026, 1, 1, tzinfo=UTC))
        bytes_of = array("q", range(len(model.text)))
        article = Article(
            text=model.text,
            paragraphs=(Span(start=0, end=len(model.text)),),
            origin=OffsetMap(starts=bytes_of, ends=array("q", range(1, len(model.text) + 1))),
            charset="utf-8",
            media_type="text/plain",
            title=f"Page {number}",
            outlet=f"Outlet {chance.randrange(200)}",
            published=(_FIRST + timedelta(days=365 * (number // len(models)) + chance.randrange(200))).isoformat(),
        )
        figures = _find_figures(model.text)
        statements = tuple(
            replace(
                _make_statement(seed, span, source, chance),
                figures=tuple(f for f in figures if span.contains(f.span)),
            )
            for span, source in zip(model.sentences, model.sources, strict=True)
        )
        propositions = tuple(Proposition(statement=s.id, span=s.spans[0]) for s in statements)
        yield Sheet(page=page, article=article, statements=statements, encoder="benchmark", propositions=propositions)


@cache
def _find_figures(text: str) -> tuple[Figure, ...]:
    return find_figures(text)


def _make_statement(seed: str, span: Span, source: Span | None, chance: random.Random) -> Statement:
    return Statement(
        id=hashlib.sha256(f"{seed} {span.start}".encode()).hexdigest()[:20],
        spans=(span,),
        sentence=span,
        source=Source(span=source, kind=SourceKind.NAMED_PERSON) if source else None,
        cue=None,
        quotation=Quotation.INDIRECT,
        stance=chance.choice(_STANCES),
        evidence=Evidence(kind=EvidenceKind.UNSTATED),
        certainty=Commitment(source=chance.choice(_CERTAINTIES), outlet=Certainty.UNCOMMITTED, score=0.9),
        event=Event(type=chance.choice(_EVENTS), trigger=span, score=0.8) if chance.random() < 0.3 else None,
        reasons=("source: the first capitalised words", "a statement of the benchmark"),
    )


def read_models() -> Iterator[_Model]:
    """Cut the corpus' texts, those with enough sentences."""
    with gzip.open(TEXTS, "rt", encoding="utf-8") as file:
        for line in file:
            text = json.loads(line)["text"]
            sentences = split_sentences(text)[:_A_PAGE]
            if len(sentences) == _A_PAGE:
                end = sentences[-1].end
                yield _Model(
                    text=text[:end], sentences=sentences, sources=tuple(_find_source(s, text) for s in sentences)
                )


def _find_source(sentence: Span, text: str) -> Span | None:
    """Take the first two capitalised words for a source, in every other sentence or so."""
    words = sentence.slice(text).split(" ")
    if len(words) < 2 or not (words[0][:1].isupper() and words[1][:1].isupper()):
        return None
    return Span(start=sentence.start, end=sentence.start + len(words[0]) + 1 + len(words[1]))


def _list_words(model: _Model) -> list[str]:
    return [word for word in model.text[:3000].split() if word.isalpha() and len(word) > 4] or ["people"]


def _measure_plain(ledger: Path, path: Path, models: list[_Model]) -> list[float]:
    """The same contents in FTS5 and nothing else: the limit."""
    chance = random.Random(3)
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("ATTACH ? AS ledger", (str(ledger),))
        plain.execute("CREATE VIRTUAL TABLE words USING fts5 (content, tokenize='porter unicode61')")
        plain.execute("INSERT INTO words (rowid, content) SELECT number, content FROM ledger.statement")
        plain.commit()
        sql = "SELECT content FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT 20"
        took = []
        for _ in range(_TRIES):
            word = chance.choice(_list_words(chance.choice(models)))
            took.append(_time(lambda word=word: plain.execute(sql, (f'"{word}"',)).fetchall()))  # type: ignore[misc]  # the loop's own
    return took


def _time(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _tell(seconds: list[float]) -> str:
    return f"p50 {1000 * median(seconds):7.1f} ms   p95 {1000 * _find_p95(seconds):7.1f} ms"


def _find_p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]

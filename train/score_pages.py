"""Score the reader of pages, beside the extraction library alone, and count the spans that lead back exactly."""

from __future__ import annotations

import gc
import html
import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from train.corpora.pages import GoldPage, read_all, read_benchmark, read_fundus
from train.shingles import Overlap, compare_texts, score_f1
from whosays.errors import InputRefused
from whosays.model import Article, Page, Span
from whosays.parse import Limits, read_page
from whosays.text import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LIMITS = Limits(english_only=False)


@dataclass(slots=True, kw_only=True)
class ReaderScore:
    """One reader on one set: body overlaps, titles and days right, milliseconds of processor time a page."""

    overlaps: list[Overlap] = field(default_factory=list)
    titles: int = 0
    titles_known: int = 0
    days: int = 0
    days_known: int = 0
    seconds: float = 0.0

    def describe(self) -> str:
        """Return one line: precision, recall, F1, title, day, time."""
        precision, recall, f1 = score_f1(self.overlaps)
        parts = [f"body P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"]
        if self.titles_known:
            parts.append(f"title {self.titles / self.titles_known:.2f}")
        if self.days_known:
            parts.append(f"day {self.days / self.days_known:.2f}")
        return ", ".join([*parts, f"{1000 * self.seconds / max(1, len(self.overlaps)):.1f} ms a page"])


@dataclass(slots=True, kw_only=True)
class Fidelity:
    """How many spans, re-read from the page's bytes, give the same words."""

    pages: int = 0
    refused: int = 0
    paragraphs: int = 0
    paragraphs_exact: int = 0
    sentences: int = 0
    sentences_exact: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What any reader gives: the text, with its standfirst before it, the title, the day."""

    text: str
    title: str | None
    published: str | None


def score_readers(folder: Path) -> dict[str, ReaderScore]:
    """Score ours and trafilatura (its precise mode) on the benchmark and on fundus' pages, page by page in turn."""
    import trafilatura  # noqa: F401  # loaded before the clock runs

    scores: dict[str, ReaderScore] = {}
    for name, pages, ours in (
        ("benchmark", read_benchmark(folder), read_text_only),
        ("fundus", read_fundus(folder), read_ours),
    ):
        for page in pages:
            for reader, read in (("whosays", ours), ("trafilatura", read_theirs)):
                score = scores.setdefault(f"{name} {reader}", ReaderScore())
                _score(score, page, read)
    return scores


def read_ours(body: bytes) -> Reading:
    """Read with whosays, standfirst and text; a refused page is an empty text."""
    article = _try_reading(body)
    if article is None:
        return Reading(text="", title=None, published=None)
    text = "\n".join(part for part in (article.standfirst, article.text) if part)
    return Reading(text=text, title=article.title, published=article.published)


def read_text_only(body: bytes) -> Reading:
    """Read with whosays and leave the standfirst out: the benchmark's bodies have none."""
    article = _try_reading(body)
    if article is None:
        return Reading(text="", title=None, published=None)
    return Reading(text=article.text, title=article.title, published=article.published)


def _try_reading(body: bytes) -> Article | None:
    try:
        return read_page(make_page("page", body), limits=_LIMITS)
    except InputRefused:
        return None


def read_theirs(body: bytes) -> Reading:
    """Read with trafilatura alone, body and metadata."""
    import trafilatura

    found = trafilatura.bare_extraction(body, favor_precision=True, include_comments=False, with_metadata=True)
    if found is None:
        return Reading(text="", title=None, published=None)
    return Reading(text=found.text or "", title=found.title, published=found.date)


def count_fidelity(bodies: Iterable[tuple[str, bytes]]) -> Fidelity:
    """Read each page and re-read every paragraph and sentence from the bytes."""
    fidelity = Fidelity()
    for name, body in bodies:
        fidelity.pages += 1
        try:
            article = read_page(make_page(name, body), limits=_LIMITS)
        except InputRefused:
            fidelity.refused += 1
            continue
        for span in article.paragraphs:
            exact = is_exact(span, article, body)
            fidelity.paragraphs += 1
            fidelity.paragraphs_exact += exact
            if not exact:
                fidelity.wrong.append(f"{name}: {span.slice(article.text)[:80]!r}")
        for span in split_sentences(article.text):
            fidelity.sentences += 1
            fidelity.sentences_exact += is_exact(span, article, body)
    return fidelity


def is_exact(span: Span, article: Article, body: bytes) -> bool:
    """Tell whether the bytes behind a span, decoded and unescaped, hold the same words, white space apart."""
    ranges = article.origin.find_bytes(span)
    raw = [body[part.start : part.end].decode(article.charset, "replace") for part in ranges]
    found = "".join(html.unescape(part) if article.media_type == "text/html" else part for part in raw)
    return "".join(_UNSEEN.sub("", found).split()) == "".join(_UNSEEN.sub("", span.slice(article.text)).split())


def list_bodies(folder: Path) -> Iterable[tuple[str, bytes]]:
    """Return every page of the corpora."""
    return ((page.name, page.body) for page in read_all(folder))


def list_coverage(folder: Path) -> Iterable[tuple[str, bytes]]:
    """Return every page of the invented stories."""
    return ((str(p.relative_to(folder)), p.read_bytes()) for p in sorted(folder.glob("*/*.*")) if p.suffix != ".json")


def score_coverage_heads(folder: Path) -> tuple[ReaderScore, Counter[str], Counter[str]]:
    """Score the reader on the invented stories: body, and each field of the head (right, known on the page)."""
    score, right, known = ReaderScore(), Counter[str](), Counter[str]()
    for path in sorted(folder.glob("*/key.json")):
        for gold in json.loads(path.read_text("utf-8"))["articles"]:
            started = time.process_time()
            article = read_page(make_page(gold["file"], (path.parent / gold["file"]).read_bytes()), limits=_LIMITS)
            score.seconds += time.process_time() - started
            score.overlaps.append(compare_texts("\n".join(gold["body"]), article.text))
            for name in ("title", "standfirst", "byline", "agency", "outlet", "section", "published", "modified"):
                if gold[name] is not None and name in gold["on_page"]:
                    known[name] += 1
                    right[name] += _fold(gold[name]) == _fold((getattr(article, name) or "")[: _length(name)])
            titles = [item.title for item in article.related]
            known["related"] += len(gold["related_titles"])
            right["related"] += sum(title in titles for title in gold["related_titles"])
    return score, right, known


def _score(score: ReaderScore, page: GoldPage, read: Callable[[bytes], Reading]) -> None:
    gc.collect()  # nobody pays for what the other left lying about
    started = time.process_time()
    reading = read(page.body)
    score.seconds += time.process_time() - started
    score.overlaps.append(compare_texts(page.text or "", reading.text))
    if page.title is not None:
        score.titles_known += 1
        score.titles += _fold(page.title) == _fold(reading.title or "")
    if page.published is not None:
        score.days_known += 1
        score.days += page.published == (reading.published or "")[:10]


def _length(name: str) -> int | None:
    return 10 if name in {"published", "modified"} else None


def _fold(text: str) -> str:
    return re.sub(r"^by ", "", " ".join(text.split()).casefold())


def make_page(source: str, body: bytes) -> Page:
    """Return bytes as a page that was fetched once."""
    return Page(source=source, body=body, digest="sha256:" + "0" * 64, fetched=datetime(2026, 1, 1, tzinfo=UTC))

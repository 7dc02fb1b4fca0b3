"""What each stage of reading costs, in processor time: the share that is not the encoder."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from whosays.extract import extract_statements
from whosays.model import Page
from whosays.parse import Limits, read_page
from whosays.resolve import resolve_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from whosays.flow import Means

Result = TypeVar("Result")


def measure_stages(pages: Sequence[Page], means: Means) -> None:
    """Print milliseconds an article of each stage and its share; the second of two rounds, all words looked up once."""
    _run_stages(pages, means)
    stages = _run_stages(pages, means)
    total = sum(stages.values())
    for name, took in stages.items():
        print(f"  {name:26} {1000 * took / len(pages):6.1f} ms an article, {100 * took / total:3.0f} %")


def _run_stages(pages: Sequence[Page], means: Means) -> dict[str, float]:
    take = partial(time_call, clock=time.process_time)  # of all threads
    parse, articles = take(lambda: [read_page(page, limits=Limits()) for page in pages])
    encode, _ = take(lambda: means.encoder.encode(tuple(article.text for article in articles)))
    pairs = tuple((page.digest, article) for page, article in zip(pages, articles, strict=True))
    both, readings = take(lambda: extract_statements(pairs, encoder=means.encoder, lexicon=means.lexicon))
    resolve, _ = take(
        lambda: [
            resolve_statements(article, reading, gazetteer=means.gazetteer)
            for article, reading in zip(articles, readings, strict=True)
        ]
    )
    return {"parse": parse, "encode": encode, "extract": max(0.0, both - encode), "resolve": resolve}


def time_call(call: Callable[[], Result], *, clock: Callable[[], float] = time.perf_counter) -> tuple[float, Result]:
    """Return what a call took in seconds, on the wall or by another clock, and its result."""
    started = clock()
    result = call()
    return clock() - started, result


def make_page(source: str, body: bytes) -> Page:
    """Make a page as it would be fetched."""
    digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
    return Page(source=source, body=body, digest=digest, fetched=datetime.now(UTC))

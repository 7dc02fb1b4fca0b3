"""What each stage of reading costs, in processor time: the share that is not the encoder."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from whosays.extract import extract_statements
from whosays.parse import Limits, read_page
from whosays.resolve import resolve_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from whosays.flow import Means
    from whosays.model import Page

Result = TypeVar("Result")


def measure_stages(pages: Sequence[Page], means: Means) -> None:
    """Print milliseconds an article of each stage and its share; the second of two rounds, all words looked up once."""
    _run_stages(pages, means)
    stages = _run_stages(pages, means)
    total = sum(stages.values())
    for name, took in stages.items():
        print(f"  {name:26} {1000 * took / len(pages):6.1f} ms an article, {100 * took / total:3.0f} %")


def _run_stages(pages: Sequence[Page], means: Means) -> dict[str, float]:
    parse, articles = _time(lambda: [read_page(page, limits=Limits()) for page in pages])
    encode, _ = _time(lambda: means.encoder.encode(tuple(article.text for article in articles)))
    pairs = tuple((page.digest, article) for page, article in zip(pages, articles, strict=True))
    both, readings = _time(lambda: extract_statements(pairs, encoder=means.encoder, lexicon=means.lexicon))
    resolve, _ = _time(
        lambda: [
            resolve_statements(article, reading, gazetteer=means.gazetteer)
            for article, reading in zip(articles, readings, strict=True)
        ]
    )
    return {"parse": parse, "encode": encode, "extract": max(0.0, both - encode), "resolve": resolve}


def _time(call: Callable[[], Result]) -> tuple[float, Result]:
    """Return the processor time of all threads, and the result."""
    started = time.process_time()
    result = call()
    return time.process_time() - started, result

"""Archives of realistic pages with known copies: what a batch costs an article, and how that grows."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import random
import resource
import shutil
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, Template
from pyarrow import parquet

from benchmarks.ledger import TEXTS
from benchmarks.stages import make_page, measure_stages
from whosays.batch import link_tables, list_shards, run_batch
from whosays.config import Settings, make_means
from whosays.model import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

_OUTLETS = 60
_COPIES = 0.2
"""Share of the pages that are copies of one before, by another outlet, cut or with another headline."""
_SHARD = 1000
_STAGED = 50
"""Pages that the cost of each stage is measured on."""
_LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.html"))


def measure_batch(articles: int) -> None:
    """Make an archive of so many pages, read and link it, and print what that costs and what was found."""
    folder = Path(tempfile.mkdtemp(prefix="whosays-benchmark-"))
    try:
        copies = _write_archives(folder / "crawl", articles)
        out = folder / "tables"
        started = time.perf_counter()
        *_, last = run_batch(list_shards([str(folder / "crawl")]), out, settings=Settings(), workers=2)
        read = time.perf_counter() - started
        for _ in link_tables(out, workers=2):
            pass
        linked = time.perf_counter() - started - read
        size = sum(path.stat().st_size for path in out.rglob("*.parquet"))
        print(
            f"{articles:,} pages: {last.articles:,} articles, {last.statements:,} statements, {last.refusals:,} refused"
        )
        print(f"  read   {read:7.0f} s, {last.articles / read:6.1f} articles a second in two processes")
        print(f"  link   {linked:7.0f} s, {last.articles / linked:6.1f} articles a second")
        print(f"  tables {size / max(1, last.articles) / 1000:7.1f} kB an article")
        measure_stages(_make_pages(_STAGED), make_means(Settings(), now=lambda: datetime.now(UTC), stdin=io.BytesIO()))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"  memory {peak:7.0f} MB at most in one process")
        print(f"  copies {_score(out, copies)}")
    finally:
        shutil.rmtree(folder)


def _make_pages(count: int) -> list[Page]:
    """Make pages as the archives hold them, from texts of all parts of the corpus."""
    chance = random.Random(1)
    texts = list(_read_texts())[:: 4000 // count][:count]
    return [make_page(title, _lay_out(title, text, "Outlet 1", "2024-01-01", chance)) for title, text in texts]


def _write_archives(folder: Path, count: int) -> set[frozenset[str]]:
    """Write WARC files of so many pages; returns the pairs of addresses that carry one text."""
    folder.mkdir(parents=True)
    chance = random.Random(7)
    texts = itertools.cycle(_read_texts())
    groups: list[list[str]] = []
    known: list[tuple[str, str, str, list[str]]] = []
    made = 0
    for first in range(0, count, _SHARD):
        with (folder / f"crawl-{first // _SHARD:04}.warc.gz").open("wb") as file:
            for number in range(first, min(first + _SHARD, count)):
                outlet = f"Outlet {chance.randrange(_OUTLETS)}"
                url = f"https://{outlet.lower().replace(' ', '-')}.example/{number}"
                if known and chance.random() < _COPIES:
                    title, text, day, group = chance.choice(known[-400:])
                    paragraphs = text.split("\n\n")
                    if len(paragraphs) > 6 and chance.random() < 0.5:
                        text = "\n\n".join(paragraphs[: len(paragraphs) * 3 // 4])
                    title = title if chance.random() < 0.5 else f"{title}: what is known"
                else:
                    title, text = next(texts)
                    made += 1
                    day = (date(2024, 1, 1) + timedelta(days=made // 400)).isoformat()
                    group = []
                    groups.append(group)
                    known.append((title, text, day, group))
                group.append(url)
                file.write(_pack(_lay_out(title, text, outlet, day, chance), url))
    return {frozenset(pair) for group in groups for pair in itertools.combinations(group, 2)}


def _read_texts() -> Iterator[tuple[str, str]]:
    with gzip.open(TEXTS, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if len(row["text"]) > 1200:
                yield row["title"], row["text"]


def _lay_out(title: str, text: str, outlet: str, day: str, chance: random.Random) -> bytes:
    layout = _load_layouts()[chance.randrange(len(_LAYOUTS))]
    page = layout.render(title=title, paragraphs=text.split("\n\n"), outlet=outlet, day=f"{day}T10:00:00Z")
    return page.encode()


@cache
def _load_layouts() -> list[Template]:
    environment = Environment(autoescape=True)
    return [environment.from_string(path.read_text("utf-8")) for path in _LAYOUTS]


def _pack(body: bytes, url: str) -> bytes:
    held = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:url:{url}>\r\nWARC-Date: 2024-06-01T00:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http\r\nContent-Length: {len(held)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + held + b"\r\n\r\n")


def _score(out: Path, expected: set[frozenset[str]]) -> str:
    """Compare the pairs of copies with those that were made."""
    urls: dict[str, str] = {}
    for path in (out / "articles").glob("*.parquet"):
        urls |= {row["id"]: row["url"] for row in parquet.read_table(path, columns=["id", "url"]).to_pylist()}
    found = {
        frozenset((urls[left], urls[right]))
        for path in (out / "stories").glob("*.parquet")
        for row in parquet.read_table(path, columns=["copies"]).to_pylist()
        for group in row["copies"]
        for left, right in itertools.combinations(group, 2)
    }
    read = set(urls.values())
    expected = {pair for pair in expected if pair <= read}
    right = len(found & expected)
    return f"{right} of {len(expected)} pairs found, {len(found) - right} that were not made"

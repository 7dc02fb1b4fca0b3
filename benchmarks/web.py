"""The web app at size: each page's time, and fifty readers at once while articles are added."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Self

import httpx

from benchmarks.ledger import BATCH, make_sheets, read_models
from whosays.config import Settings, make_cross
from whosays.flow import link_new
from whosays.ledger import open_view, open_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from whosays.model import Sheet

_TRIES, _READERS, _SECONDS = 40, 50, 30.0
_PAUSES = (0.0, 5.0)
"""Seconds for which a reader looks at a page, on average: none, as a program would, and as people do."""


def measure_web(articles: int, kept: Path | None = None) -> None:
    """Fill a ledger with so many articles, link and serve it, and print what its pages cost.

    A ledger at `kept` is taken as it is, or made and left there: filling one of 100,000 takes most of an hour.
    """
    folder = Path(tempfile.mkdtemp(prefix="whosays-benchmark-"))
    ledger = kept or folder / "ledger.sqlite"
    try:
        if not ledger.exists():
            _fill(ledger, articles)
        with closing(open_view(str(ledger))) as view:
            sheets = make_sheets(list(read_models()), first=view.count_all()["articles"])
        with _Server(ledger) as server:
            _measure_pages(server.address)
            for pause in _PAUSES:
                _measure_crowd(server.address, ledger, sheets, pause=pause)
    finally:
        shutil.rmtree(folder)


class _Server:
    """`whosays serve` as a process of its own."""

    def __init__(self, ledger: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        program = Path(sys.executable).parent / "whosays"
        command = [str(program), "serve", "--port", str(port), "--ledger", str(ledger)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=dict(os.environ))  # noqa: S603

    def __enter__(self) -> Self:
        for _ in range(200):
            with suppress(httpx.TransportError):
                httpx.get(f"{self.address}/about", timeout=5)
                return self
            time.sleep(0.1)
        raise TimeoutError

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)


def _fill(ledger: Path, articles: int) -> None:
    sheets = make_sheets(list(read_models()))
    started = time.perf_counter()
    with closing(open_writer(str(ledger))) as writer:
        for first in range(0, articles, BATCH):
            batch = tuple(itertools.islice(sheets, min(BATCH, articles - first)))
            writer.add_all(batch, at=datetime.now(UTC).isoformat())
        loaded = time.perf_counter()
        for _ in link_new(writer, cross=make_cross(Settings())):
            pass
    linked = time.perf_counter()
    print(f"{articles:,} articles: loaded in {loaded - started:.0f} s, linked in {linked - loaded:.0f} s")


def _measure_pages(address: str) -> None:
    """Print each page's time, asked one after another."""
    with httpx.Client(base_url=address, timeout=60) as client:
        for name, find in _list_pages(client).items():
            took = []
            for _ in range(_TRIES):
                path = find()
                started = time.perf_counter()
                client.get(path).raise_for_status()
                took.append(time.perf_counter() - started)
            print(f"  {name:12} {_tell(took)}")


def _list_pages(client: httpx.Client) -> dict[str, Callable[[], str]]:
    """Return for each page a function that gives another address of its kind each time."""
    chance = random.Random(5)

    def ask(path: str) -> Any:  # noqa: ANN401  # whatever the answer is
        return client.get(path).json()

    stories = [story["id"] for story in ask("/api/v1/stories?limit=200")["stories"]]
    claims = [ask(f"/api/v1/stories/{story}")["claims"] for story in stories[:30]]
    places = [claim["id"] for group in claims for claim in group[:3]]
    statements = ask("/api/v1/search?limit=200")["statements"]
    sources = [one["who"] for one in statements if one["who"]]
    words = sorted({word for one in statements for word in one["text"].split() if word.isalpha() and len(word) > 4})
    return {
        "home": lambda: "/",
        "stories": lambda: "/stories",
        "story": lambda: f"/story/{chance.choice(stories)}",
        "claims": lambda: "/claims",
        "claim": lambda: f"/claim/{chance.choice(places)}",
        "article": lambda: f"/article/{chance.choice(stories)}",
        "sources": lambda: "/sources",
        "source": lambda: str(httpx.URL("/source", params={"name": chance.choice(sources)})),
        "search": lambda: f"/search?q={chance.choice(words)}",
        "a stance": lambda: "/search?stance=denies",
        "review": lambda: "/review",
    }


def _measure_crowd(address: str, ledger: Path, sheets: Iterator[Sheet], *, pause: float) -> None:
    """Print what fifty readers at once meet while articles are added and linked; each looks at a page for a while."""
    took: list[float] = []
    failures: list[str] = []
    end = time.monotonic() + _SECONDS
    with httpx.Client(base_url=address, timeout=60) as client:
        pages = list(_list_pages(client).values())

    def read(seed: int) -> None:
        chance = random.Random(seed)
        with httpx.Client(base_url=address, timeout=60) as client:
            while time.monotonic() < end:
                time.sleep(pause * 2 * chance.random())
                started = time.perf_counter()
                try:
                    client.get(chance.choice(pages)()).raise_for_status()
                except httpx.HTTPError as error:
                    failures.append(str(error))
                took.append(time.perf_counter() - started)

    readers = [threading.Thread(target=read, args=(seed,)) for seed in range(_READERS)]
    for reader in readers:
        reader.start()
    added, cross = 0, make_cross(Settings())
    with closing(open_writer(str(ledger))) as writer:
        while time.monotonic() < end:
            writer.add(next(sheets), at=datetime.now(UTC).isoformat())
            for _ in link_new(writer, cross=cross):
                pass
            added += 1
            time.sleep(0.2)
    for reader in readers:
        reader.join()
    rate = len(took) / _SECONDS
    crowd = f"{_READERS} readers, {pause:.0f} s a page, {added} articles added"
    print(f"  {crowd}: {rate:.0f} pages/s, {len(failures)} errors, {_tell(took)}")
    for failure in sorted(set(failures))[:5]:
        print(f"    {failure}")


def _tell(seconds: list[float]) -> str:
    return f"p50 {1000 * median(seconds):7.1f} ms   p95 {1000 * quantiles(seconds, n=20)[-1]:7.1f} ms"

"""`python -m benchmarks`: start-up, reading, and how the cost grows with an article's length.

`python -m benchmarks ledger 10000 100000 [postgresql://…]`: adding and asking, at each number of articles; `linking
10000 100000`: linking one more; `web 100000 [FILE]`: the web app over a ledger that it leaves in FILE, and takes from
there; `batch 10000`: archives of so many pages.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.archive import measure_batch
from benchmarks.ledger import measure_ledger, measure_linking
from benchmarks.throughput import measure_throughput
from benchmarks.web import measure_web
from whosays.config import Settings, make_means
from whosays.extract import extract_statements
from whosays.fetch import FetchLimits, fetch_page
from whosays.flow import Means
from whosays.parse import Limits, read_page, read_plain_page

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.*"))
BIN = Path(sys.executable).parent


def main() -> None:
    """Run every benchmark and print a line for each number."""
    print(f"date {datetime.now(UTC).date().isoformat()}, Python {sys.version.split()[0]}")
    measure_start()
    measure_stages()
    measure_growth()
    measure_throughput(load_means(), [read_prose(path) for path in EXAMPLES])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process: {peak:,.0f} MB")


def measure_start() -> None:
    """Wall time of whole processes, median of five, beside a bare Python."""
    bare = time_command([sys.executable, "-c", "pass"])
    for name, command in (
        ("import whosays", [sys.executable, "-c", "import whosays"]),
        ("whosays --help", [str(BIN / "whosays"), "--help"]),
        ("whosays read, one page", [str(BIN / "whosays"), "read", str(EXAMPLES[-1])]),
    ):
        took = time_command(command)
        print(f"{name:28} {took:6.2f} s ({took - bare:5.2f} s over a bare Python's {bare:.2f} s)")


def time_command(command: list[str]) -> float:
    """Return the median wall time of five runs."""
    return median(time_call(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(5))  # noqa: S603


def measure_stages() -> None:
    """Milliseconds a page for parsing and for encoding with extraction, over the examples."""
    means = load_means()
    fetch = FetchLimits()
    pages = [fetch_page(str(path), stdin=io.BytesIO(), limits=fetch, now=means.now) for path in EXAMPLES]
    articles = [read_page(page, limits=Limits()) for page in pages]
    words = sum(len(article.text.split()) for article in articles)
    parse = median(time_call(lambda: [read_page(page, limits=Limits()) for page in pages]) for _ in range(5))
    pairs = [((page.digest, article),) for page, article in zip(pages, articles, strict=True)]
    encode = median(time_call(lambda: [means.encoder.encode((pair[0][1].text,)) for pair in pairs]) for _ in range(5))
    extract = median(time_call(lambda: [run_extract(pair, means) for pair in pairs]) for _ in range(5))
    for name, took in (("parse", parse), ("encode", encode), ("extract, rules alone", extract - encode)):
        print(f"{name:28} {1000 * took / len(pages):6.1f} ms a page of {words // len(pages)} words")


def read_prose(path: Path) -> str:
    """Return an example's text."""
    page = fetch_page(str(path), stdin=io.BytesIO(), limits=FetchLimits(), now=lambda: datetime.now(UTC))
    return read_page(page, limits=Limits()).text


def measure_growth() -> None:
    """Cost of one long article against its length: linear means a constant time a word."""
    means = load_means()
    sentence = (
        "The harbour master said on Tuesday that at least 12 ships had left, but he did not say where they went. "
    )
    for count in (50, 200, 800, 2500):
        text = "\n\n".join(sentence * 4 for _ in range(count // 4)).encode()
        page = fetch_page("-", stdin=io.BytesIO(text), limits=FetchLimits(), now=means.now)
        article = read_plain_page(page, limits=Limits())
        took = time_call(lambda pair=((page.digest, article),): run_extract(pair, means))
        words = len(article.text.split())
        print(f"{words:7,} words {took:7.2f} s  {1e6 * took / words:6.0f} µs a word")


def run_extract(pair: tuple, means: Means) -> None:
    """Extract the statements of one article."""
    extract_statements(pair, encoder=means.encoder, lexicon=means.lexicon)


def load_means() -> Means:
    """Load the model with default settings."""
    return make_means(Settings(), now=lambda: datetime.now(UTC), stdin=io.BytesIO())


def time_call(call: Callable[[], object]) -> float:
    """Return the wall time of one call."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    if sys.argv[1:2] == ["batch"]:
        measure_batch(int(sys.argv[2]))
    elif sys.argv[1:2] == ["web"]:
        measure_web(int(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    elif sys.argv[1:2] == ["ledger"]:
        sizes = [int(one) for one in sys.argv[2:] if one.isdigit()]
        measure_ledger(sizes, address=next((one for one in sys.argv[2:] if "://" in one), None))
    elif sys.argv[1:2] == ["linking"]:
        measure_linking([int(size) for size in sys.argv[2:]])
    else:
        main()

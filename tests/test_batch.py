"""Archives of any size: read whole whatever state they are in, once, and linked as everywhere."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

pa = pytest.importorskip("pyarrow")
from pyarrow import parquet  # noqa: E402  # after the check that it is there

from whosays.batch import TABLES, link_tables, list_shards  # noqa: E402
from whosays.cli import main  # noqa: E402
from whosays.fetch import FetchLimits  # noqa: E402
from whosays.fetch.warc import read_archive  # noqa: E402
from whosays.model import Page, Refusal  # noqa: E402

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.html"))
NOW = datetime(2026, 11, 26, tzinfo=UTC)
LIMITS = FetchLimits(max_bytes=100_000)
NUMBERS = itertools.count()
PAGE = b"<html><body><p>Ana Brandt said that the bridge was closed.</p></body></html>"


def write_record(
    body: bytes = PAGE,
    *,
    url: str = "https://example.org/1",
    packed: bool = True,
    status: str = "200 OK",
    media_type: str = "text/html",
    kind: str = "response",
    **fields: str,
) -> bytes:
    """One record of a WARC file; `fields` are WARC headers by their names with underscores."""
    held = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n".encode() + body
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{next(NUMBERS)}>",
        "WARC-Date": "2026-11-20T10:00:00Z",
        "WARC-Target-URI": url,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(held)),
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    head = "\r\n".join(["WARC/1.1", *(f"{name}: {value}" for name, value in headers.items())])
    record = head.encode() + b"\r\n\r\n" + held + b"\r\n\r\n"
    return gzip.compress(record) if packed else record


def read(path: Path, content: bytes, *, start: int = 0):
    path.write_bytes(content)
    return list(read_archive(path, start=start, limits=LIMITS, now=lambda: NOW))


def tell(taken) -> list[str]:
    """What became of each record: page, the reason of a refusal, or why it was passed over."""
    return [
        "page" if isinstance(t.found, Page) else t.found.reason if isinstance(t.found, Refusal) else str(t.passed)
        for t in taken
    ]


@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
def test_every_page_of_an_archive_is_read_as_it_came(tmp_path, packed) -> None:
    content = b"".join(write_record(PAGE + bytes([65 + i]), url=f"https://e.org/{i}", packed=packed) for i in range(3))
    taken = read(tmp_path / "a.warc", content)
    assert [t.found.body for t in taken] == [PAGE + bytes([65 + i]) for i in range(3)]
    assert [t.found.url for t in taken] == [f"https://e.org/{i}" for i in range(3)]
    assert taken[-1].end == len(content)
    (last,) = read(tmp_path / "a.warc", content, start=taken[1].end)
    assert last.found.body == PAGE + b"C"


GOOD = write_record(url="https://e.org/good")
DAMAGED = {
    "cut off in the middle": (write_record()[:120], "not-a-page"),
    "bits turned": (write_record()[:60] + b"\x00\xff\x00\xff" * 8 + write_record()[92:], "not-a-page"),
    "a bomb": (gzip.compress(b"WARC/1.1\r\n" + b"0" * 3_000_000), "too-large"),
    "a bomb without end": (gzip.compress(b"WARC/1.1\r\n" + b"0" * 30_000_000), "too-large"),
    "no WARC inside": (gzip.compress(b"hello"), "not-a-page"),
    "a page that is too large": (write_record(os.urandom(150_000)), "too-large"),
    "made tomorrow week": (write_record(WARC_Date="2027-01-01T00:00:00Z"), "not-a-page"),
    "no date": (write_record(WARC_Date="yesterday"), "not-a-page"),
    "a length that is no number": (
        gzip.compress(gzip.decompress(write_record()).replace(b"Content-Length: ", b"Content-Length: x")),
        "not-a-page",
    ),
    "longer than it is": (
        gzip.compress(gzip.decompress(write_record()).replace(b"Content-Length: 1", b"Content-Length: 91")),
        "not-a-page",
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_damaged_is_refused_and_the_rest_is_read(tmp_path, name) -> None:
    damaged, reason = DAMAGED[name]
    before = write_record(url="https://e.org/before")
    taken = read(tmp_path / "a.warc.gz", before + damaged + GOOD)
    told = tell(taken)
    assert (told[0], told[-1]) == ("page", "page")
    assert set(told[1:-1]) == {reason}
    assert taken[1].found.source == f"{tmp_path / 'a.warc.gz'}#{len(before)}"
    assert taken[-1].found.url == "https://e.org/good"


def test_lengths_that_are_wrong_in_a_plain_file_are_refused_and_the_rest_is_read(tmp_path) -> None:
    wrong = write_record(packed=False).replace(b"Content-Length: ", b"Content-Length: 9")
    taken = read(tmp_path / "a.warc", wrong + write_record(packed=False, url="https://e.org/good"))
    assert tell(taken) == ["not-a-page", "page"]


def test_a_record_that_comes_twice_is_read_once(tmp_path) -> None:
    once = write_record(WARC_Record_ID="<urn:uuid:1>")
    assert tell(read(tmp_path / "a.warc.gz", once + once)) == ["page", "not-a-page"]


def test_what_holds_no_page_is_passed_over_by_its_reason(tmp_path) -> None:
    content = b"".join(
        [
            write_record(status="404 Not Found"),
            write_record(media_type="image/png"),
            write_record(kind="request"),
            write_record(),
        ]
    )
    told = ["HTTP status 404", "no text by its media type", "request record", "page"]
    assert tell(read(tmp_path / "a.warc.gz", content)) == told


def run(*arguments: str):
    return CliRunner().invoke(main, ["batch", *arguments])


def read_rows(folder: Path, table: str):
    paths = sorted((folder / table).glob("*.parquet"))
    return [row for path in paths for row in parquet.read_table(path).to_pylist()]


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """An archive of the example pages, twice under other addresses, and of what is no article."""
    path = tmp_path_factory.mktemp("archive") / "crawl.warc.gz"
    records = [
        write_record(
            page.read_bytes(), url=f"https://{host}.example/{page.stem}", media_type="text/html; charset=utf-8"
        )
        for host in ("one", "two")
        for page in EXAMPLES
    ]
    path.write_bytes(b"".join([*records, write_record(b"<p>nothing</p>"), write_record(status="404 Not Found")]))
    return path


@pytest.fixture(scope="module")
def tables(archive, tmp_path_factory) -> Path:
    """The tables of that archive."""
    out = tmp_path_factory.mktemp("tables")
    result = run(str(archive), "--out", str(out), "--workers", "1")
    assert result.exit_code == 0, result.output
    return out


def test_an_archive_becomes_tables_that_anything_opens(tables) -> None:
    articles, statements = read_rows(tables, "articles"), read_rows(tables, "statements")
    assert len(articles) == 2 * len(EXAMPLES)
    texts = {article["id"]: article["text"] for article in articles}
    for one in statements:
        words = " … ".join(texts[one["article"]][span["start"] : span["end"]] for span in one["spans"])
        assert words == one["text"]
    assert sum(article["statements"] for article in articles) == len(statements)
    for table, schema in TABLES.items():
        for path in (tables / table).glob("*.parquet"):
            assert parquet.read_schema(path).equals(schema)
    (refusal,) = read_rows(tables, "refusals")
    assert refusal["reason"] == "no-article"
    (marker,) = (json.loads(path.read_text()) for path in (tables / "_shards").glob("*.json"))
    assert marker["passed"] == {"HTTP status 404": 1}


def test_what_is_done_is_not_done_again(tables, archive) -> None:
    before = {path: path.stat().st_mtime_ns for path in tables.rglob("*.parquet") if path.parent.name == "statements"}
    assert run(str(archive), "--out", str(tables), "--workers", "1", "--no-link").exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_copies_are_one_story_and_every_link_has_its_reason(tables) -> None:
    assert dict(link_tables(tables, workers=1))
    stories, links = read_rows(tables, "stories"), read_rows(tables, "links")
    assert sorted(name for story in stories for name in story["articles"]) == sorted(
        article["id"] for article in read_rows(tables, "articles")
    )
    assert any(len(group) == 2 for story in stories for group in story["copies"])
    assert all(link["why"] for link in links)
    assert {claim["low"] <= claim["high"] for claim in read_rows(tables, "claims")} == {True}


def test_a_selection_is_loaded_into_a_ledger_with_its_pages(tables, tmp_path) -> None:
    ledger = str(tmp_path / "ledger.sqlite")
    loaded = CliRunner().invoke(main, ["load", str(tables), "--ledger", ledger, "--words", "ferry"])
    assert loaded.exit_code == 0, loaded.output
    verified = CliRunner().invoke(main, ["verify", "--ledger", ledger])
    assert verified.exit_code == 0, verified.output
    assert "no problems" in verified.output


def test_json_lines_and_tables_are_read_too(tmp_path) -> None:
    html = EXAMPLES[0].read_text("utf-8").replace("Thirty-one people", "31,939,000,000,000,001 people", 1)
    lines = tmp_path / "pages.jsonl"
    rows = [json.dumps({"html": html, "url": "https://e.org/1"}), "{broken", "[]", '{"url": "x"}', ""]
    lines.write_text("\n".join(rows), "utf-8")
    parquet.write_table(pa.table({"html": [html, None], "url": ["https://e.org/2", None]}), tmp_path / "pages.parquet")
    assert run(str(tmp_path), "--out", str(tmp_path / "out"), "--workers", "1", "--no-link").exit_code == 0
    out = tmp_path / "out"
    assert {row["url"] for row in read_rows(out, "articles")} == {"https://e.org/1", "https://e.org/2"}
    assert [row["reason"] for row in read_rows(out, "refusals")] == ["not-a-page"] * 4


def test_what_is_no_archive_fails_by_name_and_the_others_are_read(tmp_path) -> None:
    (tmp_path / "bad.warc.gz").write_bytes(b"no archive at all")
    (tmp_path / "good.warc.gz").write_bytes(write_record(EXAMPLES[0].read_bytes()))
    result = run(str(tmp_path), "--out", str(tmp_path / "out"), "--workers", "1", "--no-link")
    assert result.exit_code == 1
    assert "bad.warc.gz" in result.output
    assert len(read_rows(tmp_path / "out", "articles")) == 1


IN_PARTS_OF_FIVE = """
import sys
from pathlib import Path
from whosays.batch import list_shards, run_batch
from whosays.config import Settings

if __name__ == "__main__":
    for _ in run_batch(list_shards(sys.argv[1:2]), Path(sys.argv[2]), settings=Settings(), workers=1, part=5):
        pass
"""


def test_a_killed_run_goes_on_and_loses_and_doubles_nothing(tmp_path) -> None:
    page = EXAMPLES[0].read_text("utf-8")
    pages = [page.replace("</h1>", f" number {i}</h1>", 1).encode() for i in range(40)]
    archive, out = tmp_path / "crawl.warc.gz", tmp_path / "out"
    archive.write_bytes(b"".join(write_record(body, url=f"https://e.org/{i}") for i, body in enumerate(pages)))
    script = tmp_path / "run.py"
    script.write_text(IN_PARTS_OF_FIVE, "utf-8")
    command = [sys.executable, str(script), str(archive), str(out)]
    (shard,) = list_shards([str(archive)])
    marker = out / "_shards" / f"{shard.name}.json"
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    end = time.monotonic() + 120
    while not marker.is_file():
        assert time.monotonic() < end
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not json.loads(marker.read_text())["done"]
    assert subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0
    urls = [row["url"] for row in read_rows(out, "articles")]
    assert sorted(urls) == sorted(f"https://e.org/{i}" for i in range(40))
    assert not [path for path in out.rglob(".*") if path.is_file()]


DEADLY = """
import os, sys
from pathlib import Path
from whosays.batch import list_shards, run_batch, running
from whosays.config import Settings

make_sheet = running.make_sheet

def make_or_die(page, **given):
    if b"deadly" in page.body:
        os._exit(9)
    return make_sheet(page, **given)

running.make_sheet = make_or_die

if __name__ == "__main__":
    for _ in run_batch(list_shards(sys.argv[1:2]), Path(sys.argv[2]), settings=Settings(), workers=2, part=2):
        pass
"""


def test_a_page_that_kills_its_reader_is_refused_and_not_tried_for_ever(tmp_path) -> None:
    page = EXAMPLES[0].read_bytes()
    pages = [page, page.replace(b"</h1>", b" deadly</h1>", 1), page]
    for name in ("a", "b"):
        records = [write_record(body, url=f"https://{name}.org/{i}") for i, body in enumerate(pages)]
        (tmp_path / f"{name}.warc.gz").write_bytes(b"".join(records if name == "a" else records[::2]))
    script, out = tmp_path / "run.py", tmp_path / "out"
    script.write_text(DEADLY, "utf-8")
    done = subprocess.run([sys.executable, str(script), str(tmp_path), str(out)], check=False, timeout=300)
    assert done.returncode == 0
    urls = sorted(row["url"] for row in read_rows(out, "articles"))
    assert urls == ["https://a.org/0", "https://a.org/2", "https://b.org/0", "https://b.org/2"]
    assert [row["reason"] for row in read_rows(out, "refusals") if "warc" in row["source"]] == ["poison"]


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path) -> None:
    (tmp_path / "out").write_text("a file", "utf-8")
    (tmp_path / "a.warc.gz").write_bytes(write_record())
    result = run(str(tmp_path / "a.warc.gz"), "--out", str(tmp_path / "out" / "x"), "--workers", "1")
    assert result.exit_code == 1
    assert "cannot be written" in result.output


def test_a_clock_that_is_a_little_ahead_is_no_crime(tmp_path) -> None:
    soon = (NOW + timedelta(hours=5)).isoformat().replace("+00:00", "Z")
    assert tell(read(tmp_path / "a.warc.gz", write_record(WARC_Date=soon))) == ["page"]

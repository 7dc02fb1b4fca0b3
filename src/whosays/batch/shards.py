"""Inputs in shards: what one worker reads from one place to the next, and where it goes on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from whosays.errors import InputRefused, NotAPage, TooLarge
from whosays.fetch import fetch_page, make_page
from whosays.fetch.warc import Taken, read_archive
from whosays.model import Page, Refusal, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from whosays.flow import Means

_FILES = 200
"""Pages of a folder that make a shard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Files that one worker reads in order; `kind` says how: warc, lines, parquet or pages."""

    kind: str
    paths: tuple[str, ...]
    size: int

    @property
    def name(self) -> str:
        """Name of the shard's files: it says what is read, so that a second run knows it."""
        return hashlib.sha256("\n".join((self.kind, *self.paths)).encode("utf-8", "replace")).hexdigest()[:16]


def list_shards(inputs: Iterable[str]) -> list[Shard]:
    """Return the shards of files and folders, each file once; raises `NotAPage` for what is neither."""
    shards: list[Shard] = []
    pages: list[Path] = []
    for path in dict.fromkeys(found for given in inputs for found in _list_files(Path(given))):
        kind = _tell_kind(path)
        if kind == "pages":
            pages.append(path)
        else:
            shards.append(Shard(kind=kind, paths=(str(path),), size=path.stat().st_size))
    for first in range(0, len(pages), _FILES):
        group = pages[first : first + _FILES]
        shards.append(Shard(kind="pages", paths=tuple(map(str, group)), size=len(group)))
    return shards


def read_shard(shard: Shard, *, start: int, means: Means) -> Iterator[Taken]:
    """Yield what a shard holds from a position on: a byte of a file, a row of a table, a number of a page."""
    if shard.kind == "warc":
        yield from read_archive(Path(shard.paths[0]), start=start, limits=means.fetch_limits, now=means.now)
    elif shard.kind == "lines":
        yield from _read_lines(Path(shard.paths[0]), start, means)
    elif shard.kind == "parquet":
        yield from _read_rows(Path(shard.paths[0]), start, means)
    else:
        for number, path in enumerate(shard.paths[start:], start=start + 1):
            yield Taken(end=number, found=_read_page(path, means))


def read_again(source: str, *, means: Means) -> Page:
    """Read the page of a source as a batch names it: a file, or a place in one after `#`; raises an `InputRefused`."""
    name, mark, place = source.rpartition("#")
    if not mark or not place.isdigit() or not Path(name).is_file():
        return fetch_page(source, stdin=None, limits=means.fetch_limits, now=means.now)
    shard = Shard(kind=_tell_kind(Path(name)), paths=(name,), size=0)
    taken = next(iter(read_shard(shard, start=int(place), means=means)), None)
    if taken is None or not isinstance(taken.found, Page):
        raise NotAPage(source=source, detail="holds no page any more")
    return taken.found


def _list_files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(found for found in path.rglob("*") if found.is_file() and not found.name.startswith("."))
    if not path.is_file():
        raise NotAPage(source=str(path), detail="is no file and no folder")
    return [path]


def _tell_kind(path: Path) -> str:
    """Tell what a file holds by its name; what names nothing else is one page."""
    name = path.name.lower()
    if name.endswith((".warc", ".warc.gz")):
        return "warc"
    if name.endswith((".jsonl", ".ndjson")):
        return "lines"
    return "parquet" if name.endswith(".parquet") else "pages"


def _read_page(path: str, means: Means) -> Page | Refusal:
    try:
        return fetch_page(path, stdin=None, limits=means.fetch_limits, now=means.now)
    except InputRefused as error:
        return refuse(path, error)


def _read_lines(path: Path, start: int, means: Means) -> Iterator[Taken]:
    """Read JSON lines with `html` or `text`, and `url` where it is known."""
    with path.open("rb") as file:
        file.seek(start)
        while line := _read_line(file, means.fetch_limits.max_bytes * 2):
            at, end = file.tell() - len(line), file.tell()
            if line.strip():
                yield Taken(end=end, found=_make_found(line, f"{path}#{at}", means))


def _read_line(file: IO[bytes], most: int) -> bytes:
    """Read a line; of one that is too long, its beginning, and the rest is passed over."""
    line = file.readline(most)
    rest = line
    while rest and not rest.endswith(b"\n"):
        rest = file.readline(1 << 20)
    return line


def _make_found(line: bytes, source: str, means: Means) -> Page | Refusal:
    try:
        if len(line) >= means.fetch_limits.max_bytes * 2:
            raise TooLarge(source=source, detail=f"a line of more than {len(line):,} bytes")
        row = json.loads(line)
        if not isinstance(row, dict):
            raise NotAPage(source=source, detail="is no object of JSON")
        return _make_row_page(row, source, means)
    except (ValueError, RecursionError) as error:
        return Refusal(source=source, reason="not-a-page", detail=f"is no JSON ({error})")
    except InputRefused as error:
        return refuse(source, error)


def _make_row_page(row: dict[str, object], source: str, means: Means) -> Page:
    body, url = row.get("html") or row.get("text"), row.get("url")
    if not isinstance(body, str):
        raise NotAPage(source=source, detail="has no `html` and no `text`")
    kind = "text/html" if row.get("html") else "text/plain"
    return make_page(
        source,
        body.encode("utf-8", "replace"),
        now=means.now,
        url=url if isinstance(url, str) else None,
        content_type=f"{kind}; charset=utf-8",
    )


def _read_rows(path: Path, start: int, means: Means) -> Iterator[Taken]:
    """Read a table with columns `html` or `text`, and `url`."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(path)
        names = [name for name in ("html", "text", "url") if name in table.schema_arrow.names]
        at = 0
        for batch in table.iter_batches(batch_size=64, columns=names):
            for row in batch.to_pylist():
                at += 1
                if at > start:
                    yield Taken(end=at, found=_row_found(row, f"{path}#{at - 1}", means))
    except (pa.ArrowInvalid, OSError) as error:
        raise NotAPage(source=str(path), detail=f"is no Parquet file that can be read ({error})") from error


def _row_found(row: dict[str, object], source: str, means: Means) -> Page | Refusal:
    try:
        return _make_row_page(row, source, means)
    except InputRefused as error:
        return refuse(source, error)

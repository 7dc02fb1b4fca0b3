"""Read a web archive: WARC files, gzipped record by record or not, whatever state they are in."""

from __future__ import annotations

import hashlib
import io
import mmap
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from whosays.errors import NotAPage
from whosays.fetch.door import make_page
from whosays.model import Page, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from whosays.fetch.limits import FetchLimits

_GZIP, _PLAIN = b"\x1f\x8b\x08", b"WARC/1."
_PIECE, _HEAD = 262_144, 1024
_OVERHEAD = 100_000
"""Bytes that a record's headers may take beside the page."""
_SEARCHED = 20
"""How many times the largest record is unpacked in search of the end of one that is larger."""
_TOLERATED = timedelta(days=1)
"""How far a record's clock may be ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One record: a page, a refusal, or why it was passed over; `end` is the byte where the next one begins."""

    end: int
    found: Page | Refusal | None = None
    passed: str | None = None


class _DamagedError(Exception):
    """A record that cannot be read: `end` is where the search for the next one goes on."""

    def __init__(self, reason: str, detail: str, end: int) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.end = end


def read_archive(path: Path, *, start: int = 0, limits: FetchLimits, now: Callable[[], datetime]) -> Iterator[Taken]:
    """Yield the records of a WARC file from a record's first byte on.

    What is damaged is refused with the file, the byte where it begins and the reason, and the next record is looked for
    behind it. Raises `NotAPage` where the file cannot be opened or holds no record at all.
    """
    seen: set[bytes] = set()
    with _map(path) as data:
        mark = _GZIP if data[:3] == _GZIP else _PLAIN
        if not start and not data[: len(mark)].startswith(mark):
            raise NotAPage(source=str(path), detail="is no WARC file")
        at = start
        while 0 <= at < len(data):
            try:
                taken = _take_record(data, at, path, limits, now, seen)
            except _DamagedError as damage:
                end = _find_next(data, max(damage.end, at + 1), mark)
                detail = f"the record at byte {at} {damage.detail}"
                refusal = Refusal(source=f"{path}#{at}", reason=damage.reason, detail=detail)
                taken = Taken(end=end, found=refusal)
            yield taken
            at = taken.end


def _find_next(data: mmap.mmap, at: int, mark: bytes) -> int:
    """Return where the next record begins that can be one, or the file's end."""
    while (found := data.find(mark, at)) >= 0:
        if mark == _PLAIN or _begins_record(data[found : found + _HEAD]):
            return found
        at = found + 1
    return len(data)


def _begins_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(packed, len(_PLAIN)) == _PLAIN
    except zlib.error:
        return False


def _map(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise NotAPage(source=str(path), detail=f"is empty or cannot be opened ({error})") from error


def _take_record(
    data: mmap.mmap, at: int, path: Path, limits: FetchLimits, now: Callable[[], datetime], seen: set[bytes]
) -> Taken:
    most = limits.max_bytes + _OVERHEAD
    record, end = (_unpack if data[at : at + 3] == _GZIP else _cut)(data, at, most)
    kind, fields = _read_head(record, end)
    name = hashlib.blake2b(fields.get("warc-record-id", str(at)).encode(), digest_size=8).digest()
    if name in seen:
        raise _DamagedError("not-a-page", "has the id of one before it", end)
    seen.add(name)
    if kind != "response":
        return Taken(end=end, passed=f"{kind} record")
    fetched = _read_date(fields.get("warc-date", ""), end)
    if fetched > now() + _TOLERATED:
        raise _DamagedError("not-a-page", f"was made on {fetched:%Y-%m-%d}, which is still to come", end)
    answer = _Answer(source=f"{path}#{at}", record=record, fields=fields, fetched=fetched, end=end)
    return _read_answer(answer, limits)


def _unpack(data: mmap.mmap, at: int, most: int) -> tuple[bytes, int]:
    """Unpack one gzipped record of at most so many bytes; returns it and where the next begins."""
    decoder = zlib.decompressobj(31)
    pieces: list[bytes] = []
    size, position = 0, at
    while not decoder.eof:
        block = decoder.unconsumed_tail or data[position : position + _PIECE]
        if not decoder.unconsumed_tail:
            position += len(block)
        if not block:
            raise _DamagedError("not-a-page", "is cut off", at + len(_GZIP))
        try:
            piece = decoder.decompress(block, _PIECE)
        except zlib.error as error:
            raise _DamagedError("not-a-page", f"cannot be unpacked ({error})", at + len(_GZIP)) from error
        size += len(piece)
        if size <= most:
            pieces.append(piece)
        elif size > most * _SEARCHED:
            raise _DamagedError("too-large", f"unpacks to more than {size:,} bytes", at + len(_GZIP))
    end = position - len(decoder.unused_data)
    if size > most:
        raise _DamagedError("too-large", f"unpacks to {size:,} bytes, more than {most:,}", end)
    return b"".join(pieces), end


def _cut(data: mmap.mmap, at: int, most: int) -> tuple[bytes, int]:
    """Cut one record that is not packed by the length it gives."""
    head_end = data.find(b"\r\n\r\n", at, at + _OVERHEAD)
    if head_end < 0 or data[at : at + len(_PLAIN)] != _PLAIN:
        raise _DamagedError("not-a-page", "has no WARC header", at + len(_PLAIN))
    _, fields = _read_head(data[at : head_end + 4], head_end)
    length = fields.get("content-length", "")
    if not length.isdigit():
        raise _DamagedError("not-a-page", "gives no length", head_end)
    end = head_end + 4 + int(length)
    if end > len(data):
        raise _DamagedError("not-a-page", f"says that it holds {int(length):,} bytes, and is cut off", head_end)
    following = end + 4 if data[end : end + 4] == b"\r\n\r\n" else end
    if following < len(data) and data[following : following + len(_PLAIN)] != _PLAIN:
        raise _DamagedError("not-a-page", f"is not {int(length):,} bytes long, as it says", head_end)
    if int(length) > most:
        raise _DamagedError("too-large", f"is {int(length):,} bytes, more than {most:,}", following)
    return data[at:end], following


def _read_head(record: bytes, end: int) -> tuple[str, dict[str, str]]:
    """Return a record's type and its fields by their names in small letters."""
    head, found, _ = record.partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "replace").split("\r\n")
    if not found or not lines[0].startswith("WARC/1."):
        raise _DamagedError("not-a-page", "has no WARC header", end)
    fields = {
        name.strip().lower(): value.strip()
        for name, colon, value in (line.partition(":") for line in lines[1:])
        if colon
    }
    return fields.get("warc-type", "unknown"), fields


def _read_date(value: str, end: int) -> datetime:
    try:
        fetched = datetime.fromisoformat(value)
    except ValueError as error:
        raise _DamagedError("not-a-page", f"has no date (“{value[:40]}”)", end) from error
    if fetched.tzinfo is None:
        raise _DamagedError("not-a-page", f"has a date without a zone (“{value[:40]}”)", end)
    return fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """A record that holds an HTTP answer: its bytes and WARC fields, and where the next record begins."""

    source: str
    record: bytes
    fields: dict[str, str]
    fetched: datetime
    end: int


def _read_answer(held: _Answer, limits: FetchLimits) -> Taken:
    """Read the HTTP answer that a record holds, transfer and content coding undone."""
    end = held.end
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    size = len(held.record) - held.record.find(b"\r\n\r\n") - 4
    told = held.fields.get("content-length", "")
    if not told.isdigit() or int(told) > size:
        raise _DamagedError("not-a-page", f"says that it holds {told[:20]} bytes and holds {size:,}", end)
    try:
        answer = next(iter(ArchiveIterator(io.BytesIO(held.record))))
        headers = answer.http_headers
        status = headers.get_statuscode() if headers is not None else ""
        media_type = (headers.get_header("Content-Type") or "") if headers is not None else ""
        if status != "200":
            return Taken(end=end, passed=f"HTTP status {status[:3] or 'missing'}")
        if media_type and "html" not in media_type.lower() and "text/plain" not in media_type.lower():
            return Taken(end=end, passed="no text by its media type")
        body = answer.content_stream().read(limits.max_bytes + 1)
    except (
        ArchiveLoadFailed,
        StatusAndHeadersParserException,
        EOFError,
        ValueError,
        zlib.error,
        StopIteration,
    ) as error:
        raise _DamagedError("not-a-page", f"holds no HTTP answer that can be read ({error})", end) from error
    if len(body) > limits.max_bytes:
        raise _DamagedError("too-large", f"holds a page of more than {limits.max_bytes:,} bytes", end)
    url = held.fields.get("warc-target-uri", "").strip("<>") or None
    page = make_page(held.source, body, now=lambda: held.fetched, url=url, content_type=media_type or None)
    return Taken(end=end, found=page)

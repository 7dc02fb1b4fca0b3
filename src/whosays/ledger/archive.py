"""The archive beside a ledger: every page as received, in WARC 1.1 files, gzipped record by record."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from contextlib import suppress
from typing import IO, TYPE_CHECKING
from urllib.parse import quote

from whosays.errors import LedgerError
from whosays.model import ArchivePlace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from whosays.model import Page

ROTATE = 256_000_000
"""Bytes after which a new file is begun."""
_VERSION = "1.1"
_TRIES = 100
"""New files that are begun at most: another writer may take one before its maker has locked it."""


class Archive:
    """Writes pages into one file of a folder, and reads them from all.

    `find_end` tells how many bytes of a file the ledger knows: what lies behind them was never committed, and is cut
    off when a writer opens the file. A writer holds a lock on its file, so that two never share one.
    """

    def __init__(self, folder: Path, *, find_end: Callable[[str], int], rotate: int = ROTATE) -> None:
        self.folder = folder
        self._find_end = find_end
        self._rotate = rotate
        self._file: IO[bytes] | None = None
        self._name = ""

    def append(self, page: Page) -> ArchivePlace:
        """Write a page; it is safe after `sync`. Raises `LedgerError` where it cannot be written."""
        try:
            file = self._open()
            offset = file.tell()
            record_id = _write_page(file, page)
            file.flush()
            return ArchivePlace(file=self._name, offset=offset, length=file.tell() - offset, record_id=record_id)
        except OSError as error:
            self.close()
            raise LedgerError(path=str(self.folder), detail=f"the archive cannot be written ({error})") from error

    def sync(self) -> None:
        """Wait until all that was written is on the disk."""
        if self._file is not None:
            try:
                os.fsync(self._file.fileno())
            except OSError as error:
                raise LedgerError(path=str(self.folder), detail=f"the archive cannot be written ({error})") from error

    def recover(self) -> None:
        """Cut off what killed writers left behind the last page that the ledger took; files in use are let be."""
        for path in self.folder.glob("whosays-*.warc.gz"):
            try:
                with path.open("ab") as file:
                    end = self._find_end(path.name)
                    if path.stat().st_size > end and _lock(file):
                        file.truncate(self._find_end(path.name))
            except OSError as error:
                raise LedgerError(path=str(path), detail=f"cannot be written ({error.strerror or error})") from error

    def forget(self, place: ArchivePlace) -> None:
        """Cut off what was written from a page on: the ledger did not take it; older files `recover` looks after."""
        with suppress(OSError):
            if self._file is not None and self._name == place.file:
                self._file.truncate(place.offset)
                self._file.seek(place.offset)

    def read(self, place: ArchivePlace) -> bytes:
        """Return a page's bytes; raises `LedgerError` where the file is missing, cut or holds something else."""
        path = self.folder / place.file
        try:
            with path.open("rb") as file:
                file.seek(place.offset)
                packed = file.read(place.length)
        except OSError as error:
            raise LedgerError(path=str(path), detail=f"cannot be read ({error.strerror or error})") from error
        return _read_record(packed, place, path)

    def close(self) -> None:
        """Close the file, and let others write to it."""
        if self._file is not None:
            file, self._file = self._file, None
            with suppress(OSError):
                file.close()

    def _open(self) -> IO[bytes]:
        """Return the open file, or the newest that nobody writes to and that has room, or a new one."""
        if self._file is not None and self._file.tell() < self._rotate:
            return self._file
        self.sync()
        self.close()
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(self.folder.glob("whosays-*.warc.gz"), reverse=True):
            end = self._find_end(path.name)
            if end < self._rotate and self._take(path, end):
                break
        else:
            count = sum(1 for _ in self.folder.glob("whosays-*.warc.gz"))
            for _ in range(_TRIES):
                if self._take(self.folder / f"whosays-{count + 1:05}-{secrets.token_hex(4)}.warc.gz", 0):
                    break
        if self._file is None:
            raise LedgerError(path=str(self.folder), detail="no file of the archive can be written to")
        return self._file

    def _take(self, path: Path, end: int) -> bool:
        """Open a file for writing at its known end, unless another process holds it."""
        file = path.open("ab+")
        if not _lock(file):
            file.close()
            return False
        file.truncate(end)
        file.seek(end)
        self._file, self._name = file, path.name
        if end == 0:
            _write_head(file, path.name)
        return True


def _lock(file: IO[bytes]) -> bool:
    """Take the file for this process alone; where the system has no such locks, it is ours."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _write_head(file: IO[bytes], name: str) -> None:
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(file, gzip=True, warc_version=_VERSION)
    about = {"software": "whosays", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(name, about))


def _write_page(file: IO[bytes], page: Page) -> str:
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(file, gzip=True, warc_version=_VERSION)
    headers = {
        "WARC-Date": page.fetched.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-Payload-Digest": page.digest,
        "WARC-Block-Digest": page.digest,
    }
    record = writer.create_warc_record(
        _name_target(page),
        "resource",
        payload=io.BytesIO(page.body),
        length=len(page.body),
        warc_content_type=_clean(page.content_type) or "application/octet-stream",
        warc_headers_dict=headers,
    )
    writer.write_record(record)
    return str(record.rec_headers.get_header("WARC-Record-ID"))


def _name_target(page: Page) -> str:
    """Return an address for where the page came from; a file's is relative, as the user named it."""
    if page.url is not None:
        return quote(page.url, safe="/:?#[]@!$&'()*+,;=%~-._")
    return (
        "urn:whosays:standard-input" if page.source == "-" else f"file:{quote(page.source.encode('utf-8', 'replace'))}"
    )


def _clean(header: str | None) -> str | None:
    """Return a header that a server sent in printable ASCII on one line, or none."""
    return header if header and header.isascii() and header.isprintable() else None


def _read_record(packed: bytes, place: ArchivePlace, path: Path) -> bytes:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    where = f"{path} at byte {place.offset}"
    try:
        record = next(iter(ArchiveIterator(io.BytesIO(packed))), None)
        body = record.content_stream().read() if record is not None else b""
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        raise LedgerError(path=where, detail=f"holds no readable record ({error})") from error
    if record is None or record.rec_headers.get_header("WARC-Record-ID") != place.record_id:
        raise LedgerError(path=where, detail=f"does not hold record {place.record_id}")
    digest = record.rec_headers.get_header("WARC-Payload-Digest")
    if digest != f"sha256:{hashlib.sha256(body).hexdigest()}":
        raise LedgerError(path=where, detail=f"holds a page that does not fit its digest {digest}")
    return bytes(body)

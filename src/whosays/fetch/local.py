"""Read a file or a stream, no more of it than allowed."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING

from whosays.errors import InputRefused, NotAPage, NotFound, TooLarge

if TYPE_CHECKING:
    from whosays.fetch.limits import FetchLimits


_WINDOWS = ("/proc/", "/sys/", "/dev/")
"""Folders whose files are made up as they are read, and may never end."""


def read_file(path: str, *, limits: FetchLimits) -> bytes:
    """Return a regular file's bytes; raises `NotFound`, `NotAPage` (a directory, a device) or `TooLarge`."""
    try:
        if not path:
            raise NotFound(source=path, detail="an empty name")
        status = Path(path).stat()
        if stat.S_ISDIR(status.st_mode):
            raise NotAPage(source=path, detail="this is a directory; name the pages in it")
        if not stat.S_ISREG(status.st_mode):
            raise NotAPage(source=path, detail="this is not a regular file; to read a pipe, use - for standard input")
        if str(Path(path).resolve()).startswith(_WINDOWS):
            raise NotAPage(source=path, detail="this is a view into the machine, not a file on a disk")
        with Path(path).open("rb") as file:
            return read_stream(file, limits=limits, source=path)
    except FileNotFoundError as error:
        raise NotFound(source=path, detail="no such file") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputRefused(source=path, detail=f"cannot be opened ({reason})") from error


def read_stream(stream: IO[bytes], *, limits: FetchLimits, source: str = "-") -> bytes:
    """Return all bytes of a stream; raises `TooLarge` as soon as there are more than allowed."""
    try:
        body = stream.read(limits.max_bytes + 1)
    except (OSError, ValueError) as error:
        raise InputRefused(source=source, detail=f"cannot be read ({error})") from error
    if len(body) > limits.max_bytes:
        raise TooLarge(source=source, detail=f"larger than {limits.max_bytes:,} bytes (see --max-bytes)")
    return body

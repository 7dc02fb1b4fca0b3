"""Where the command line writes: standard output, a file that appears when it is whole, lines on standard error."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sized

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def make_line(text: str) -> str:
    """Make one line of a text: whatever moves the cursor, ends a line or is no character is shown by its number."""
    return _UNPRINTABLE.sub(lambda match: match.group().encode("unicode_escape").decode("ascii"), text)


def print_error(text: str) -> None:
    """Print one line on standard error."""
    with suppress(OSError):
        click.echo(f"whosays: {make_line(text)}", err=True)


def is_watched(inputs: Sized) -> bool:
    """Tell whether a bar is worth drawing: several inputs, and somebody at a terminal."""
    return len(inputs) > 1 and sys.stderr.isatty()


class Output:
    """A stream of UTF-8 text, whatever the locale; on a terminal, of what the terminal can show."""

    def __init__(self, stream: IO[bytes], *, name: str, encoding: str = "utf-8", terminal: bool = False) -> None:
        self._stream = stream
        self._name = name
        self._encoding = encoding
        self.terminal = terminal

    def write(self, text: str) -> None:
        """Write a text and end its line; raises `click.ClickException` where that cannot be done."""
        self.write_bytes(f"{text.removesuffix(chr(10))}\n".encode(self._encoding, "replace"))

    def write_bytes(self, data: bytes) -> None:
        """Write bytes as they are; raises `click.ClickException` where that cannot be done."""
        try:
            self._stream.write(data)
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _cannot_write(self._name, error) from error


@contextmanager
def open_output(path: Path | None) -> Iterator[Output]:
    """Write to standard output, or to a file; raises `click.ClickException` where that cannot be done.

    A regular file is written beside its place and moved there at the end, so that it is never seen half-written and
    a link stays a link. Anything else (a device, a pipe) is written to directly.
    """
    if path is None:
        yield _find_stdout()
        return
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                yield Output(stream, name=str(path))
            return
        handle, partial = tempfile.mkstemp(prefix=".whosays-", dir=target.parent)
    except OSError as error:
        raise _cannot_write(str(path), error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            yield Output(stream, name=str(path))
        Path(partial).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_read_umask())
        Path(partial).replace(target)
    except OSError as error:
        raise _cannot_write(str(path), error) from error
    finally:
        Path(partial).unlink(missing_ok=True)


def _find_stdout() -> Output:
    if sys.stdout is None:
        raise click.ClickException("standard output is closed; give a file with --output")
    terminal = sys.stdout.isatty()
    encoding = (sys.stdout.encoding or "utf-8") if terminal else "utf-8"
    return Output(sys.stdout.buffer, name="standard output", encoding=encoding, terminal=terminal)


def _cannot_write(name: str, error: OSError) -> click.ClickException:
    return click.ClickException(make_line(f"cannot write {name} ({error.strerror or error})"))


def _read_umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask

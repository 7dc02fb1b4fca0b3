"""Decompress a server's answer piece by piece, never more at a time than is asked for."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ACCEPTED = "gzip"
_PIECE = 65_536
_WINDOWS = {"gzip": 47, "x-gzip": 47, "deflate": 15}
"""zlib's window bits: 47 reads gzip and zlib by their headers."""


class UnknownCodingError(Exception):
    """A Content-Encoding that was not asked for, or several on top of each other."""


def inflate(blocks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield the decompressed bytes in pieces of at most 64 KB; `coding` is the Content-Encoding, "" for none.

    Raises `UnknownCodingError`, or `zlib.error` where the data are damaged. A bomb costs no more than the pieces that
    its reader takes.
    """
    coding = coding.strip().lower()
    if coding in {"", "identity"}:
        yield from blocks
        return
    if coding not in _WINDOWS:
        raise UnknownCodingError(coding)
    decoder = zlib.decompressobj(_WINDOWS[coding])
    for block in blocks:
        data = block
        while data and not decoder.eof:
            yield decoder.decompress(data, _PIECE)
            data = decoder.unconsumed_tail
    yield decoder.flush(_PIECE)

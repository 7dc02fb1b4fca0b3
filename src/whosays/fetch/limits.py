"""How much a page may cost to get."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """Bounds on one input: bytes after decompression, seconds in all and for one read, redirects followed.

    `allow_private` opens addresses on private, loopback and link-local networks too.
    """

    max_bytes: int = 20_000_000
    total_seconds: float = 30.0
    read_seconds: float = 10.0
    max_redirects: int = 10
    allow_private: bool = False

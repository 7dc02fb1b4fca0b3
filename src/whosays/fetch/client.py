"""The one HTTP client of the house: guarded against inside addresses, deaf to the environment."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING

import httpx

from whosays.fetch.guard import GuardedTransport

if TYPE_CHECKING:
    from whosays.fetch.limits import FetchLimits


def open_client(limits: FetchLimits, *, deadline: float, headers: dict[str, str]) -> httpx.Client:
    """Return a client for one request, which ends at `deadline` (monotonic seconds); the caller closes it."""
    return httpx.Client(
        transport=GuardedTransport(deadline=deadline, allow_private=limits.allow_private),
        follow_redirects=True,
        max_redirects=limits.max_redirects,
        timeout=min(limits.read_seconds, limits.total_seconds),
        trust_env=False,
        headers={"User-Agent": f"whosays/{metadata.version('whosays')}", **headers},
    )

"""Pages as received, and the refusals for those that could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from whosays.errors import InputRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Bytes as received (after HTTP's own transfer and content coding), and how they came."""

    source: str
    """What the user named: a path, a URL, or `-`."""
    body: bytes
    digest: str
    """`sha256:` and the hexadecimal digest of `body`."""
    fetched: datetime
    url: str | None = None
    content_type: str | None = None
    """The Content-Type header, if a server gave one."""


def refuse(source: str, error: InputRefused) -> Refusal:
    """Return the refusal of an input for the reason that an error gives."""
    return Refusal(source=source, reason=error.reason, detail=error.detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An input that could not be read; `reason` is one of the short names in `whosays.errors`."""

    source: str
    reason: str
    detail: str

"""The room's door: decide where an input comes from, and make a Page of its bytes."""

from __future__ import annotations

import hashlib
import re
from typing import IO, TYPE_CHECKING

from whosays.errors import AddressBlocked, NotAPage
from whosays.fetch.local import read_file, read_stream
from whosays.model import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from whosays.fetch.limits import FetchLimits

STANDARD_INPUT = "-"
_DRIVE = re.compile(r"^[A-Za-z]:[\\/]")


def is_url(source: str) -> bool:
    """Tell an address from a path: it has a scheme and `//` after it."""
    return bool(re.match(r"^[A-Za-z][A-Za-z0-9+.\-]*://", source)) and not _DRIVE.match(source)


def fetch_page(source: str, *, stdin: IO[bytes] | None, limits: FetchLimits, now: Callable[[], datetime]) -> Page:
    """Get one input: `-` is standard input, `http(s)://…` the web, anything else a path.

    Raises an `InputRefused` of `whosays.errors` when there is no page to be had.
    """
    if source == STANDARD_INPUT:
        if stdin is None:
            raise NotAPage(source=source, detail="standard input is closed")
        return make_page(source, read_stream(stdin, limits=limits), now=now)
    if not is_url(source):
        return make_page(source, read_file(source, limits=limits), now=now)
    scheme = source.partition(":")[0].lower()
    if scheme not in {"http", "https"}:
        raise AddressBlocked(source=source, detail=f"scheme '{scheme}' is not opened, only http and https are")
    from whosays.fetch.web import fetch_url

    answer = fetch_url(source, limits=limits)
    return make_page(source, answer.body, now=now, url=answer.url, content_type=answer.content_type)


def make_page(
    source: str,
    body: bytes,
    *,
    now: Callable[[], datetime],
    url: str | None = None,
    content_type: str | None = None,
) -> Page:
    """Make a Page of bytes that are there already."""
    return Page(
        source=source,
        body=body,
        digest=f"sha256:{hashlib.sha256(body).hexdigest()}",
        fetched=now(),
        url=url,
        content_type=content_type,
    )

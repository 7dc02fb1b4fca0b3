"""Get a page over HTTP, from public addresses only, within bounds of bytes and time."""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from whosays.errors import AddressBlocked, NotFound, TooLarge, Unreachable
from whosays.fetch.client import open_client
from whosays.fetch.guard import BlockedAddressError
from whosays.fetch.inflate import ACCEPTED, UnknownCodingError, inflate

if TYPE_CHECKING:
    from whosays.fetch.limits import FetchLimits

_GONE = frozenset({404, 410})
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server gave: the body, decompressed, the address it came from after redirects, and what its header says.

    `unchanged`: the server says that the body is what it was when it gave `Known`.
    """

    body: bytes
    url: str
    content_type: str | None
    known: Known
    unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a server said of a body, to be told again when asking whether it changed: its ETag and Last-Modified."""

    etag: str | None = None
    modified: str | None = None


def fetch_url(url: str, *, limits: FetchLimits, known: Known | None = None) -> Answer:
    """Get a page, or only that it did not change; raises `AddressBlocked`, `NotFound`, `TooLarge` or `Unreachable`."""
    deadline = time.monotonic() + limits.total_seconds
    headers = {"Accept": "text/html,text/plain;q=0.9,*/*;q=0.5", "Accept-Encoding": ACCEPTED}
    if known is not None and known.etag:
        headers["If-None-Match"] = known.etag
    if known is not None and known.modified:
        headers["If-Modified-Since"] = known.modified
    try:
        with (
            open_client(limits, deadline=deadline, headers=headers) as client,
            client.stream("GET", url) as response,
        ):
            return _read_response(response, url, deadline=deadline, limits=limits)
    except BlockedAddressError as error:
        raise AddressBlocked(
            source=url, detail=f"{error.host} is on a private or inside network (see --allow-private)"
        ) from error
    except httpx.UnsupportedProtocol as error:
        raise AddressBlocked(source=url, detail="leads to an address that is neither http nor https") from error
    except httpx.TooManyRedirects as error:
        raise Unreachable(source=url, detail=f"redirected more than {limits.max_redirects} times") from error
    except httpx.TimeoutException as error:
        raise Unreachable(source=url, detail=f"no full answer within {limits.total_seconds:g} seconds") from error
    except UnknownCodingError as error:
        raise Unreachable(source=url, detail=f"the answer is packed in a way nobody asked for ({error})") from error
    except zlib.error as error:
        raise Unreachable(source=url, detail="the answer is packed, and damaged") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Unreachable(source=url, detail=f"the network gave no page ({error or type(error).__name__})") from error


def _read_response(response: httpx.Response, url: str, *, deadline: float, limits: FetchLimits) -> Answer:
    if response.status_code in _GONE:
        raise NotFound(source=url, detail=f"the server says that there is no such page ({response.status_code})")
    if response.is_error:
        raise Unreachable(source=url, detail=f"the server answered {response.status_code} {response.reason_phrase}")
    body = bytearray()
    for block in inflate(response.iter_raw(), response.headers.get("content-encoding", "")):
        body += block
        if len(body) > limits.max_bytes:
            raise TooLarge(source=url, detail=f"larger than {limits.max_bytes:,} bytes (see --max-bytes)")
        if time.monotonic() > deadline:
            raise Unreachable(source=url, detail=f"no full answer within {limits.total_seconds:g} seconds")
    return Answer(
        body=bytes(body),
        url=str(response.url),
        content_type=response.headers.get("content-type"),
        known=Known(etag=response.headers.get("etag"), modified=response.headers.get("last-modified")),
        unchanged=response.status_code == _NOT_MODIFIED,
    )

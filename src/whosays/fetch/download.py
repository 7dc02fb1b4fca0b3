"""Get a large file over HTTP, going on where an earlier try broke off."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpx

from whosays.errors import AddressBlocked, NotFound, TooLarge, Unreachable
from whosays.fetch.client import open_client
from whosays.fetch.guard import BlockedAddressError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from whosays.fetch.limits import FetchLimits

_PARTIAL, _WHOLE = 206, 200


def download_file(
    url: str, path: Path, *, limits: FetchLimits, told: Callable[[int, int | None], None] = lambda _done, _all: None
) -> None:
    """Write what an address gives to `path`; what came of it lies in `path.part` until all is there.

    Goes on behind the part that is there when the server still has the same file (its ETag or date), and begins anew
    when it has not. `told` hears of the bytes so far and in all. Raises as `fetch_page` does.
    """
    part, mark = path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.mark")
    deadline = time.monotonic() + limits.total_seconds
    headers = {"Accept-Encoding": "identity"}
    done = part.stat().st_size if part.exists() and mark.exists() else 0
    if done:
        headers |= {"Range": f"bytes={done}-", "If-Range": mark.read_text("utf-8")}
    try:
        with (
            open_client(limits, deadline=deadline, headers=headers) as client,
            client.stream("GET", url) as response,
        ):
            done = _check(response, url, done)
            _write(response, part, mark, url, done=done, limits=limits, told=told)
    except BlockedAddressError as error:
        raise AddressBlocked(source=url, detail=f"{error.host} is on a private or inside network") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Unreachable(source=url, detail=f"the network broke off ({error or type(error).__name__})") from error
    part.replace(path)
    mark.unlink(missing_ok=True)


def _check(response: httpx.Response, url: str, done: int) -> int:
    """Return how many bytes of the part are to be kept."""
    if response.status_code in {404, 410}:
        raise NotFound(source=url, detail=f"the server says that there is no such file ({response.status_code})")
    if response.status_code not in {_PARTIAL, _WHOLE}:
        raise Unreachable(source=url, detail=f"the server answered {response.status_code} {response.reason_phrase}")
    goes_on = response.headers.get("content-range", "").startswith(f"bytes {done}-")
    return done if response.status_code == _PARTIAL and goes_on else 0


def _write(
    response: httpx.Response,
    part: Path,
    mark: Path,
    url: str,
    *,
    done: int,
    limits: FetchLimits,
    told: Callable[[int, int | None], None],
) -> None:
    length = int(response.headers["content-length"]) if "content-length" in response.headers else None
    whole = None if length is None else done + length
    same = response.headers.get("etag") or response.headers.get("last-modified")
    if same and not same.startswith("W/"):
        mark.write_text(same, "utf-8")
    else:
        mark.unlink(missing_ok=True)
    with part.open("ab" if done else "wb") as file:
        for block in response.iter_raw():
            file.write(block)
            done += len(block)
            told(done, whole)
            if done > limits.max_bytes:
                raise TooLarge(source=url, detail=f"larger than {limits.max_bytes:,} bytes")
    if whole is not None and done != whole:
        raise Unreachable(source=url, detail=f"the network broke off after {done:,} of {whole:,} bytes")

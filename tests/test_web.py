"""Getting pages over HTTP: what is read, what is refused, and where whosays will not go."""

from __future__ import annotations

import gzip
import io
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from whosays.errors import AddressBlocked, InputRefused, NotFound, TooLarge, Unreachable
from whosays.fetch import FetchLimits, fetch_page
from whosays.fetch.guard import is_public
from whosays.model import Page

OPEN = FetchLimits(allow_private=True, total_seconds=20.0, read_seconds=10.0, max_bytes=100_000)
HURRIED = FetchLimits(allow_private=True, total_seconds=2.0, read_seconds=1.0, max_bytes=100_000)
PAGE = b"<html><body><p>Hello</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    """One path, one behaviour."""

    def do_GET(self) -> None:
        getattr(self, "serve_" + self.path.strip("/").replace("-", "_"), self.serve_missing)()

    def serve_page(self) -> None:
        self.answer(200, PAGE, {"Content-Type": "text/html; charset=utf-8"})

    def serve_missing(self) -> None:
        self.answer(404, b"gone", {})

    def serve_error(self) -> None:
        self.answer(503, b"busy", {})

    def serve_moved(self) -> None:
        self.answer(301, b"", {"Location": "/page"})

    def serve_loop(self) -> None:
        self.answer(302, b"", {"Location": "/loop"})

    def serve_to_file(self) -> None:
        self.answer(302, b"", {"Location": "file:///etc/passwd"})

    def serve_bomb(self) -> None:
        self.answer(200, gzip.compress(b"<p>" + b"a" * 50_000_000), {"Content-Encoding": "gzip"})

    def serve_zipped(self) -> None:
        self.answer(200, gzip.compress(PAGE), {"Content-Encoding": "gzip"})

    def serve_deflated(self) -> None:
        self.answer(200, zlib.compress(b"a" * 50_000_000), {"Content-Encoding": "deflate"})

    def serve_twice(self) -> None:
        self.answer(200, gzip.compress(gzip.compress(PAGE)), {"Content-Encoding": "gzip, gzip"})

    def serve_torn(self) -> None:
        self.answer(200, b"not gzip at all", {"Content-Encoding": "gzip"})

    def serve_endless(self) -> None:
        self.start({})
        try:
            while True:
                self.wfile.write(b"a" * 65_536)
        except OSError:
            pass

    def serve_slow(self) -> None:
        self.start({})
        try:
            while not self.server.stopping.wait(0.2):
                self.wfile.write(b"a")
                self.wfile.flush()
        except OSError:
            pass

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def start(self, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Stay quiet."""


class Server(ThreadingHTTPServer):
    """A server that knows when it is being stopped, and does not report clients that hang up."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.stopping = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay quiet."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.stopping.set()
    server.shutdown()
    server.server_close()
    thread.join()


def fetch(url: str, limits: FetchLimits = OPEN) -> Page:
    return fetch_page(url, stdin=io.BytesIO(), limits=limits, now=lambda: datetime(2026, 11, 22, tzinfo=UTC))


def test_a_page_comes_with_its_bytes_and_its_content_type(address: str) -> None:
    page = fetch(f"{address}/page")
    assert (page.body, page.content_type) == (PAGE, "text/html; charset=utf-8")


def test_a_packed_page_is_unpacked(address: str) -> None:
    assert fetch(f"{address}/zipped").body == PAGE


def test_a_redirect_is_followed_and_the_last_address_kept(address: str) -> None:
    assert fetch(f"{address}/moved").url == f"{address}/page"


@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("missing", NotFound, "no such page (404)"),
        ("error", Unreachable, "answered 503"),
        ("loop", Unreachable, "redirected more than 10 times"),
        ("to-file", AddressBlocked, "neither http nor https"),
        ("bomb", TooLarge, "larger than 100,000 bytes"),
        ("deflated", TooLarge, "larger than 100,000 bytes"),
        ("twice", Unreachable, "packed in a way nobody asked for (gzip, gzip)"),
        ("torn", Unreachable, "packed, and damaged"),
        ("endless", TooLarge, "larger than 100,000 bytes"),
        ("slow", Unreachable, "no full answer within 2 seconds"),
    ],
)
def test_a_server_that_misbehaves_is_refused_with_the_reason(
    address: str, path: str, error: type[InputRefused], words: str
) -> None:
    with pytest.raises(error) as caught:
        fetch(f"{address}/{path}", HURRIED if path == "slow" else OPEN)
    assert words in caught.value.describe()
    assert f"{address}/{path}" in caught.value.describe()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"])
def test_loopback_is_closed_unless_it_is_allowed(address: str, host: str) -> None:
    port = address.rpartition(":")[2]
    with pytest.raises((AddressBlocked, Unreachable)) as caught:
        fetch(f"http://{host}:{port}/page", FetchLimits(total_seconds=2.0))
    assert isinstance(caught.value, AddressBlocked) or "cannot be found" in caught.value.detail


@pytest.mark.parametrize(
    "url", ["ftp://example.org/a", "file:///etc/passwd", "gopher://x/", "javascript://x/%0aalert(1)"]
)
def test_other_schemes_are_not_opened(url: str) -> None:
    with pytest.raises(AddressBlocked):
        fetch(url)


def test_nobody_at_the_address_is_unreachable() -> None:
    with pytest.raises(Unreachable):
        fetch("http://127.0.0.1:9/")


@pytest.mark.parametrize("url", ["http://", "http://exa mple/", "http://[::1", "http://\udcff/", "https://:0/"])
def test_a_malformed_address_is_refused_and_nothing_else(url: str) -> None:
    with pytest.raises(InputRefused):
        fetch(url)


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("127.8.8.8", False),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("::10.0.0.1", False),
        ("::8.8.8.8", True),
        ("64:ff9b:1::a00:1", False),
        ("::ffff:0:10.0.0.1", False),
        ("fec0::1", False),
        ("192.0.0.8", False),
        ("3fff::1", False),
        ("168.63.129.16", False),
    ],
)
def test_inside_addresses_are_known_in_all_their_forms(ip: str, public: bool) -> None:
    assert is_public(ip) is public


def test_a_name_that_changes_its_answer_is_checked_on_the_address_it_connects_to(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: what was resolved for the check is what is connected to; a second answer is never asked for."""
    import socket

    asked: list[str] = []
    real = socket.getaddrinfo

    def answer(host: str, port: int, *arguments: object, **options: object) -> object:
        asked.append(host)
        inner = "127.0.0.1" if host == "rebind.test" else host
        return real(inner, port, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    port = address.rpartition(":")[2]
    with pytest.raises(AddressBlocked):
        fetch(f"http://rebind.test:{port}/page", FetchLimits(total_seconds=2.0))
    assert asked == ["rebind.test"]

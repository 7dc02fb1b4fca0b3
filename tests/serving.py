"""A server of the web app for tests, on a free port of this machine."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import uvicorn

from whosays.web import Access, make_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whosays.config import Settings


@contextmanager
def run_app(settings: Settings) -> Iterator[str]:
    """Serve a ledger and yield the address; a request waits in the socket until the server takes it."""
    app = make_app(settings, access=Access(), now=lambda: datetime(2026, 3, 5, tzinfo=UTC))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    with socket.socket() as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)

"""Build real records for tests, with sensible defaults for what a test does not care about."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from whosays.model import Article, Page
from whosays.parse import Limits, read_page, read_plain_page

LIMITS = Limits()


def make_page(body: bytes | str, *, content_type: str | None = None, source: str = "page") -> Page:
    """A page with these bytes (text is UTF-8)."""
    data = body.encode() if isinstance(body, str) else body
    return Page(
        source=source,
        body=data,
        digest=f"sha256:{hashlib.sha256(data).hexdigest()}",
        fetched=datetime(2026, 11, 22, tzinfo=UTC),
        content_type=content_type,
    )


def read_body(body: bytes | str, *, limits: Limits = LIMITS) -> Article:
    """Read a whole page."""
    return read_page(make_page(body), limits=limits)


def read_plain_body(text: str, *, limits: Limits = LIMITS) -> Article:
    """Read a bare article body."""
    return read_plain_page(make_page(text), limits=limits)


def wrap_html(inner: str, *, head: str = "") -> str:
    """A small page around some markup."""
    return f"<!doctype html><html><head>{head}</head><body><article>{inner}</article></body></html>"

"""Read what lists pages: RSS, Atom and JSON feeds, OPML lists of feeds, news sitemaps and their indexes."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from whosays.errors import NotAPage

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST = 50_000
"""Addresses that one list may hold: as many as a sitemap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The addresses of pages, the newest first as the list has them, and of further lists; each once."""

    pages: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


def read_listing(body: bytes, *, url: str) -> Listing:
    """Read a list, whichever kind it is; `url` is its own address. Raises `NotAPage` on what is no list."""
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _read_json_feed(body, url)
    if b"<opml" in start or b"<urlset" in start or b"<sitemapindex" in start:
        return _read_xml_list(body, url)
    return _read_feed(body, url)


def _read_feed(body: bytes, url: str) -> Listing:
    import feedparser

    # as a stream: feedparser would open a text that looks like an address or a path
    try:
        found = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, TypeError, AssertionError, RecursionError) as error:
        raise NotAPage(source=url, detail=f"is a feed that cannot be read ({error})") from error
    if not found.get("version"):
        raise NotAPage(source=url, detail="is no feed, no list of feeds and no sitemap")
    return Listing(pages=_join(url, (entry.get("link") for entry in found.entries)))


def _read_json_feed(body: bytes, url: str) -> Listing:
    try:
        data = json.loads(body)
        items = data["items"]
        links = [item.get("url") or item.get("external_url") for item in items]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotAPage(source=url, detail="is no JSON feed") from error
    return Listing(pages=_join(url, (link for link in links if isinstance(link, str))))


def _read_xml_list(body: bytes, url: str) -> Listing:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAPage(source=url, detail=f"is no readable XML ({error})") from error
    if root is None:
        raise NotAPage(source=url, detail="is no readable XML")
    feeds = [outline.get("xmlUrl") for outline in root.iter("outline", "{*}outline")]
    named = [(entry.getparent(), entry.text) for entry in root.iter("loc", "{*}loc")]
    maps = [text for parent, text in named if parent is not None and _name(parent.tag) == "sitemap"]
    pages = [text for parent, text in named if parent is not None and _name(parent.tag) == "url"]
    return Listing(pages=_join(url, pages), lists=_join(url, [*feeds, *maps]))


def _name(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _join(base: str, links: Iterable[str | None]) -> tuple[str, ...]:
    """Return web addresses, each once, those relative to the list made whole; what is no such address is left out."""
    found: dict[str, None] = {}
    for link in links:
        if not link or len(found) >= _MOST:
            continue
        try:
            whole = urljoin(base, link.strip())
        except ValueError:
            continue
        if whole.startswith(("http://", "https://")) and whole.isprintable():
            found.setdefault(whole)
    return tuple(found)

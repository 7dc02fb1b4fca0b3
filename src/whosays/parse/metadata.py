"""What a page's markup says about its article: JSON-LD, Open Graph, meta tags, microdata."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from whosays.parse.references import unescape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser

_ARTICLE_TYPES = re.compile(r"Article$|^(?:BlogPosting|LiveBlogPosting|Report|Posting|SocialMediaPosting)$")
_ISO = re.compile(r"^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?$")
_DEPTH = 12
_MOST = 20
"""Values of one field that are looked at."""
_LONGEST = 2000
_CONTROL = re.compile(r"[\x00-\x1f]+")


@dataclass(slots=True, kw_only=True)
class Metadata:
    """What the markup claims; lists hold the claims in order of trust."""

    titles: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    """What `<time datetime>` elements say, in order: any of them may be the day of something else."""
    language: str | None = None
    is_article: bool = False


def read_metadata(tree: LexborHTMLParser) -> Metadata:
    """Collect the claims; a field that a source leaves out is simply not there."""
    found = Metadata()
    for item in _find_json_ld(tree):
        _take_json_ld(item, found)
    _take_meta(tree, found)
    _take_microdata(tree, found)
    canonical = tree.css_first('link[rel="canonical"]')
    if canonical is not None and canonical.attributes.get("href"):
        found.urls.append(str(canonical.attributes["href"]))
    root = tree.root
    language = root.attributes.get("lang") if root is not None else None
    found.language = str(language).strip() if language else None
    return found


def _find_json_ld(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Yield the article-like items of every JSON-LD script; a script that is not JSON says nothing."""
    for script in tree.css('script[type*="ld+json"]'):
        try:
            data = json.loads(_CONTROL.sub(" ", script.text(strip=True)).removesuffix(";"))
        except (ValueError, RecursionError):
            continue
        yield from _walk_items(data, 0)


def _walk_items(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(data, list):
        for item in data:
            yield from _walk_items(item, depth + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        if any(_ARTICLE_TYPES.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _walk_items(data.get(key), depth + 1)


def _take_json_ld(item: dict[str, Any], found: Metadata) -> None:
    found.is_article = True
    for key, values in (
        ("headline", found.titles),
        ("description", found.descriptions),
        ("articleSection", found.sections),
        ("datePublished", found.published),
        ("dateModified", found.modified),
        ("url", found.urls),
    ):
        values.extend(_list_texts(item.get(key)))
    found.authors.extend(name for name in _list_names(item.get("author")) if name not in found.authors)
    found.outlets.extend(_list_names(item.get("publisher")))


def _list_texts(value: object) -> list[str]:
    values = value[:_MOST] if isinstance(value, list) else [value]
    return [cleaned for v in values if isinstance(v, str) and (cleaned := clean_text(v))]


def _list_names(value: object) -> list[str]:
    values = value[:_MOST] if isinstance(value, list) else [value]
    names = []
    for one in values:
        name = one.get("name") if isinstance(one, dict) else one
        names.extend(_list_texts(name))
    return names


def _take_meta(tree: LexborHTMLParser, found: Metadata) -> None:
    targets = {
        "og:title": found.titles,
        "twitter:title": found.titles,
        "headline": found.titles,
        "og:description": found.descriptions,
        "description": found.descriptions,
        "twitter:description": found.descriptions,
        "author": found.authors,
        "article:author": found.authors,
        "byl": found.authors,
        "parsely-author": found.authors,
        "sailthru.author": found.authors,
        "dc.creator": found.authors,
        "og:site_name": found.outlets,
        "application-name": found.outlets,
        "dc.publisher": found.outlets,
        "article:section": found.sections,
        "section": found.sections,
        "parsely-section": found.sections,
        "article:published_time": found.published,
        "datepublished": found.published,
        "parsely-pub-date": found.published,
        "sailthru.date": found.published,
        "pubdate": found.published,
        "publish-date": found.published,
        "date": found.published,
        "dc.date": found.published,
        "dc.date.issued": found.published,
        "dcterms.created": found.published,
        "article:modified_time": found.modified,
        "og:updated_time": found.modified,
        "lastmod": found.modified,
        "last-modified": found.modified,
        "dcterms.modified": found.modified,
        "og:url": found.urls,
    }
    for meta in tree.css("meta[content]"):
        attributes = meta.attributes
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        content = clean_text(attributes.get("content") or "")
        if name == "og:type" and content.lower() in {"article", "news"}:
            found.is_article = True
        if name in targets and content and content not in targets[name]:
            is_link = content.startswith(("http://", "https://", "/", "@"))
            if not (is_link and targets[name] is found.authors):
                targets[name].append(content)


def _take_microdata(tree: LexborHTMLParser, found: Metadata) -> None:
    for name, values in (("datePublished", found.published), ("dateModified", found.modified)):
        for node in tree.css(f'[itemprop="{name}"]')[:3]:
            value = node.attributes.get("content") or node.attributes.get("datetime")
            if value:
                values.append(clean_text(value))
    found.times.extend(node.attributes.get("datetime") or "" for node in tree.css("time[datetime]")[:5])


def clean_text(value: str) -> str:
    """Resolve references left over from careless escaping, fold white space, and cut what is endless."""
    whole = value[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
    return " ".join(unescape(whole).split())


def read_iso(value: str) -> str | None:
    """Return the value if it is an ISO 8601 date or time, in the form `2026-03-04T13:41:00+00:00`."""
    value = value.strip()
    if not _ISO.match(value):
        return None
    return value.replace(" ", "T", 1) if len(value) > 10 else value

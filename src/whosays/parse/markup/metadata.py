"""What a page's markup says about its article: JSON-LD, Open Graph, meta tags, microdata."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from whosays.parse.characters.references import unescape
from whosays.parse.markup.attributes import read_attributes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from whosays.parse.markup.skeleton import Skeleton

_ARTICLE_TYPES = re.compile(r"Article$|^(?:BlogPosting|LiveBlogPosting|Report|Posting|SocialMediaPosting)$")
_SITE_TYPES = re.compile(r"^(?:WebSite|NewsMediaOrganization)$")
_DEPTH = 12
_MOST = 20
"""Values of one field that are looked at."""
_LONGEST = 2000
_TARGETS = {
    "og:title": "titles",
    "twitter:title": "titles",
    "headline": "titles",
    "og:description": "descriptions",
    "description": "descriptions",
    "twitter:description": "descriptions",
    "author": "authors",
    "article:author": "authors",
    "byl": "authors",
    "parsely-author": "authors",
    "sailthru.author": "authors",
    "dc.creator": "authors",
    "og:site_name": "outlets",
    "application-name": "outlets",
    "dc.publisher": "outlets",
    "article:section": "sections",
    "section": "sections",
    "parsely-section": "sections",
    "article:published_time": "published",
    "datepublished": "published",
    "parsely-pub-date": "published",
    "sailthru.date": "published",
    "pubdate": "published",
    "publish-date": "published",
    "date": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "dcterms.created": "published",
    "article:modified_time": "modified",
    "og:updated_time": "modified",
    "lastmod": "modified",
    "last-modified": "modified",
    "dcterms.modified": "modified",
    "og:url": "urls",
}
"""The fields that meta tags speak of, by property, name or itemprop."""
_MICRODATA: dict[str, Callable[[Metadata], list[str]]] = {
    "datePublished": attrgetter("published"),
    "dateModified": attrgetter("modified"),
}
_TELLING = frozenset({"meta", "html", "time"})
_CLAIMS = frozenset(["content", "property", "name", "itemprop", "rel", "href", "lang", "datetime"])
_MOST_TIMES = 5
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


def read_metadata(skeleton: Skeleton) -> Metadata:
    """Collect the claims; a field that a source leaves out is simply not there."""
    found = Metadata()
    items = list(_find_json_ld(skeleton.scripts))
    for item in items:
        if _is_of(item, _ARTICLE_TYPES):
            _take_json_ld(item, found)
    for item in items:
        if _is_of(item, _SITE_TYPES):
            found.outlets.extend(_list_texts(item.get("name")))
    for name, written in skeleton.tags:
        if name in _TELLING or (name == "link" and "anonical" in written) or "itemprop" in written:
            _take_tag(name, read_attributes(written, _CLAIMS), found)
    if skeleton.titles:
        found.titles.append(clean_text(skeleton.titles[0]))
    return found


def _find_json_ld(scripts: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the items of every JSON-LD script that say what they are; a script that is not JSON says nothing."""
    for script in scripts:
        try:
            data = json.loads(_CONTROL.sub(" ", script).strip().removesuffix(";"))
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
        if "@type" in data:
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _walk_items(data.get(key), depth + 1)


def _is_of(item: dict[str, Any], types: re.Pattern[str]) -> bool:
    kinds = item["@type"]
    return any(types.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds]))


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


def _take_tag(name: str, attributes: dict[str, str], found: Metadata) -> None:
    if name == "meta" and attributes.get("content"):
        _take_meta(attributes, found)
    elif name == "link" and attributes.get("rel", "").lower() == "canonical" and attributes.get("href"):
        found.urls.append(attributes["href"])
    elif name == "html" and found.language is None:
        found.language = attributes.get("lang", "").strip() or None
    elif name == "time" and attributes.get("datetime") and len(found.times) < _MOST_TIMES:
        found.times.append(attributes["datetime"])
    claims = _MICRODATA.get(attributes.get("itemprop", ""))
    value = attributes.get("content") or attributes.get("datetime")
    if claims is not None and value and len(claims(found)) < _MOST:
        claims(found).append(clean_text(value))


def _take_meta(attributes: dict[str, str], found: Metadata) -> None:
    name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
    content = clean_text(attributes["content"])
    if name == "og:type" and content.lower() in {"article", "news"}:
        found.is_article = True
    values: list[str] | None = getattr(found, _TARGETS[name]) if name in _TARGETS else None
    if values is None or not content or content in values:
        return
    is_link = content.startswith(("http://", "https://", "/", "@"))
    if not (is_link and values is found.authors):
        values.append(content)


def clean_text(value: str) -> str:
    """Resolve references left over from careless escaping, fold white space, and cut what is endless."""
    whole = value[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
    return " ".join(unescape(whole).split())

"""Claims as schema.org has them, and statements as annotations of the web (W3C Web Annotation), both as JSON-LD.

A `Claim` has its text, who makes it and where it appears; it is never rated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whosays.text import is_surely_first, order_moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whosays.show.contract import SheetJson, StatementJson
    from whosays.show.views import ClaimView, StoryView
    from whosays.show.views.story import StoryArticle

_AROUND = 32
"""Characters before and after a quotation that tell it from others."""


def make_claims(view: StoryView) -> dict[str, Any]:
    """Return the claims of a story; its articles are where they appear, the earliest first."""
    articles = {article.id: article for article in view.articles}
    graph = [_make_claim(claim, articles) for claim in view.claims]
    return {"@context": "https://schema.org", "@graph": graph}


def _make_claim(claim: ClaimView, articles: Mapping[str, StoryArticle]) -> dict[str, Any]:
    names = dict.fromkeys(said.article for root in claim.roots for said in root.said)
    works = sorted((articles[name] for name in names if name in articles), key=lambda one: order_moment(one.published))
    appearances = [_make_work(work) for work in works]
    first = appearances[:1] if works and is_surely_first(works[0].published, [w.published for w in works[1:]]) else []
    return {
        "@type": "Claim",
        "@id": f"urn:whosays:claim:{claim.id}",
        "text": claim.text,
        "author": [{"@type": "Thing", "name": root.name} for root in claim.roots if root.sure],
        "appearance": appearances,
        **({"firstAppearance": first[0]} if first else {}),
    }


def _make_work(article: StoryArticle) -> dict[str, Any]:
    work: dict[str, Any] = {"@type": "NewsArticle", "@id": f"urn:whosays:article:{article.id}"}
    if article.title:
        work["headline"] = article.title
    if article.url:
        work["url"] = article.url
    if article.published:
        work["datePublished"] = article.published
    if article.outlet:
        work["publisher"] = {"@type": "Organization", "name": article.outlet}
    return work


def make_annotations(view: StoryView, sheets: Mapping[str, SheetJson]) -> dict[str, Any]:
    """Return every statement of a story's articles as an annotation of its page.

    Selectors of one target stand side by side, and each alone leads there: the words with those around them, their code
    points in the article's text, the bytes of the archived page.
    """
    items = [
        _annotate(statement, article, sheets[article.id])
        for article in view.articles
        if article.id in sheets
        for statement in sheets[article.id].statements
    ]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:whosays:story:{view.story.id}",
        "type": "AnnotationCollection",
        "total": len(items),
        "first": {"id": f"urn:whosays:story:{view.story.id}:1", "type": "AnnotationPage", "items": items},
    }


def _annotate(statement: StatementJson, article: StoryArticle, sheet: SheetJson) -> dict[str, Any]:
    text = sheet.article.text if sheet.article else ""
    source = article.url or f"urn:whosays:article:{article.id}"
    who = statement.source.name or statement.source.text if statement.source else article.outlet or "the outlet"
    told = f"{who} {statement.stance}; {statement.certainty.source or statement.certainty.outlet}"
    return {
        "id": f"urn:whosays:statement:{statement.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": {"type": "TextualBody", "value": told, "format": "text/plain", "language": "en"},
        "target": [{"source": source, "selector": selectors} for selectors in _select(statement, text)],
    }


def _select(statement: StatementJson, text: str) -> list[list[dict[str, Any]]]:
    """Return the parts of a statement, each by selectors that all lead to it.

    Where a statement has several parts, or its bytes lie apart, the bytes are targets of their own.
    """
    parts: list[list[dict[str, Any]]] = [
        [
            _quote(text, span.start, span.end),
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ]
        for span in statement.spans
    ]
    ranges = [{"type": "DataPositionSelector", "start": s.start, "end": s.end} for s in statement.page_spans]
    if len(parts) == len(ranges) == 1:
        return [[*parts[0], ranges[0]]]
    return [*parts, *([one] for one in ranges)]


def _quote(text: str, start: int, end: int) -> dict[str, str]:
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
    }

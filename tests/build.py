"""Build real records for tests, with sensible defaults for what a test does not care about."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from whosays.extract.figures import find_figures
from whosays.model import (
    Article,
    Certainty,
    Commitment,
    Evidence,
    EvidenceKind,
    Figure,
    Page,
    Proposition,
    Quotation,
    Sheet,
    Source,
    SourceKind,
    Span,
    Stance,
    Statement,
)
from whosays.parse import Limits, read_page, read_plain_page
from whosays.text import split_sentences

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


def make_statement(span: Span, *, seed: str, source: Source | None = None, **given: object) -> Statement:
    """A statement with this content; what a test does not give is plain."""
    fields = {
        "id": hashlib.sha256(f"{seed} {span}".encode()).hexdigest()[:20],
        "spans": (span,),
        "sentence": span,
        "source": source,
        "cue": None,
        "quotation": Quotation.NONE,
        "stance": Stance.SAYS,
        "evidence": Evidence(kind=EvidenceKind.UNSTATED),
        "certainty": Commitment(source=None, outlet=Certainty.CERTAIN, score=1.0),
    }
    return Statement(**(fields | given))


def make_sheet(
    *sentences: str,
    source: str | None = None,
    encoder: str = "test-1",
    url: str | None = None,
    **head: str,
) -> Sheet:
    """A sheet of plain text: each sentence is a paragraph and a statement; "Ana said …" has Ana as its source."""
    text = "\n\n".join(sentences)
    page = replace(make_page(text, source=source or f"{hash(text)}.txt"), url=url)
    article = replace(read_plain_page(page, limits=LIMITS), **head)
    figures = find_figures(article.text)
    seed = f"{page.digest} {encoder}"
    statements = tuple(_state(span, article, figures, seed) for span in split_sentences(article.text))
    return Sheet(
        page=page,
        article=article,
        statements=statements,
        encoder=encoder,
        propositions=tuple(Proposition(statement=s.id, span=s.spans[0]) for s in statements),
    )


def _state(span: Span, article: Article, figures: tuple[Figure, ...], seed: str) -> Statement:
    words = span.slice(article.text)
    figures = tuple(figure for figure in figures if span.contains(figure.span))
    name, said, _ = words.partition(" said ")
    if not said or len(name.split()) > 2:
        return make_statement(span, seed=seed, figures=figures)
    holder = Span(start=span.start, end=span.start + len(name))
    content = Span(start=holder.end + len(said), end=span.end)
    source = Source(span=holder, kind=SourceKind.NAMED_PERSON, name=name)
    return make_statement(content, seed=seed, source=source, figures=figures, quotation=Quotation.INDIRECT)

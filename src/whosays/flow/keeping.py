"""From named inputs into a ledger, and from the ledger back to the archived bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.errors import InputRefused, LedgerError
from whosays.fetch import fetch_page, make_page
from whosays.flow.ahead import work_ahead
from whosays.flow.reading import Means, make_sheet
from whosays.model import Added, Page, Problem, Refusal, Sheet, refuse
from whosays.text import fold_white_space, reread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from whosays.ledger import LedgerView, LedgerWriter
    from whosays.model import Incoming, KeptPage

_TABLES = "the ledger's tables"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of one input: what was added, nothing (known already), or why it was refused."""

    source: str
    title: str | None = None
    added: Added | None = None
    known: str | None = None
    """The article that has been read from the same bytes before."""
    refusal: Refusal | None = None


def add_inputs(
    sources: Iterable[str],
    *,
    means: Means,
    writer: LedgerWriter,
    plain: bool = False,
    published: str | None = None,
    url: str | None = None,
) -> Iterator[Kept]:
    """Read each input and keep it, one transaction an input; what cannot be read is kept as a refusal.

    A page that this encoder has read from this source before is not read again, so that a run that was killed goes on
    where it stopped.
    """

    def fetch(source: str) -> Page | Refusal:
        try:
            return fetch_page(source, stdin=means.stdin, limits=means.fetch_limits, now=means.now)
        except InputRefused as error:
            return refuse(source, error)

    def read(page: Page | Refusal | Kept) -> Sheet | Refusal | Kept:
        if not isinstance(page, Page):
            return page
        try:
            return make_sheet(page, means=means, plain=plain, published=published, url=url)
        except InputRefused as error:
            return refuse(page.source, error)

    told = published is not None or url is not None
    pages = work_ahead(fetch, sources, workers=means.workers)
    new = (page if told else _leave_out_known(page, writer, means) for page in pages)
    for found in work_ahead(read, new, workers=means.workers):
        if isinstance(found, Sheet):
            added = writer.add(found, at=means.now().isoformat())
            yield Kept(source=found.page.source, title=found.article.title, added=added)
        elif isinstance(found, Refusal):
            writer.add_refusal(found, at=means.now().isoformat())
            yield Kept(source=found.source, refusal=found)
        else:
            yield found


def add_page(incoming: Incoming, *, means: Means, writer: LedgerWriter) -> Kept:
    """Read one page, got from its address or as it came, and keep it; what cannot be read is kept as a refusal."""
    found = read_page_sent(incoming, means=means)
    at = means.now().isoformat()
    if isinstance(found, Refusal):
        writer.add_refusal(found, at=at)
        return Kept(source=incoming.source, refusal=found)
    known = writer.view.find_page(found.page.digest)
    if incoming.body is not None and incoming.url is None and incoming.published is None and known is not None:
        return Kept(source=incoming.source, title=known.title, known=known.id)
    return Kept(source=incoming.source, title=found.article.title, added=writer.add(found, at=at))


def read_page_sent(incoming: Incoming, *, means: Means) -> Sheet | Refusal:
    """Read one page, got from its address or as it came; returns its sheet, or why it cannot be read."""
    try:
        if incoming.body is None:
            page = fetch_page(incoming.source, stdin=None, limits=means.fetch_limits, now=means.now)
        else:
            page = make_page(incoming.source, incoming.body, now=means.now, content_type=incoming.content_type)
        return make_sheet(page, means=means, plain=incoming.plain, published=incoming.published, url=incoming.url)
    except InputRefused as error:
        return refuse(incoming.source, error)


def _leave_out_known(page: Page | Refusal, writer: LedgerWriter, means: Means) -> Page | Refusal | Kept:
    known = isinstance(page, Page) and writer.view.is_read(page.digest, page.source, means.encoder.version)
    return Kept(source=page.source) if known else page


def verify_ledger(view: LedgerView) -> Iterator[Problem | KeptPage]:
    """Read every paragraph and every content from the archive again; yields each page, after what is wrong with it."""
    for detail in view.check_tables():
        yield Problem(file=_TABLES, page="", statement=None, expected="ok", found=detail)
    for page in view.list_pages():
        yield from _verify_page(page, view)
        yield page


def _verify_page(page: KeptPage, view: LedgerView) -> Iterator[Problem]:
    for name, expected, shown in view.list_differences(page.digest):
        yield Problem(file=_TABLES, page=page.digest, statement=name, expected=expected, found=shown)
    try:
        body = view.read_page(page.place)
    except LedgerError as error:
        yield Problem(file=error.path, page=page.digest, statement=None, expected="the page", found=error.detail)
        return
    for statement, charset, media_type, anchor in view.list_anchors(page.digest):
        found = reread(anchor.page_spans, body, charset=charset, media_type=media_type)
        if fold_white_space(found) != fold_white_space(anchor.words):
            yield Problem(
                file=page.place.file, page=page.digest, statement=statement, expected=anchor.words, found=found
            )

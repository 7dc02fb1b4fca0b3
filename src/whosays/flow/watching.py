"""Follow feeds: ask each when it is due, and keep what its new pages say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from whosays.errors import InputRefused, Unreachable
from whosays.fetch import Listing, fetch_page, is_url, read_listing
from whosays.fetch.web import Known, fetch_url
from whosays.flow.reading import make_sheet
from whosays.model import Refusal, Stance, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whosays.fetch import Manners
    from whosays.flow.reading import Means
    from whosays.ledger import LedgerWriter
    from whosays.model import Added, Sheet, WatchedFeed

_LONGEST = timedelta(days=1)
_DEEPEST = 3
"""How far lists of lists are followed."""
_BATCH = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What one page or one feed brought; `refusal` says why it brought nothing."""

    url: str
    title: str | None = None
    articles: int = 0
    statements: int = 0
    denials: int = 0
    figures: int = 0
    """Figures that a new version of an article changed."""
    refusal: Refusal | None = None


def watch_feeds(
    feeds: tuple[str, ...], *, means: Means, writer: LedgerWriter, manners: Manners, interval: timedelta
) -> Iterator[News]:
    """Go once through the feeds that are due and through their pages that are still to be read.

    What a feed lists is kept before the first page is read, and each page is marked when it is done: a run that was
    killed goes on where it stopped. A feed that fails is asked again later and later, up to a day.
    """
    waiting = [(feed, 1) for feed in feeds]
    seen = set(feeds)
    while waiting:
        feed, depth = waiting.pop(0)
        watched = writer.remember_feed(feed)
        if watched.next_check is None or watched.next_check <= means.now().isoformat():
            refusal, lists = _ask_feed(watched, means, writer, manners, interval)
            if refusal is not None:
                yield News(url=feed, refusal=refusal)
            waiting += [(url, depth + 1) for url in lists if depth < _DEEPEST and url not in seen]
            seen |= set(lists)
        elif watched.failures:
            detail = f"failed before and is not asked again before {watched.next_check[:16]} UTC"
            yield News(url=feed, refusal=Refusal(source=feed, reason="not-due", detail=detail))
        for url in writer.list_pending(feed, limit=_BATCH):
            yield _read_page(feed, url, means, writer, manners)


def _ask_feed(
    feed: WatchedFeed, means: Means, writer: LedgerWriter, manners: Manners, interval: timedelta
) -> tuple[Refusal | None, tuple[str, ...]]:
    """Ask a feed and keep the pages it lists; returns why that failed, and the lists that it lists."""
    now = means.now()
    try:
        listing, known = _fetch_listing(feed, means, manners)
    except InputRefused as error:
        wait = min(interval * 2 ** min(feed.failures + 1, 16), _LONGEST)
        failed = replace(feed, failures=feed.failures + 1, next_check=(now + wait).isoformat())
        writer.save_feed(failed, (), at=now.isoformat())
        refusal = refuse(feed.url, error)
        writer.add_refusal(refusal, at=now.isoformat())
        return refusal, ()
    if listing.lists:  # they are to be had again the next time, so never ask only whether this changed
        known = Known()
    asked = replace(feed, etag=known.etag, modified=known.modified, failures=0, next_check=(now + interval).isoformat())
    writer.save_feed(asked, listing.pages, at=now.isoformat())
    return None, listing.lists


def _fetch_listing(feed: WatchedFeed, means: Means, manners: Manners) -> tuple[Listing, Known]:
    """Get a feed, from a server or a file; an empty listing where the server says that nothing changed."""
    known = Known(etag=feed.etag, modified=feed.modified)
    if not is_url(feed.url):
        page = fetch_page(feed.url, stdin=None, limits=means.fetch_limits, now=means.now)
        return read_listing(page.body, url=feed.url), known
    manners.wait(feed.url)
    answer = fetch_url(feed.url, limits=means.fetch_limits, known=known)
    if answer.unchanged:
        return Listing(), known
    return read_listing(answer.body, url=answer.url), answer.known


def _read_page(feed: str, url: str, means: Means, writer: LedgerWriter, manners: Manners) -> News:
    try:
        manners.wait(url)
        page = fetch_page(url, stdin=None, limits=means.fetch_limits, now=means.now)
        sheet = make_sheet(page, means=means)
    except InputRefused as error:
        refusal = refuse(url, error)
        writer.add_refusal(refusal, at=means.now().isoformat())
        writer.mark_page(feed, url, done=not isinstance(error, Unreachable))
        return News(url=url, refusal=refusal)
    added = writer.add(sheet, at=means.now().isoformat())
    writer.mark_page(feed, url, done=True)
    return _tell_news(url, sheet, added, writer)


def _tell_news(url: str, sheet: Sheet, added: Added, writer: LedgerWriter) -> News:
    if not added.statements:
        return News(url=url, title=sheet.article.title)
    figures = 0
    if added.changed_version:
        *_, before, after = writer.view.find_versions(added.article)
        figures = len(writer.view.compare(before, after).figures)
    return News(
        url=url,
        title=sheet.article.title,
        articles=1,
        statements=added.statements,
        denials=sum(statement.stance is Stance.DENIES for statement in sheet.statements),
        figures=figures,
    )

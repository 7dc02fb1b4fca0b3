"""What is still to be read: pages that watched feeds listed, with when to ask those again, and pages that were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from whosays.ledger.records import read_text
from whosays.model import Incoming, WatchedFeed

if TYPE_CHECKING:
    from whosays.ledger.database import Database

_TRIES = 3
"""How often a page is asked for that cannot be reached."""
_BEGUN = 2
"""How often a page that was sent is begun: one that ends the program each time is not begun for ever."""


def remember_feed(url: str, *, database: Database) -> WatchedFeed:
    """Return a feed as it was left, or a new one that has never been asked."""
    with database.write():
        database.run("INSERT INTO feed (url, failures) VALUES (?, 0) ON CONFLICT (url) DO NOTHING", url)
    row = database.row("SELECT etag, modified, next_check, failures FROM feed WHERE url = ?", url)
    etag, modified, next_check, failures = row or (None, None, None, 0)
    return WatchedFeed(
        url=url,
        etag=read_text(etag),
        modified=read_text(modified),
        next_check=read_text(next_check),
        failures=cast("int", failures),
    )


def list_feeds(database: Database) -> list[WatchedFeed]:
    """Return all feeds, by their addresses, as they were left."""
    rows = database.rows("SELECT url, etag, modified, next_check, failures FROM feed ORDER BY url")
    return [
        WatchedFeed(
            url=str(url),
            etag=read_text(etag),
            modified=read_text(modified),
            next_check=read_text(next_check),
            failures=cast("int", failures),
        )
        for url, etag, modified, next_check, failures in rows
    ]


def save_feed(feed: WatchedFeed, pages: tuple[str, ...], *, at: str, database: Database) -> int:
    """Keep how asking a feed went, and the pages it listed that are new; returns how many are."""
    with database.write():
        database.run(
            "UPDATE feed SET etag = ?, modified = ?, checked = ?, next_check = ?, failures = ? WHERE url = ?",
            feed.etag,
            feed.modified,
            at,
            feed.next_check,
            feed.failures,
            feed.url,
        )
        return sum(
            database.run(
                "INSERT INTO entry (feed, url, seen, done) VALUES (?, ?, ?, 0) ON CONFLICT (feed, url) DO NOTHING",
                feed.url,
                page,
                at,
            )
            for page in pages
        )


def list_pending(feed: str, *, limit: int, database: Database) -> list[str]:
    """Return pages of a feed that are still to be read, the first seen first."""
    rows = database.rows(
        "SELECT url FROM entry WHERE feed = ? AND done <= 0 AND done > ? ORDER BY done DESC, seen, url LIMIT ?",
        feed,
        -_TRIES,
        limit,
    )
    return [str(row[0]) for row in rows]


def mark_page(feed: str, url: str, *, done: bool, database: Database) -> None:
    """Keep that a page was read or refused for good, or that it could not be reached this time."""
    with database.write():
        database.run(
            f"UPDATE entry SET done = {'1' if done else 'done - 1'} WHERE feed = ? AND url = ?",
            feed,
            url,
        )


def keep_sent(name: str, incoming: Incoming, *, at: str, database: Database) -> None:
    """Keep a page that was sent, until it is read."""
    with database.write():
        database.run(
            "INSERT INTO sent (id, source, body, content_type, url, published, plain, at, tries)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
            name,
            incoming.source,
            incoming.body,
            incoming.content_type,
            incoming.url,
            incoming.published,
            int(incoming.plain),
            at,
        )


def list_sent(database: Database) -> list[tuple[str, str]]:
    """Return the pages that were sent and are still to be read, by name and source, the first sent first."""
    return [(str(name), str(source)) for name, source in database.rows("SELECT id, source FROM sent ORDER BY at, id")]


def take_sent(name: str, *, database: Database) -> Incoming | None:
    """Return a page that was sent, to be read now; none where it is read, or was begun often enough to give up."""
    with database.write():
        database.run("UPDATE sent SET tries = tries + 1 WHERE id = ?", name)
    row = database.row(
        "SELECT source, body, content_type, url, published, plain FROM sent WHERE id = ? AND tries <= ?", name, _BEGUN
    )
    if row is None:
        return None
    source, body, content_type, url, published, plain = row
    return Incoming(
        source=str(source),
        body=bytes(cast("bytes", body)) if body is not None else None,
        content_type=read_text(content_type),
        url=read_text(url),
        published=read_text(published),
        plain=bool(plain),
    )


def drop_sent(name: str, *, database: Database) -> bool:
    """Forget a page that was sent: it is kept as an article or a refusal now; tell whether it still waited."""
    with database.write():
        return database.run("DELETE FROM sent WHERE id = ?", name) > 0

"""The room's door: a view for those who ask, a writer for those who add or judge."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from whosays.errors import LedgerError, LedgerLost
from whosays.ledger import asking, feeds, judging, linked, sheets, writing
from whosays.ledger.archive import ROTATE, Archive
from whosays.ledger.checking import list_differences
from whosays.ledger.database import Database
from whosays.ledger.database.migrate import VERSION, migrate, read_version
from whosays.ledger.database.postgresql import PostgreSQL, hide_password
from whosays.ledger.database.sqlite import Sqlite
from whosays.ledger.words import index_kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from whosays.model import (
        Act,
        Action,
        Added,
        Anchor,
        ArchivePlace,
        Changes,
        Gist,
        Incoming,
        Judgement,
        KeptArticle,
        KeptClaim,
        KeptFigure,
        KeptPage,
        KeptRefusal,
        KeptStatement,
        KeptStory,
        LinkArticle,
        Linking,
        Question,
        Refusal,
        Ruling,
        Sheet,
        SourceCount,
        WatchedFeed,
    )

Result = TypeVar("Result")
_LINKING = "linking"
"""Name of the lock under which one writer at a time links."""
_TRIES, _WAIT = 3, 1.0
"""How often a write is tried when the connection is lost, and seconds between."""


class LedgerView:
    """Answers questions; cannot write. Lists are in a stable order, newest first where nothing else is said."""

    def __init__(self, database: Database, archive: Archive) -> None:
        self._database = database
        self._archive = archive

    def search(self, question: Question) -> tuple[KeptStatement, ...]:
        """Return statements that fit a question."""
        return asking.search_statements(self._settle(question), database=self._database)

    def count(self, question: Question, *, most: int | None = None) -> int:
        """Return how many statements fit a question in all; with `most`, one more than that for any more."""
        return asking.count_statements(self._settle(question), most=most, database=self._database)

    def find(self, statement: str) -> KeptStatement:
        """Return one statement by its id or its beginning."""
        return asking.find_statement(statement, database=self._database)

    def list_statements(self, article: str) -> tuple[KeptStatement, ...]:
        """Return the statements of an article in the order of its text."""
        return asking.list_article_statements(article, database=self._database)

    def read_sheet(self, article: str) -> Sheet:
        """Return the sheet of an article by its whole id, statements as people left them."""
        return sheets.read_sheet(article, database=self._database, archive=self._archive)

    def list_facets(self, question: Question) -> dict[str, list[tuple[str, int]]]:
        """Return what the newest statements that fit a question have in common: outlets, stances and so on, counted."""
        return asking.list_facets(self._settle(question), database=self._database)

    def list_feeds(self) -> list[WatchedFeed]:
        """Return what is watched."""
        return feeds.list_feeds(self._database)

    def list_articles(self, *, limit: int = 20, before: str | None = None) -> list[KeptArticle]:
        """Return articles, the last added first."""
        return asking.list_articles(limit=limit, before=before, database=self._database)

    def find_page(self, digest: str) -> KeptArticle | None:
        """Return the newest article that was read from a page of this digest, none where there is none."""
        return asking.find_page(digest, database=self._database)

    def find_versions(self, key: str) -> list[KeptArticle]:
        """Return the versions of an article, the first first."""
        return asking.find_versions(key, database=self._database)

    def compare(self, before: KeptArticle, after: KeptArticle) -> Changes:
        """Say what one version of an article changed."""
        return asking.compare_versions(before, after, database=self._database)

    def list_stories(self, question: Question, *, after: str | None = None) -> list[KeptStory]:
        """Return the stories of an outlet and a time, newest first; `after` is the `cursor` of the last one shown."""
        return linked.list_stories(self._settle(question), after=after, database=self._database)

    def find_story(self, article: str) -> KeptStory:
        """Return the story that has an article whose id begins so."""
        return linked.find_story(article, database=self._database)

    def read_linking(self, story: str) -> Linking | None:
        """Return what links a story's articles, none where that is to be found anew."""
        return linked.read_linking(story, database=self._database)

    def list_claims(self, question: Question, *, offset: int = 0) -> list[KeptClaim]:
        """Return claims that several articles make, those with the most origins first."""
        return linked.list_claims(self._settle(question), offset=offset, database=self._database)

    def read_state(self, story: str) -> tuple[list[str], int]:
        """Return a story's articles and the number of the last judgement: as long as it is so, so is what links it."""
        return linked.read_state(story, database=self._database)

    def list_claims_of(self, source: str) -> list[KeptClaim]:
        """Return claims that several articles make and that go back to a source of this name."""
        return linked.list_claims_of(source, database=self._database)

    def list_members(self, story: str) -> list[str]:
        """Return the ids of a story's articles."""
        return linked.list_members(story, database=self._database)

    def list_rulings(self, story: str) -> list[Ruling]:
        """Return what people say of two statements of a story."""
        return linked.list_rulings(story, database=self._database)

    def list_story_articles(self, story: str) -> list[LinkArticle]:
        """Return a story's articles with what they say, for linking."""
        return linked.list_story_articles(story, database=self._database)

    def count_waiting(self) -> int:
        """Return how many articles and stories are still to be linked."""
        return linked.count_waiting(self._database)

    def list_unlinked(self, *, limit: int) -> list[LinkArticle]:
        """Return articles whose story is not known yet."""
        return linked.list_unlinked(limit=limit, database=self._database)

    def list_stale(self, *, limit: int) -> list[str]:
        """Return stories that are to be linked again."""
        return linked.list_stale(limit=limit, database=self._database)

    def find_alike(self, article: str, gist: Gist, keys: Sequence[int]) -> list[tuple[str, Gist]]:
        """Return the articles that may be of one story with this one, with their gists."""
        return linked.find_alike(article, gist, keys, database=self._database)

    def list_chain(self, article: str) -> list[tuple[str, Gist]]:
        """Return the articles that a chain of likeness holds together with this one, itself among them."""
        return linked.list_chain(article, database=self._database)

    def count_sources(
        self, *, limit: int = 20, offset: int = 0, outlet: str | None = None, newest: int | None = None
    ) -> list[SourceCount]:
        """Return who is relied on most, in all statements or in so many of the `newest`."""
        return asking.count_sources(
            limit=limit, offset=offset, outlet=self._settle_outlet(outlet), newest=newest, database=self._database
        )

    def list_figures(
        self, question: Question, *, outcome: str | None = None, unit: str | None = None
    ) -> tuple[KeptFigure, ...]:
        """Return figures of the statements that fit a question."""
        return asking.list_figures(outcome=outcome, unit=unit, question=self._settle(question), database=self._database)

    def list_refusals(self, *, limit: int = 20, offset: int = 0) -> list[KeptRefusal]:
        """Return what could not be read, the last first."""
        return asking.list_refusals(limit=limit, offset=offset, database=self._database)

    def list_judgements(
        self, *, target: str | None = None, before: int | None = None, limit: int = 20
    ) -> list[Judgement]:
        """Return what people did, the last first; `before` is the `number` of the last one shown."""
        return judging.list_judgements(target=target, before=before, limit=limit, database=self._database)

    def list_sent(self) -> list[tuple[str, str]]:
        """Return the pages that were sent and are still to be read, by name and source."""
        return feeds.list_sent(self._database)

    def is_read(self, page: str, source: str, encoder: str) -> bool:
        """Tell whether a page from this source has been read by this encoder already."""
        return asking.is_read(page, source, encoder, database=self._database)

    def count_all(self) -> dict[str, int]:
        """Return how much there is."""
        return asking.count_all(self._database)

    def list_pages(self) -> Iterator[KeptPage]:
        """Yield all pages in the order of the archive."""
        return asking.list_pages(self._database)

    def list_anchors(self, page: str) -> Iterator[tuple[str | None, str, str, Anchor]]:
        """Yield what must be read from a page again, with its statement, charset and media type."""
        return asking.list_anchors(page, database=self._database)

    def list_differences(self, page: str) -> Iterator[tuple[str, str, str]]:
        """Yield what the ledger shows of a page's statements that their records do not say."""
        return list_differences(page, database=self._database)

    def read_page(self, place: ArchivePlace) -> bytes:
        """Return an archived page's bytes."""
        return self._archive.read(place)

    def check_tables(self) -> list[str]:
        """Return what the database finds wrong with itself."""
        if self._database.dialect.name != "sqlite":
            return []
        found = [str(row[0]) for row in self._database.rows("PRAGMA integrity_check")]
        found += [
            f"{row[0]}: row {row[1]} refers to nothing" for row in self._database.rows("PRAGMA foreign_key_check")
        ]
        return [line for line in found if line != "ok"]

    def _settle(self, question: Question) -> Question:
        """Return a question with its outlet as the ledger writes it."""
        return question if question.outlet is None else replace(question, outlet=self._settle_outlet(question.outlet))

    def _settle_outlet(self, outlet: str | None) -> str | None:
        return None if outlet is None else asking.find_outlet(outlet, database=self._database)

    def close(self) -> None:
        """Close the connection."""
        self._database.close()


class LedgerWriter:
    """Adds and judges; one to a process. A write whose connection was lost is tried again: it is whole or not there."""

    def __init__(self, database: Database, archive: Archive, countries: Mapping[str, str]) -> None:
        self._database = database
        self._archive = archive
        self._countries = countries
        self.view = LedgerView(database, archive)

    def add(self, sheet: Sheet, *, at: str) -> Added:
        """Keep a sheet and its page."""
        (added,) = self.add_all((sheet,), at=at)
        return added

    def add_all(self, sheets: tuple[Sheet, ...], *, at: str) -> list[Added]:
        """Keep many sheets in one transaction: all or none; the quick way to load a crawl."""
        return self._try(
            lambda: writing.add_sheets(
                sheets, database=self._database, archive=self._archive, at=at, countries=self._countries
            )
        )

    def add_refusal(self, refusal: Refusal, *, at: str) -> None:
        """Keep what could not be read, and why."""
        self._try(lambda: writing.add_refusal(refusal, database=self._database, at=at))

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Do all that is asked and linked inside as one, while nobody else writes; or nothing of it."""
        with self._database.write():
            self._database.rows(self._database.dialect.lock(), _LINKING)
            yield

    def file_gist(self, article: str, gist: Gist, keys: Sequence[int], alike: Sequence[tuple[str, float]]) -> None:
        """Keep what an article is about, and which others are like it; inside of `whole`."""
        linked.file_gist(article, gist, keys, alike, database=self._database)

    def file_stories(self, groups: Sequence[Sequence[str]]) -> None:
        """Keep which articles are one story each; inside of `whole`."""
        linked.file_stories(groups, database=self._database)

    def keep_linking(self, story: str, linking: Linking) -> None:
        """Keep what links a story's articles; inside of `whole`."""
        linked.keep_linking(story, linking, database=self._database)

    def judge(self, statement: str, action: Action, *, act: Act) -> Judgement:
        """Accept or reject a statement."""
        return judging.judge_statement(statement, action, act=act, database=self._database)

    def edit(self, statement: str, field: str, value: str, *, act: Act) -> Judgement:
        """Set a field of a statement."""
        return judging.edit_statement(statement, field, value, act=act, database=self._database)

    def rename(self, name: str, meant: str, *, act: Act) -> Judgement:
        """Let one name mean another."""
        return judging.rename_source(name, meant, act=act, database=self._database)

    def split(self, name: str, *, act: Act) -> Judgement:
        """Let a name stand for itself again."""
        return judging.split_source(name, act=act, database=self._database)

    def rule(self, statement: str, other: str, action: Action, *, act: Act) -> Judgement:
        """Say that two statements make one claim, or that the first does not belong with the other."""
        return judging.rule_statements(statement, other, action, act=act, database=self._database)

    def undo(self, number: int, *, act: Act) -> Judgement:
        """Take a judgement back."""
        return judging.undo_judgement(number, act=act, database=self._database)

    def remember_feed(self, url: str) -> WatchedFeed:
        """Return a feed as it was left, or begin to watch it."""
        return self._try(lambda: feeds.remember_feed(url, database=self._database))

    def save_feed(self, feed: WatchedFeed, pages: tuple[str, ...], *, at: str) -> int:
        """Keep how asking a feed went; returns how many of its pages are new."""
        return self._try(lambda: feeds.save_feed(feed, pages, at=at, database=self._database))

    def list_pending(self, feed: str, *, limit: int) -> list[str]:
        """Return pages of a feed that are still to be read."""
        return feeds.list_pending(feed, limit=limit, database=self._database)

    def mark_page(self, feed: str, url: str, *, done: bool) -> None:
        """Keep that a page is done with, or could not be reached."""
        self._try(lambda: feeds.mark_page(feed, url, done=done, database=self._database))

    def keep_sent(self, name: str, incoming: Incoming, *, at: str) -> None:
        """Keep a page that was sent, until it is read."""
        self._try(lambda: feeds.keep_sent(name, incoming, at=at, database=self._database))

    def take_sent(self, name: str) -> Incoming | None:
        """Return a page that was sent, to be read now; none where it is read, or was begun often enough to give up."""
        return self._try(lambda: feeds.take_sent(name, database=self._database))

    def drop_sent(self, name: str) -> bool:
        """Forget a page that was sent: it is read; tell whether it still waited."""
        return self._try(lambda: feeds.drop_sent(name, database=self._database))

    def close(self) -> None:
        """Close the archive's file and the connection, and let the database learn how its rows are spread."""
        self._archive.close()
        self._try(self._optimize)
        self._database.close()

    def _optimize(self) -> None:
        """Look at the tables as a writer, who waits for others: whoever reads first and writes then is turned away."""
        with self._database.write():
            self._database.run(self._database.dialect.optimize())

    def _try(self, write: Callable[[], Result]) -> Result:
        for left in reversed(range(_TRIES)):
            try:
                return write()
            except LedgerLost:
                if not left:
                    raise
                time.sleep(_WAIT)
        raise AssertionError


def open_view(address: str, *, archive: Path | None = None, countries: Mapping[str, str] | None = None) -> LedgerView:
    """Open a ledger to ask it: a path, or `postgresql://…`; raises `LedgerError` where there is none.

    One that an older whosays wrote is brought up to date first; `countries` as for `open_writer`.
    """
    _check_address(address)
    if not _is_server(address) and not Path(address).is_file():
        raise LedgerError(path=address, detail="there is no such ledger; `whosays add` begins one")
    database = _connect(address, read_only=True)
    version = read_version(database)
    if version == 0:
        raise LedgerError(path=database.path, detail="holds no ledger; `whosays add` begins one")
    if version < VERSION:
        database.close()
        try:
            open_writer(address, archive=archive, countries=countries).close()
        except LedgerError as error:
            detail = f"was written by an older whosays and cannot be brought up to date ({error.detail})"
            raise LedgerError(path=database.path, detail=detail) from error
    return LedgerView(database, _open_archive(address, archive, database))


def open_writer(
    address: str,
    *,
    archive: Path | None = None,
    begin: bool = True,
    rotate: int = ROTATE,
    countries: Mapping[str, str] | None = None,
) -> LedgerWriter:
    """Open a ledger to write to it; where there is none, `begin` it or raise `LedgerError`.

    `rotate` is the size in bytes from which on a file of the archive is full; `countries` gives names for ISO 3166
    codes, by which places are found too.
    """
    _check_address(address)
    if not begin:
        open_view(address, archive=archive, countries=countries).close()
    if not _is_server(address):
        try:
            Path(address).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerError(path=address, detail=f"cannot be made ({error.strerror or error})") from error
    database = _connect(address, read_only=False)
    migrate(database, after={7: partial(index_kept, countries=countries or {})})
    kept = _open_archive(address, archive, database, rotate=rotate)
    kept.recover()
    return LedgerWriter(database, kept, countries or {})


def _check_address(address: str) -> None:
    if "://" in address and not _is_server(address):
        detail = "is no ledger's address; it is a file, or begins with postgresql://"
        raise LedgerError(path=hide_password(address), detail=detail)
    if not _is_server(address) and Path(address).is_dir():
        raise LedgerError(path=address, detail="is a folder; a ledger is a file")


def _connect(address: str, *, read_only: bool) -> Database:
    if _is_server(address):
        return Database(PostgreSQL(address, read_only=read_only), path=hide_password(address))
    return Database(Sqlite(Path(address), read_only=read_only), path=address)


def _open_archive(address: str, folder: Path | None, database: Database, *, rotate: int = ROTATE) -> Archive:
    if folder is None and _is_server(address):
        raise LedgerError(path=database.path, detail="needs a folder for the archive (--archive)")
    place = folder or Path(address).with_suffix(".archive")
    return Archive(place, find_end=lambda file: asking.find_end(file, database=database), rotate=rotate)


def _is_server(address: str) -> bool:
    return address.startswith(("postgresql://", "postgres://"))

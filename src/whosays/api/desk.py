"""What all requests share: the ledger's address, a view for each thread, one writer, and the pages being read."""

from __future__ import annotations

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from whosays.config import find_ledger, make_means
from whosays.errors import LedgerError, WhosaysError
from whosays.flow import add_page, link_new
from whosays.gazetteer import list_country_names
from whosays.ledger import LedgerView, LedgerWriter, open_view, open_writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from whosays.config import Settings
    from whosays.flow import Incoming, Means

Result = TypeVar("Result")
_KEPT = 200
"""Jobs that are remembered; the oldest are forgotten."""
_WAITING = 100
"""Pages that may wait to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A page on its way into the ledger: waiting, reading, or done with what became of it."""

    id: str
    source: str
    state: str = "waiting"
    article: str | None = None
    title: str | None = None
    statements: int = 0
    detail: str | None = None


class TooBusy(Exception):  # noqa: N818  # says what is so
    """So many pages wait to be read that no more are taken."""


class Desk:
    """Opens the ledger for each thread that asks, and writes to it one act at a time."""

    def __init__(self, settings: Settings, *, now: Callable[[], datetime]) -> None:
        self.settings = settings
        self.now = now
        self._address, self._archive = find_ledger(settings)
        self._local = threading.local()
        self._acts = ThreadPoolExecutor(max_workers=1, thread_name_prefix="acts")
        self._reading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._means: Means | None = None
        self.may_write = self._try_writer()
        if self.may_write:
            self._reading.submit(self._link)

    @property
    def view(self) -> LedgerView:
        """The ledger to ask, for this thread."""
        view: LedgerView | None = getattr(self._local, "view", None)
        if view is None:
            view = self._local.view = open_view(self._address, archive=self._archive)
        return view

    def act(self, do: Callable[[LedgerWriter], Result]) -> Result:
        """Write to the ledger, after all acts that came before; what it changed is linked behind it."""
        done = self._acts.submit(lambda: do(self._writer())).result()
        self._reading.submit(self._link)
        return done

    def take_in(self, incoming: Incoming) -> Job:
        """Begin to read a page into the ledger; raises `TooBusy` where too many wait."""
        job = Job(id=secrets.token_hex(8), source=incoming.source)
        with self._lock:
            if sum(one.state == "waiting" for one in self._jobs.values()) >= _WAITING:
                raise TooBusy
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-_KEPT]:
                del self._jobs[old]
        self._reading.submit(self._read, job.id, incoming)
        return job

    def find_job(self, job: str) -> Job | None:
        """Return a page on its way by its number."""
        with self._lock:
            return self._jobs.get(job)

    def make_means(self) -> Means:
        """Return what reading needs, loaded once."""
        with self._lock:
            if self._means is None:
                self._means = make_means(self.settings, now=self.now, stdin=None)
            return self._means

    def close(self) -> None:
        """Finish what is begun and what waits: nothing that was sent is lost."""
        for pool in (self._acts, self._reading):
            pool.submit(self._close_writer)
            pool.shutdown(wait=True)

    def _read(self, job: str, incoming: Incoming) -> None:
        self._note(job, state="reading")
        try:
            kept = add_page(incoming, means=self.make_means(), writer=self._writer())
            if kept.refusal is not None:
                self._note(job, state="refused", detail=kept.refusal.detail)
                return
            self._note(job, state="linking", title=kept.title)
            self._link()
        except WhosaysError as error:
            describe = getattr(error, "describe", None)
            self._note(job, state="refused", detail=describe() if callable(describe) else str(error))
            return
        added = kept.added
        self._note(
            job,
            state="done",
            article=kept.known or (added.article if added else None),
            statements=added.statements if added else 0,
        )

    def _link(self) -> None:
        for _ in link_new(self._writer()):
            pass

    def _note(self, job: str, **what: object) -> None:
        with self._lock:
            if job in self._jobs:
                self._jobs[job] = replace(self._jobs[job], **what)  # type: ignore[arg-type]  # fields of Job

    def _writer(self) -> LedgerWriter:
        """Return this thread's writer; each of the two threads that write has one."""
        writer: LedgerWriter | None = getattr(self._local, "writer", None)
        if writer is None:
            writer = self._local.writer = self._open_writer()
        return writer

    def _try_writer(self) -> bool:
        """Tell whether the ledger can be written to; raises `LedgerError` where it cannot even be read."""
        try:
            self._open_writer().close()
        except LedgerError:
            open_view(self._address, archive=self._archive).close()
            return False
        return True

    def _open_writer(self) -> LedgerWriter:
        return open_writer(self._address, archive=self._archive, countries=list_country_names())

    def _close_writer(self) -> None:
        writer: LedgerWriter | None = getattr(self._local, "writer", None)
        if writer is not None:
            writer.close()

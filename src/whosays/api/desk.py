"""What all requests share: the ledger's address, a view for each thread, one writer, and the pages being read."""

from __future__ import annotations

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from whosays.config import find_ledger, make_cross, make_means
from whosays.errors import LedgerError, WhosaysError
from whosays.flow import Kept, add_page, link_new
from whosays.gazetteer import list_country_names
from whosays.ledger import LedgerView, LedgerWriter, open_view, open_writer
from whosays.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from whosays.config import Settings
    from whosays.flow import Means
    from whosays.model import Incoming

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
        self._cross = make_cross(settings)
        self._local = threading.local()
        self._acts = ThreadPoolExecutor(max_workers=1, thread_name_prefix="acts")
        self._reading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._means: Means | None = None
        self.may_write = self._try_writer()
        if self.may_write:
            self._go_on()

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
        """Begin to read a page into the ledger; raises `TooBusy` where too many wait.

        It waits in the ledger: what a kill keeps from being read is read when the ledger is served again.
        """
        job = Job(id=secrets.token_hex(8), source=incoming.source)
        self._remember(job)
        try:
            self._acts.submit(lambda: self._writer().keep_sent(job.id, incoming, at=self.now().isoformat())).result()
        except LedgerError:
            with self._lock:
                self._jobs.pop(job.id, None)
            raise
        self._reading.submit(self._read, job)
        return job

    def _remember(self, job: Job) -> None:
        with self._lock:
            if sum(one.state == "waiting" for one in self._jobs.values()) >= _WAITING:
                raise TooBusy
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-_KEPT]:
                del self._jobs[old]

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

    def _go_on(self) -> None:
        """Read what was sent before a kill and still waits, and link what is not linked."""
        for name, source in self.view.list_sent()[:_WAITING]:
            job = Job(id=name, source=source)
            self._remember(job)
            self._reading.submit(self._read, job)
        self._reading.submit(self._link)

    def _read(self, job: Job) -> None:
        """Read a page that waits in the ledger; one whose reading ended the program twice is refused."""
        self._note(job, state="reading")
        writer = self._writer()
        try:
            incoming = writer.take_sent(job.id)
            if incoming is not None:
                kept = add_page(incoming, means=self.make_means(), writer=writer)
                writer.drop_sent(job.id)
            elif writer.drop_sent(job.id):
                kept = self._give_up(job, writer)
            else:
                self._note(job, state="done", detail="another server of this ledger has read it")
                return
            if kept.refusal is not None:
                self._note(job, state="refused", detail=kept.refusal.detail)
                return
            added = kept.added
            self._note(
                job,
                state="linking",
                title=kept.title,
                article=kept.known or (added.article if added else None),
                statements=added.statements if added else 0,
            )
            self._link()
            self._note(job, state="done")
        except WhosaysError as error:
            describe = getattr(error, "describe", None)
            self._note(job, state="refused", detail=describe() if callable(describe) else str(error))

    def _give_up(self, job: Job, writer: LedgerWriter) -> Kept:
        refusal = Refusal(source=job.source, reason="poison", detail="whosays ended twice while it read this")
        writer.add_refusal(refusal, at=self.now().isoformat())
        return Kept(source=job.source, refusal=refusal)

    def _link(self) -> None:
        for _ in link_new(self._writer(), cross=self._cross):
            pass

    def _note(self, job: Job, **what: object) -> None:
        with self._lock:
            if job.id in self._jobs:
                self._jobs[job.id] = replace(self._jobs[job.id], **what)  # type: ignore[arg-type]  # fields of Job

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

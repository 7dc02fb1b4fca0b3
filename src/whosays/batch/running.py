"""Run shards in all cores: each worker a process of its own, watched, and begun anew where it died."""

from __future__ import annotations

import multiprocessing as mp
import sys
from collections import Counter, deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whosays.batch.shards import Shard, read_shard
from whosays.batch.tables import list_refusal, list_rows
from whosays.batch.writing import Marker, note_place, read_marker, read_place, write_marker, write_part
from whosays.config import Settings, make_means
from whosays.errors import InputRefused, TablesError
from whosays.flow import make_sheet
from whosays.model import Page, Refusal, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.context import SpawnProcess

    from whosays.flow import Means

PART = 500
"""Pages after which a worker writes what it has: what a kill costs at most."""
LOOK = 1.0
"""Seconds between two looks at how far the workers are."""
_DEATHS = 20
"""Workers of one shard that may die before it is given up."""
_CANNOT_WRITE = 74
"""Exit status of a worker that cannot write (EX_IOERR of sysexits.h)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is, in units of its inputs' size, and what came of it so far."""

    done: int
    size: int
    articles: int
    statements: int
    refusals: int
    failed: tuple[tuple[str, str], ...]
    """Inputs that cannot be read at all, and why."""


def run_batch(
    shards: list[Shard], folder: Path, *, settings: Settings, workers: int, part: int = PART
) -> Iterator[Progress]:
    """Read all shards into tables in a folder; yields how far it is about every second.

    A worker is a process of one shard, and writes what it has after so many pages as a `part` has. What a run before
    has written is not written again; a shard whose worker died is begun anew from there, and a page at which a worker
    died twice is refused. Raises `TablesError` where the folder cannot be written to.
    """
    context = mp.get_context("spawn")
    waiting = deque(shard for shard in shards if not is_done(shard, folder))
    running: dict[int, tuple[SpawnProcess, Shard]] = {}
    yield look(shards, folder)
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                shard = waiting.popleft()
                process = context.Process(target=run_shard, args=(shard, folder, settings, part), daemon=True)
                process.start()
                running[process.sentinel] = (process, shard)
            for sentinel in wait(list(running), timeout=LOOK):
                process, shard = running.pop(int(str(sentinel)))
                process.join()
                if process.exitcode == _CANNOT_WRITE:
                    raise TablesError(path=str(folder), detail="cannot be written; see the line above")
                if process.exitcode:
                    _bury(shard, folder)
                if not is_done(shard, folder):
                    waiting.append(shard)
            yield look(shards, folder)
    finally:
        for process, _ in running.values():
            process.terminate()
            process.join()


def run_shard(shard: Shard, folder: Path, settings: Settings, part: int) -> None:
    """Read one shard from where its marker says, in parts; ends the process where nothing can be written."""
    try:
        _run(shard, folder, settings, part)
    except OSError as error:
        print(f"whosays: {folder}: {error.strerror or error}", file=sys.stderr)  # noqa: T201  # a process of its own
        sys.exit(_CANNOT_WRITE)


def take_up_shard(shard: Shard, folder: Path, settings: Settings, part: int) -> None:
    """Read one shard wherever an engine has put it; where a worker before began a page and did not end, it died there.

    A part that cannot be written raises `OSError`: the engine tells so and tries elsewhere.
    """
    if is_done(shard, folder):
        return
    if read_place(folder, shard.name) is not None:
        _bury(shard, folder)
        if is_done(shard, folder):
            return
    _run(shard, folder, settings, part)


def _run(shard: Shard, folder: Path, settings: Settings, part: int) -> None:
    means = make_means(replace(settings, threads=1), now=lambda: datetime.now(UTC), stdin=None)
    marker = read_marker(folder, shard.name) or Marker(paths=shard.paths, size=shard.size)
    rows: dict[str, list[dict[str, Any]]] = {"articles": [], "statements": [], "refusals": []}
    passed: Counter[str] = Counter(marker.passed)
    pages, at = 0, marker.next
    try:
        for taken in read_shard(shard, start=marker.next, means=means):
            note_place(folder, shard.name, at)
            if taken.passed is not None:
                passed[taken.passed] += 1
            found = taken.found
            if at in marker.poison and isinstance(found, Page):
                detail = "reading it has ended the process twice"
                found = Refusal(source=found.source, reason="poison", detail=detail)
            for table, more in _read(found, means).items():
                rows[table] += more
            at = taken.end
            pages += 1
            if pages >= part:
                marker = _write(folder, shard, replace(marker, next=at, passed=dict(passed)), rows)
                pages = 0
        _write(folder, shard, replace(marker, next=at, passed=dict(passed), done=True), rows)
    except InputRefused as error:
        _write(folder, shard, replace(marker, next=at, passed=dict(passed), done=True, failed=error.detail), rows)


def _read(found: Page | Refusal | None, means: Means) -> dict[str, list[dict[str, Any]]]:
    if found is None:
        return {}
    if isinstance(found, Refusal):
        return list_refusal(found)
    try:
        return list_rows(make_sheet(found, means=means))
    except InputRefused as error:
        return list_refusal(refuse(found.source, error))


def _write(folder: Path, shard: Shard, marker: Marker, rows: dict[str, list[dict[str, Any]]]) -> Marker:
    """Write a part, then the marker that counts it; empties the rows."""
    write_part(folder, shard.name, marker.parts, rows)
    written = replace(
        marker,
        parts=marker.parts + 1,
        articles=marker.articles + len(rows["articles"]),
        statements=marker.statements + len(rows["statements"]),
        refusals=marker.refusals + len(rows["refusals"]),
    )
    write_marker(folder, shard.name, written)
    for table in rows.values():
        table.clear()
    return written


def is_done(shard: Shard, folder: Path) -> bool:
    """Tell whether a shard was read to its end."""
    marker = read_marker(folder, shard.name)
    return marker is not None and marker.done


def _bury(shard: Shard, folder: Path) -> None:
    """Write down where a worker died: the second time at one page makes it poison; too often, and the shard fails."""
    marker = read_marker(folder, shard.name) or Marker(paths=shard.paths, size=shard.size)
    place = read_place(folder, shard.name)
    if len(marker.deaths) >= _DEATHS:
        marker = replace(marker, done=True, failed=f"{_DEATHS} workers died over it")
    elif place is not None and place in marker.deaths:
        marker = replace(marker, poison=(*marker.poison, place))
    write_marker(folder, shard.name, replace(marker, deaths=(*marker.deaths, place)))


def look(shards: list[Shard], folder: Path) -> Progress:
    """Tell how far shards are by their markers."""
    markers = [read_marker(folder, shard.name) for shard in shards]
    known = [marker for marker in markers if marker is not None]
    return Progress(
        done=sum(marker.size if marker.done else min(marker.next, marker.size) for marker in known),
        size=sum(shard.size for shard in shards),
        articles=sum(marker.articles for marker in known),
        statements=sum(marker.statements for marker in known),
        refusals=sum(marker.refusals for marker in known),
        failed=tuple((marker.paths[0], marker.failed) for marker in known if marker.failed),
    )

"""Commands for archives of any size."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from whosays.cli.ledger.linking import link_waiting
from whosays.cli.ledger.session import now, translate_errors, write_ledger
from whosays.cli.options import check_date, ledger_options, merge_settings
from whosays.cli.output import make_line, print_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

    from whosays.batch import Progress
    from whosays.batch.shards import Shard
    from whosays.config import Settings

_OK, _PROBLEM = 0, 1
_NEEDED = "needs pyarrow: pip install 'whosays[batch]'"
_NEEDED_BY_SPARK = "needs PySpark, pandas and Java 17: pip install 'whosays[spark]'"


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the tables.")
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes.  [default: one a core]")
@click.option(
    "--spark", "on_spark", is_flag=True, help="On Apache Spark: docs/batch.md. --out is a folder all workers see."
)
@click.option("--master", help="Spark's master (spark://host:7077); with spark-submit it is known.")
@click.option("--link/--no-link", default=True, show_default=True, help="Link the articles when all are read.")
@click.option("--again", is_flag=True, help="Begin anew: what is in the folder is taken away first.")
@click.option("--any-language", is_flag=True, default=None, help="Read articles that are not in English too.")
@click.option("--model", type=click.Path(path_type=Path), help="Another model of the same interface (a folder).")
@click.option("--max-bytes", type=click.IntRange(min=1), help="Refuse larger pages.  [default: 20000000]")
def batch(
    inputs: tuple[str, ...],
    out: Path,
    workers: int | None,
    *,
    link: bool,
    again: bool,
    on_spark: bool,
    master: str | None,
    **given: object,
) -> None:
    """Read INPUT... into Parquet tables: articles, statements, refusals, and what links them.

    An INPUT is a WARC file (.warc, .warc.gz), JSON lines with `html` or `text` and `url` (.jsonl), a Parquet file with
    such columns, a page, or a folder of any of these. A run that was stopped, or killed, goes on when it is started
    again; what cannot be read is refused with its place and the reason. DuckDB, pandas, Polars and Spark open the
    tables as they are: docs/batch.md.

    Exit status: 0 all inputs read, 1 an input could not be read at all, 2 wrong usage.
    """
    from whosays.errors import InputRefused

    try:
        from whosays.batch import list_shards
    except ModuleNotFoundError as error:
        raise click.ClickException(_NEEDED) from error
    settings = merge_settings(given)
    engine = _open_spark(master, out) if on_spark else _Processes(out, workers or os.cpu_count() or 1)
    if again:
        _clear(out)
    try:
        shards = list_shards(str(Path(given).resolve()) if on_spark else given for given in inputs)
    except InputRefused as error:
        raise click.ClickException(make_line(error.describe())) from error
    if not shards:
        raise click.UsageError("there is nothing to read in what was given")
    progress = _read_shards(engine, shards, settings)
    for path, reason in progress.failed:
        print_error(f"{path}: {reason}")
    if link:
        _link_articles(engine, progress.articles)
    click.echo(
        f"{progress.articles} articles with {progress.statements} statements, {progress.refusals} refused;"
        f" tables in {out}"
    )
    sys.exit(_PROBLEM if progress.failed else _OK)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--outlet", help="Only of this outlet.")
@click.option("--since", metavar="YYYY-MM-DD", help="Published on this day or later.")
@click.option("--until", metavar="YYYY-MM-DD", help="Published on this day or before.")
@click.option("--words", help="Only those that say this.")
@click.option("--any-language", is_flag=True, default=None, help="Articles that are not in English too.")
@ledger_options
def load(
    folder: Path, outlet: str | None, since: str | None, until: str | None, words: str | None, **given: object
) -> None:
    """Bring articles of FOLDER, which `batch` wrote, into the ledger, with their pages.

    The inputs of the batch must still be where they were: the ledger archives the pages.
    """
    try:
        from whosays.batch import Selection, load_tables
    except ModuleNotFoundError as error:
        raise click.ClickException(_NEEDED) from error
    from whosays.config import make_means

    if not (folder / "articles").is_dir():
        raise click.ClickException(f"{folder}: holds no tables of a batch")
    selection = Selection(
        outlet=outlet,
        since=check_date(since, option="--since"),
        until=check_date(until, option="--until"),
        words=words,
    )
    settings = merge_settings(given)
    loaded = refused = 0
    with translate_errors(), write_ledger(settings, begin=True) as writer:
        means = make_means(settings, now=now, stdin=None)
        for refusal in load_tables(folder, selection=selection, means=means, writer=writer):
            if refusal is None:
                loaded += 1
            else:
                refused += 1
                print_error(f"{refusal.source}: {refusal.detail}")
        link_waiting(writer, means.cross)
    click.echo(f"{loaded} articles loaded, {refused} refused")
    sys.exit(_PROBLEM if refused else _OK)


def _read_shards(engine: _Engine, shards: list[Shard], settings: Settings) -> Progress:
    """Read all shards, with a bar where somebody watches; returns what came of it."""
    size = sum(shard.size for shard in shards)
    progress = None
    with (
        translate_errors(),
        click.progressbar(length=size, label="Reading", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar,
    ):
        for progress in engine.read(shards, settings):
            bar.update(progress.done - bar.pos)
    if progress is None:
        raise AssertionError
    return progress


def _link_articles(engine: _Engine, count: int) -> None:
    """Link all articles, with a bar where somebody watches."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=count, label="Linking", file=sys.stderr, hidden=hidden) as bar:
        for done in engine.link():
            bar.update(done - bar.pos)


class _Engine(Protocol):
    """What reads shards and links articles."""

    def read(self, shards: list[Shard], settings: Settings) -> Iterator[Progress]: ...

    def link(self) -> Iterator[int]:
        """Yield how many articles are linked so far."""


class _Processes:
    """The cores of this machine."""

    def __init__(self, out: Path, workers: int) -> None:
        self._out = out
        self._workers = workers

    def read(self, shards: list[Shard], settings: Settings) -> Iterator[Progress]:
        from whosays.batch import run_batch

        return run_batch(shards, self._out, settings=settings, workers=self._workers)

    def link(self) -> Iterator[int]:
        from whosays.batch import link_tables

        return (done for done, _ in link_tables(self._out, workers=self._workers))


class _Spark:
    """A cluster."""

    def __init__(self, out: Path, spark: SparkSession) -> None:
        self._out = out
        self._spark = spark

    def read(self, shards: list[Shard], settings: Settings) -> Iterator[Progress]:
        from whosays.batch.spark import run_on_spark

        return run_on_spark(shards, self._out, settings=settings, spark=self._spark)

    def link(self) -> Iterator[int]:
        from whosays.batch.spark import link_on_spark

        yield link_on_spark(self._out, spark=self._spark)


def _open_spark(master: str | None, out: Path) -> _Engine:
    try:
        from whosays.batch.spark import open_spark
    except ModuleNotFoundError as error:
        raise click.ClickException(_NEEDED_BY_SPARK) from error
    try:
        return _Spark(out.resolve(), open_spark(master))
    except Exception as error:  # Spark raises classes of its own and of the bridge to Java
        raise click.ClickException(f"Spark cannot be reached: {make_line(str(error))[:300]}") from error


def _clear(folder: Path) -> None:
    """Take away what a batch wrote, and nothing else."""
    for name in ("_shards", "articles", "statements", "refusals", "stories", "claims", "links"):
        shutil.rmtree(folder / name, ignore_errors=True)

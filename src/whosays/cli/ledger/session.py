"""An open ledger for one command, and its answer on standard output."""

from __future__ import annotations

import shlex
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from whosays.cli.output import make_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whosays.config import Settings
    from whosays.ledger import LedgerView, LedgerWriter
    from whosays.show.answers import Answer


@contextmanager
def view_ledger(settings: Settings) -> Iterator[LedgerView]:
    """Open the ledger to ask it."""
    from whosays.config import find_ledger
    from whosays.gazetteer import list_country_names
    from whosays.ledger import open_view

    address, archive = find_ledger(settings)
    view = open_view(address, archive=archive, countries=list_country_names())
    try:
        yield view
    finally:
        view.close()


@contextmanager
def write_ledger(settings: Settings, *, begin: bool) -> Iterator[LedgerWriter]:
    """Open the ledger to write to it; `begin` it where there is none."""
    from whosays.config import find_ledger
    from whosays.gazetteer import list_country_names
    from whosays.ledger import open_writer

    address, archive = find_ledger(settings)
    writer = open_writer(address, archive=archive, begin=begin, countries=list_country_names())
    try:
        yield writer
    finally:
        writer.close()


@contextmanager
def translate_errors() -> Iterator[None]:
    """Show what cannot be used as one line."""
    from whosays.errors import Unusable

    try:
        yield
    except Unusable as error:
        raise click.ClickException(make_line(error.describe())) from error


def print_answer(answer: Answer, form: str, *, hidden: tuple[str, ...] = ()) -> None:
    """Print rows as asked; a table leaves out `hidden` columns."""
    from whosays.cli.output import open_output
    from whosays.show.answers import write_csv, write_json, write_table

    with open_output(None) as output:
        if form == "json":
            output.write(write_json(answer))
        elif form == "csv":
            output.write(write_csv(answer))
        else:
            width = shutil.get_terminal_size((120, 24)).columns
            output.write(write_table(answer, width=width, color=output.terminal, hidden=hidden))
            more = f" of {answer.total}" if answer.total is not None else ""
            if answer.next is not None:
                option = "--after" if isinstance(answer.next, str) else "--before"
                output.write(f"{len(answer.rows)}{more} shown; go on with {option} {shlex.quote(str(answer.next))}")
            elif answer.total is not None and answer.total > len(answer.rows):
                output.write(f"{len(answer.rows)}{more} shown; --limit gives more")


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)

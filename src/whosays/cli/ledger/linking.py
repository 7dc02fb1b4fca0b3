"""The command that links pages with each other."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosays.cli.ledger.session import now, print_answer, translate_errors, view_ledger, write_ledger
from whosays.cli.options import answer_options, check_date, ledger_options, list_inputs, merge_settings
from whosays.cli.output import is_watched, open_output, print_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from whosays.config import Settings
    from whosays.ledger import LedgerView, LedgerWriter
    from whosays.model import CrossEncoder, Question

_OK, _REFUSED = 0, 1
_WORTH_A_BAR = 20
"""Articles and stories to link from which on a bar is drawn."""


@click.command()
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to the terminal."
)
@click.option("--allow-private", is_flag=True, default=None, help="Open addresses on private networks too.")
@click.option("--model", type=click.Path(path_type=Path), help="Another model of the same interface (a folder).")
def link(pages: tuple[str, ...], form: str, output: Path | None, **given: object) -> None:
    """Read PAGE... and show what links them: who copies and cites whom, and what is said by how many.

    A folder stands for the pages (.html, .txt) in it. Copies are folded and citations followed back, so that each claim
    gets its independent origins as a range: the low end counts those that are surely separate, the high end adds those
    that are not named and may be one of the others (drawn with a broken line).

    Exit status: 0 all read, 1 something refused, 2 wrong usage.
    """
    from whosays.config import make_means
    from whosays.flow import link_inputs
    from whosays.model import Refusal
    from whosays.show.linking import encode_linking, render_linking

    sources = list_inputs(pages)
    if not sources:
        raise click.UsageError("there is no page in what was given")
    with translate_errors():
        means = make_means(merge_settings(given), now=now, stdin=None)
    quiet = not is_watched(sources)
    with (
        open_output(output) as stream,
        click.progressbar(length=len(sources), label="Reading", file=sys.stderr, hidden=quiet) as bar,
    ):

        def tell(found: object) -> None:
            if isinstance(found, Refusal):
                print_error(f"{found.source}: {found.detail}")
            bar.update(1)

        linking, refusals = link_inputs(sources, means=means, told=tell)
        width = shutil.get_terminal_size((120, 24)).columns
        stream.write(
            encode_linking(linking, refusals)
            if form == "json"
            else render_linking(linking, width=width, color=stream.terminal)
        )
    sys.exit(_REFUSED if refusals else _OK)


def window_options(command: Callable[..., object]) -> Callable[..., object]:
    """Add the options that say which of a ledger's stories are shown."""
    for option in (
        click.option("--until", metavar="YYYY-MM-DD", help="Begun on this day or before."),
        click.option("--since", metavar="YYYY-MM-DD", help="Gone on with on this day or later."),
        click.option("--outlet", help="Only those that this outlet has an article of."),
    ):
        command = option(command)
    return answer_options(command)


@click.command()
@click.option("--after", metavar="CURSOR", help="Go on behind this story: `next` of the page before.")
@window_options
def stories(*, form: str, after: str | None, **given: object) -> None:
    """List the ledger's stories, the newest first: how many tell each, copies folded, and when."""
    from whosays.show.answers import answer_stories

    question = _make_question(given)
    with open_linked(merge_settings(given)) as view:
        found = view.list_stories(question, after=after)
    print_answer(answer_stories(found, limit=question.limit), form)


@click.command()
@window_options
def claims(*, form: str, **given: object) -> None:
    """List what several of the ledger's articles say, and from how many independent origins.

    Origins in brackets are not named, or give no source, and may be one of the others.
    """
    from whosays.show.answers import answer_claims

    question = _make_question(given)
    with open_linked(merge_settings(given)) as view:
        found = view.list_claims(question)
    print_answer(answer_claims(found), form, hidden=("id",))


@click.command()
@click.argument("article")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@ledger_options
def story(article: str, *, form: str, **given: object) -> None:
    """Show the story of ARTICLE (an id as `stories` gives it): who copies and cites whom, claims, figures."""
    from whosays.flow import read_story
    from whosays.show.linking import encode_linking, render_linking

    with open_linked(merge_settings(given)) as view:
        _, linking = read_story(article, view=view)
    width = shutil.get_terminal_size((120, 24)).columns
    with open_output(None) as output:
        if form == "json":
            output.write(encode_linking(linking, ()))
        else:
            output.write(render_linking(linking, width=width, color=output.terminal))


@click.group()
def export() -> None:
    """Take along what the ledger holds, in forms that other programs read."""


@export.command(name="story")
@click.argument("article")
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "csv", "parquet", "geojson", "jsonld", "annotations", "plover", "ftm"]),
    default="html",
    show_default=True,
    help="One page to share, a table, places, schema.org claims, W3C annotations, PLOVER events, FollowTheMoney.",
)
@click.option(
    "--table",
    type=click.Choice(["statements", "articles", "claims", "figures", "places"]),
    default="statements",
    show_default=True,
    help="Which table, as CSV or Parquet.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to the terminal."
)
@ledger_options
def export_story(article: str, *, form: str, table: str, output: Path | None, **given: object) -> None:
    """Write the story of ARTICLE (an id as `stories` gives it)."""
    from whosays.flow import tell_story

    with open_linked(merge_settings(given)) as view:
        told = tell_story(article, form, view=view, table=table)
    with open_output(output) as stream:
        if form != "parquet":
            stream.write(told.decode())
        elif stream.terminal:
            raise click.UsageError("Parquet is not for a terminal: give a file with -o, or a pipe")
        else:
            stream.write_bytes(told)


@contextmanager
def open_linked(settings: Settings) -> Iterator[LedgerView]:
    """Open the ledger to ask it, after linking what waits for it; where it cannot be written to, as it is."""
    from whosays.config import make_cross
    from whosays.errors import LedgerError

    with translate_errors():
        with view_ledger(settings) as view:
            waiting = view.count_waiting()
        if waiting:
            try:
                with write_ledger(settings, begin=False) as writer:
                    link_waiting(writer, make_cross(settings))
            except LedgerError as error:
                print_error(f"{waiting} articles and stories are not linked: {error.describe()}")
        with view_ledger(settings) as view:
            yield view


def link_waiting(writer: LedgerWriter, cross: CrossEncoder) -> None:
    """Link what waits for it, with a bar where somebody watches and it takes its time."""
    from whosays.flow import link_new

    waiting = writer.view.count_waiting()
    hidden = waiting < _WORTH_A_BAR or not sys.stderr.isatty()
    with click.progressbar(length=2 * waiting, label="Linking", file=sys.stderr, hidden=hidden) as bar:
        for _ in link_new(writer, cross=cross):
            bar.update(1)
        bar.update(bar.length or 0)


def _make_question(given: dict[str, object]) -> Question:
    """Make a question of the options that narrow stories down, and take them out of `given`."""
    from whosays.model import Question

    since, until, outlet, limit = (given.pop(name) for name in ("since", "until", "outlet", "limit"))
    return Question(
        limit=int(str(limit)),
        outlet=None if outlet is None else str(outlet),
        since=check_date(None if since is None else str(since), option="--since"),
        until=check_date(None if until is None else str(until), option="--until"),
    )

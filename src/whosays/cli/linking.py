"""The command that links pages with each other."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosays.cli.options import check_date, ledger_options, list_inputs, merge_settings, rows_options
from whosays.cli.output import is_watched, open_output, print_error
from whosays.cli.session import now, print_answer, translate_errors, view_ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from whosays.model import LinkArticle, Linking

_OK, _REFUSED = 0, 1


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
    """Add the options that say which of a ledger's articles are linked."""
    for option in (
        click.option(
            "--most", type=click.IntRange(1, 5000), default=300, show_default=True, help="The newest so many."
        ),
        click.option("--until", metavar="YYYY-MM-DD", help="Published on this day or before."),
        click.option("--since", metavar="YYYY-MM-DD", help="Published on this day or later."),
        click.option("--outlet", help="Only of this outlet."),
    ):
        command = option(command)
    return ledger_options(command)


@click.command()
@rows_options
@window_options
def stories(*, form: str, limit: int, **given: object) -> None:
    """List the stories of the ledger's newest articles: how many tell each, copies folded, and when."""
    from dataclasses import replace

    from whosays.show.answers import answer_stories

    linking, heads = _link_ledger(given)
    answer = answer_stories(linking, heads)
    print_answer(replace(answer, rows=answer.rows[:limit], total=len(answer.rows)), form)


@click.command()
@rows_options
@window_options
def claims(*, form: str, limit: int, **given: object) -> None:
    """List what several of the ledger's newest articles say, and from how many independent origins.

    Origins in brackets are not named, or give no source, and may be one of the others.
    """
    from whosays.show.answers import answer_claims

    linking, heads = _link_ledger(given)
    print_answer(answer_claims(linking, heads, limit=limit), form, hidden=("id",))


@click.command()
@click.argument("article")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@window_options
def story(article: str, *, form: str, **given: object) -> None:
    """Show the story of ARTICLE (an id as `stories` gives it): who copies and cites whom, claims, figures."""
    from whosays.flow import pick_story
    from whosays.show.linking import encode_linking, render_linking

    linking, _ = _link_ledger(given)
    one = pick_story(linking, article) if article else None
    if one is None:
        raise click.ClickException(
            f"none of the newest articles is called “{article}”; see --most, --since and --until"
        )
    width = shutil.get_terminal_size((120, 24)).columns
    with open_output(None) as output:
        shown = encode_linking(one, ()) if form == "json" else render_linking(one, width=width, color=output.terminal)
        output.write(shown)


def _link_ledger(given: dict[str, object]) -> tuple[Linking, dict[str, LinkArticle]]:
    """Link the articles that the options ask for, and take these out of `given`."""
    from whosays.flow import link_ledger
    from whosays.model import Question

    since, until, outlet, most = (given.pop(name) for name in ("since", "until", "outlet", "most"))
    question = Question(
        limit=int(str(most)),
        outlet=None if outlet is None else str(outlet),
        since=check_date(None if since is None else str(since), option="--since"),
        until=check_date(None if until is None else str(until), option="--until"),
    )
    with translate_errors(), view_ledger(merge_settings(given)) as view:
        return link_ledger(question, view=view)

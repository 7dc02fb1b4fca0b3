"""The command that links pages with each other."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from whosays.cli.options import list_inputs, merge_settings
from whosays.cli.output import open_output, print_error
from whosays.cli.session import translate_errors

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

    A folder stands for all files in it. Copies are folded and citations followed back, so that each claim gets its
    independent origins as a range: the low end counts those that are surely separate, the high end adds those that are
    not named and may be one of the others (drawn with a broken line).

    Exit status: 0 all read, 1 something refused, 2 wrong usage.
    """
    from whosays.config import make_means
    from whosays.flow import link_inputs
    from whosays.model import Refusal
    from whosays.show.linking import encode_linking, render_linking

    sources = list_inputs(pages)
    with translate_errors():
        means = make_means(merge_settings(given), now=lambda: datetime.now(UTC), stdin=None)
    quiet = len(sources) < 2 or not sys.stderr.isatty()
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

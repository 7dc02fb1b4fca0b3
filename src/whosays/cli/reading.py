"""`whosays read`: read each page and render it as it is done."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosays.cli.output import is_watched, make_line, open_output, print_error
from whosays.config import Settings, make_means
from whosays.errors import Unusable
from whosays.flow import read_inputs
from whosays.model import Refusal, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

_OK, _REFUSED, _USAGE = 0, 1, 2
_FILE_WIDTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the user asked for."""

    pages: tuple[str, ...]
    form: str
    output: Path | None
    published: str | None
    url: str | None
    plain: bool
    explain: bool


def run_read(request: Request, *, settings: Settings, now: Callable[[], datetime]) -> int:
    """Read and render; returns the exit status."""
    if request.form == "html" and len(request.pages) > 1 and request.output is None:
        raise click.UsageError("--format html makes one page for one input; for several, call it once for each.")
    try:
        means = make_means(settings, now=now, stdin=sys.stdin.buffer if sys.stdin is not None else None)
    except Unusable as error:
        raise click.ClickException(make_line(error.describe())) from error
    status = _OK
    inputs = read_inputs(request.pages, means=means, plain=request.plain, published=request.published, url=request.url)
    with open_output(request.output) as output:
        for found in _show_progress(inputs, request):
            if isinstance(found, Refusal):
                print_error(f"{found.source or '(empty name)'}: {found.detail}")
                status = _REFUSED
            text = _render(found, request, terminal=output.terminal)
            if text:
                output.write(text)
    return status


def _render(found: Sheet | Refusal, request: Request, *, terminal: bool) -> str:
    if request.form == "json":
        from whosays.show.contract import encode_json

        return encode_json(found, indent=terminal and len(request.pages) == 1)
    if isinstance(found, Refusal):
        return ""
    if request.form == "html":
        from whosays.show.html_sheet import render_html

        return render_html(found)
    from whosays.show.table import render_table

    width = shutil.get_terminal_size((_FILE_WIDTH, 24)).columns
    return render_table(found, width=width, color=terminal, explain=request.explain)


def _show_progress(inputs: Iterator[Sheet | Refusal], request: Request) -> Iterator[Sheet | Refusal]:
    """Draw a bar on standard error when several pages are read into a file and somebody watches."""
    if request.output is None or not is_watched(request.pages):
        yield from inputs
        return
    with click.progressbar(inputs, length=len(request.pages), label="Reading", file=sys.stderr) as bar:
        yield from bar

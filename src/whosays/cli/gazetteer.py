"""Install a larger gazetteer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from whosays.cli.output import make_line
from whosays.config import find_home
from whosays.errors import InputRefused, Unusable
from whosays.fetch import FetchLimits
from whosays.flow.gazetteer import install_gazetteer

if TYPE_CHECKING:
    from whosays.config import Settings

_MOST_BYTES, _MOST_SECONDS = 4_000_000_000, 6 * 3600.0


def run_install(name: str, *, server: str, sha256: str | None, settings: Settings) -> None:
    """Download, compile and use it, with progress on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    limits = FetchLimits(
        max_bytes=_MOST_BYTES, total_seconds=_MOST_SECONDS, read_seconds=30.0, allow_private=settings.allow_private
    )
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("asking …", total=None)
        try:
            folder = install_gazetteer(
                name,
                server=server,
                home=find_home(settings) / "gazetteer",
                limits=limits,
                sha256=sha256,
                told=lambda file, done, whole: progress.update(task, description=file, completed=done, total=whole),
            )
        except (InputRefused, Unusable) as error:
            raise click.ClickException(make_line(error.describe())) from error
    click.echo(f"{name} is in use: {folder}")

"""The commands of `whosays`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from whosays.cli import batching, serving
from whosays.cli.ledger import asking, keeping, linking, review
from whosays.cli.options import check_date, check_url, merge_settings

_EPILOG = """\b
Examples:
  whosays read page.html                       one saved page, as a table
  whosays read --format html -o sheet.html page.html
  whosays read --format json https://example.org/story | jq .statements
  pbpaste | whosays read --date 2026-03-04 -   a page pasted as text
  whosays read --plain body.txt                an article's body and nothing else

Everything runs on this machine; only the addresses that you name are opened."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="whosays")
def main() -> None:
    """Read news pages: who says what, how sure, on what evidence.

    whosays gives no verdict on truth. It shows who stands behind what, and where on the page it stands.
    """


@main.command(epilog=_EPILOG)
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "html"]),
    default="table",
    show_default=True,
    help="A table to read, JSON for programs (one object, or one a line for several), or one self-contained page.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to the terminal."
)
@click.option("--date", "published", metavar="YYYY-MM-DD", help="Date of publication, where the page tells none.")
@click.option("--url", help="Address of the page, where it was saved without one.")
@click.option("--plain", is_flag=True, help="The input is an article's body and nothing else; keep every character.")
@click.option("--explain", is_flag=True, help="Show in the table why each field has its value.")
@click.option("--model", type=click.Path(path_type=Path), help="Another model of the same interface (a folder).")
@click.option("--max-bytes", type=click.IntRange(min=1), help="Refuse larger inputs.  [default: 20000000]")
@click.option("--timeout", type=click.FloatRange(min=0.1), help="Seconds to get a page from the web.  [default: 30]")
@click.option("--allow-private", is_flag=True, default=None, help="Open addresses on private networks too.")
@click.option("--any-language", is_flag=True, default=None, help="Read articles that are not in English too.")
def read(
    pages: tuple[str, ...],
    form: str,
    output: Path | None,
    published: str | None,
    url: str | None,
    *,
    plain: bool,
    explain: bool,
    **given: object,
) -> None:
    """Read PAGE... and print a sheet of statements for each.

    A PAGE is a file of HTML or text, as saved or pasted, an http(s) address, or - for standard input. A page that
    cannot be read is named on standard error with the reason, and the others are still read.

    Exit status: 0 all read, 1 something refused, 2 wrong usage.
    """
    from whosays.cli.reading import Request, run_read

    request = Request(
        pages=pages,
        form=form,
        output=_check_output(output),
        published=check_date(published),
        url=check_url(url),
        plain=plain,
        explain=explain,
    )
    sys.exit(run_read(request, settings=merge_settings(given), now=lambda: datetime.now(UTC)))


@main.command()
@click.option("--model", type=click.Path(path_type=Path), help="A folder with another model.")
def info(model: Path | None) -> None:
    """Show the version, the model's card, and where its files are."""
    from whosays.cli.information import tell_about

    click.echo(tell_about(merge_settings({"model": model})))


@main.group()
def gazetteer() -> None:
    """Use a larger gazetteer than the one that comes with whosays.

    What comes with it knows countries, regions, seas and 235,000 towns of more than 500 people.
    """


@gazetteer.command()
@click.argument("name", default="allCountries")
@click.option(
    "--server",
    default="https://download.geonames.org/export/dump",
    show_default=True,
    help="Where the files lie: GeoNames' own server, or a copy of it.",
)
@click.option("--sha256", help="Refuse the dump if this is not its digest.")
@click.option("--allow-private", is_flag=True, default=None, help="The server may stand on a private network.")
def install(name: str, server: str, sha256: str | None, *, allow_private: bool | None) -> None:
    """Download GeoNames' dump NAME, compile it, and use it from now on.

    NAME is allCountries (12 million places: a large download, and many minutes to compile), cities500, cities1000, …
    or a country's two letters. A download that broke off goes on where it stopped when you call it again.
    A file that is damaged is refused, and what was in use stays in use.
    """
    from whosays.cli.gazetteer import run_install

    if not name.isalnum() or not name.isascii():
        raise click.BadParameter("is no name of a dump; it has letters and digits only", param_hint="NAME")
    run_install(name, server=server, sha256=sha256, settings=merge_settings({"allow_private": allow_private}))


@main.command()
@click.argument("name", type=click.Choice(["sheet", "linking"]), default="sheet")
def schema(name: str) -> None:
    """Print the JSON Schema of what `read` ("sheet") or `link` ("linking") writes with --format json."""
    import json

    from whosays.show.contract import make_schema
    from whosays.show.linking import make_linking_schema

    made = make_schema() if name == "sheet" else make_linking_schema()
    click.echo(json.dumps(made, indent=1, ensure_ascii=False))


def _check_output(value: Path | None) -> Path | None:
    if value is not None and not value.name:
        raise click.BadParameter("names no file", param_hint="--output")
    return value


for command in (
    keeping.add,
    keeping.watch,
    linking.link,
    serving.serve,
    serving.users,
    linking.stories,
    linking.story,
    linking.claims,
    linking.export,
    asking.search,
    asking.figures,
    asking.sources,
    batching.batch,
    batching.load,
    keeping.versions,
    keeping.refusals,
    keeping.verify,
    review.review,
):
    main.add_command(command)

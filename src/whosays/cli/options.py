"""Options that several commands take, and what is wrong with their values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from whosays.config import Settings
    from whosays.model import Question

_PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".txt", ".text"})
_NARROWING = ("who", "about", "where", "outlet", "since", "until", "sure", "stance", "before", "superseded", "rejected")


def check_date(value: str | None, *, option: str = "--date") -> str | None:
    """Return a day in ISO 8601; raises `click.BadParameter` on what is none."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise click.BadParameter(f"'{value}' is no date; write YYYY-MM-DD", param_hint=option) from error


def check_url(value: str | None) -> str | None:
    """Return an address of the web; raises `click.BadParameter` on what is none."""
    if value is None or (value.startswith(("http://", "https://")) and value.isprintable()):
        return value
    raise click.BadParameter("is no address; it begins with http:// or https://", param_hint="--url")


def merge_settings(given: dict[str, object]) -> Settings:
    """Options win over the environment, the environment over defaults."""
    from whosays.config import read_settings

    try:
        return replace(read_settings(), **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]  # click has checked the types
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def ledger_options(command: Callable[..., object]) -> Callable[..., object]:
    """Add the options that say which ledger is meant."""
    for option in (
        click.option(
            "--archive", type=click.Path(path_type=Path), help="Folder of archived pages.  [default: beside it]"
        ),
        click.option(
            "--ledger",
            metavar="PATH|URL",
            help="A file, or postgresql://…  [default: $WHOSAYS_LEDGER, or ledger.sqlite where whosays keeps its data]",
        ),
    ):
        command = option(command)
    return command


def rows_options(command: Callable[..., object]) -> Callable[..., object]:
    """Add the options of commands that print rows."""
    for option in (
        click.option("--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, help="Rows at most."),
        click.option(
            "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
        ),
    ):
        command = option(command)
    return command


def answer_options(command: Callable[..., object]) -> Callable[..., object]:
    """Add the options of commands that print rows of a ledger."""
    return ledger_options(rows_options(command))


def question_options(command: Callable[..., object]) -> Callable[..., object]:
    """Add the options that narrow down statements."""
    from whosays.model import PLOVER_TYPES, Certainty, Stance

    stances, certainties = [stance.value for stance in Stance], [value.value for value in Certainty]
    for option in (
        click.option(
            "--before",
            type=click.IntRange(1, 2**62),
            metavar="NUMBER",
            help="Go on behind this row: `next` of the page before.",
        ),
        click.option("--superseded", is_flag=True, help="Also what older encoders read."),
        click.option("--rejected", is_flag=True, help="Also what people rejected."),
        click.option(
            "--type",
            "event",
            type=click.Choice(PLOVER_TYPES, case_sensitive=False),
            metavar="PLOVER",
            help="What kind of event: ASSAULT, PROTEST, AGREE, …",
        ),
        click.option("--stance", type=click.Choice(stances), help="What the source does with it."),
        click.option("--sure", type=click.Choice(certainties), help="How sure the source sounds."),
        click.option("--until", metavar="YYYY-MM-DD", help="Published on this day or before."),
        click.option("--since", metavar="YYYY-MM-DD", help="Published on this day or later."),
        click.option("--outlet", help="Only of this outlet."),
        click.option("--where", metavar="WORDS", help="A place, or a country by its name or two letters."),
        click.option("--about", metavar="WORDS", help="Who did it or suffered it."),
        click.option("--who", metavar="WORDS", help="Who says so."),
    ):
        command = option(command)
    return command


def make_question(words: tuple[str, ...], event: str | None, limit: int, given: dict[str, object]) -> Question:
    """Make a question of the options that narrow one, and take them out of `given`."""
    from whosays.model import Question

    parts = {name: given.pop(name) for name in _NARROWING}
    for name in ("since", "until"):
        value = parts[name]
        parts[name] = check_date(value, option=f"--{name}") if isinstance(value, str) else None
    return Question(words=" ".join(words) or None, type=event, limit=limit, **parts)  # type: ignore[arg-type]  # click has checked the types


def list_inputs(pages: tuple[str, ...]) -> list[str]:
    """Put a folder's pages (by their endings), in order of their names, in its place; each input once."""
    found: list[str] = []
    for page in pages:
        folder = Path(page)
        try:
            is_folder = page != "" and folder.is_dir()
        except (OSError, ValueError):
            is_folder = False
        found += sorted(str(path) for path in folder.rglob("*") if _is_page(path)) if is_folder else [page]
    return list(dict.fromkeys(found))


def _is_page(path: Path) -> bool:
    """Tell pages from what a browser and others lay beside them, by the ending and by hidden names."""
    return path.suffix.lower() in _PAGES and not path.name.startswith(".") and path.is_file()

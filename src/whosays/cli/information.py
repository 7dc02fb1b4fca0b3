"""`whosays info`: what is installed here."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING, Any

import click

from whosays.cli.output import make_line
from whosays.config import find_gazetteer
from whosays.encoder import SHIPPED, SHIPPED_CROSS, read_card, read_cross_notes
from whosays.errors import Unusable

if TYPE_CHECKING:
    from whosays.config import Settings


def tell_about(settings: Settings) -> str:
    """Return the version and the model's card as text."""
    folder = settings.model or SHIPPED
    try:
        card, beside = read_card(folder), read_cross_notes()
    except Unusable as error:
        raise click.ClickException(make_line(error.describe())) from error
    lines = [
        f"whosays {metadata.version('whosays')}",
        f"model   {card.name} (interface {card.interface})",
        f"files   {folder}",
        f"places  {find_gazetteer(settings)} (GeoNames, CC BY 4.0, and own tables)",
        "",
        *_list_notes(card.notes, 0),
        "",
        f"beside it, for linking: {SHIPPED_CROSS}",
        *_list_notes(beside, 1),
    ]
    return "\n".join(lines)


def _list_notes(notes: dict[str, Any], depth: int) -> list[str]:
    lines: list[str] = []
    for key, value in notes.items():
        if isinstance(value, dict):
            lines += [f"{'  ' * depth}{key}:", *_list_notes(value, depth + 1)]
        elif isinstance(value, list):
            lines += [f"{'  ' * depth}{key}:", *(f"{'  ' * (depth + 1)}- {item}" for item in value)]
        else:
            lines.append(f"{'  ' * depth}{key}: {value}")
    return lines

"""Read pages from a Python program or a notebook."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from whosays.config import Settings, make_means, read_settings
from whosays.errors import InputRefused
from whosays.flow import read_inputs
from whosays.model import Article, Refusal, Sheet, Statement
from whosays.show.contract import encode_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WIDTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSheet:
    """One page as read. In a notebook it shows itself; `print` gives the table."""

    record: Sheet

    @property
    def article(self) -> Article:
        """The article with its text and head."""
        return self.record.article

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements in the order of the text."""
        return self.record.statements

    def to_json(self) -> str:
        """Return the JSON of the contract, indented."""
        return encode_json(self.record, indent=True)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the contract as plain dicts and lists."""
        decoded: dict[str, Any] = json.loads(self.to_json())
        return decoded

    def to_html(self) -> str:
        """Return a self-contained page of HTML."""
        from whosays.show.html_sheet import render_html

        return render_html(self.record)

    def __str__(self) -> str:
        """Return the table, as the command line prints it."""
        from whosays.show.table import render_table

        return render_table(self.record, width=_WIDTH, color=False, explain=False)

    def _repr_html_(self) -> str:
        """Show the sheet in a notebook's cell."""
        from whosays.show.html_sheet import render_fragment

        return render_fragment(self.record)


def read(
    source: str,
    *,
    plain: bool = False,
    date: str | None = None,
    url: str | None = None,
    settings: Settings | None = None,
) -> ReadSheet:
    """Read one page: a path, an http(s) URL, or `-` for standard input.

    Raises an `InputRefused` of `whosays.errors` that says why, when the page cannot be read.
    """
    (sheet,) = read_many([source], plain=plain, date=date, url=url, settings=settings)
    if isinstance(sheet, Refusal):
        raise InputRefused(source=sheet.source, detail=sheet.detail)
    return sheet


def read_many(
    sources: Iterable[str],
    *,
    plain: bool = False,
    date: str | None = None,
    url: str | None = None,
    settings: Settings | None = None,
) -> Iterator[ReadSheet | Refusal]:
    """Read pages one after another with one loading of the model; a page that cannot be read gives its Refusal."""
    means = make_means(
        settings or read_settings(),
        now=lambda: datetime.now(UTC),
        stdin=sys.stdin.buffer if sys.stdin is not None else None,
    )
    for found in read_inputs(sources, means=means, plain=plain, published=date, url=url):
        yield found if isinstance(found, Refusal) else ReadSheet(record=found)

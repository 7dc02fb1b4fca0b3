"""Fill in what a statement's words mean: the room's door."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from whosays.resolve.times import resolve_time

if TYPE_CHECKING:
    from whosays.model import Article, Statement, Time

_AHEAD = re.compile(
    r"\b(?:will|would|shall|won't|'ll|plans? to|planned|expect(?:s|ed)?|scheduled|due|set to|upcoming|is to|are to"
    r"|going to|tomorrow|next)\b",
    re.IGNORECASE,
)
"""Words of a sentence that tells what is to come."""


def resolve_statements(article: Article, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return the statements with values for their times, as seen from the article's day of publication."""
    published = _read_day(article.published)
    return tuple(
        replace(statement, times=tuple(_resolve(found, statement, article, published) for found in statement.times))
        if statement.times
        else statement
        for statement in statements
    )


def _resolve(found: Time, statement: Statement, article: Article, published: date | None) -> Time:
    ahead = _AHEAD.search(statement.sentence.slice(article.text)) is not None
    meant = resolve_time(found.span.slice(article.text), published=published, ahead=ahead)
    if meant is None:
        return found
    return replace(
        found,
        value=meant.value,
        earliest=meant.earliest.isoformat() if meant.earliest else None,
        latest=meant.latest.isoformat() if meant.latest else None,
    )


def _read_day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None

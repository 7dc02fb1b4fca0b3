"""Moments as pages tell them: a day, or a time with its zone."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAY = 10
_NOON = time(12, tzinfo=UTC)


def read_moment(value: str | None) -> datetime | None:
    """Return an ISO 8601 day or time in UTC; a day stands for its noon. None for what is no moment."""
    try:
        found = datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
    if found is None:
        return None
    if value is not None and len(value) <= _DAY:
        return datetime.combine(found.date(), _NOON)
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        return None


def order_moment(value: str | None) -> str:
    """Return a key that puts moments in their order, whatever zones they are told in; what has none comes last."""
    found = read_moment(value)
    return found.isoformat() if found is not None else "9999"


def is_surely_first(value: str | None, others: Iterable[str | None]) -> bool:
    """Tell whether a moment lies before all others for sure: a day alone may be any hour of it."""
    mine = read_moment(value)
    if mine is None or value is None:
        return False
    for other in others:
        theirs = read_moment(other)
        if theirs is None or other is None:
            return False
        if min(len(value), len(other)) <= _DAY and mine.date() >= theirs.date():
            return False
        if mine >= theirs:
            return False
    return True

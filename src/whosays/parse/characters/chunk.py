"""A run of a page."""

from __future__ import annotations

from typing import NamedTuple


class Chunk(NamedTuple):
    """A run of text: characters `start` to `end` of the page, references still unresolved."""

    start: int
    end: int

"""What the readers of HTML and of text both give, before it is called an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whosays.model import RelatedItem
    from whosays.parse.characters.compose import Composition


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PageReading:
    """The parts of a page as read; `depth` is the deepest nesting of its markup, 0 for text."""

    composition: Composition
    title: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    agency: str | None = None
    outlet: str | None = None
    section: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    url: str | None = None
    credits: tuple[str, ...] = ()
    related: tuple[RelatedItem, ...] = ()
    is_article: bool = False
    """The markup itself says that this is an article."""
    depth: int = 0

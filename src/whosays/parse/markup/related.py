"""Other articles that a page points to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whosays.model import RelatedItem
from whosays.parse.characters.compose import read_words
from whosays.parse.lines.headlines import clean_headline, is_headline, is_truncated
from whosays.parse.lines.phrases import RELATED_HEADING

if TYPE_CHECKING:
    from whosays.parse.characters.charset import DecodedPage
    from whosays.parse.markup.blocks import Block, Outline

_NAMES = re.compile(
    r"\b(?:related|recirc|recommended|recommendations?|more|onward|trending|popular|mostread|teasers?|readnext|readmore|rel"
    r"|siblings|card|also|next|prev|previous|post nav|stories|headlines|latest)\b"
)
_MOST = 60


def find_related(
    outline: Outline, lines: list[str], body: list[int], page: DecodedPage, *, title_at: int | None
) -> tuple[RelatedItem, ...]:
    """Return linked headlines outside the text that stand in a part named so, or under a heading that says so."""
    inside = set(body)
    first = title_at if title_at is not None else (body[0] if body else 0)
    under = False
    found: dict[str, RelatedItem] = {}
    for i, line in enumerate(lines):
        if i in inside or i <= first:
            continue
        block = outline.blocks[i]
        tag = outline.containers[block.container].tag
        if block.link_share < 0.5 and (RELATED_HEADING.match(line) or tag in {"h2", "h3", "h4"}) and len(line) < 60:
            under = bool(RELATED_HEADING.match(line))
        if block.link_share < 0.5:
            continue
        title = clean_headline(line if len(block.parts) < 2 else _read_longest(line, block, page))
        if is_headline(title) and (under or _is_named(outline, block.container)) and title not in found:
            teaser = _read_teaser(outline, lines, i)
            found[title] = RelatedItem(
                title=title,
                teaser=teaser,
                truncated=teaser is not None and is_truncated(teaser),
                url=outline.find_url(block),
            )
    return tuple(found.values())[:_MOST]


def _read_longest(line: str, block: Block, page: DecodedPage) -> str:
    """Labels and dates often share the link with a headline, without a blank between: the longest part is it."""
    words = [read_words([chunk], page, markup=True) for chunk in block.parts]
    longest = max(words, key=len)
    return longest if is_headline(longest) else line


def _is_named(outline: Outline, container: int) -> bool:
    return any(
        _NAMES.search(outline.containers[c].names) or outline.containers[c].tag == "aside"
        for c in outline.climb(container)[:6]
    )


def _read_teaser(outline: Outline, lines: list[str], i: int) -> str | None:
    """The next block is a teaser if it is plain text in the same card."""
    if i + 1 >= len(lines):
        return None
    here = outline.climb(outline.blocks[i].container)[:3]
    there = outline.climb(outline.blocks[i + 1].container)[:3]
    line = lines[i + 1]
    if outline.blocks[i + 1].link_share >= 0.5 or len(line) < 25 or not set(here[1:]) & set(there):
        return None
    return line

"""Choose, among a page's blocks, those that are the article's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whosays.parse.markup.blocks import Block, Outline

_PROSE = 40
"""A block of at least so many characters can be a paragraph; shorter ones are taken between paragraphs only."""
_LINKED = 0.5
_SHARES = (1.0, 0.6, 0.2)
"""What a paragraph adds to the element it stands in, the one around it, and the next."""
_DOMINANT = 0.55
"""An element named like furniture is believed to be the text when it holds so much of the page's prose."""
_SOLID = 0.25
"""An element named like an article's text is believed when it holds so much: what its wrappers are called is idle."""
_WIDER, _WIDER_THAN_NAMED = 1.12, 1.5
"""The element around the best one is better when it holds so many times its prose: more if that one is named text."""


def select_body(outline: Outline) -> list[int]:
    """Return the indexes of the blocks that make up the article's text, in order.

    Every paragraph votes for the elements around it, the nearest most; the element with most votes wins, and is
    widened while the element around it adds prose. Inside it, what is named as furniture, is mostly links, or is
    hidden, goes.
    """
    usable = _find_usable(outline)
    votes = _count_votes(outline, usable)
    if not votes:
        return []
    root = _widen(outline, max(votes, key=lambda c: votes[c]), usable)
    return [i for i in sorted(usable) if root in outline.climb(outline.blocks[i].container)]


def _find_usable(outline: Outline) -> set[int]:
    """Return the blocks that are neither hidden nor furniture."""
    held = [0] * len(outline.containers)
    total = 0
    for block in outline.blocks:
        if _is_prose(block, outline):
            total += block.length
            for container in outline.climb(block.container):
                held[container] += block.length
    dominant = {c for c, length in enumerate(held) if length > _DOMINANT * total}
    solid = {c for c, length in enumerate(held) if length > _SOLID * total and _is_named_text(outline, c)}
    return {
        i
        for i, block in enumerate(outline.blocks)
        if not outline.containers[block.container].hidden
        and block.link_share < _LINKED
        and not _is_furniture(outline, block.container, dominant, solid)
    }


def _is_furniture(outline: Outline, container: int, dominant: set[int], solid: set[int]) -> bool:
    """Tell whether the element or one around it, up to an article's text, is named as furniture."""
    for around in outline.climb(container):
        if around in solid:
            return False
        if outline.containers[around].furniture and around not in dominant:
            return True
    return False


def _is_prose(block: Block, outline: Outline) -> bool:
    return (
        block.length >= _PROSE
        and block.link_share < _LINKED
        and not outline.containers[block.container].hidden
        and outline.containers[block.container].tag not in {"h1", "h2", "h3", "h4", "h5", "h6", "li", "th"}
    )


def _count_votes(outline: Outline, usable: set[int]) -> dict[int, float]:
    votes: dict[int, float] = {}
    for i in usable:
        block = outline.blocks[i]
        if not _is_prose(block, outline):
            continue
        container = block.container
        if outline.containers[container].tag in {"p", "blockquote", "pre"}:
            container = outline.containers[container].parent
        weight = block.length * (1 - block.link_share)
        for around, share in zip(outline.climb(container), _SHARES, strict=False):
            bonus = 1.3 if _is_named_body(outline, around) else 1.0
            votes[around] = votes.get(around, 0.0) + weight * share * bonus
    return votes


def _is_named_body(outline: Outline, container: int) -> bool:
    return outline.containers[container].tag == "article" or _is_named_text(outline, container)


def _is_named_text(outline: Outline, container: int) -> bool:
    element = outline.containers[container]
    return element.itemprop == "articlebody" or element.text_name


def _widen(outline: Outline, root: int, usable: set[int]) -> int:
    held: dict[int, int] = {}
    for i in usable:
        block = outline.blocks[i]
        if _is_prose(block, outline):
            for container in outline.climb(block.container):
                held[container] = held.get(container, 0) + block.length
    for around in outline.climb(root)[1:]:
        if outline.containers[around].tag in {"body", "html"}:
            break
        factor = _WIDER_THAN_NAMED if _is_named_text(outline, root) else _WIDER
        if held[around] >= factor * held[root]:
            root = around
    return root

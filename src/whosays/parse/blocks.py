"""Flatten a page's tree into blocks: the paragraphs, headings and list items a reader sees, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whosays.parse.layout_words import CAPTION, is_furniture_name, split_names

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from whosays.parse.skeleton import Chunk, Skeleton

_INVISIBLE = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "select",
        "option",
        "textarea",
        "input",
        "canvas",
        "audio",
        "video",
        "object",
        "embed",
        "map",
        "head",
        "title",
        "math",
        "datalist",
        "progress",
        "meter",
    ]
)
_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "ul",
    ]
) - {"time"}
_FURNITURE_TAGS = frozenset(["nav", "footer", "aside", "button", "figcaption", "dialog", "menu", "form"])
_FURNITURE_ROLES = frozenset(
    ["navigation", "complementary", "contentinfo", "dialog", "alertdialog", "banner", "search", "menu", "toolbar"]
)
_UNSEEN = re.compile(r"\b(?:visually-?hidden|sr-only|screen-?reader-(?:text|only)|offscreen)\b", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\(0|clip-path\s*:\s*inset\((?:50|100)%", re.IGNORECASE
)


@dataclass(slots=True, kw_only=True)
class Container:
    """An element that may hold blocks; `parent` is an index into the list of containers, -1 for the root."""

    parent: int
    tag: str
    names: str
    furniture: bool
    hidden: bool
    caption: bool
    itemprop: str


@dataclass(slots=True, kw_only=True)
class Block:
    """A line or paragraph: the chunks of a block element, or of the part of it between two `<br>`."""

    container: int
    """Index of the block's own element, or of the element that holds its text."""
    parts: list[Chunk] = field(default_factory=list)
    length: int = 0
    """Characters of the page, white space and unresolved references included: good enough to weigh."""
    linked: int = 0
    """Of these, how many stand in links."""
    links: list[str] = field(default_factory=list)
    runs_on: bool = False
    """Only a `<br>` parts it from the block before."""

    @property
    def link_share(self) -> float:
        """The part of the block that is link text."""
        return self.linked / self.length if self.length else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A page's blocks and the elements around them; `depth` is the deepest nesting met."""

    blocks: list[Block]
    containers: list[Container]
    depth: int

    def climb(self, container: int) -> list[int]:
        """Return the container and all around it, innermost first."""
        chain = []
        while container >= 0:
            chain.append(container)
            container = self.containers[container].parent
        return chain


def outline_page(skeleton: Skeleton, *, max_depth: int) -> Outline:
    """Walk the tree once, without recursion; nothing below `max_depth` is entered (`depth` tells that it was met)."""
    walk = _Walk(skeleton)
    root = skeleton.tree.body
    node: LexborNode | None = root
    depth = deepest = 0
    while node is not None:
        child = walk.enter(node)
        deepest = max(deepest, depth)
        if child is not None and depth < max_depth:
            node, depth = child, depth + 1
            continue
        walk.leave(node)
        while node is not None and depth and node.next is None:
            node, depth = node.parent, depth - 1
            if node is not None:
                walk.leave(node)
        node = node.next if node is not None and depth else None
    walk.flush()
    return Outline(blocks=walk.blocks, containers=walk.containers, depth=deepest)


class _Walk:
    """The state of a walk: where it is, and the block under construction."""

    def __init__(self, skeleton: Skeleton) -> None:
        self.skeleton = skeleton
        self.blocks: list[Block] = []
        self.containers: list[Container] = []
        self.stack: list[int] = []
        self.open = Block(container=-1)
        self.links: list[str] = []
        self.known: dict[str, tuple[str, bool, bool]] = {}
        """Names already looked at: their words, whether they are furniture's, whether a caption's."""

    def enter(self, node: LexborNode) -> LexborNode | None:
        """Take a node in; return its first child if it is to be entered."""
        tag = node.tag
        if tag == "-text":
            self.add_text(node)
            return None
        if tag is None or tag in _INVISIBLE or tag[0] in "-!":
            return None
        if tag == "br":
            self.add_break()
        elif tag == "a":
            self.links.append(node.attributes.get("href") or "")
        elif tag in _BLOCK:
            self.flush()
            self.stack.append(len(self.containers))
            self.containers.append(self.describe(node, tag))
            self.open.container = self.stack[-1]
        else:
            attributes = node.attributes
            if attributes and self.is_hidden(attributes):
                return None
        return node.child

    def leave(self, node: LexborNode) -> None:
        """Close what `enter` opened."""
        tag = node.tag
        if tag == "a" and self.links:
            self.links.pop()
        elif tag in _BLOCK and tag not in _INVISIBLE:
            self.flush()
            self.stack.pop()
            self.open.container = self.stack[-1] if self.stack else -1

    def add_text(self, node: LexborNode) -> None:
        for chunk in self.skeleton.find_chunks(node.text_content or ""):
            block = self.open
            block.parts.append(chunk)
            block.length += chunk.end - chunk.start
            if self.links:
                block.linked += chunk.end - chunk.start
                block.links.append(self.links[-1])

    def add_break(self) -> None:
        """End the line; a second `<br>` in a row makes the next one a paragraph of its own."""
        written = bool(self.open.parts)
        self.flush()
        self.open.runs_on = written

    def flush(self) -> None:
        block = self.open
        if block.parts:
            self.blocks.append(block)
        if block.parts or block.runs_on:
            self.open = Block(container=block.container)

    def describe(self, node: LexborNode, tag: str) -> Container:
        attributes = node.attributes
        parent = self.stack[-2] if len(self.stack) > 1 else -1
        above = self.containers[parent] if parent >= 0 else None
        names, furniture, caption = self.read_names(attributes)
        role = (attributes.get("role") or "").lower()
        return Container(
            parent=parent,
            tag=tag,
            names=names,
            furniture=furniture or tag in _FURNITURE_TAGS or role in _FURNITURE_ROLES,
            hidden=(above is not None and above.hidden) or self.is_hidden(attributes),
            caption=caption or tag == "figcaption" or (above is not None and above.caption),
            itemprop=(attributes.get("itemprop") or "").lower(),
        )

    def read_names(self, attributes: dict[str, str | None]) -> tuple[str, bool, bool]:
        key = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if key not in self.known:
            names = split_names(key)
            self.known[key] = (names, is_furniture_name(names), bool(CAPTION.search(names)))
        return self.known[key]

    @staticmethod
    def is_hidden(attributes: dict[str, str | None]) -> bool:
        classes = attributes.get("class") or ""
        return (
            "hidden" in attributes
            or ("hidden" in classes and "hidden" in classes.split() and ":" not in classes)
            or attributes.get("aria-hidden") == "true"
            or bool(classes and _UNSEEN.search(classes))
            or ("style" in attributes and bool(_HIDDEN_STYLE.search(attributes["style"] or "")))
        )

"""Flatten a page's tree into blocks: the paragraphs, headings and list items a reader sees, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whosays.parse.markup.attributes import read_attributes
from whosays.parse.markup.layout_words import BODY, CAPTION, SITE_NAME, UNSEEN, is_furniture_name, split_names

if TYPE_CHECKING:
    from whosays.parse.characters.chunk import Chunk
    from whosays.parse.markup.skeleton import Skeleton, Tag

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
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
"""Elements that are written without a closing tag."""
_FURNITURE_TAGS = frozenset(["nav", "footer", "aside", "button", "figcaption", "dialog", "menu", "form"])
_FURNITURE_ROLES = frozenset(
    ["navigation", "complementary", "contentinfo", "dialog", "alertdialog", "banner", "search", "menu", "toolbar"]
)
_TRAITS = frozenset(["class", "id", "role", "itemprop", "hidden", "aria-hidden", "style"])
_HREF = frozenset(["href"])
_HOME_TRAITS = frozenset(["href", "class", "id", "rel"])
_HOME = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.\w+|en/?|home/?)?", re.IGNORECASE)
_ALL_LINK = 0.9
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\(0|clip-path\s*:\s*inset\((?:50|100)%", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What an element's attributes say of it: the words of class and id, what they name, whether it is shown."""

    names: str
    furniture: bool
    hidden: bool
    caption: bool
    text_name: bool
    itemprop: str


_BARE = Traits(names="", furniture=False, hidden=False, caption=False, text_name=False, itemprop="")


@dataclass(slots=True, kw_only=True)
class Container:
    """An element that holds blocks; `parent` is an index into the list of containers, -1 for the root."""

    parent: int
    tag: str
    names: str
    furniture: bool
    hidden: bool
    caption: bool
    text_name: bool
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
    """The numbers of the links' tags, one for each chunk in a link."""
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
    tags: list[Tag]
    depth: int

    def climb(self, container: int) -> list[int]:
        """Return the container and all around it, innermost first."""
        chain = []
        while container >= 0:
            chain.append(container)
            container = self.containers[container].parent
        return chain

    def find_url(self, block: Block) -> str | None:
        """Return the address of the block's first link that has one."""
        urls = (read_attributes(self.tags[int(tag)][1], _HREF).get("href") for tag in block.links if tag)
        return next((url for url in urls if url), None)

    def is_home_link(self, block: Block) -> bool:
        """Tell whether a block links to the site's first page, and its class or place says that this is its name."""
        tag = next((tag for tag in block.links if tag), None)
        if tag is None or block.link_share < _ALL_LINK:
            return False
        written = read_attributes(self.tags[int(tag)][1], _HOME_TRAITS)
        own = split_names(f"{written.get('class', '')} {written.get('id', '')} {written.get('rel', '')}")
        named = SITE_NAME.occurs_in(own) or SITE_NAME.occurs_in(self.containers[block.container].names)
        return named and _HOME.fullmatch(written.get("href", "")) is not None


def outline_page(skeleton: Skeleton) -> Outline:
    """Go through the tree's nodes once; elements that hold no text leave no trace."""
    walk = _Walk(skeleton)
    chunks = skeleton.chunks
    for closes, name, tag, chunk in skeleton.list_nodes():
        if chunk:
            walk.add_text(chunks[int(chunk)])
        elif closes:
            walk.leave(name)
        elif name in _VOID:
            walk.add_break(name)
        else:
            walk.enter(name, tag)
    walk.flush()
    return Outline(blocks=walk.blocks, containers=walk.containers, tags=skeleton.tags, depth=walk.deepest)


class _Element:
    """A block element that stands open; it becomes a container when text is met in it."""

    __slots__ = ("container", "name", "tag")

    def __init__(self, name: str, tag: str) -> None:
        self.name = name
        self.tag = tag
        self.container = -1


class _Walk:
    """The state of a walk: the elements that stand open, and the block under construction."""

    def __init__(self, skeleton: Skeleton) -> None:
        self.tags = skeleton.tags
        self.blocks: list[Block] = []
        self.containers: list[Container] = []
        self.depth = self.deepest = 0
        self.hidden_from = 0
        """The depth of the outermost hidden element that stands open, 0 for none."""
        self.elements: list[_Element] = []
        self.links: list[str] = []
        """The tags of the links that stand open."""
        self.open: Block | None = None
        self.runs_on = False
        self.traits: dict[str, Traits] = {}
        """What attributes already met come to."""

    def enter(self, name: str, tag: str) -> None:
        self.depth += 1
        if self.hidden_from:
            return
        self.deepest = max(self.deepest, self.depth)
        if name in _BLOCK:
            self.flush()
            self.elements.append(_Element(name, tag))
        elif name == "a":
            self.links.append(tag)
        elif name in _INVISIBLE or (tag and self.read_traits(tag).hidden):
            self.hidden_from = self.depth

    def leave(self, name: str) -> None:
        if self.hidden_from:
            if self.hidden_from == self.depth:
                self.hidden_from = 0
        elif name in _BLOCK:
            self.flush()
            self.elements.pop()
        elif name == "a":
            self.links.pop()
        self.depth -= 1

    def add_text(self, chunk: Chunk) -> None:
        if self.hidden_from:
            return
        block = self.open
        if block is None:
            block = self.open = Block(container=self.find_container(), runs_on=self.runs_on)
        block.parts.append(chunk)
        length = chunk.end - chunk.start
        block.length += length
        if self.links:
            block.linked += length
            block.links.append(self.links[-1])

    def add_break(self, name: str) -> None:
        """End the line; a second `<br>` in a row makes the next one a paragraph of its own."""
        if self.hidden_from or name not in {"br", "hr"}:
            return
        written = self.open is not None
        self.flush()
        self.runs_on = written and name == "br"

    def flush(self) -> None:
        """End the block."""
        self.runs_on = False
        if self.open is not None:
            self.blocks.append(self.open)
            self.open = None

    def find_container(self) -> int:
        """Return the container of the innermost open element, made now with those around it if need be."""
        known = len(self.elements)
        while known and self.elements[known - 1].container < 0:
            known -= 1
        above = self.elements[known - 1].container if known else -1
        for element in self.elements[known:]:
            element.container = len(self.containers)
            self.containers.append(self.describe(element, above))
            above = element.container
        return above

    def describe(self, element: _Element, parent: int) -> Container:
        above = self.containers[parent] if parent >= 0 else None
        traits = self.read_traits(element.tag)
        return Container(
            parent=parent,
            tag=element.name,
            names=traits.names,
            furniture=traits.furniture or element.name in _FURNITURE_TAGS,
            hidden=traits.hidden or (above is not None and above.hidden),
            caption=traits.caption or element.name == "figcaption" or (above is not None and above.caption),
            text_name=traits.text_name,
            itemprop=traits.itemprop,
        )

    def read_traits(self, tag: str) -> Traits:
        written = self.tags[int(tag)][1] if tag else ""
        traits = self.traits.get(written)
        if traits is None:
            traits = self.traits[written] = _read_traits(written)
        return traits


def _read_traits(written: str) -> Traits:
    attributes = read_attributes(written, _TRAITS) if len(written) > 1 else {}
    if not attributes:
        return _BARE
    names = split_names(f"{attributes.get('class', '')} {attributes.get('id', '')}")
    return Traits(
        names=names,
        furniture=is_furniture_name(names) or attributes.get("role", "").lower() in _FURNITURE_ROLES,
        hidden=_is_hidden(attributes, names),
        caption=CAPTION.occurs_in(names),
        text_name=BODY.occurs_in(names),
        itemprop=attributes.get("itemprop", "").lower(),
    )


def _is_hidden(attributes: dict[str, str], names: str) -> bool:
    classes = attributes.get("class", "")
    return (
        "hidden" in attributes
        or ("hidden" in classes and "hidden" in classes.split() and ":" not in classes)
        or attributes.get("aria-hidden") == "true"
        or UNSEEN.occurs_in(names)
        or ("style" in attributes and bool(_HIDDEN_STYLE.search(attributes["style"])))
    )

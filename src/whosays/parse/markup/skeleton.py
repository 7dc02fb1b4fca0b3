"""Parse HTML so that every text node knows which characters of the page it was read from.

No HTML parser for Python tells where its text nodes came from. So the page is cut into tags and text first. The parser
gets a skeleton: each tag with nothing but its number, each run of text as a number. It may move, merge, close and drop
them as the HTML standard asks; what it makes of them is written out again, well-formed, and the numbers lead back to
the tags' attributes and to the characters of the page. So the words are always taken from the page itself, and nothing
that a page says can pass for a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from whosays.parse.characters.chunk import Chunk

_ATTRIBUTES = r"""[^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?[^>=]*+)*>?"""
"""Up to the end of a tag: quotes count after `=` only.

Here and below, only single characters are repeated possessively: up to Python 3.11.4, groups so repeated match wrongly.
"""
_TOKEN = re.compile(
    rf"""
    (?P<text>[^<]*+(?:<(?![a-zA-Z/!?])[^<]*+)*)
    (?:
      <(?:
        (?=[sStTxXiInN])(?P<raw>(?i:script|style|textarea|title|xmp|iframe|noembed|noframes))(?=[\s/>])
          (?P<raw_attributes>{_ATTRIBUTES})
          (?P<content>[^<]*+(?:<(?!/(?i:(?P=raw))[\s/>])[^<]*+)*)                # is not markup
          (?P<end>(?:</[^>]*+>)?)
      | (?P<name>/?[a-zA-Z][a-zA-Z0-9]*+)(?P<attributes>{_ATTRIBUTES})
      )
    | (?P<other><(?:!--(?:>|->|.*?(?:--!?>|\Z))|[!?/][^>]*+>?))                   # comment, doctype, bogus comment
    )?
    """,
    re.VERBOSE | re.DOTALL,
)
_NODE = re.compile('<(/?)([^ />]+)(?: n="([0-9]+)")?[^>]*>|([0-9]+);')
_MOST_MARKUP = 400_000
_MOST_CHUNKS = 100_000


_NESTED, _UNNESTED, _DROPPED = range(3)
"""How a tag is treated: as one that holds others; as one that is empty, or closed by the next of its kind, and so no
sign of depth; as one that neither holds nor parts text."""


def _name_kinds() -> dict[str, int]:
    nested = (
        "a article aside b blockquote button div em figcaption figure footer form h1 h2 h3 h4 header i label main nav "
        "ol picture section small span strong svg table time ul"
    )
    unnested = "br hr p li dt dd option optgroup tr td th thead tbody tfoot colgroup html head body"
    dropped = (
        "area base col embed img input link meta param source track wbr "
        "path g use rect circle line polygon polyline ellipse defs lineargradient stop "
        "script style textarea title xmp iframe noembed noframes"
    )
    kinds = {
        name: kind
        for names, kind in ((nested, _NESTED), (unnested, _UNNESTED), (dropped, _DROPPED))
        for name in names.split()
    }
    return kinds | {f"/{name}": kind for name, kind in kinds.items()}


_KINDS = _name_kinds()
"""Element names and their closing forms; any other is nested."""


Tag = tuple[str, str]
"""An opening tag: its name in lower case and its attributes as written."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Skeleton:
    """A page taken apart: `markup` is its parsed tree, written out with numbers for tags and text.

    `tags` and `chunks` are what the numbers stand for; `scripts` are the contents of the metadata scripts (JSON-LD);
    `titles` those of the `<title>` elements.
    """

    markup: str
    tags: list[Tag]
    chunks: list[Chunk]
    scripts: list[str]
    titles: list[str]

    def list_nodes(self) -> list[tuple[str, str, str, str]]:
        """Return the tree's nodes in order: ("/" if it closes, element name, number of its tag, number of a chunk).

        Empty strings stand for what a node has not. Void elements have no closing node.
        """
        return _NODE.findall(self.markup)


class TooMuchMarkupError(Exception):
    """More markup than anybody writes: nested so deep that parsers take quadratic time, or in endless pieces."""


def build_skeleton(page: str, *, max_depth: int) -> Skeleton:
    """Replace the text of an HTML page and the attributes of its tags by numbers, and parse what is left.

    Raises `TooMuchMarkupError` where more than `max_depth` elements stand open, those apart that close each other, or
    where markup cuts the text in more than 100,000 pieces.

    White space between tags, comments, scripts, styles and pictures are left out: nobody asks the tree for them.
    """
    if page.count("<") > _MOST_MARKUP:
        raise TooMuchMarkupError
    builder = _Builder(max_depth)
    at = 0
    for text, raw, raw_attributes, content, end, name, attributes, other in _TOKEN.findall(page):
        start = at + len(text)
        if text and not text.isspace():
            builder.add_text(at, start)
        if name:
            at = start + 1 + len(name) + len(attributes)
            builder.add_tag(name, attributes)
        elif raw:
            at = start + 1 + len(raw) + len(raw_attributes) + len(content) + len(end)
            if "ld+json" in raw_attributes:
                builder.scripts.append(content)
            elif raw.lower() == "title":
                builder.titles.append(content)
        else:
            at = start + len(other)
    return builder.finish()


class _Builder:
    """A skeleton in the making."""

    def __init__(self, max_depth: int) -> None:
        self.max_depth = max_depth
        self.depth = 0
        self.parts: list[str] = []
        self.chunks: list[Chunk] = []
        self.tags: list[Tag] = []
        self.scripts: list[str] = []
        self.titles: list[str] = []

    def add_text(self, start: int, end: int) -> None:
        self.parts.append(f"{len(self.chunks)};")
        self.chunks.append(Chunk(start, end))
        if len(self.chunks) > _MOST_CHUNKS:
            raise TooMuchMarkupError

    def add_tag(self, name: str, attributes: str) -> None:
        kind = _KINDS.get(name)
        if kind is None:
            name = name.lower()
            kind = _KINDS.get(name, _NESTED)
        closes = name[0] == "/"
        if not closes:
            self.tags.append((name, attributes))
        if kind == _DROPPED:
            return
        self.parts.append(f"<{name}>" if closes else f"<{name} n={len(self.tags) - 1}>")
        if kind == _NESTED:
            self.depth = max(0, self.depth - 1) if closes else self.depth + 1
            if self.depth > self.max_depth:
                raise TooMuchMarkupError

    def finish(self) -> Skeleton:
        root = LexborHTMLParser("".join(self.parts)).root
        return Skeleton(
            markup=(root.html or "") if root is not None else "",
            tags=self.tags,
            chunks=self.chunks,
            scripts=self.scripts,
            titles=self.titles,
        )

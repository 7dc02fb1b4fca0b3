"""Parse HTML so that every text node knows which characters of the page it was read from.

No HTML parser for Python tells where its text nodes came from. So the page is cut into markup and text first; each
run of text is replaced by a short mark that carries its number; the parser builds its tree from this skeleton; and a
text node found in the tree leads by its mark back to the characters. The parser may move, merge or drop text as the
HTML standard asks: the marks go with it, and the words are always taken from the page itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

_TAG = re.compile(
    r"""
    <!--(?:>|->|.*?(?:--!?>|\Z))                                       # a comment
  | <[!?][^>]*+(?:>|\Z)                                                # doctype, bogus comment
  | <(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])
        [^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^>=]*+)*+(?:>|\Z)       # its content is not markup
  | <(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*+)                      # a tag; quotes count after = only
        [^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^>=]*+)*+(?:>|\Z)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_MOST_CHUNKS = 100_000
_UNNESTED = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th thead "
    "tbody tfoot colgroup html head body".split()
)
"""Elements that are empty, or that the next of their kind closes."""
_SIGN = "\ue0f7"
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd]")
_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A run of text between two tags: characters `start` to `end` of the page, references still unresolved."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Skeleton:
    """A page's tree with marks for text, and the chunks that the marks stand for."""

    tree: LexborHTMLParser
    chunks: tuple[Chunk, ...]
    sign: str
    mark: re.Pattern[str]

    def find_chunks(self, text: str) -> list[Chunk]:
        """Return the chunks whose marks stand in a text node, in order."""
        if self.sign not in text:
            return []
        numbers = (int(number) for number in self.mark.findall(text))
        return [self.chunks[number] for number in numbers if number < len(self.chunks)]


class TooMuchMarkupError(Exception):
    """More markup than anybody writes: nested so deep that parsers take quadratic time, or in endless pieces."""


def build_skeleton(page: str, *, max_depth: int) -> Skeleton:
    """Replace the text of an HTML page by marks and parse what is left.

    Raises `TooMuchMarkupError` where more than `max_depth` elements stand open, those apart that close each other, or
    where markup cuts the text in more than 100,000 pieces.

    White space between tags, comments, scripts and styles are left out: nobody asks the tree for them.
    """
    sign = _pick_sign(page)
    parts: list[str] = []
    chunks: list[Chunk] = []
    at = depth = 0
    while (tag := _TAG.search(page, at)) is not None:
        start, end = tag.span()
        if start > at and not page[at:start].isspace():
            parts.append(f"{sign}{len(chunks)}{sign}")
            chunks.append(Chunk(start=at, end=start))
        at = end
        raw, name = tag["raw"], tag["name"]
        if name is not None and name.lower() not in _UNNESTED:
            depth = max(0, depth - 1) if tag["close"] else depth + 1
        if depth > max_depth or len(chunks) > _MOST_CHUNKS:
            raise TooMuchMarkupError
        if raw is not None:
            close = _ENDS[raw.lower()].search(page, end)
            at = close.start() if close else len(page)
        if raw is None and page[start + 1] not in "!?":
            parts.append(page[start:end])
        elif raw is not None and _is_needed(raw.lower(), page[start:end]):
            parts.append(page[start:at])
        elif raw is not None and close is not None:
            after = _TAG.match(page, at)
            at = after.end() if after else at
    if not page[at:].isspace() and at < len(page):
        parts.append(f"{sign}{len(chunks)}{sign}")
        chunks.append(Chunk(start=at, end=len(page)))
    return Skeleton(
        tree=LexborHTMLParser("".join(parts)),
        chunks=tuple(chunks),
        sign=sign,
        mark=re.compile(f"{sign}([0-9]{{1,9}}){sign}"),
    )


def _is_needed(raw: str, tag: str) -> bool:
    """Of what is not markup, only the title and the metadata scripts are looked at again."""
    return raw == "title" or (raw == "script" and "ld+json" in tag)


def _pick_sign(page: str) -> str:
    """Choose a private-use character that the page does not hold."""
    if _SIGN not in page:
        return _SIGN
    present = set(_PRIVATE.findall(page))
    free = (chr(point) for point in (*range(0xE000, 0xF900), *range(0xF0000, 0xFFFFE)))
    return next((sign for sign in free if sign not in present), _SIGN)

"""The room's door: a Page in, an Article out, or the reason why not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whosays.errors import BadCharset, NoArticle, NotAPage, NotEnglish, TooLarge
from whosays.model import Article, Page
from whosays.parse.characters.charset import DecodedPage, decode_page
from whosays.parse.characters.language import name_language
from whosays.parse.characters.media import is_markup, name_binary
from whosays.parse.lines.printed_dates import read_iso
from whosays.parse.markup.html_page import read_html
from whosays.parse.markup.skeleton import TooMuchMarkupError
from whosays.parse.page_reading import PageReading
from whosays.parse.text_page import read_plain, read_text

_DAMAGED_SHARE = 0.01
_LEAST_TEXT = 140
"""Characters; shorter than a news brief, and what is found is a caption or a notice."""
_LEAST_PROSE = 70
"""A page without one paragraph so long, and without a word in its markup that it is an article, has none."""
_SAMPLE, _LETTERS = 20_000, 0.35
"""Prose is letters for more than this share, in its first so many characters."""
_CODE = re.compile(r"[{};=]")
_SIGNS = 0.03
"""More braces, semicolons and equals signs than that: a style sheet or a program."""
_SECTION_FRONT = 12
"""So many linked headlines and hardly any text: a list of articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a page may be.

    Nested no deeper than `max_depth` elements; its text no longer than `max_text` code points; English, if asked so.
    """

    max_depth: int = 512
    max_text: int = 400_000
    english_only: bool = True


def read_page(page: Page, *, published: str | None = None, limits: Limits) -> Article:
    """Read a whole page, HTML or text as its content shows.

    `published` is the date its user knows; it stands in where the page itself gives none. Raises `NotAPage`,
    `BadCharset`, `TooLarge` (nesting), `NoArticle` or `NotEnglish`.
    """
    decoded = _decode(page)
    markup = is_markup(decoded.text)
    too_deep = TooLarge(
        source=page.source, detail=f"markup nested more than {limits.max_depth} elements deep, or in too many pieces"
    )
    try:
        reading = read_html(decoded, max_depth=limits.max_depth) if markup else read_text(decoded)
    except TooMuchMarkupError as error:
        raise too_deep from error
    if reading.depth >= limits.max_depth:
        raise too_deep
    _check_text(reading, page, decoded)
    return _make_article(reading, page, decoded, published=published, markup=markup, limits=limits)


def read_plain_page(page: Page, *, published: str | None = None, limits: Limits) -> Article:
    """Take the input as an article's body and nothing else: the text is the input, character for character."""
    decoded = _decode(page)
    reading = PageReading(composition=read_plain(decoded))
    return _make_article(reading, page, decoded, published=published, markup=False, limits=limits)


def _decode(page: Page) -> DecodedPage:
    if not page.body.strip():
        raise NotAPage(source=page.source, detail="the input is empty")
    binary = name_binary(page.body)
    if binary is not None:
        raise NotAPage(source=page.source, detail=f"the input is {binary}, not a page of HTML or text")
    decoded = decode_page(page.body, content_type=page.content_type)
    if decoded.damaged > _DAMAGED_SHARE * len(decoded.text):
        raise BadCharset(
            source=page.source,
            detail=f"{decoded.damaged:,} of {len(decoded.text):,} characters cannot be decoded as {decoded.charset}",
        )
    if not decoded.text.strip():
        raise NotAPage(source=page.source, detail="the input holds nothing but white space")
    return decoded


def _check_text(reading: PageReading, page: Page, decoded: DecodedPage) -> None:
    """Raise if what was found is no article's text."""
    text = reading.composition.text
    longest = max((len(span) for span in reading.composition.paragraphs), default=0)
    if len(text) < _LEAST_TEXT or longest < _LEAST_PROSE:
        raise NoArticle(source=page.source, detail=f"no article found on the page ({len(text)} characters of prose)")
    letters = sum(map(str.isalpha, text[:_SAMPLE]))
    if letters < _LETTERS * len(text[:_SAMPLE]) or len(_CODE.findall(text[:_SAMPLE])) > _SIGNS * len(text[:_SAMPLE]):
        raise NoArticle(source=page.source, detail="no article found on the page (what it holds is not prose)")
    headlines = len(reading.related)
    if not reading.is_article and headlines >= _SECTION_FRONT and len(text) < 60 * headlines:
        raise NoArticle(
            source=page.source, detail=f"the page lists other articles ({headlines} headlines) and has none of its own"
        )
    damaged = min(decoded.damaged, text.count("\ufffd"))  # what the page itself writes as U+FFFD or &#0; is its own
    if damaged > _DAMAGED_SHARE * len(text):
        raise BadCharset(source=page.source, detail=f"the article cannot be decoded as {decoded.charset}")


def _make_article(
    reading: PageReading, page: Page, decoded: DecodedPage, *, published: str | None, markup: bool, limits: Limits
) -> Article:
    length = len(reading.composition.text)
    if length > limits.max_text:
        raise TooLarge(source=page.source, detail=f"the text is {length:,} characters long, over {limits.max_text:,}")
    language = name_language(reading.composition.text)
    if limits.english_only and language not in {"en", None}:
        raise NotEnglish(source=page.source, detail=f"the article is not in English (it looks like '{language}')")
    given = read_iso(published) if published else None
    return Article(
        text=reading.composition.text,
        paragraphs=reading.composition.paragraphs,
        origin=reading.composition.origin,
        charset=decoded.charset,
        media_type="text/html" if markup else "text/plain",
        title=reading.title,
        standfirst=reading.standfirst,
        byline=reading.byline,
        agency=reading.agency,
        outlet=reading.outlet,
        section=reading.section,
        published=reading.published or given,
        modified=reading.modified,
        language=language,
        url=page.url or reading.url,
        credits=reading.credits,
        related=reading.related,
    )

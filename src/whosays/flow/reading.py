"""From named inputs to sheets: fetch, read, extract, and a Refusal for whatever cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING

from whosays.errors import InputRefused
from whosays.extract import Lexicon, extract_statements
from whosays.fetch import FetchLimits, fetch_page
from whosays.flow.ahead import work_ahead
from whosays.model import CrossEncoder, Encoder, Gazetteer, Page, Refusal, Sheet, refuse
from whosays.parse import Limits, read_page, read_plain_page
from whosays.resolve import resolve_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What reading and linking need: encoders, word lists, gazetteer, limits, a clock and standard input."""

    encoder: Encoder
    cross: CrossEncoder
    lexicon: Lexicon
    gazetteer: Gazetteer
    fetch_limits: FetchLimits
    read_limits: Limits
    now: Callable[[], datetime]
    stdin: IO[bytes] | None
    workers: int = 1
    """How many pages are read at once."""


def read_inputs(
    sources: Iterable[str], *, means: Means, plain: bool = False, published: str | None = None, url: str | None = None
) -> Iterator[Sheet | Refusal]:
    """Read inputs, several at once, and yield for each in turn its sheet, or the refusal that says why there is none.

    `published` and `url` stand in where an input gives none. `plain` takes each input as an article's body.
    """

    def read(source: str) -> Sheet | Refusal:
        try:
            page = fetch_page(source, stdin=means.stdin, limits=means.fetch_limits, now=means.now)
            return make_sheet(page, means=means, plain=plain, published=published, url=url)
        except InputRefused as error:
            return refuse(source, error)

    yield from work_ahead(read, sources, workers=means.workers)


def make_sheet(
    page: Page, *, means: Means, plain: bool = False, published: str | None = None, url: str | None = None
) -> Sheet:
    """Read a page that is there already; raises an `InputRefused` that says why it cannot be read."""
    if page.url is None and url is not None:
        page = replace(page, url=url)
    read = read_plain_page if plain else read_page
    article = read(page, published=published, limits=means.read_limits)
    (reading,) = extract_statements(((page.digest, article),), encoder=means.encoder, lexicon=means.lexicon)
    return Sheet(
        page=page,
        article=article,
        statements=resolve_statements(article, reading, gazetteer=means.gazetteer),
        encoder=means.encoder.version,
        propositions=reading.propositions,
    )

"""From named inputs to what links them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whosays.flow.reading import read_inputs
from whosays.link import link_articles
from whosays.model import LinkArticle, Linking, Refusal, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from whosays.flow.reading import Means


def link_inputs(
    sources: Iterable[str], *, means: Means, told: Callable[[Sheet | Refusal], None]
) -> tuple[Linking, tuple[Refusal, ...]]:
    """Read inputs and link them; `told` is called with each as it is read. Returns what could not be read too."""
    articles, refusals = [], []
    for found in read_inputs(sources, means=means):
        told(found)
        if isinstance(found, Refusal):
            refusals.append(found)
        else:
            articles.append(make_link_article(found, name=found.page.source))
    return link_articles(articles), tuple(refusals)


def make_link_article(sheet: Sheet, *, name: str) -> LinkArticle:
    """Take from a sheet what linking needs."""
    article = sheet.article
    return LinkArticle(
        name=name,
        text=article.text,
        title=article.title,
        outlet=article.outlet,
        agency=article.agency,
        byline=article.byline,
        url=article.url,
        published=article.published,
        credits=article.credits,
        statements=sheet.statements,
        propositions=sheet.propositions,
    )

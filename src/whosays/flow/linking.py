"""From named inputs to what links them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from whosays.flow.reading import read_inputs
from whosays.link import link_articles
from whosays.model import LinkArticle, Linking, Refusal, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from whosays.flow.reading import Means
    from whosays.ledger import LedgerView
    from whosays.model import Question


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


def link_ledger(question: Question, *, view: LedgerView) -> tuple[Linking, dict[str, LinkArticle]]:
    """Link the articles of a ledger that a question asks for; returns them by their names too."""
    articles = view.list_link_articles(question)
    return link_articles(articles), {article.name: article for article in articles}


def pick_story(linking: Linking, article: str) -> Linking | None:
    """Return what was found of the one story that has an article whose name begins so; none where there is no such."""
    number = next((i for i, names in enumerate(linking.stories) if any(n.startswith(article) for n in names)), None)
    if number is None:
        return None
    names = set(linking.stories[number])
    return replace(
        linking,
        stories=(linking.stories[number],),
        copies=tuple(group for group in linking.copies if names.intersection(group)),
        claims=tuple(replace(claim, story=0) for claim in linking.claims if claim.story == number),
        links=tuple(link for link in linking.links if link.source.article in names),
        figures=tuple(replace(entry, story=0) for entry in linking.figures if entry.story == number),
    )

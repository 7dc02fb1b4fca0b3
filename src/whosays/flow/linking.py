"""From named inputs to what links them, and from what a ledger holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from whosays.flow.reading import read_inputs
from whosays.link import group_gists, link_articles, link_story, list_alike, list_keys, make_gist
from whosays.model import LinkArticle, Linking, Refusal, Sheet, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from whosays.flow.reading import Means
    from whosays.ledger import LedgerView, LedgerWriter
    from whosays.model import CrossEncoder, KeptStory

_BATCH = 200


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
    return link_articles(articles, cross=means.cross), tuple(refusals)


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


def link_new(writer: LedgerWriter, *, cross: CrossEncoder | None) -> Iterator[str]:
    """Link what came to a ledger, or was judged there, since this ran last; yields each article and story that is done.

    Each article is put beside those that are like it, and the articles that a chain of likeness holds together are
    grouped anew; then each story that changed is linked. One transaction a step: a run that was killed goes on.
    """
    while waiting := writer.view.list_unlinked(limit=_BATCH):
        for article in waiting:
            _place_article(article, writer)
            yield article.name
    while stale := writer.view.list_stale(limit=_BATCH):
        for story in stale:
            _link_story(story, writer, cross)
            yield story


def _link_story(story: str, writer: LedgerWriter, cross: CrossEncoder | None) -> None:
    """Link a story while others may write; what changed under it meanwhile is left to be linked again."""
    before = writer.view.read_state(story)
    linking = _link(story, writer.view, cross)
    with writer.whole():
        if writer.view.read_state(story) == before:
            writer.keep_linking(story, linking)


def read_story(article: str, *, view: LedgerView) -> tuple[KeptStory, Linking]:
    """Return the story of an article and what links its articles.

    Where that is not kept yet, it is found for now by what is quickly compared: nothing is read side by side.
    """
    story = view.find_story(article)
    linking = view.read_linking(story.id)
    return story, linking if linking is not None else _link(story.id, view, None)


def _link(story: str, view: LedgerView, cross: CrossEncoder | None) -> Linking:
    return link_story(view.list_story_articles(story), view.list_rulings(story), cross=cross)


def read_sheets(story: str, *, view: LedgerView) -> dict[str, Sheet]:
    """Return the sheets of a story's articles, by their whole ids, without what people rejected."""
    sheets = {}
    for article in view.list_members(story):
        rejected = {one.statement.id for one in view.list_statements(article) if one.verdict is Verdict.REJECTED}
        sheet = view.read_sheet(article)
        kept = tuple(statement for statement in sheet.statements if statement.id not in rejected)
        sheets[article] = replace(sheet, statements=kept)
    return sheets


def _place_article(article: LinkArticle, writer: LedgerWriter) -> None:
    """Keep what an article is about, who is like it, and the stories that follow from that."""
    gist = make_gist(article)
    keys = list_keys(gist)
    with writer.whole():
        others = writer.view.find_alike(article.name, gist, keys)
        alike = [(others[i][0], score) for i, score in list_alike(gist, [other for _, other in others])]
        writer.file_gist(article.name, gist, keys, alike)
        chain = writer.view.list_chain(article.name)
        groups = group_gists([one for _, one in chain])
        writer.file_stories([[chain[i][0] for i in group] for group in groups])

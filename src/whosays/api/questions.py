"""The questions: where each is asked, what it takes, what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import msgspec
from msgspec import Struct

from whosays.api import parameters as p
from whosays.encoder import SHIPPED, read_card, read_cross_notes
from whosays.errors import NotKept
from whosays.flow import read_story
from whosays.model import Question as Asked
from whosays.show import views as v
from whosays.show.views.claim import OneClaim, view_claim

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from whosays.ledger import LedgerView

Taken = TypeVar("Taken", bound=Struct)


class About(Struct, frozen=True):
    """What runs here: the version, the model with its card, how much the ledger holds."""

    version: str
    model: str
    card: dict[str, Any]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Generic[Taken]):
    """One question: `path` below `/api/v1`, the class of its parameters, that of its answer, and who answers it."""

    name: str
    path: str
    takes: type[Taken]
    gives: type[Struct]
    answer: Callable[[LedgerView, Taken], Struct]
    summary: str


def ask(question: Question[Any], given: Mapping[str, str], view: LedgerView) -> Struct:
    """Ask with parameters as they stand in an address; raises `msgspec.ValidationError` where they make no sense."""
    fields = dict(given)
    for field in msgspec.structs.fields(question.takes):
        if field.type is bool and field.name in fields:
            fields[field.name] = fields[field.name].lower()
    taken = msgspec.convert(fields, question.takes, strict=False)
    for name, value in fields.items():
        if getattr(taken, name) is None:  # "null" stands for nothing in JSON; in an address it is a word
            raise msgspec.ValidationError(f"“{value}” is no value of {name}")
    return question.answer(view, taken)


def _ask_home(view: LedgerView, taken: p.Nothing) -> Struct:
    del taken
    return v.view_home(view)


def _ask_stories(view: LedgerView, taken: p.StoriesAsked) -> Struct:
    return v.view_stories(view, _narrow(taken), after=taken.after)


def _ask_story(view: LedgerView, taken: p.OneArticle) -> Struct:
    story, linking = read_story(taken.article, view=view)
    return v.view_story(story, linking, view.list_story_articles(story.id))


def _ask_claims(view: LedgerView, taken: p.ClaimsAsked) -> Struct:
    return v.view_claims(view, _narrow(taken), offset=taken.offset)


def _ask_claim(view: LedgerView, taken: p.OneClaimAsked) -> Struct:
    story, linking = read_story(taken.claim.partition("-")[0], view=view)
    found = view_claim(taken.claim, story, linking, view.list_story_articles(story.id))
    if found is None:
        raise NotKept(path="", detail=f"nothing is said at {taken.claim}")
    return found


def _ask_article(view: LedgerView, taken: p.OneArticle) -> Struct:
    versions = view.find_versions(taken.article)
    named = [article for article in versions if article.id.startswith(taken.article)]
    if len(named) != 1:
        raise NotKept(path="", detail=f"{'several articles' if named else 'no article'} of the id {taken.article}")
    article = named[0]
    versions = [one for one in versions if one.key == article.key]
    changes = [view.compare(before, after) for before, after in pairwise(versions)]
    statements = view.list_statements(article.id)
    return v.view_article(article, view.read_sheet(article.id), statements, versions, changes)


def _ask_statement(view: LedgerView, taken: p.OneStatement) -> Struct:
    one = view.find(taken.statement)
    return v.view_statement(one, view.list_judgements(target=one.statement.id, limit=100))


def _ask_sources(view: LedgerView, taken: p.SourcesAsked) -> Struct:
    return v.view_sources(view, limit=taken.limit, offset=taken.offset, outlet=taken.outlet)


def _ask_source(view: LedgerView, taken: p.SourceAsked) -> Struct:
    found = v.view_source(view, Asked(source=taken.name, before=taken.before, limit=taken.limit))
    if not found.total:
        raise NotKept(path="", detail=f"no source is called “{taken.name}”")
    return found


def _ask_search(view: LedgerView, taken: p.Search) -> Struct:
    asked = {name: getattr(taken, name) for name in taken.__struct_fields__ if name != "q"}
    return v.view_search(view, Asked(words=taken.q, **asked))


def _ask_figures(view: LedgerView, taken: p.FiguresAsked) -> Struct:
    names = ("who", "outlet", "since", "until", "before", "limit")
    asked = Asked(words=taken.q, **{name: getattr(taken, name) for name in names})
    return v.view_figures(view, asked, outcome=taken.outcome, unit=taken.unit)


def _ask_links(view: LedgerView, taken: p.OneArticle) -> Struct:
    return v.view_links(*read_story(taken.article, view=view))


def _ask_judgements(view: LedgerView, taken: p.JudgementsAsked) -> Struct:
    return v.view_judgements(view, target=taken.target, before=taken.before, limit=taken.limit)


def _ask_refusals(view: LedgerView, taken: p.RefusalsAsked) -> Struct:
    return v.view_refusals(view, limit=taken.limit, offset=taken.offset)


def _ask_feeds(view: LedgerView, taken: p.Nothing) -> Struct:
    del taken
    return v.view_feeds(view)


def _ask_about(view: LedgerView, taken: p.Nothing) -> Struct:
    del taken
    card = read_card(SHIPPED)
    notes = {**card.notes, "linking": read_cross_notes()}
    return About(version=metadata.version("whosays"), model=card.name, card=notes, counts=view.count_all())


def _narrow(taken: p.Window) -> Asked:
    return Asked(outlet=taken.outlet, since=taken.since, until=taken.until, limit=taken.limit)


def _make(*parts: object) -> Question[Any]:
    name, path, takes, gives, answer, summary = parts
    return Question(
        name=cast("str", name),
        path=cast("str", path),
        takes=cast("type[Struct]", takes),
        gives=cast("type[Struct]", gives),
        answer=cast("Callable[[LedgerView, Any], Struct]", answer),
        summary=cast("str", summary),
    )


QUESTIONS: tuple[Question[Any], ...] = (
    _make("home", "/home", p.Nothing, v.HomeView, _ask_home, "What is new."),
    _make("stories", "/stories", p.StoriesAsked, v.StoriesView, _ask_stories, "Stories, the newest first."),
    _make("story", "/stories/{article}", p.OneArticle, v.StoryView, _ask_story, "One story, by any of its articles."),
    _make("claims", "/claims", p.ClaimsAsked, v.ClaimsView, _ask_claims, "Claims of several articles."),
    _make("claim", "/claims/{claim}", p.OneClaimAsked, OneClaim, _ask_claim, "One claim, by a place where it is made."),
    _make("article", "/articles/{article}", p.OneArticle, v.ArticleView, _ask_article, "One article with its sheet."),
    _make("statement", "/statements/{statement}", p.OneStatement, v.StatementView, _ask_statement, "One statement."),
    _make("sources", "/sources", p.SourcesAsked, v.SourcesView, _ask_sources, "Who is relied on most."),
    _make("source", "/source", p.SourceAsked, v.SourceView, _ask_source, "What one source said."),
    _make("links", "/stories/{article}/links", p.OneArticle, v.LinksView, _ask_links, "All links of a story."),
    _make("figures", "/figures", p.FiguresAsked, v.FiguresView, _ask_figures, "Figures with who gave them."),
    _make("search", "/search", p.Search, v.SearchView, _ask_search, "Statements that fit, the newest first."),
    _make("review", "/judgements", p.JudgementsAsked, v.JudgementsView, _ask_judgements, "What people did."),
    _make("refusals", "/refusals", p.RefusalsAsked, v.RefusalsView, _ask_refusals, "What could not be read."),
    _make("feeds", "/feeds", p.Nothing, v.FeedsView, _ask_feeds, "What is watched."),
    _make("about", "/about", p.Nothing, About, _ask_about, "What runs here, and the model's card."),
)

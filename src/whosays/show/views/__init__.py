"""What people look at, as plain values: each view is a page of the web app, its JSON twin, and an answer of the API.

Takes the read side of a ledger and what is asked for; gives classes that write themselves as JSON. Never writes.
"""

from whosays.show.views.article import ArticleView, StatementView, view_article, view_statement
from whosays.show.views.claim import view_claim
from whosays.show.views.home import HomeView, view_home
from whosays.show.views.lists import (
    ClaimsView,
    FeedsView,
    FiguresView,
    JudgementsView,
    RefusalsView,
    SourcesView,
    SourceView,
    StoriesView,
    view_claims,
    view_feeds,
    view_figures,
    view_judgements,
    view_refusals,
    view_source,
    view_sources,
    view_stories,
)
from whosays.show.views.search import SearchView, view_search
from whosays.show.views.story import ClaimView, LinksView, StoryView, view_links, view_story

__all__ = [
    "ArticleView",
    "ClaimView",
    "ClaimsView",
    "FeedsView",
    "FiguresView",
    "HomeView",
    "JudgementsView",
    "LinksView",
    "RefusalsView",
    "SearchView",
    "SourceView",
    "SourcesView",
    "StatementView",
    "StoriesView",
    "StoryView",
    "view_article",
    "view_claim",
    "view_claims",
    "view_feeds",
    "view_figures",
    "view_home",
    "view_judgements",
    "view_links",
    "view_refusals",
    "view_search",
    "view_source",
    "view_sources",
    "view_statement",
    "view_stories",
    "view_story",
]

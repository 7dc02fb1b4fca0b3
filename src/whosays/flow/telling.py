"""A story of a ledger in the forms that other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whosays.flow.linking import read_sheets, read_story
from whosays.show.contract import describe_sheet
from whosays.show.exports import export_story
from whosays.show.views.story import shorten_name, view_story

if TYPE_CHECKING:
    from whosays.ledger import LedgerView

_WITHOUT_SHEETS = frozenset({"csv", "parquet", "html", "geojson", "jsonld"})


def tell_story(article: str, form: str, *, view: LedgerView, table: str = "statements") -> bytes:
    """Return the story of an article in a form of `show.exports`; raises `NotKept` where there is none."""
    story, linking = read_story(article, view=view)
    articles = view.list_story_articles(story.id)
    shown = view_story(story, linking, articles)
    names = {shorten_name(one.name) for one in articles}
    sheets = {}
    if form not in _WITHOUT_SHEETS:
        for name, sheet in read_sheets(story.id, view=view).items():
            sheets[next(one for one in names if name.startswith(one))] = describe_sheet(sheet)
    return export_story(form, shown, sheets, table=table)

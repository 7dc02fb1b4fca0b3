"""The order of things: which room hands what to which.

Takes inputs and the means to read them, gives Sheets and Refusals; never parses arguments or renders.
"""

from whosays.flow.keeping import Kept, add_inputs, add_page, read_page_sent, verify_ledger
from whosays.flow.linking import link_inputs, link_new, make_link_article, read_sheets, read_story
from whosays.flow.reading import Means, make_sheet, read_inputs
from whosays.flow.telling import tell_story
from whosays.flow.watching import News, watch_feeds

__all__ = [
    "Kept",
    "Means",
    "News",
    "add_inputs",
    "add_page",
    "link_inputs",
    "link_new",
    "make_link_article",
    "make_sheet",
    "read_inputs",
    "read_page_sent",
    "read_sheets",
    "read_story",
    "tell_story",
    "verify_ledger",
    "watch_feeds",
]

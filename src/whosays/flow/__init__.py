"""The order of things: which room hands what to which.

Takes inputs and the means to read them, gives Sheets and Refusals; never parses arguments or renders.
"""

from whosays.flow.keeping import Incoming, Kept, add_inputs, add_page, verify_ledger
from whosays.flow.linking import link_inputs, link_new, make_link_article, read_story
from whosays.flow.reading import Means, make_sheet, read_inputs
from whosays.flow.watching import News, watch_feeds

__all__ = [
    "Incoming",
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
    "read_story",
    "verify_ledger",
    "watch_feeds",
]

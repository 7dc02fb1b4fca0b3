"""Get a page: from a path, standard input or the web to bytes.

Takes what the user named, gives a Page or raises why not; never parses it, never opens an inside address unasked.
"""

from whosays.fetch.door import fetch_page, is_url, make_page
from whosays.fetch.download import download_file
from whosays.fetch.feeds import Listing, read_listing
from whosays.fetch.limits import FetchLimits
from whosays.fetch.manners import Manners

__all__ = ["FetchLimits", "Listing", "Manners", "download_file", "fetch_page", "is_url", "make_page", "read_listing"]

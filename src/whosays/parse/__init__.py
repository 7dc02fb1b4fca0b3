"""Parse a page: from bytes to an article with its text, its head, and the way back to the bytes.

Takes a Page, gives an Article or raises why there is none; never touches the network or the disk.
"""

from whosays.parse.door import Limits, read_page, read_plain_page

__all__ = ["Limits", "read_page", "read_plain_page"]

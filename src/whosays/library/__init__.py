"""The door for Python programs: `whosays.read("page.html")`, `whosays.open_ledger("news.sqlite")`.

Takes what the command line takes, gives sheets that show themselves and rows; decides nothing about statements.
"""

from whosays.library.ledger import Ledger, Rows, open_ledger
from whosays.library.reading import ReadSheet, read, read_many

__all__ = ["Ledger", "ReadSheet", "Rows", "open_ledger", "read", "read_many"]

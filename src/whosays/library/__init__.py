"""The door for Python programs: `whosays.read("page.html")`.

Takes what the command line takes, gives sheets that show themselves; decides nothing about statements.
"""

from whosays.library.reading import ReadSheet, read, read_many

__all__ = ["ReadSheet", "read", "read_many"]

"""What can be said of plain text without knowing where it came from.

Takes strings, gives spans; never looks at pages, statements or the outside world.
"""

from whosays.text.quotes import find_quotes

__all__ = ["find_quotes"]

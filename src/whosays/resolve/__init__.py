"""Say which things the words mean: dates for "last Friday".

Takes statements and what their article says of itself, gives them filled in; never reads files or the network.
"""

from whosays.resolve.statements import resolve_statements
from whosays.resolve.times import resolve_time

__all__ = ["resolve_statements", "resolve_time"]

"""What times mean: expressions to TIMEX3 values with their first and last day, seen from what was told or published.

Takes words and the day that they are seen from; never guesses a year without an anchor.
"""

from whosays.resolve.times.anchors import Anchors
from whosays.resolve.times.calendar import Stretch
from whosays.resolve.times.expressions import resolve_time
from whosays.resolve.times.plain_times import complete_times

__all__ = ["Anchors", "Stretch", "complete_times", "resolve_time"]

"""From the encoder's answers to spans: the best well-formed tags, roles of attributions, marks of the other heads.

Takes an encoding and its text, gives spans with scores; joins nothing.
"""

from whosays.extract.heads.marks import FoundMark, find_marks
from whosays.extract.heads.tagging import RoleSpan, average_runs, find_roles, skip_dateline

__all__ = ["FoundMark", "RoleSpan", "average_runs", "find_marks", "find_roles", "skip_dateline"]

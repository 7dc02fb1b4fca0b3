"""The order of things: which room hands what to which.

Takes inputs and the means to read them, gives Sheets and Refusals; never parses arguments or renders.
"""

from whosays.flow.reading import Means, read_inputs

__all__ = ["Means", "read_inputs"]

"""From one time to another: "13 September to 15 October 1951", "March-June", "149-146 BC"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from whosays.resolve.times.calendar import SEASONS, WEEKDAYS, Stretch
from whosays.text import MONTHS

Resolve = Callable[[str, date | None], Stretch | None]
"""Gives what an end of the range names, seen from a day."""

_DATED = re.compile(rf"\b(?:{'|'.join([*MONTHS, *SEASONS, *WEEKDAYS])}|(?:1[5-9]|20)\d\d)\b")
_ENDS = re.compile(
    r"(?:(?:from|between|the period|the years?)\s)*(?P<first>.{3,40}?)\s?(?:-|\b(?:to|until|till|through|and)\b)\s?(?P<second>.{3,40})"
)
_BEFORE_CHRIST = re.compile(
    r"(?:from |between )?(?P<first>\d{1,4})(?: ?b\.?c\.?e?\.?)?\s?(?:-|to|and)\s?(?P<second>\d{1,4}) ?b\.?c\.?e?\.?"
)


def read_range(words: str, *, published: date | None, resolve: Resolve) -> Stretch | None:
    """Return what words in lower case name from end to end; `None` unless both ends are known, in order.

    The first end, where it names no year, is the last such before the second.
    """
    ancient = _BEFORE_CHRIST.fullmatch(words)
    if ancient is not None:
        return Stretch(value=f"BC{int(ancient['first']):04}/BC{int(ancient['second']):04}", earliest=None, latest=None)
    ends = _ENDS.fullmatch(words)
    if ends is None or not (_DATED.search(ends["first"]) and _DATED.search(ends["second"])):
        return None
    second = resolve(ends["second"], published)
    if second is None or second.latest is None:
        return None
    first = resolve(ends["first"], second.latest)
    if first is None or first.earliest is None or second.earliest is None or first.earliest >= second.earliest:
        return None
    return Stretch(value=f"{first.value}/{second.value}", earliest=first.earliest, latest=second.latest)

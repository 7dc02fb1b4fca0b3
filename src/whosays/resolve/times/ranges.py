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
    r"(?:(?:from|between|the period|the years?)\s)*(?P<first>.{1,40}?)\s?(?:-|\b(?:to|until|till|through|and)\b)\s?(?P<second>.{3,40})"
)
_CLOCK = re.compile(r"(?P<clock>(?:\d{1,2}[:.])?\d{1,2})(?P<half> ?[ap]\.?m\b\.?)?(?P<rest>.*)")
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
    if ends is None:
        return None
    first, second = ends["first"], ends["second"]
    clocks = _read_clocks(first, second, published, resolve)
    if clocks is not None or not (_DATED.search(first) and _DATED.search(second)):
        return clocks
    last = resolve(second, published)
    begun = resolve(first, last.latest) if last is not None and last.latest is not None else None
    if last is None or begun is None or begun.earliest is None or last.earliest is None:
        return None
    return _join(begun, last) if begun.earliest < last.earliest else None


def _read_clocks(first: str, second: str, published: date | None, resolve: Resolve) -> Stretch | None:
    """Read "5:30 and 6:15 pm on the 7th": what is said once is said of both."""
    early, late = _CLOCK.fullmatch(first), _CLOCK.fullmatch(second)
    if early is None or late is None or early["rest"] or not (":" in second or "." in second or late["half"]):
        return None
    last = resolve(second, published)
    if last is None or "T" not in last.value:
        return None
    clock = early["clock"] + (early["half"] or late["half"] or "")
    begun = resolve(clock + late["rest"], published)
    return _join(begun, last) if begun is not None and begun.value < last.value else None


def _join(first: Stretch, last: Stretch) -> Stretch:
    return Stretch(value=f"{first.value}/{last.value}", earliest=first.earliest, latest=last.latest)

"""What the window's title says beside the article's: the outlet's name, before or behind it."""

from __future__ import annotations

import re

NAME_WORDS = 7
"""Words that an outlet's name has at most."""
_PARTS = re.compile(r"\s+(?:[|•·»›]|::|[-–—])\s+")
_SUFFIX = re.compile(rf"{_PARTS.pattern}[^|•·»]{{2,60}}$")
_MARKS = " :|•·»›–—-"
"""What parts an outlet's name from a headline."""
_COPYRIGHT = re.compile(r"©|\(c\) \d|\bcopyright\b", re.IGNORECASE)


def find_outlet(titles: list[str], title: str | None) -> str | None:
    """The outlet's name often ends the window's title, or stands before: "Headline | World | Northgate Herald"."""
    for candidate in titles:
        at = 0 if title is None else candidate.casefold().find(title[:20].casefold())
        before = candidate[: max(at, 0)].strip(_MARKS)
        parts = _PARTS.split(candidate)
        ends = title is not None and candidate.casefold().endswith(title[-20:].casefold())
        if before and ends and len(before.split()) <= NAME_WORDS:
            return _PARTS.split(before)[0]
        if len(parts) > 1 and at >= 0:
            return parts[-1].strip() or None
    return None


def find_owner(titles: list[str], lines: list[str]) -> str | None:
    """An outlet that has one window's title for all its pages is named there and in the line on copyright."""
    owned = [line.casefold() for line in lines if _COPYRIGHT.search(line)]
    names = (part.strip() for candidate in titles for part in _PARTS.split(candidate))
    return next((name for name in names if len(name) > 3 and any(name.casefold() in line for line in owned)), None)


def find_printed(titles: list[str], lines: list[str], title: str | None) -> str | None:
    """Return the end of the window's title, or the whole of it, that a line of the page's head is too: no headline."""
    printed = {line.casefold() for line in lines} - {(title or "").casefold()}
    ends = [end for candidate in titles for end in (_PARTS.split(candidate)[-1], _PARTS.split(candidate)[0])]
    return next((end for end in map(str.strip, ends) if len(end) > 3 and end.casefold() in printed), None)


def is_site_name(line: str, titles: list[str]) -> bool:
    """Tell a heading that is the shorter part of the window's title: the outlet's name, not the article's."""
    named = line.casefold()
    for candidate in titles:
        parts = [part.strip().casefold() for part in _PARTS.split(candidate)]
        if named in parts and any(len(part.split()) > len(named.split()) for part in parts):
            return True
    return False


def drop_outlet(title: str) -> str:
    """Return a window's title without the outlet behind it."""
    return _SUFFIX.sub("", title)

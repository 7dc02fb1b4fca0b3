"""Read the attributes of a tag as written."""

from __future__ import annotations

import re

from whosays.parse.characters.references import unescape

_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"?|'(?P<single>[^']*+)'?|(?P<bare>[^\s>]*+)))?"""
)


def read_attributes(written: str, names: frozenset[str]) -> dict[str, str]:
    """Return those of the named attributes that a tag has, references resolved; the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written):
        known = name.lower()
        if known in names and known not in found:
            found[known] = unescape(double or single or bare)
    return found

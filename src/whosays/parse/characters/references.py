"""Resolve character references: `&amp;`, `&#8220;`, `&ampere`, as the HTML standard has them."""

from __future__ import annotations

import html
import re

_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
_LONGEST = 40
"""Characters; a longer number is no character (and Python refuses to read the longest)."""


def unescape(text: str) -> str:
    """Resolve all references in a text; no input is too strange."""
    return "".join(characters for _, _, characters in split_references(text)) if "&" in text else text


def split_references(text: str) -> list[tuple[int, int, str]]:
    """Cut raw HTML text into (start, end, characters): character references resolved, the rest as it stands."""
    pieces: list[tuple[int, int, str]] = []
    done = 0
    for reference in _REFERENCE.finditer(text):
        resolved = _resolve(reference.group())
        if resolved == reference.group():
            continue
        kept = _measure_unresolved(reference.group(), resolved)
        if reference.start() > done:
            pieces.append((done, reference.start(), text[done : reference.start()]))
        done = reference.end() - kept
        pieces.append((reference.start(), done, resolved[: len(resolved) - kept]))
    if done < len(text):
        pieces.append((done, len(text), text[done:]))
    return pieces


def _measure_unresolved(reference: str, resolved: str) -> int:
    """Count the trailing characters that did not belong: `&ampere` is `&amp` and `ere`."""
    if reference.endswith(";") and not resolved.endswith(";"):
        return 0
    kept = 0
    while kept < len(resolved) - 1 and resolved[-1 - kept] == reference[-1 - kept] and reference[1] != "#":
        kept += 1
    return kept


def _resolve(reference: str) -> str:
    return "\ufffd" if len(reference) > _LONGEST else html.unescape(reference)

"""PolNeAR: attributions in US campaign news of 2015-16 (brat standoff; see corpora/README.md for the format)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROLES = ("source", "cue", "content")
_PART = re.compile(r"(Source|Cue|Content|Attribution(?:-no-source)?):(T\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldAttribution:
    """One annotated attribution; a role may be empty, and a role's span may be in pieces."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """An article's text with its annotated attributions."""

    name: str
    text: str
    attributions: tuple[GoldAttribution, ...]


def read_polnear(folder: Path, *, split: str) -> Iterator[GoldArticle]:
    """Yield the articles of `split` (train or dev) by name, each with its first annotator's marks."""
    for path in sorted((folder / split / "text").glob("*.txt")):
        marks = sorted((folder / split / "attributions").glob(f"{path.stem}_*.ann"))
        yield GoldArticle(
            name=path.stem,
            text=path.read_bytes().decode("utf-8"),
            attributions=_read_marks(marks[0].read_text("utf-8")),
        )


def _read_marks(brat: str) -> tuple[GoldAttribution, ...]:
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[str] = []
    for line in brat.splitlines():
        fields = line.split("\t")
        if line.startswith("T") and len(fields) > 1:
            spans[fields[0]] = _read_offsets(fields[1])
        elif line.startswith("E") and len(fields) > 1:
            events.append(fields[1])
    return tuple(_join_parts(event, spans) for event in events if event.startswith("Attribution"))


def _read_offsets(field: str) -> tuple[Span, ...]:
    """Read `Source 110 112` or `Content 3742 4033;4188 4420`."""
    pairs = (pair.split() for pair in field.split(" ", 1)[1].split(";"))
    return tuple(Span(start=int(start), end=int(end)) for start, end in pairs)


def _join_parts(event: str, spans: dict[str, tuple[Span, ...]]) -> GoldAttribution:
    parts: dict[str, tuple[Span, ...]] = dict.fromkeys(ROLES, ())
    for kind, mark in _PART.findall(event):
        if kind.lower() in parts:
            parts[kind.lower()] += spans.get(mark, ())
    return GoldAttribution(source=parts["source"], cue=parts["cue"], content=parts["content"])

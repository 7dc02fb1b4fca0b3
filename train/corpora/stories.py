"""Invented stories with keys (`coverage`, `corpus/stories`): who said what in their important statements."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from train.corpora.polnear import GoldArticle, GoldAttribution
from whosays.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read_stories(folder: Path) -> Iterator[GoldArticle]:
    """Yield each page's body with what its key marks, which is not all: no source and no cue means the outlet's own.

    The key gives words, not places: a content stands once in its body, and of a source or a cue the place next to it
    is taken. Statements that came through somebody are left out: whom an attribution is of is another question there.
    """
    for path in sorted(folder.glob("*/key.json")):
        key = json.loads(path.read_text("utf-8"))
        for page in key["articles"]:
            text = "\n\n".join(" ".join(paragraph.split()) for paragraph in page["body"])
            rows = [row for row in key["statements"] if row["article"] == page["file"] and not row["via"]]
            marked = (_place(row, text) for row in rows)
            yield GoldArticle(
                name=f"{path.parent.name}/{page['file']}", text=text, attributions=tuple(m for m in marked if m)
            )


def _place(row: dict[str, Any], text: str) -> GoldAttribution | None:
    """Find a statement's words; `None` where they do not stand in the body (headlines, what a page draws)."""
    rest: str | list[str] = row.get("content_rest") or []
    parts = [row["content"], *([rest] if isinstance(rest, str) else rest)]
    content = [_find_next(part, text, Span(start=0, end=0)) for part in parts]
    if content[0] is None:
        return None
    cue = _find_next(row["cue"], text, content[0])
    source = _find_next(row["source"], text, cue or content[0])
    if (row["cue"] and cue is None) or (row["source"] and source is None):
        return None
    apart = [span for span in (source, cue) if span]
    return GoldAttribution(
        source=(source,) if source else (),
        cue=(cue,) if cue else (),
        content=tuple(part for span in content if span for part in _cut_out(span, apart, text)),
    )


def _cut_out(content: Span, apart: list[Span], text: str) -> Iterator[Span]:
    """Yield what is left of a content without its own attribution: "Some 30,000 boxes", "to be stuck on the quay"."""
    start = content.start
    for span in [*sorted(apart), Span(start=content.end, end=content.end)]:
        part = text[start : min(span.start, content.end)]
        if part.strip(" ,.;:"):
            yield Span(start=start + len(part) - len(part.lstrip(" ,")), end=start + len(part.rstrip(" ,")))
        start = max(start, min(span.end, content.end))


def _find_next(words: str | None, text: str, near: Span) -> Span | None:
    """Return the place of some words that lies next to another."""
    wanted = " ".join((words or "").split())
    places: list[Span] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        places.append(Span(start=at, end=at + len(wanted)))
        at = text.find(wanted, at + 1)
    whole = [
        span for span in places if not any(map(str.isalnum, text[span.start - 1 : span.start] + text[span.end :][:1]))
    ]
    return min(whole or places, key=lambda span: max(near.start - span.end, span.start - near.end, 0), default=None)

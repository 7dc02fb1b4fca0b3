"""Score through whom statements came, on our own passages: whose words, and the mouths between, in order."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from train.score_pages import make_page
from whosays.flow import make_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from whosays.flow import Means
    from whosays.model import Sheet, Statement

_ENOUGH = 0.5
"""Of the shorter one's characters: so much of a key's content lies in the statement that is compared."""


@dataclass(slots=True, kw_only=True)
class RelayScore:
    """Counts over the keyed statements that were found."""

    statements: int = 0
    found: int = 0
    sources: int = 0
    relayed: int = 0
    """That came through somebody, by the key."""
    right: int = 0
    """Of these, through the same in the same order."""
    superfluous: int = 0
    """That came through nobody, and for which we name somebody."""
    misses: list[str] = field(default_factory=list)


def score_relays(folder: Path, *, means: Means) -> RelayScore:
    """Read each passage as a page of its outlet and compare with its key."""
    score = RelayScore()
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            passage = json.loads(line)
            sheet = _read(passage, means)
            for gold in passage["statements"]:
                _add(gold, sheet, score)
    return score


def _read(passage: dict[str, Any], means: Means) -> Sheet:
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in passage["text"].split("\n"))
    head = f'<meta property="og:site_name" content="{html.escape(passage["outlet"])}">'
    body = f"<html lang=en><head>{head}</head><body><article>{paragraphs}</article></body></html>"
    return make_sheet(make_page(passage["outlet"], body.encode()), means=means, published=passage["published"])


def _add(gold: dict[str, Any], sheet: Sheet, score: RelayScore) -> None:
    score.statements += 1
    ours = _find(gold["content"], sheet)
    if ours is None:
        score.misses.append(f"not found: {gold['content']}")
        return
    text = sheet.article.text
    source = ours.source.span.slice(text) if ours.source is not None else ""
    via = [one.span.slice(text) for one in ours.via]
    same = len(via) == len(gold["via"]) and all(_agree(*pair) for pair in zip(via, gold["via"], strict=True))
    score.found += 1
    score.sources += _agree(source, gold["source"])
    score.relayed += bool(gold["via"])
    score.right += bool(gold["via"]) and same
    score.superfluous += bool(via) and not gold["via"]
    if not same or not _agree(source, gold["source"]):
        score.misses.append(
            f"{gold['source']} through {gold['via']}, not {source} through {via}: {ours.sentence.slice(text)}"
        )


def _find(content: str, sheet: Sheet) -> Statement | None:
    """Return the statement that shares most with a content, half of the shorter one at least."""
    at = sheet.article.text.find(content)
    shares = [
        sum(max(0, min(s.end, at + len(content)) - max(s.start, at)) for s in one.spans)
        / min(sum(len(s) for s in one.spans), len(content))
        for one in sheet.statements
    ]
    best = max(range(len(shares)), key=shares.__getitem__, default=None) if at >= 0 else None
    return sheet.statements[best] if best is not None and shares[best] >= _ENOUGH else None


def _agree(found: str, gold: str) -> bool:
    """Tell words that are the same but for a title, an article, a description."""
    left, right = (words.strip(" ,.“”\"'").lower() for words in (found, gold))
    return bool(left) and (left in right or right in left)

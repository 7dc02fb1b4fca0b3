"""The project's own attribution set (`corpus/attribution`): for measuring only, labelled by docs/labelling.md."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from train.corpora.polnear import GoldArticle, GoldAttribution
from whosays.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is said about one attribution beside its spans."""

    stance: str
    certainty_source: str | None
    certainty_outlet: str


def read_own(folder: Path) -> Iterator[tuple[GoldArticle, list[Judgement]]]:
    """Yield each article with its attributions, and a judgement for each of them, by name."""
    for path in sorted(folder.glob("*.jsonl")):
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        attributions = tuple(
            GoldAttribution(
                source=_read_spans([row["source"]] if row["source"] else []),
                cue=_read_spans([row["cue"]] if row["cue"] else []),
                content=_read_spans(row["content"]),
            )
            for row in rows
        )
        judgements = [
            Judgement(
                stance=row["stance"],
                certainty_source=row["certainty_source"],
                certainty_outlet=row["certainty_outlet"],
            )
            for row in rows
        ]
        yield GoldArticle(name=path.stem, text=text, attributions=attributions), judgements


def _read_spans(parts: list[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(start=part["start"], end=part["end"]) for part in parts)

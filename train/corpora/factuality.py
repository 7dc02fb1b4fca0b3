"""Factuality: how sure the author is of each event, -3 (certainly not) to 3 (certainly)."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from train.corpora.labelled import LabelledText, Mark, join_tokens
from whosays.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read_factuality(path: Path) -> Iterator[LabelledText]:
    """Yield sentences with their events' values (the unified format of FactBank-UW, UDS, MEANTIME and others)."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            row = json.loads(line)
            text, spans = join_tokens(row["text"].split(" "))
            marks = []
            for target in row["targets"]:
                first, last = target["span1"]
                if 0 <= first < last <= len(spans):
                    marks.append(Mark(Span(start=spans[first].start, end=spans[last - 1].end), float(target["label"])))
            if marks:
                yield LabelledText(name=f"{path.parent.name}-{number}", text=text, marks={"factuality": marks})

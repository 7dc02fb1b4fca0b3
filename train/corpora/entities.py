"""Names: Worldwide NER (news of some fifty countries) and UNER EWT (web text, measuring only)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from train.corpora.labelled import LabelledText, Mark, join_bio, join_tokens
from whosays.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HELD_OUT = ("mauritius", "mex", "nz", "tw", "iran", "cuba", "chile")
"""Countries whose articles are the dev part: names of their places and people are met nowhere else."""
_TYPES = {
    "Person": "person",
    "Location": "location",
    "Organization": "organisation",
    "NORP": "group",
    "Facility": "facility",
    "Product": "product",
    "Date": "date",
    "Money": "money",
    "PER": "person",
    "LOC": "location",
    "ORG": "organisation",
}
_RE3D = {
    "Person": "person",
    "Organisation": "organisation",
    "Location": "location",
    "Nationality": "group",
    "Weapon": "product",
    "Vehicle": "product",
    "MilitaryPlatform": "product",
    "Money": "money",
    "Quantity": "quantity",
}


def read_worldwide(folder: Path, *, split: str) -> Iterator[LabelledText]:
    """Yield the articles of `split` (train, or dev: whole countries)."""
    for path in sorted((folder / "processed_annotated").glob("*.tsv")):
        if path.name.startswith(tuple(f"{country}_" for country in HELD_OUT)) == (split == "dev"):
            yield _read_bio(path.stem, path.read_text("utf-8"), token_column=0, tag_column=1)


def read_ewt(path: Path) -> Iterator[LabelledText]:
    """Yield the sentences of UNER EWT dev: person, location, organisation only."""
    for number, block in enumerate(path.read_text("utf-8").split("\n\n")):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            yield _read_bio(f"ewt-{number}", "\n".join(lines), token_column=1, tag_column=2)


def read_re3d(folder: Path) -> Iterator[LabelledText]:
    """Yield the Wikipedia documents of re3d; its press releases are kept for measuring (corpus/attribution)."""
    marks: dict[str, list[Mark]] = {}
    for line in (folder / "Wikipedia" / "entities.json").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["type"] in _RE3D:
            marks.setdefault(row["documentId"], []).append(
                Mark(Span(start=row["begin"], end=row["end"]), _RE3D[row["type"]])
            )
    for line in (folder / "Wikipedia" / "documents.json").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield LabelledText(name=row["_id"], text=row["text"], marks={"entities": marks.get(row["_id"], [])})


def _read_bio(name: str, text: str, *, token_column: int, tag_column: int) -> LabelledText:
    paragraphs: list[str] = []
    marks: list[Mark] = []
    at = 0
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if "\t" in line]
        if not rows:
            continue
        joined, spans = join_tokens([row[token_column] for row in rows])
        for first, last, label in join_bio(row[tag_column] for row in rows):
            if label in _TYPES:
                span = Span(start=at + spans[first].start, end=at + spans[last - 1].end)
                marks.append(Mark(span, _TYPES[label]))
        paragraphs.append(joined)
        at += len(joined) + 1
    return LabelledText(name=name, text=" ".join(paragraphs), marks={"entities": marks})

"""The project's own attribution set: every span is where it says, every text has its credit."""

from __future__ import annotations

import json

import pytest

from tests.conftest import ROOT
from whosays.model import Certainty, Stance

FOLDER = ROOT / "corpus" / "attribution"
LABELS = sorted(FOLDER.glob("*.jsonl"))


@pytest.mark.parametrize("path", LABELS, ids=lambda p: p.stem)
def test_labels_fit_their_text(path) -> None:
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    starts = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        for part in (*row["content"], *(row[role] for role in ("source", "cue") if row[role])):
            assert text[part["start"] : part["end"]] == part["text"]
        assert row["stance"] in set(Stance)
        assert {row["certainty_source"], row["certainty_outlet"]} <= {None, *Certainty}
        starts.append(row["content"][0]["start"])
    assert starts == sorted(starts)


def test_every_text_has_labels_and_a_credit() -> None:
    rows = [line.split("\t") for line in (FOLDER / "SOURCES.tsv").read_text("utf-8").splitlines()[1:]]
    assert [row[0] for row in rows] == [path.stem for path in LABELS]
    assert all(path.with_suffix(".txt").exists() for path in LABELS)
    assert all(len(row) == 4 and row[2].startswith("http") and row[3] for row in rows)
    assert len(LABELS) >= 40

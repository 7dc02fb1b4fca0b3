"""The project's own labelled sets: every span is where it says, every text has its credit."""

from __future__ import annotations

import json

import pytest

from tests.conftest import ROOT
from whosays.model import Certainty, EvidenceKind, SourceKind, Stance

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


@pytest.mark.parametrize("path", sorted((ROOT / "corpus" / "stories").glob("*/key.json")), ids=lambda p: p.parent.name)
def test_keys_of_stories_fit_their_pages(path) -> None:
    key = json.loads(path.read_text("utf-8"))
    bodies = {article["file"]: " ".join(" ".join(article["body"]).split()) for article in key["articles"]}
    assert {page.name for page in path.parent.iterdir()} == {*bodies, "key.json"}
    for statement in key["statements"]:
        body, content = bodies[statement["article"]], " ".join(statement["content"].split())
        assert body.count(content) == 1, statement["id"]
        assert all(" ".join(figure["text"].split()) in body for figure in statement["figures"])
        assert statement["stance"] in set(Stance)
        assert statement["source_kind"] in {None, *SourceKind}
        assert statement["evidence"]["kind"] in set(EvidenceKind)
        assert set(statement["certainty"].values()) <= {None, *Certainty}


@pytest.mark.parametrize("path", sorted((ROOT / "corpus" / "relays").glob("*.jsonl")), ids=lambda p: p.stem)
def test_keys_of_relays_stand_in_their_passages(path) -> None:
    for line in path.read_text("utf-8").splitlines():
        passage = json.loads(line)
        for one in passage["statements"]:
            assert all(words in passage["text"] for words in (one["content"], one["source"], *one["via"]))

"""The JSON contract: its schema is current, and everything printed keeps to it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import ROOT
from whosays.flow import Means, read_inputs
from whosays.model import Refusal
from whosays.show.contract import encode_json, make_schema

EXAMPLES = sorted((ROOT / "examples").glob("*.*"))


def check_sheet(text: str) -> dict:
    """Validate, then check the law that no schema can say."""
    sheet = json.loads(text)
    jsonschema.Draft202012Validator(make_schema()).validate(sheet)
    article = sheet["article"]["text"]
    for statement in sheet["statements"]:
        parts = [article[span["start"] : span["end"]] for span in statement["spans"]]
        assert " … ".join(parts) == statement["text"]
        anchored = [statement["source"], statement["cue"], *statement["figures"], *statement["certainty"]["words"]]
        for item in anchored:
            if item is not None:
                assert article[item["start"] : item["end"]] == item["text"]
    return sheet


def test_the_schema_in_the_docs_is_the_one_the_classes_make() -> None:
    assert json.loads((ROOT / "docs" / "schema" / "sheet.json").read_text("utf-8")) == make_schema()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_the_examples_keep_the_contract(path: Path, means: Means) -> None:
    (sheet,) = read_inputs([str(path)], means=means)
    check_sheet(encode_json(sheet, indent=True))


@pytest.mark.shared
def test_the_seed_keeps_the_contract(shared: Path, means: Means) -> None:
    (found,) = read_inputs([str(shared / "seed" / "page.txt")], means=means, published="2025-01-14")
    sheet = check_sheet(encode_json(found, indent=False))
    article = sheet["article"]
    assert article["section"] == "International-News"
    assert len(article["paragraphs"]) == 6
    assert len(article["related"]) == 6
    assert all(item["truncated"] for item in article["related"])
    assert article["credits"] == ["Photo: © AndKronos"]
    (toll,) = [s for s in sheet["statements"] if s["source"] and s["source"]["text"] == "Ukrainian sources"]
    assert toll["figures"][0] | {"start": 0, "end": 0} == {
        "text": "some 4,000", "start": 0, "end": 0, "low": 4000, "best": 4000, "high": 4000, "approximate": True,
        "unit": "people", "counted": "North Korean soldiers", "outcome": ["killed", "wounded"],
    }  # fmt: skip
    assert toll["certainty"]["outlet"] == "Uu"


@pytest.mark.shared
def test_every_invented_page_keeps_the_contract(shared: Path, means: Means) -> None:
    pages = [str(p) for p in sorted((shared / "coverage").glob("*/*.*")) if p.suffix in {".html", ".txt"}]
    for found in read_inputs(pages, means=means):
        assert not isinstance(found, Refusal)
        check_sheet(encode_json(found, indent=False))


def test_a_refusal_keeps_the_contract_too() -> None:
    text = encode_json(Refusal(source="x", reason="not-found", detail="no such file"), indent=False)
    jsonschema.Draft202012Validator(make_schema()).validate(json.loads(text))


def test_reading_twice_gives_the_same_ids(means: Means) -> None:
    first, second = read_inputs([str(EXAMPLES[0])] * 2, means=means)
    assert encode_json(first, indent=False) == encode_json(second, indent=False)

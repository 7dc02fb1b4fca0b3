"""Golden pages: invented outlets in the layouts of real ones, with all that should be read from them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.build import read_body
from tests.law import fold, reread

PAGES = sorted((Path(__file__).parent / "golden").iterdir())
KNOWN_FAILURES = {
    ("quayside-brief", "section"): "a bare span of class cat, that stands for nothing elsewhere",
}


@pytest.mark.parametrize("folder", PAGES, ids=lambda p: p.name)
def test_a_golden_page_is_read_as_it_should_be(folder: Path) -> None:
    (page,) = folder.glob("page.*")
    body = page.read_bytes()
    article = read_body(body)
    expected = json.loads((folder / "article.json").read_text("utf-8"))
    found = [" ".join(span.slice(article.text).split()) for span in article.paragraphs]
    assert found == expected.pop("paragraphs")
    assert all(words not in article.text for words in expected.pop("not_in_text"))
    titles = [item.title for item in article.related]
    assert [title for title in expected.pop("related_titles") if title not in titles] == []
    assert [credit for credit in expected.pop("credits") if credit not in " ".join(article.credits)] == []
    for name, value in expected.items():
        if (folder.name, name) not in KNOWN_FAILURES:
            assert tidy(getattr(article, name)) == tidy(value), name
    for span in article.paragraphs:
        assert fold(reread(span, article, body)) == fold(span.slice(article.text))


@pytest.mark.parametrize(("name", "field"), KNOWN_FAILURES)
@pytest.mark.xfail(reason="known failures: see the table")
def test_known_failures_of_golden_pages(name: str, field: str) -> None:
    folder = Path(__file__).parent / "golden" / name
    (page,) = folder.glob("page.*")
    expected = json.loads((folder / "article.json").read_text("utf-8"))
    assert tidy(getattr(read_body(page.read_bytes()), field)) == tidy(expected[field])


def tidy(value: str | None) -> str:
    """Dates by their day, names without their case and a leading "By"."""
    text = " ".join((value or "").split())
    return text[:10] if text[:2] == "20" and text[4:5] == "-" else text.casefold().removeprefix("by ")

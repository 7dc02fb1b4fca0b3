"""A page that was wrapped to a column says what it says unwrapped."""

from __future__ import annotations

import hashlib
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from whosays.flow import Means, make_sheet
from whosays.model import Page, Sheet

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.html"))


def read(text: str, means: Means) -> Sheet:
    body = text.encode()
    digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
    page = Page(source="pasted", body=body, digest=digest, fetched=datetime(2026, 3, 5, tzinfo=UTC))
    return make_sheet(page, means=means, published="2026-03-05")


def list_said(sheet: Sheet) -> set[tuple[str, str | None]]:
    text = sheet.article.text
    return {
        (" ".join(span.slice(text) for span in one.spans), one.source.span.slice(text) if one.source else None)
        for one in sheet.statements
    }


@pytest.mark.parametrize("column", [64, 72, 90])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_wrapped_text_says_the_same(path: Path, column: int, means: Means) -> None:
    article = make_sheet(
        Page(source=path.name, body=path.read_bytes(), digest="sha256:0", fetched=datetime(2026, 3, 5, tzinfo=UTC)),
        means=means,
    ).article
    paragraphs = [span.slice(article.text) for span in article.paragraphs]
    head = f"{article.outlet}\nHome | World | Sport\n\n{article.title}\n\n"
    wrapped = [
        textwrap.fill(paragraph, column, break_on_hyphens=False, break_long_words=False) for paragraph in paragraphs
    ]
    whole = list_said(read(head + "\n\n".join(paragraphs) + "\n", means))
    assert list_said(read(head + "\n\n".join(wrapped) + "\n", means)) == whole

"""Pages with known articles: the public extraction benchmark, fundus' fixtures, and the other saved pages."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPage:
    """A page's bytes and what its article is known to be; `None` where nobody says."""

    name: str
    body: bytes
    text: str | None = None
    title: str | None = None
    published: str | None = None
    """The day, `2026-03-04`."""


def read_benchmark(folder: Path) -> Iterator[GoldPage]:
    """Yield the 180 pages of the article-extraction benchmark with their bodies (titles are part of some)."""
    root = folder / "article_extraction_benchmark"
    with gzip.open(root / "ground-truth.json.gz", "rt", encoding="utf-8") as file:
        truth = json.load(file)
    for name, gold in sorted(truth.items()):
        yield GoldPage(name=name, body=_unzip(root / "html" / f"{name}.html.gz"), text=gold["articleBody"])


def read_fundus(folder: Path) -> Iterator[GoldPage]:
    """Yield fundus' pages with body (summary, headlines, paragraphs), title and day; versions go with dated pages."""
    for path in sorted((folder / "fundus").glob("*/*.json")):
        versions = json.loads(path.read_text("utf-8"))
        pages = sorted(path.parent.glob(f"{path.stem}_*.html.gz"))
        for page, gold in zip(pages, versions.values(), strict=False):
            body = gold.get("body")
            if body:
                sections = [line for s in body["sections"] for line in (*s["headline"], *s["paragraphs"])]
                yield GoldPage(
                    name=page.name.removesuffix(".html.gz"),
                    body=_unzip(page),
                    text="\n".join([*body["summary"], *sections]),
                    title=gold.get("title"),
                    published=str(gold["publishing_date"])[:10] if gold.get("publishing_date") else None,
                )


def read_all(folder: Path) -> Iterator[GoldPage]:
    """Yield every saved page below the folder, whatever is known of it."""
    for path in sorted([*folder.rglob("*.html.gz"), *folder.rglob("*.html")]):
        if path.name.split(".")[0] != "expected":
            body = _unzip(path) if path.suffix == ".gz" else path.read_bytes()
            yield GoldPage(name=str(path.relative_to(folder)), body=body)


def _unzip(path: Path) -> bytes:
    with gzip.open(path, "rb") as file:
        return file.read()

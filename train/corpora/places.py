"""Places: toponyms in LGL and GeoWebNews, literal or standing for something else."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from train.corpora.labelled import LabelledText, Mark
from whosays.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_BRAT = re.compile(r"^T\d+\t(\w+) (\d+) (\d+)\t(.*)$", re.MULTILINE)
_LITERAL = frozenset(["Literal", "Literal_Modifier", "Mixed", "Coercion", "Embedded_Literal"])
_ASSOCIATIVE = frozenset(["Metonymic", "Non_Literal_Modifier", "Embedded_Non_Lit", "Homonym", "Demonym", "Language"])
"""GeoWebNews' kinds of toponyms; its `_Expression`s and `Non_Toponym`s are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A text and its toponyms with the coordinates that annotators gave them: (span, lat, lon), in order."""

    text: str
    toponyms: tuple[tuple[Span, float, float], ...]


def read_located_lgl(path: Path, *, split: str) -> Iterator[Located]:
    """Yield LGL with coordinates; toponyms that annotators could not place are left out."""
    for article in _read_articles(path, split=split):
        yield _locate(
            article,
            (
                (toponym, toponym.findtext("phrase"), toponym.findtext("gaztag/lat"), toponym.findtext("gaztag/lon"))
                for toponym in article.iter("toponym")
            ),
        )


def read_located_geowebnews(path: Path, *, split: str) -> Iterator[Located]:
    """Yield GeoWebNews (its XML form) with coordinates, literal and associative toponyms alike."""
    for article in _read_articles(path, split=split):
        yield _locate(
            article,
            (
                (t, t.findtext("extractedName"), t.findtext("latitude"), t.findtext("longitude"))
                for t in article.iter("toponym")
            ),
        )


def _locate(article: ET.Element, toponyms: Iterable[tuple[ET.Element, str | None, str | None, str | None]]) -> Located:
    text = article.findtext("text") or ""
    found = []
    for toponym, words, lat, lon in toponyms:
        span = Span(start=int(toponym.findtext("start") or 0), end=int(toponym.findtext("end") or 0))
        if lat and lon and span.slice(text) == words:
            found.append((span, float(lat), float(lon)))
    return Located(text=text, toponyms=tuple(sorted(found, key=lambda t: t[0])))


def _read_articles(path: Path, *, split: str) -> Iterator[ET.Element]:
    """Yield the articles of one side; every fifth is dev."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        root = ET.parse(file).getroot()  # noqa: S314  # a corpus that lies on this disk
    for number, article in enumerate(root.iter("article")):
        if (number % 5 == 0) == (split == "dev"):
            yield article


def read_lgl(path: Path, *, split: str) -> Iterator[LabelledText]:
    """Yield local news with toponyms, all taken as literal; every fifth article is dev."""
    for number, article in enumerate(_read_articles(path, split=split)):
        text = article.findtext("text") or ""
        marks = []
        for toponym in article.iter("toponym"):
            start, end = int(toponym.findtext("start") or 0), int(toponym.findtext("end") or 0)
            if text[start:end] == toponym.findtext("phrase"):
                marks.append(Mark(Span(start=start, end=end), "literal"))
        yield LabelledText(name=f"lgl-{number}", text=text, marks={"places": marks})


def read_geowebnews(folder: Path, *, split: str) -> Iterator[LabelledText]:
    """Yield articles with toponyms, literal or associative; every fifth article is dev."""
    for number, path in enumerate(sorted(folder.glob("*.ann"))):
        if (number % 5 == 0) != (split == "dev"):
            continue
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        marks = []
        for kind, start, end, words in _BRAT.findall(path.read_text("utf-8")):
            span = Span(start=int(start), end=int(end))
            label = "literal" if kind in _LITERAL else "associative" if kind in _ASSOCIATIVE else None
            if label and span.slice(text) == words:
                marks.append(Mark(span, label))
        yield LabelledText(name=path.stem, text=text, marks={"places": marks})

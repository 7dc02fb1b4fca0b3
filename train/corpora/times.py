"""Times: TIMEX3 in TimeBank and AQUAINT (TBAQ), WikiWars, and the machine-labelled TE3 silver."""

from __future__ import annotations

import re
import tarfile
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

from train.corpora.labelled import LabelledText, Mark
from whosays.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)
_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_VALUE = re.compile(r'\bvalue="([^"]*)"')
_CREATED = re.compile(r'<DCT>\s*<TIMEX3[^>]*\bvalue="([^"]*)"')
_TYPE = re.compile(r'\btype="(\w+)"')


def read_tbaq(folder: Path, *, split: str) -> Iterator[LabelledText]:
    """Yield the documents of `split`; the split is UW's own, by document."""
    sides = dict(line.split("\t")[:2] for line in (folder / "split.tsv").read_text("utf-8").splitlines()[1:])
    for path in sorted(folder.glob("*/*.tml")):
        if sides.get(path.name) == split:
            yield from _read_timeml(path.name, path.read_text("utf-8", "replace"))


def read_wikiwars(folder: Path) -> Iterator[LabelledText]:
    """Yield the narratives of wars."""
    for path in sorted((folder / "tml").glob("*.tml")):
        yield from _read_timeml(path.name, path.read_text("utf-8", "replace"))


def read_silver(path: Path, *, most: int) -> Iterator[LabelledText]:
    """Yield so many machine-labelled agency articles."""
    with tarfile.open(path) as archive:
        members = [member for member in archive if member.name.endswith(".tml")]
        for member in sorted(members, key=lambda m: m.name)[:: max(1, len(members) // most)]:
            file = archive.extractfile(member)
            if file is not None:
                yield from _read_timeml(member.name, file.read().decode("utf-8", "replace"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuedText:
    """A document, the day it was written, and its times with their TIMEX3 values."""

    text: str
    day: date | None
    times: tuple[tuple[Span, str], ...]

    @property
    def whole(self) -> Span:
        """The span of all of it."""
        return Span(start=0, end=len(self.text))


def read_valued(folder: Path, *, split: str | None = None) -> Iterator[ValuedText]:
    """Yield TBAQ's documents of a split, or WikiWars' (no split), with the values of their times."""
    if split is None:
        paths = sorted((folder / "tml").glob("*.tml"))
    else:
        sides = dict(line.split("\t")[:2] for line in (folder / "split.tsv").read_text("utf-8").splitlines()[1:])
        paths = [path for path in sorted(folder.glob("*/*.tml")) if sides.get(path.name) == split]
    for path in paths:
        markup = path.read_text("utf-8", "replace")
        created = _CREATED.search(markup)
        day = re.match(r"\d{4}-\d\d-\d\d", created[1]) if created else None
        texts = list(_read_timeml(path.name, markup))
        for text in texts:
            marks = text.marks["times"]
            yield ValuedText(
                text=text.text,
                day=date.fromisoformat(day.group()) if day else None,
                times=tuple((mark.span, value) for mark, value in zip(marks, _list_values(markup), strict=False)),
            )


def _list_values(markup: str) -> list[str]:
    """Return the values in the order of their (not empty) times within the text."""
    found = _TEXT.search(markup)
    body = found[1] if found else ""
    return [
        value[1] if (value := _VALUE.search(tag[1])) else ""
        for tag in re.finditer(r"<TIMEX3([^>]*)>(.*?)</TIMEX3>", body, re.DOTALL)
        if re.sub(r"<[^>]*>", "", tag[2])
    ]


def _read_timeml(name: str, markup: str) -> Iterator[LabelledText]:
    found = _TEXT.search(markup)
    if found is None:
        return
    text, at = "", 0
    marks: list[Mark] = []
    open_at, kind = -1, ""
    for tag in _TAG.finditer(found[1]):
        text += unescape(found[1][at : tag.start()])
        at = tag.end()
        if tag[2] == "TIMEX3" and not tag[1]:
            typed = _TYPE.search(tag[3])
            open_at, kind = len(text), typed[1].lower() if typed else "date"
        elif tag[2] == "TIMEX3" and open_at >= 0:
            if len(text) > open_at:
                marks.append(Mark(Span(start=open_at, end=len(text)), kind))
            open_at = -1
    text += unescape(found[1][at:])
    yield LabelledText(name=name, text=text, marks={"times": marks})

"""Score figures: value and outcome together on the invented stories, numbers of victims on MUC-3/4."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from train.score_coverage import read_sheet
from whosays.extract.figures import find_figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from whosays.flow import Means
    from whosays.model import Figure, Sheet, Span

_EFFECTS = {"DEATH": "killed", "INJURY": "wounded"}
_SLOT = re.compile(r"^(\d+)\. +[A-Z: ]+? {2,}(.*)$")
_MESSAGE = re.compile(r"^(?:DEV|TST\d)-MUC\d-\d{4}\b", re.MULTILINE)


@dataclass(slots=True, kw_only=True)
class FigureScore:
    """Counts of right, missed and superfluous figures, value and outcome together."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + len(self.missed) + len(self.extra))


@dataclass(slots=True, kw_only=True)
class VictimScore:
    """How many of MUC's numbers of human targets, two or more, stand among an article's figures."""

    keyed: int = 0
    value: int = 0
    keyed_outcomes: int = 0
    outcome: int = 0


def score_figures(folder: Path, *, means: Means) -> FigureScore:
    """Compare the figures of all statements with the keys, article by article.

    A figure of ours is superfluous where it lies in a content of the key that does not list it; the keys list important
    statements only, so what lies elsewhere is not judged.
    """
    score = FigureScore()
    for path in sorted(folder.glob("*/key.json")):
        key = json.loads(path.read_text("utf-8"))
        for article in key["articles"]:
            sheet = read_sheet(path.parent / article["file"], article["published"], means)
            if sheet is not None:
                _compare(sheet, [s for s in key["statements"] if s["article"] == article["file"]], score)
    return score


def _compare(sheet: Sheet, golds: list[dict[str, Any]], score: FigureScore) -> None:
    text = sheet.article.text.replace("\n\n", "  ").replace("\n", " ")
    found: dict[Span, Figure] = {f.span: f for statement in sheet.statements for f in statement.figures}
    used: set[Span] = set()
    regions = []
    for gold in golds:
        content = " ".join(gold["content"].split())
        at = text.find(content)
        regions.append((at, at + len(content)))
        for figure in gold["figures"]:
            start = text.find(" ".join(figure["text"].split()), at)
            hit = _pick(found, start, start + len(figure["text"]), figure)
            if hit is None:
                score.missed.append(f"{sheet.page.source}: {figure['text']} {figure['outcome']}")
            else:
                score.right += 1
                used.add(hit)
    score.extra += [
        f"{sheet.page.source}: {span.slice(text)} {found[span].outcome}"
        for span in found
        if span not in used and any(a <= span.start and span.end <= b for a, b in regions)
    ]


def _pick(found: dict[Span, Figure], start: int, end: int, gold: dict[str, Any]) -> Span | None:
    for span, figure in found.items():
        if (
            span.start < end
            and start < span.end
            and agree_values(figure, gold)
            and set(figure.outcome) == set(gold["outcome"])
        ):
            return span
    return None


def agree_values(figure: Figure, gold: dict[str, Any]) -> bool:
    """Tell whether a figure has the key's bounds."""
    return (figure.low, figure.best, figure.high) == (gold["low"], gold["best"], gold["high"])


def score_victims(folder: Path) -> VictimScore:
    """Look for the numbers of MUC's human targets among the figures of the message; upper case is taken off first."""
    score = VictimScore()
    texts = dict(_read_messages(p for p in sorted(folder.iterdir()) if "muc" in p.name and "key" not in p.name))
    for message, victims in _read_keys(sorted(folder.glob("key*"))):
        figures = find_figures(texts.get(message, "").lower())
        for number, outcome in victims:
            values = [f for f in figures if number in {f.low, f.best, f.high}]
            score.keyed += 1
            score.value += bool(values)
            if outcome is not None:
                score.keyed_outcomes += 1
                score.outcome += any(outcome in f.outcome for f in values)
    return score


def _read_messages(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        text = path.read_text("utf-8", errors="replace")
        starts = [*(match.start() for match in _MESSAGE.finditer(text)), len(text)]
        for start, end in pairwise(starts):
            head, _, body = text[start:end].partition("\n")
            yield head.split()[0], re.sub(r"(?<!\n)\n(?!\n)\s*", " ", body)


def _read_keys(paths: Iterable[Path]) -> Iterator[tuple[str, set[tuple[float, str | None]]]]:
    """Yield each template's message and its victims: a number from two up, and what came of them."""
    for path in paths:
        for template in re.split(r"\n(?=0\. )", path.read_text("utf-8", errors="replace")):
            slots = _read_slots(template)
            if "0" in slots:
                yield slots["0"][0].split()[0], set(_read_victims(slots.get("21", []), slots.get("23", [])))


def _read_slots(template: str) -> dict[str, list[str]]:
    slots: dict[str, list[str]] = {}
    number = ""
    for line in template.splitlines():
        match = _SLOT.match(line)
        if match is not None:
            number = match[1]
        value = match[2] if match is not None else line.strip()
        if number and value:
            slots.setdefault(number, []).append(value)
    return slots


def _read_victims(numbers: list[str], effects: list[str]) -> Iterator[tuple[float, str | None]]:
    outcomes = {}
    for effect in effects:
        name, _, who = effect.partition(":")
        for description in re.findall(r'"[^"]+"', who):
            outcomes[description] = _EFFECTS.get(name.strip(" ?"))
    for line in numbers:
        number, _, who = line.partition(":")
        if number.strip().isdigit() and int(number) > 1:
            described = re.findall(r'"[^"]+"', who)
            yield float(number), next((outcomes[d] for d in described if outcomes.get(d)), None)

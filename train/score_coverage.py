"""Score whole sheets against the keys of `coverage`: who, how sure, on what, how many."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from whosays.flow import Means, read_inputs
from whosays.model import Refusal, Sheet, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIELDS = ("source", "cue", "source_kind", "quote", "stance", "evidence", "certainty.source", "certainty.outlet")
NAMES = ("source_name", "refers_to", "via")
"""Fields that count only where the key has them: who a source is when its words do not say it all."""
_ENOUGH = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One field of one statement that differs from the key."""

    file: str
    field: str
    gold: str
    found: str
    content: str


@dataclass(slots=True, kw_only=True)
class CoverageScore:
    """Counts over all statements of the keys; a field counts where the content was found."""

    statements: int = 0
    found: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*FIELDS, *NAMES), 0))
    named: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NAMES, 0))
    """How many found statements have such a field in the key."""
    places: int = 0
    places_right: int = 0
    times: int = 0
    times_right: int = 0
    figures: int = 0
    figure_values: int = 0
    figures_with_outcome: int = 0
    misses: list[Miss] = field(default_factory=list)


def score_coverage(folder: Path, *, means: Means) -> CoverageScore:
    """Read every page of the three stories and compare with the keys.

    A key's statement is found when half of its content's words, or half of ours, lie in the other (ours may be longer:
    the keys cut a clause in two where its figures differ). `also_ok` counts as right.
    """
    score = CoverageScore()
    for path in sorted(folder.glob("*/key.json")):
        key = json.loads(path.read_text("utf-8"))
        dates = {a["file"]: a["published"] for a in key["articles"]}
        sheets = {name: read_sheet(path.parent / name, dates[name], means) for name in dates}
        for gold in key["statements"]:
            _score_statement(gold, sheets[gold["article"]], score)
    return score


def read_sheet(path: Path, published: str, means: Means) -> Sheet | None:
    """Read one page as published then; `None` where it was refused."""
    (found,) = read_inputs([str(path)], means=means, published=published)
    return None if isinstance(found, Refusal) else found


def _score_statement(gold: dict[str, Any], sheet: Sheet | None, score: CoverageScore) -> None:
    score.statements += 1
    ours = _find_best(gold, sheet) if sheet is not None else None
    _score_figures(gold, ours, sheet, score)
    if sheet is None or ours is None:
        score.misses.append(
            Miss(file=gold["article"], field="content", gold=gold["content"], found="", content=gold["content"])
        )
        return
    score.found += 1
    _score_where_when(gold, ours, sheet, score)
    for name, expected, found in _list_fields(gold, ours, sheet):
        if name in NAMES:
            if expected is None:
                continue
            score.named[name] += 1
        allowed = [expected, *gold.get("also_ok", {}).get(_key_name(name), [])]
        if any(_agree(name, one, found) for one in allowed):
            score.right[name] += 1
        else:
            score.misses.append(_miss(gold, name, expected, found))


def _key_name(name: str) -> str:
    return "evidence.kind" if name == "evidence" else name


def _list_fields(gold: dict[str, Any], ours: Statement, sheet: Sheet) -> Iterator[tuple[str, object, object]]:
    text = sheet.article.text
    yield "source", gold["source"], ours.source.span.slice(text) if ours.source else None
    yield "source_name", gold["source_name"], ours.source.name if ours.source else None
    refers = ours.source.refers_to if ours.source else None
    yield "refers_to", gold["refers_to"], refers.slice(text) if refers else None
    through = "; ".join(relay["source"] for relay in gold["via"])
    yield "via", through or None, "; ".join(relay.span.slice(text) for relay in ours.via) or None
    yield "cue", gold["cue"], ours.cue.slice(text) if ours.cue else None
    yield "source_kind", gold["source_kind"], ours.source.kind.value if ours.source else None
    yield "quote", gold["quote"], ours.quotation.value
    yield "stance", gold["stance"], ours.stance.value
    yield "evidence", gold["evidence"]["kind"], ours.evidence.kind.value
    yield (
        "certainty.source",
        gold["certainty"]["source"],
        ours.certainty.source.value if ours.certainty.source else None,
    )
    yield "certainty.outlet", gold["certainty"]["outlet"], ours.certainty.outlet.value


def _agree(name: str, expected: object, found: object) -> bool:
    if name not in {"source", "cue", *NAMES} or expected is None or found is None:
        return expected == found
    left, right = set(_words(str(expected))), set(_words(str(found)))
    return len(left & right) >= _ENOUGH * min(len(left), len(right) or 1) and bool(left & right)


def _find_best(gold: dict[str, Any], sheet: Sheet) -> Statement | None:
    text = sheet.article.text
    wanted = " ".join(gold["content"].split())
    at = text.replace("\n\n", "  ").replace("\n", " ").find(wanted)
    best, best_share = None, 0.0
    for statement in sheet.statements:
        shared = sum(max(0, min(s.end, at + len(wanted)) - max(s.start, at)) for s in statement.spans)
        size = min(sum(len(s) for s in statement.spans), len(wanted))
        if shared / size > best_share:
            best, best_share = statement, shared / size
    return best if at >= 0 and best_share >= _ENOUGH else None


def _score_where_when(gold: dict[str, Any], ours: Statement, sheet: Sheet, score: CoverageScore) -> None:
    """Count places of the right name and country, and times of the right value; where we found the statement."""
    text = sheet.article.text
    for place in gold["places"]:
        near = [p for p in ours.places if _agree("source", place["text"], p.span.slice(text))]
        right = any(p.entry is not None and p.entry.country == place["country"] for p in near)
        score.places += 1
        score.places_right += right
        if not right:
            found = [(p.span.slice(text), p.entry.name if p.entry else None) for p in ours.places]
            score.misses.append(_miss(gold, "place", f"{place['text']} {place['country']}", found))
    for time in gold["times"]:
        right = any(t.value == time["value"] for t in ours.times)
        score.times += 1
        score.times_right += right
        if not right:
            seen = [(t.span.slice(text), t.value) for t in ours.times]
            score.misses.append(_miss(gold, "time", f"{time['text']} {time['value']}", seen))


def _miss(gold: dict[str, Any], name: str, expected: object, found: object) -> Miss:
    return Miss(file=gold["article"], field=name, gold=str(expected), found=str(found), content=gold["content"][:80])


def _score_figures(gold: dict[str, Any], ours: Statement | None, sheet: Sheet | None, score: CoverageScore) -> None:
    for figure in gold["figures"]:
        score.figures += 1
        if ours is None or sheet is None:
            continue
        values = [f for f in ours.figures if (f.low, f.best, f.high) == (figure["low"], figure["best"], figure["high"])]
        score.figure_values += bool(values)
        score.figures_with_outcome += any(set(f.outcome) == set(figure["outcome"]) for f in values)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())

"""What things said are to each other: packs of invented statements, stories with keys, pairs judged one by one."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from whosays.model import RELATIONS, Span, phrase_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

UNKNOWN, (NEITHER, SAME, CONTRADICTS, UPDATES) = -1, range(len(RELATIONS))
"""Nobody has said what two are to each other; or their place in `RELATIONS`."""
JUDGED = Path(__file__).resolve().parents[2] / "corpus" / "judged"
"""Of each story, what its propositions that were read side by side are to each other."""
_LETTERS = {"N": NEITHER, "S": SAME, "C": CONTRADICTS, "I": CONTRADICTS, "U": UPDATES}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pack:
    """Things said about one happening, the day of the article that says each, and what each two are to each other.

    `told` is (n, n), symmetric; what a thing is to itself is unknown.
    """

    phrases: tuple[str, ...]
    days: tuple[date, ...]
    told: NDArray[np.int8]

    def list_pairs(self) -> Iterator[tuple[int, int, int]]:
        """Yield each two of which it is known, and what they are."""
        for i, j in combinations(range(len(self.phrases)), 2):
            if self.told[i, j] != UNKNOWN:
                yield i, j, int(self.told[i, j])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judged:
    """The propositions of one story, article and characters of each, and what each two that were read are."""

    articles: tuple[str, ...]
    spans: tuple[Span, ...]
    pack: Pack


def read_packs(folder: Path) -> Iterator[Pack]:
    """Yield each pack of a folder; raises `ValueError` naming the line that makes no sense."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            try:
                yield _read_pack(json.loads(line))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path}:{number}: {error!r}") from error


def _read_pack(pack: dict[str, Any]) -> Pack:
    relations = {frozenset(pair): CONTRADICTS for pair in pack["contradicts"]}
    relations |= {frozenset(pair): UPDATES for pair in pack["updates"]}
    claims = [statement["claim"] for statement in pack["statements"]]
    if unknown := set().union(*relations) - set(claims):
        raise ValueError(f"no statement of claim {sorted(unknown)}")
    relations |= {frozenset((claim,)): SAME for claim in claims}
    return _make_pack(
        pack["statements"],
        days=[statement["day"] for statement in pack["statements"]],
        told=(
            (i, j, relations.get(frozenset((claims[i], claims[j])), NEITHER))
            for i, j in combinations(range(len(claims)), 2)
        ),
    )


def read_stories(stories: Sequence[Path]) -> Iterator[Pack]:
    """Yield the statements of stories with keys, each story a pack; some relations the key does not know.

    Each of `stories` is a folder with a `key.json`. Copies and repeats stand for each other; what is in no claim and
    no dispute is left out, since a key lists the important only.
    """
    for folder in stories:
        yield _read_key(json.loads((folder / "key.json").read_text("utf-8")))


def _read_key(key: dict[str, Any]) -> Pack:
    published = {article["file"]: article["published"][:10] for article in key["articles"]}
    return _make_pack(
        key["statements"],
        days=[published[statement["article"]] for statement in key["statements"]],
        told=_relate_statements(key),
    )


def _relate_statements(key: dict[str, Any]) -> Iterator[tuple[int, int, int]]:
    """Yield the places of each two statements of a story of which the key knows what they are, and what."""
    claims: dict[str, set[str]] = defaultdict(set)
    for claim in key["claims"]:
        for name in claim["statements"]:
            claims[name].add(claim["id"])
    stands_for = {one["id"]: {one["id"], one.get("copy_of")} - {None} for one in key["statements"]}
    stands_for = {name: ids.union(*(claims[one] for one in ids)) for name, ids in stands_for.items()}
    told = [(CONTRADICTS, one["a"], one["b"]) for one in key["contradictions"]]
    told += [(UPDATES, one["from"], one["to"]) for one in key["updates"]]
    ends = [(relation, stands_for[a], stands_for[b]) for relation, a, b in told if a in stands_for and b in stands_for]
    ids = {claim["id"] for claim in key["claims"]}
    story = {file: one["id"] for one in key["stories"] for file in one["files"]}
    for (i, left), (j, right) in combinations(enumerate(key["statements"]), 2):
        if story.get(left["article"]) != story.get(right["article"]):
            continue
        a, b = stands_for[left["id"]], stands_for[right["id"]]
        if a & b:
            yield i, j, SAME
            continue
        found = (kind for kind, one, other in ends if (a & one and b & other) or (a & other and b & one))
        relation = next(found, NEITHER)
        if relation != NEITHER or (a & ids and b & ids):
            yield i, j, relation


def find_judged(story: Path) -> Path | None:
    """Return the file of the pairs that were judged of a story, given by its folder; none where nobody did."""
    path = JUDGED / f"{story.name}.json"
    return path if path.exists() else None


def read_judged(path: Path) -> Judged:
    """Read the pairs of one story in `corpus/judged`."""
    told = json.loads(path.read_text("utf-8"))
    said = told["said"]
    table = np.full((len(said), len(said)), UNKNOWN, np.int8)
    for i, j, letter in told["pairs"]:
        table[i, j] = table[j, i] = _LETTERS[letter]
    return Judged(
        articles=tuple(article for article, *_ in said),
        spans=tuple(Span(start=start, end=end) for _, start, end, *_ in said),
        pack=Pack(
            phrases=tuple(phrase for *_, phrase in said),
            days=tuple(date.fromisoformat(told["days"][article]) for article, *_ in said),
            told=table,
        ),
    )


def _make_pack(
    statements: Sequence[dict[str, Any]], *, days: Sequence[str], told: Iterable[tuple[int, int, int]]
) -> Pack:
    table = np.full((len(statements), len(statements)), UNKNOWN, np.int8)
    for i, j, relation in told:
        table[i, j] = table[j, i] = relation
    return Pack(
        phrases=tuple(phrase_said(one["content"], source=one["source"], cue=one["cue"]) for one in statements),
        days=tuple(date.fromisoformat(day) for day in days),
        told=table,
    )

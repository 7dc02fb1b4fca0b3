"""What two things said are to each other: packs of invented statements (`corpus/claims`), stories with keys."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from whosays.model import RELATIONS, phrase_said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NEITHER, SAME, CONTRADICTS, UPDATES = range(len(RELATIONS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two things said, as a cross-encoder reads them, and the place of what they are in `RELATIONS`."""

    left: str
    right: str
    relation: int


def read_packs(folder: Path) -> Iterator[Pair]:
    """Yield each two statements of each pack; raises `ValueError` naming the line that makes no sense."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            try:
                yield from _pair_pack(json.loads(line))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path}:{number}: {error!r}") from error


def _pair_pack(pack: dict[str, Any]) -> Iterator[Pair]:
    told = {frozenset(pair): CONTRADICTS for pair in pack["contradicts"]}
    told |= {frozenset(pair): UPDATES for pair in pack["updates"]}
    claims = {statement["claim"] for statement in pack["statements"]}
    if unknown := set().union(*told) - claims:
        raise ValueError(f"no statement of claim {sorted(unknown)}")
    for left, right in combinations(pack["statements"], 2):
        both = frozenset((left["claim"], right["claim"]))
        yield Pair(
            left=_phrase(left), right=_phrase(right), relation=SAME if len(both) == 1 else told.get(both, NEITHER)
        )


def read_story_pairs(stories: Sequence[Path]) -> Iterator[Pair]:
    """Yield the statements of stories with keys, two by two, where a key knows what they are to each other.

    Each of `stories` is a folder with a `key.json`. Copies and repeats stand for each other; what is in no claim and
    no dispute is left out, since a key lists the important only.
    """
    for folder in stories:
        yield from _pair_story(json.loads((folder / "key.json").read_text("utf-8")))


def _pair_story(key: dict[str, Any]) -> Iterator[Pair]:
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
    for left, right in combinations(key["statements"], 2):
        if story.get(left["article"]) != story.get(right["article"]):
            continue
        a, b = stands_for[left["id"]], stands_for[right["id"]]
        if a & b:
            relation = SAME
        else:
            found = (kind for kind, one, other in ends if (a & one and b & other) or (a & other and b & one))
            relation = next(found, NEITHER)
            if relation == NEITHER and not (a & ids and b & ids):
                continue
        yield Pair(left=_phrase(left), right=_phrase(right), relation=relation)


def _phrase(statement: dict[str, Any]) -> str:
    return phrase_said(statement["content"], source=statement["source"], cue=statement["cue"])

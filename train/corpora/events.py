"""Events: WikiEvents and M2E2 (triggers), PLOVER (gold sentences), CAMEO roles, NGEC (stories with a type)."""

from __future__ import annotations

import csv
import gzip
import json
import re
from typing import TYPE_CHECKING, Any

from train.corpora.labelled import LabelledText, Mark, join_bio, join_tokens
from whosays.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PLOVER = {
    "Conflict.Attack": "ASSAULT",
    "Conflict.Defeat": "ASSAULT",
    "Life.Die": "ASSAULT",
    "Life.Injure": "ASSAULT",
    "ArtifactExistence.DamageDestroyDisableDismantle": "ASSAULT",
    "Conflict.Demonstrate": "PROTEST",
    "Justice.ArrestJailDetain": "COERCE",
    "Justice.Arrest-Jail": "COERCE",
    "Justice.ChargeIndict": "COERCE",
    "Justice.TrialHearing": "COERCE",
    "Justice.Convict": "COERCE",
    "Justice.Sentence": "COERCE",
    "Contact.Contact": "CONSULT",
    "Contact.Meet": "CONSULT",
    "Contact.Phone-Write": "CONSULT",
    "Contact.RequestCommand": "REQUEST",
    "Contact.ThreatenCoerce": "THREATEN",
    "Justice.InvestigateCrime": "ACCUSE",
    "Justice.ReleaseParole": "CONCEDE",
    "Justice.Acquit": "CONCEDE",
}
"""WikiEvents' and M2E2's types, to two levels, as PLOVER's (corpora/README.md); the others are events of no type."""
_OLD_NAMES = {
    "FIGHT": "ASSAULT",
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "YIELD": "CONCEDE",
}
_ACTORS = frozenset(
    "Attacker Killer Injurer Participant Communicator Jailer JudgeCourt Investigator Prosecutor Demonstrator Agent "
    "Entity Transporter Giver Destroyer Damager DamagerDestroyer".split()
)
_RECIPIENTS = frozenset("Victim Target Defendant Detainee Person Recipient".split())
_MARKUP = re.compile(r"\((SRC/TAR|SRC|TAR|EVT): ([^()]*)\)")


def read_wikievents(path: Path) -> Iterator[LabelledText]:
    """Yield documents with their triggers, from the train form (document offsets) or the dev form (sentences)."""
    for row in _read_rows(path):
        text, spans = join_tokens(row["tokens"])
        marks = []
        for event in row["event_mentions"]:
            trigger = event["trigger"]
            first, last = (
                (trigger["start_idx"], trigger["end_idx"])
                if "start_idx" in trigger
                else (trigger["start"], trigger["end"])
            )
            if (
                row["tokens"][first:last]
                and " ".join(row["tokens"][first:last]).split()[:1] == trigger["text"].split()[:1]
            ):
                marks.append(
                    Mark(Span(start=spans[first].start, end=spans[last - 1].end), name_type(event["event_type"]))
                )
        yield LabelledText(name=row.get("doc_id") or row["docid"], text=text, marks={"events": marks})


def read_m2e2(path: Path, *, split: str) -> Iterator[LabelledText]:
    """Yield sentences of news with triggers, actors and recipients; every fifth document is dev.

    Of the training part only sentences with a trigger: it knows 8 types, and what others call an event is none there.
    """
    for row in _read_rows(path):
        document = row["sentence_id"].rsplit("_", 1)[0]
        if (sum(document.encode()) % 5 == 0) != (split == "dev") or not row["words"]:
            continue
        text, spans = join_tokens(row["words"])
        triggers, roles = [], []
        for event in row["golden-event-mentions"]:
            triggers.append(Mark(_cover(spans, event["trigger"]), name_type(event["event_type"].replace(":", "."))))
            for argument in event["arguments"]:
                role = (
                    "actor" if argument["role"] in _ACTORS else "recipient" if argument["role"] in _RECIPIENTS else None
                )
                if role:
                    roles.append(Mark(_cover(spans, argument), role))
        marks = {"events": triggers} | ({"roles": roles} if triggers else {})
        if triggers or split == "dev":
            yield LabelledText(name=row["sentence_id"], text=text, marks=marks)


def read_plover(path: Path, *, split: str) -> Iterator[LabelledText]:
    """Yield the gold sentences: trigger words with the sentence's type, actors and recipients; odd ones are dev."""
    rows = [
        row for row in json.loads(path.read_text("utf-8")) if row.get("text") and "markup" in row.get("textInfo", {})
    ]
    for number, row in enumerate(rows):
        if (number % 2 == 1) != (split == "dev"):
            continue
        kind = _OLD_NAMES.get(row["event"], row["event"])
        text, marks = "", {"events": list[Mark](), "roles": list[Mark]()}
        at = 0
        for match in _MARKUP.finditer(row["textInfo"]["markup"]):
            text += row["textInfo"]["markup"][at : match.start()]
            span = Span(start=len(text), end=len(text) + len(match[2]))
            if span.end > span.start:
                head = "events" if match[1] == "EVT" else "roles"
                marks[head].append(
                    Mark(span, kind if match[1] == "EVT" else "recipient" if match[1] == "TAR" else "actor")
                )
            text += match[2]
            at = match.end()
        text += row["textInfo"]["markup"][at:]
        yield LabelledText(name=f"plover-{number}", text=text, marks=marks, story=kind)


def read_cameo_roles(path: Path) -> Iterator[LabelledText]:
    """Yield sentences with who does (S) and who is done to (T)."""
    for number, block in enumerate(path.read_text("utf-8").split("\n\n")):
        rows = [line.rsplit(" ", 1) for line in block.splitlines() if " " in line]
        if not rows:
            continue
        text, spans = join_tokens([row[0] for row in rows])
        marks = [
            Mark(Span(start=spans[first].start, end=spans[last - 1].end), {"S": "actor", "T": "recipient"}[label])
            for first, last, label in join_bio(row[1] for row in rows)
            if label in {"S", "T"}
        ]
        yield LabelledText(name=f"cameo-{number}", text=text, marks={"roles": marks})


def read_ngec(folder: Path) -> Iterator[LabelledText]:
    """Yield invented stories with one type each: headline and beginning."""
    for path in sorted(folder.glob("*events.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for number, row in enumerate(csv.DictReader(file)):
                if row.get("label") and row.get("text"):
                    yield LabelledText(name=f"{path.stem}-{number}", text=row["text"][:600], story=row["label"].upper())


def name_type(name: str) -> str:
    """Return the PLOVER type of a WikiEvents or M2E2 type; `other` for an event that has none."""
    return _PLOVER.get(".".join(name.split(".")[:2]), "other")


def _cover(spans: list[Span], place: dict[str, Any]) -> Span:
    return Span(start=spans[place["start"]].start, end=spans[place["end"] - 1].end)


def _read_rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)

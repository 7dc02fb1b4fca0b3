"""Load the word lists: small commented files of patterns, one a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources

from whosays.model import Certainty, EvidenceKind, SourceKind, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class CueRule:
    """What a cue, in lower case, does to its content.

    `turns` reverses polarity; `certainty` is `None` where the content decides.
    """

    pattern: re.Pattern[str]
    stance: Stance
    certainty: Certainty | None
    turns: bool
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HedgeRule:
    """A word, in lower case, that weakens (`PR`, `PS`, `UU`) or turns (`NEG`, `PRNEG`) what it stands in."""

    pattern: re.Pattern[str]
    effect: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRule:
    """Words, in lower case, that tell what a source rests on, and where to look for them."""

    where: str
    pattern: re.Pattern[str]
    kind: EvidenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRule:
    """Words that tell what kind of thing a source is."""

    pattern: re.Pattern[str]
    kind: SourceKind

    @property
    def by_head(self) -> bool:
        """Only the head says what a thing is; whether it is named, the whole does."""
        return self.kind is not SourceKind.UNNAMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All word lists of the room, in the order of their files."""

    cues: tuple[CueRule, ...]
    hedges: tuple[HedgeRule, ...]
    evidence: tuple[EvidenceRule, ...]
    sources: tuple[SourceRule, ...]


def load_lexicon() -> Lexicon:
    """Read the word lists that come with the package."""
    return Lexicon(
        cues=tuple(
            CueRule(
                pattern=re.compile(pattern),
                stance=Stance(stance),
                certainty=None if value in "=-" else Certainty(value),
                turns=value == "-",
                name=name,
            )
            for pattern, stance, value, name in _read_rows("cues.tsv")
        ),
        hedges=tuple(
            HedgeRule(pattern=re.compile(pattern), effect=effect, name=name)
            for pattern, effect, name in _read_rows("hedges.tsv")
        ),
        evidence=tuple(
            EvidenceRule(where=where, pattern=re.compile(pattern), kind=EvidenceKind(kind))
            for where, pattern, kind in _read_rows("evidence.tsv")
        ),
        sources=tuple(
            SourceRule(pattern=re.compile(pattern), kind=SourceKind(kind))
            for pattern, kind in _read_rows("sources.tsv")
        ),
    )


def _read_rows(name: str) -> list[list[str]]:
    text = resources.files("whosays.extract").joinpath("words", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]

"""What somebody does, and PLOVER's sector for it: the list of `words/roles.tsv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from whosays.text import is_former

if TYPE_CHECKING:
    from collections.abc import Iterable

BUSINESS = "BUS"
"""PLOVER's sector of companies."""
SPOKESPERSON = "SPO"
"""Not one of PLOVER's sectors: whoever speaks for others has theirs."""
_PUBLIC = frozenset({"GOV", "LEG", "MIL", "COP", "JUD", "SPY", "REB", "IGO"})
"""Sectors whose named people are officials: of a state, a public body or an armed group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A word for what somebody does; `body` for what is no single person."""

    word: str
    sector: str
    body: bool

    @property
    def is_public(self) -> bool:
        """Whoever has this role holds an office."""
        return self.sector in _PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """All roles, and one pattern that finds them, the longest first."""

    by_word: dict[str, Role]
    pattern: re.Pattern[str]

    def find(self, words: str) -> tuple[Role, ...]:
        """Return the roles that the words name, in order."""
        return tuple(role for role, _ in self.locate(words))

    def locate(self, words: str) -> tuple[tuple[Role, int], ...]:
        """Return each role and where its word ends; one that somebody had once is none."""
        return tuple(
            (self.by_word[_fold(m.group(1))], m.end())
            for m in self.pattern.finditer(words)
            if not is_former(words, m.start())
        )


@cache
def load_roles() -> Roles:
    """Load the list once."""
    lines = resources.files("whosays.resolve").joinpath("words/roles.tsv").read_text("utf-8").splitlines()
    by_word: dict[str, Role] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        sector, form, words = line.split("\t")
        for word in words.split("|"):
            by_word.setdefault(_fold(word), Role(word=_fold(word), sector=sector, body=form == "body"))
    return Roles(
        by_word=by_word,
        pattern=re.compile(rf"(?<![\w-])({_join_words(by_word)})(?:s|es)?(?![\w-])", re.IGNORECASE),
    )


def _join_words(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest that fits, by letter: what none goes on with is left."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[0], []).append(word[1:])
    return "|".join(_join_rests(letter, rests) for letter, rests in by_letter.items())


def _join_rests(letter: str, rests: list[str]) -> str:
    more = [rest for rest in rests if rest]
    ends = "?" if len(more) < len(rests) else ""
    first = "['’]" if letter == "'" else re.escape(letter)
    return f"{first}(?:{_join_words(more)}){ends}" if more else first


def _fold(word: str) -> str:
    return word.lower().replace("’", "'")

"""Who can say something in an article, and who only passes on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.extract.grounds import is_office, list_names, read_source
from whosays.model import SourceKind, Span, find_overlaps

if TYPE_CHECKING:
    from whosays.extract.lexicon import Lexicon
    from whosays.model import Name, Source

_HEAD_END = re.compile(r"\s(?:of|in|at|from|on|with|by|to|for|who|where|close|familiar|inside|within)\b")
_ARTICLE = re.compile(r"(?:the|an?|this|that)\s", re.IGNORECASE)
_ANY_OUTLET = frozenset(("news", "online", "digital", "the"))
"""What is in the names of many outlets, and tells none from another."""
_HOST = re.compile(r"^\w+://([^/?#\s]*)")
_NUMBER = re.compile(r"one|two|three|four|five|six|seven|eight|nine|ten|several|some|many|both|\d+", re.IGNORECASE)
_COUNTED = re.compile(r"(?:\s(?!(?:who|said|says|told|have|had|has|were|was|are|is)\b)[\w’'-]+){1,5}(?=,|\s?$)")
"""Words behind a number, to a comma or to what comes next."""
_OUTLET_LIKE = re.compile(r"[A-Z]{2,6}|(?:[Tt]he\s)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)+")
_PROPER = re.compile(r"\b(?!TV\b|[A-Z]\w+day\b)[A-Z][\w’'-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """What an article's speakers are known by."""

    text: str
    names: tuple[Name, ...]
    """What the encoder names, in order."""
    house: frozenset[str]
    """Words of the names that the page goes by: what its own outlet is told came through nobody else."""
    lexicon: Lexicon

    @property
    def speakers(self) -> tuple[Span, ...]:
        """The people and organisations among the names."""
        return tuple(name.span for name in self.names if name.kind in {"person", "organisation"})

    def read_source(self, who: Span) -> tuple[Source, str]:
        """Say what kind of source words name; returns the reason too."""
        return read_source(who, self.text, self.lexicon, self.names)

    def widen(self, source: Span, apart: tuple[Span, ...]) -> Span:
        """Take all of a name into a source that has a part of it, and what a bare number counts, if not `apart`."""
        cut = (name.span for name in list_names(source, self.names) if name.span.end > source.end)
        end = max((name.end for name in cut), default=source.end)
        after = min((other.start for other in apart if other.start >= source.end), default=len(self.text))
        if _NUMBER.fullmatch(source.slice(self.text)):
            counted = _COUNTED.match(self.text, source.end, after)
            end = counted.end() if counted is not None else end
        return Span(start=source.start, end=end) if end <= after else source

    def can_speak(self, who: Span, *, documents: bool = False) -> bool:
        """Tell whether words name somebody who can say something: a name, or a word such as "ministry" or "source".

        A document says something only where `documents` are asked for too.
        """
        words = who.slice(self.text)
        head = _HEAD_END.split(words, maxsplit=1)[0]
        end = who.start + len(head)
        if any(speaker.start < end <= speaker.end for speaker in find_overlaps(who, self.speakers)):
            return True
        rule = next((rule for rule in self.lexicon.sources if rule.pattern.search(head)), None)
        silent = {SourceKind.PRONOUN} if documents else {SourceKind.PRONOUN, SourceKind.DOCUMENT}
        return is_office(words) if rule is None else rule.kind not in silent

    def is_medium(self, who: Span) -> bool:
        """Tell whether words name a medium, by name or not."""
        return self.read_source(who)[0].kind is SourceKind.MEDIA

    def is_document(self, who: Span) -> bool:
        """Tell whether words name a document."""
        return self.read_source(who)[0].kind is SourceKind.DOCUMENT

    def is_other_medium(self, who: Span) -> bool:
        """Tell a medium that is not the page's own, or has no name."""
        words = who.slice(self.text)
        if words.startswith("our ") or words == "reports":
            return False
        return self.is_medium(who) if words.islower() else self.is_other_outlet(who)

    def is_other_outlet(self, who: Span) -> bool:
        """Tell a medium by its name that is not the page's own: "the Ledger" in the Albion Ledger is its own."""
        return self._is_foreign(who) and self.is_medium(who)

    def is_outlet_told(self, who: Span) -> bool:
        """Tell another outlet among those who are told something: what the encoder calls a body mostly is one.

        Not so what words call a company or an authority; a single plain word may as well be somebody's name.
        """
        if not self._is_foreign(who):
            return False
        words = who.slice(self.text)
        named = any(name.span == who and name.kind == "organisation" for name in list_names(who, self.names))
        rule = next((rule for rule in self.lexicon.sources if rule.pattern.search(words)), None)
        return self.is_medium(who) or (named and rule is None and _OUTLET_LIKE.fullmatch(words) is not None)

    def _is_foreign(self, who: Span) -> bool:
        words = _list_words(_ARTICLE.sub("", who.slice(self.text)))
        own = set(words) - _ANY_OUTLET <= self.house or _shorten(words) in self.house
        return bool(words) and not own


def list_house_words(*names: str | None, url: str | None) -> frozenset[str]:
    """Return the words of the names that a page goes by (outlet, agency, host), and their initials."""
    named = [_list_words(name) for name in names if name]
    hosts = [part.lower() for part in (*_HOST.findall(url or ""), *(name or "" for name in names)) if " " not in part]
    initials = [word for words in named for word in (_shorten(words), "".join(one[0] for one in words))]
    parts = (part for host in hosts for part in re.split(r"\W+", host))
    return frozenset((*(word for words in named for word in words), *parts, *initials)) - {""}


def _list_words(name: str) -> list[str]:
    return [word.lower() for word in _PROPER.findall(name)]


def _shorten(words: list[str]) -> str:
    return "".join(word[0] for word in words if word not in _ANY_OUTLET) if len(words) > 1 else ""

"""Whom "he" and "she" stand for: everybody is remembered as the article goes on, and fades sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.model import Source, SourceKind, Span, find_overlaps, merge_spans
from whosays.text import find_quotes, split_sentences

if TYPE_CHECKING:
    from whosays.resolve.parties import Party

HE = re.compile(r"(?:he|him|his)\b", re.IGNORECASE)
SHE = re.compile(r"(?:she|hers?)\b", re.IGNORECASE)
_ANY = re.compile(r"\b(?:he|him|his|she|hers?)\b", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?:of|for|in|on|at|to|from|with|by|against|about|over|between|like|than|after|before|under|and|&)"
    r"\s(?:the\s)?(?:[A-Z][\w.]*\s){0,2}$"
)
_VERB = re.compile(
    r"\s(?:has|have|had|is|was|did|does|do|will|would|can|could|may|might|should|also|who|\w+ed|said|says|told|\w+s)\b"
)
_ONE = re.compile(r"^(?:an?|another|one|this|that|the|his|her|its|their|[\w’' -]+[’']s?)\s", re.IGNORECASE)
_MANY = re.compile(
    r"(?:[^su]s|people|police|men|women|children|one|none|everyone|few|some|many|several|both|all|most|those|these)$",
    re.IGNORECASE,
)
_HEAD_END = re.compile(r",|\s(?:of|for|in|on|at|from|who|which|whose|that|with)\b|\s\(")
_WOMAN = re.compile(r"\b(?:woman|girl|mother|sister|daughter|wife|widow|aunt|niece|actress|spokeswoman|lady)\b")
_MAN = re.compile(r"\b(?:man|boy|father|brother|son|husband|widower|uncle|nephew|actor|spokesman|gentleman)\b")
_ASKED = re.compile(
    r"(?:^|(?<=[.!?”] ))(?:When |Also )?(?:[Aa]sked|[Pp]ressed|[Qq]uestioned|[Qq]uizzed)\b[^.\n]{0,300}?,\s"
    r"(?=(?:he|she|they|[A-Z]\w+)\s)",
    re.MULTILINE,
)
"""What a speaker was asked: whom the question names is not who answers."""

_FADE = 0.4
"""What a mention weighs one sentence later."""
_TITLE = 6
"""Characters that may stand before a name which opens a sentence: "Mrs. "."""
_FORGOTTEN = 0.0005
"""Who weighs less is no longer meant: after about eight sentences."""
_CROWD = 50
"""Only so many are remembered, those mentioned last: a hostile page may name thousands."""
_NAMED, _UNNAMED, _PRONOUN = 1.0, 0.8, 0.6
"""What each kind of mention weighs."""
_SUBJECT, _SPEAKER = 1.0, 1.0
"""What is added for who does something, and for who speaks."""
_OWNER, _QUOTED = 0.5, 0.1
"""What a name weighs that something belongs to, and by how much less one inside a quotation."""
_AHEAD = 1.1
"""How many times the next one's weight the first must have, so that a pronoun is not left open."""


@dataclass(slots=True, eq=False)
class _Person:
    """How present somebody was in the sentence of the last mention."""

    whom: Party | Source
    female: bool | None
    weight: float = 0.0
    sentence: int = 0


class People:
    """Who may be meant by "he" or "she" at each point of a text; ask in the order of the text."""

    def __init__(self, text: str, parties: tuple[Party, ...]) -> None:
        self._text = text
        self._starts = [sentence.start for sentence in split_sentences(text)]
        asked = (Span(start=match.start(), end=match.end()) for match in _ASKED.finditer(text))
        self._quotes = merge_spans((*find_quotes(text), *asked))
        named = [(mention, party) for party in parties if party.person for mention in party.mentions]
        self._ahead = deque(sorted(named, key=lambda pair: pair[0]))
        self._pronouns = _ANY.finditer(text)
        self._next = next(self._pronouns, None)
        self._present: dict[int, _Person] = {}

    def meet(self, source: Source, party: Party | None) -> None:
        """Remember somebody who speaks: by name, or by words that one unnamed person may be called."""
        self._read_to(source.span.start)
        if party is not None:
            if party.person:
                self._remember(party, source.span.start, _SPEAKER, female=party.female)
            return
        words = source.span.slice(self._text)
        head = _HEAD_END.split(words, maxsplit=1)[0]
        if source.kind is SourceKind.UNNAMED and _ONE.match(words) and not _MANY.search(head):
            female = True if _WOMAN.search(head) else False if _MAN.search(head) else None
            self._remember(source, source.span.start, _UNNAMED, female=female)

    def follow(self, pronoun: Span) -> tuple[Party | Source, ...]:
        """Return who may be meant, likeliest first: one alone where nobody else comes near."""
        self._read_to(pronoun.start)
        near = self._choose(pronoun.start, female=SHE.match(pronoun.slice(self._text)) is not None)
        return tuple(person.whom for person in near)

    def _read_to(self, position: int) -> None:
        """Meet all names and follow all pronouns before a position; what stands in quotations is another's words."""
        while self._next is not None and self._next.start() < position:
            self._name_to(self._next.start())
            if not self._is_quoted(self._next.start()):
                near = self._choose(self._next.start(), female=SHE.match(self._next.group()) is not None)
                if len(near) == 1:
                    self._remember(near[0].whom, self._next.start(), _PRONOUN, female=near[0].female)
            self._next = next(self._pronouns, None)
        self._name_to(position)

    def _name_to(self, position: int) -> None:
        while self._ahead and self._ahead[0][0].start < position:
            mention, party = self._ahead.popleft()
            self._remember(party, mention.start, self._weigh(mention), female=party.female)

    def _remember(self, whom: Party | Source, at: int, weight: float, *, female: bool | None) -> None:
        person = self._present.pop(id(whom), None) or _Person(whom, female)
        sentence = self._find_sentence(at)
        person.weight = self._recall(person, sentence) + weight
        person.sentence = sentence
        self._present[id(whom)] = person
        if len(self._present) > _CROWD:
            del self._present[next(iter(self._present))]

    def _choose(self, at: int, *, female: bool) -> list[_Person]:
        """Return who comes near the most present one."""
        sentence = self._find_sentence(at)
        fitting = [person for person in self._present.values() if person.female in {None, female}]
        weighed = sorted(((self._recall(p, sentence), p) for p in fitting), key=lambda pair: -pair[0])
        least = max(weighed[0][0] / _AHEAD, _FORGOTTEN) if weighed else 0.0
        return [person for weight, person in weighed if weight > least]

    def _recall(self, person: _Person, sentence: int) -> float:
        return person.weight * _FADE ** (sentence - person.sentence)

    def _find_sentence(self, at: int) -> int:
        return bisect_right(self._starts, at)

    def _weigh(self, mention: Span) -> float:
        """Weigh a name by where it stands: whoever does something more than whoever owns or is only quoted about."""
        before = self._text[max(0, mention.start - 40) : mention.start]
        weight = _NAMED
        if self._text.startswith(("’s", "'s"), mention.end):
            weight = _OWNER
        elif self._opens_sentence(mention) or (
            not _PREPOSITION.search(before) and _VERB.match(self._text, mention.end)
        ):
            weight += _SUBJECT
        return weight * _QUOTED if self._is_quoted(mention.start) else weight

    def _opens_sentence(self, mention: Span) -> bool:
        return mention.start - self._starts[self._find_sentence(mention.start) - 1] < _TITLE

    def _is_quoted(self, at: int) -> bool:
        return bool(find_overlaps(Span(start=at, end=at + 1), self._quotes))

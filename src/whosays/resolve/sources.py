"""Who a source is: by its name, by what it is called, or by what was named before."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whosays.model import Source, SourceKind, Span, find_overlaps
from whosays.resolve.parties import is_whose
from whosays.resolve.pronouns import HE, SHE, People
from whosays.resolve.roles import BUSINESS

if TYPE_CHECKING:
    from collections.abc import Collection

    from whosays.model import Reading
    from whosays.resolve.parties import Party
    from whosays.resolve.roles import Roles

_IT_OR_THEY = re.compile(r"it|its|they|them", re.IGNORECASE)
_WHO = re.compile(r"who|which", re.IGNORECASE)
_DEFINITE = re.compile(r"^(?:the same|the|its|his|her|their|this|that|these|those)\s+(.+)$", re.IGNORECASE)
_HEAD_END = re.compile(r",|\s(?:of|for|in|on|at|from|who|which|whose|that)\b|\s\(")
_JOINED = re.compile(r"\b(?:and|or|nor|both|neither|the)\b", re.IGNORECASE)
_NAMED = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_OFFICIAL, SourceKind.NAMED_ORGANISATION})
_NAME = 80
"""Characters that the longest name may have."""
_TO_COME = 500
"""Characters behind a description within which its name may still come: "the commissioner said … Hawa Mtenga"."""
_BY_FAR = 2
_BEFORE = 12
_WITHIN = re.compile(r"\b(?:of|in|from|at|near)\s(?:the\s)?$")
"""What stands before a place that was taken for a person: "residents of" Ak-Sai."""
_CLAUSE = re.compile(r",?\s(?:who|which|that|whose)\b")
_STATE = "GOV"
_REACH = 700
"""Characters between a pronoun and what it may stand for."""


_THING = re.compile(r"\s(?:the|its)\s(?!.*\bwho\b)[^,]+$|\s(?:[^,]+,\s)?which\b")
"""What stands behind the name of a thing: what it is, or "which"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Whom a source means: a party, or the words of an earlier source that names nobody; neither when unresolved."""

    party: Party | None = None
    earlier: Source | None = None
    why: str


def resolve_sources(
    text: str, reading: Reading, parties: tuple[Party, ...], roles: Roles, *, places: Collection[str]
) -> dict[Span, tuple[Source, str]]:
    """Return for each source, by its span, what it becomes and why; `places` are the names that are no people's."""
    longest_first = sorted(places, key=len, reverse=True)
    whose = tuple(name.span for name in reading.names if is_whose(name, text))
    sources = sorted(
        {s.source.span: s.source for s in reading.statements if s.source is not None}.values(), key=lambda s: s.span
    )
    history: list[tuple[Source, Meant]] = []
    people = People(text, parties)
    for source in sources:
        words = source.span.slice(text).strip(" ,")
        if HE.fullmatch(words) or SHE.fullmatch(words):
            meant = _follow_person(source, people)
        else:
            meant = _find_meant(source, text, parties, history, roles)
            people.meet(source, meant.party)
        history.append((source, meant))
    kinds = _vote_kinds(history)
    found: dict[Span, tuple[Source, str]] = {}
    for source, meant in history:
        inside = {span.slice(text) for span in find_overlaps(source.span, whose) if source.span.contains(span)}
        rewritten = _rewrite(source, meant, kinds, nameless=source.name in places or source.name in inside)
        if rewritten.kind is SourceKind.NAMED_PERSON and _is_of_places(source.span.slice(text), longest_first):
            rewritten = replace(rewritten, kind=SourceKind.NAMED_ORGANISATION)
        if rewritten.kind is SourceKind.NAMED_PERSON and _is_lone(source, text):
            rewritten = replace(rewritten, kind=SourceKind.NAMED_ORGANISATION)
        if source.name in inside and rewritten.name is None:
            rewritten = replace(rewritten, name=_name_body(source.span.slice(text), source.name or "", roles))
        found[source.span] = (rewritten, meant.why)
    return found


def _is_lone(source: Source, text: str) -> bool:
    """Tell a single word that is nobody's name here ("Vasmarine said"): news gives people their whole name once."""
    words = source.span.slice(text).strip(" ,")
    head, _, behind = words.partition(",")
    if head != source.name or not head.isalpha() or (behind and _THING.match(behind) is None):
        return False
    return re.search(rf"\b[A-ZÀ-Þ][\w’'.-]*\s{head}\b|\b{head}\s[A-ZÀ-Þ]", text) is None


def _find_meant(
    source: Source, text: str, parties: tuple[Party, ...], history: list[tuple[Source, Meant]], roles: Roles
) -> Meant:
    words = source.span.slice(text).strip(" ,")
    if _IT_OR_THEY.fullmatch(words):
        return _follow_body(source, parties, history)
    if _WHO.fullmatch(words):
        return _follow_relative(source, text, parties)
    named = _find_named(source, text, parties)
    if named is not None:
        return Meant(party=named, why=f"source: “{words}” names {named.name}")
    definite = _DEFINITE.match(words)
    if definite is None:
        return Meant(why=f"source: “{words}” names nobody that the article names")
    met = tuple(p for p in parties if p.mentions and p.mentions[0].start <= source.span.start + _TO_COME)
    meant = _find_described(definite[1], text, met, history, roles)
    return meant if meant.party or meant.earlier else _find_only(definite[1], source, parties, roles) or meant


def _find_named(source: Source, text: str, parties: tuple[Party, ...]) -> Party | None:
    """Return the person named in the words, or the body that is their head."""
    inside = [(p, m) for p in parties for m in p.mentions if source.span.contains(m)]
    words = source.span.slice(text)
    head = _HEAD_END.search(words)
    end = source.span.start + (head.start() if head else len(words.rstrip(" ,")))
    unnamed = source.kind is SourceKind.UNNAMED
    people = [
        (party, m)
        for party, m in inside
        if party.person and not (unnamed and _WITHIN.search(text, max(0, m.start - _BEFORE), m.start))
    ]
    if people:
        return max(people, key=lambda pair: (not _is_owner(pair[1], text), len(pair[1].slice(text).split())))[0]
    if unnamed:
        return None
    bodies = [party for party, mention in inside if mention.start < end <= mention.end]
    apposed = [party for party, mention in inside if mention.start == end + len(", ")]
    return next(iter(bodies or apposed), None)


def _is_owner(mention: Span, text: str) -> bool:
    """A name that something belongs to: "Kalehe" of "Kalehe’s administrator"."""
    return text.startswith(("’s", "'s"), mention.end) or mention.slice(text).endswith(("’s", "'s"))


def _find_described(
    words: str,
    text: str,
    parties: tuple[Party, ...],
    history: list[tuple[Source, Meant]],
    roles: Roles,
) -> Meant:
    """Find who is called that: the one person with that role, or the one body with that noun."""
    head = _HEAD_END.split(words, maxsplit=1)[0].strip()
    named = roles.find(head)
    wanted = named[-1].word if named else head.split()[-1].lower() if head else ""
    fitting = [party for party in parties if _is_called(party, wanted)]
    if len(fitting) > 1:
        spoken = [meant.party for _, meant in history if meant.party in fitting]
        fitting = [p for p in fitting if p in spoken] or fitting
    if len(fitting) == 1:
        return Meant(party=fitting[0], why=f"source: {fitting[0].name} is the only “{wanted}” of the article")
    if len(fitting) > 1:
        listed = ", ".join(party.name for party in fitting)
        return Meant(why=f"source: “{wanted}” may be {listed}")
    before = [
        earlier
        for earlier, meant in history
        if meant.party is None and re.search(rf"\b{re.escape(wanted)}\b", _cut_clause(earlier, text), re.IGNORECASE)
    ]
    if before and not re.match(r"(?:the )?other\b", head, re.IGNORECASE):
        return Meant(earlier=before[-1], why=f"source: the “{wanted}” that was named before")
    return Meant(why=f"source: nobody is called “{wanted}” before")


def _cut_clause(source: Source, text: str) -> str:
    """Return a source's words without what is told of it: "two officials" who have read the memo are no memo."""
    return _CLAUSE.split(source.span.slice(text), maxsplit=1)[0]


def _find_only(words: str, source: Source, parties: tuple[Party, ...], roles: Roles) -> Meant | None:
    """Find the holder of a state's office in the only person of an article, who was named before and called nothing."""
    named = roles.find(_HEAD_END.split(words, maxsplit=1)[0])
    if named and named[-1].body and named[-1].sector == BUSINESS:
        return _find_business(named[-1].word, source, parties)
    people = [party for party in parties if party.person]
    if not named or named[-1].body or named[-1].sector != _STATE or len(people) != 1 or people[0].roles:
        return None
    if all(mention.start > source.span.start for mention in people[0].mentions):
        return None
    return Meant(party=people[0], why=f"source: {people[0].name} is the only person that the article names")


def _find_business(word: str, source: Source, parties: tuple[Party, ...]) -> Meant | None:
    """Find "the company" in the body that an article speaks of most, if by far, and that is none of a state's."""
    told = sorted(
        (
            (sum(mention.end <= source.span.start for mention in party.mentions), party)
            for party in parties
            if not party.person and not party.agency and not any(role.sector != BUSINESS for role in party.roles)
        ),
        key=lambda pair: -pair[0],
    )
    if not told or not told[0][0] or (len(told) > 1 and told[0][0] < _BY_FAR * told[1][0]):
        return None
    return Meant(party=told[0][1], why=f"source: of all that may be “{word}”, {told[0][1].name} is named most")


def _is_called(party: Party, wanted: str) -> bool:
    """Tell whether a word is one of the party's roles, or the noun of a body's name."""
    if not party.person and party.head == wanted:
        return True
    return any(role.word == wanted or role.word.endswith(f" {wanted}") for role in party.roles)


def _follow_person(source: Source, people: People) -> Meant:
    """Follow "he" or "she" to whoever is most present; to nobody where two are."""
    near = people.follow(source.span)
    if not near:
        return Meant(why="source: nobody is near whom the pronoun may stand for")
    if len(near) > 1:
        listed = ", ".join(whom.name or "somebody unnamed" for whom in near)
        return Meant(why=f"source: the pronoun may stand for {listed}")
    (whom,) = near
    if isinstance(whom, Source):
        return Meant(earlier=whom, why="source: the pronoun goes on with somebody unnamed who spoke before")
    return Meant(party=whom, why=f"source: of all whom the pronoun fits, {whom.name} is the most present")


def _follow_body(source: Source, parties: tuple[Party, ...], history: list[tuple[Source, Meant]]) -> Meant:
    """Follow "it" or "they": to the last that spoke, or to the only body named nearby."""
    at = source.span.start
    for earlier, meant in reversed(history):
        if earlier.span.start < at - _REACH:
            break
        if _may_be_it(earlier, meant):
            whom = meant.party.name if meant.party else "the one who spoke before"
            spoke = meant.earlier or (None if meant.party else earlier)
            return Meant(party=meant.party, earlier=spoke, why=f"source: the pronoun goes on with {whom}")
    named = [p for p in parties if not p.person and any(at - _REACH < mention.start < at for mention in p.mentions)]
    if len(named) == 1:
        return Meant(party=named[0], why=f"source: {named[0].name} is the only one named before whom the pronoun fits")
    listed = ", ".join(party.name for party in named) or "nobody near"
    return Meant(why=f"source: the pronoun may stand for {listed}")


def _follow_relative(source: Source, text: str, parties: tuple[Party, ...]) -> Meant:
    """Follow "who" or "which" to the name right before it; whoever is a "who" may be taken for a body by mistake."""
    person = source.span.slice(text).strip(" ,").lower() == "who"
    before = text[max(0, source.span.start - _NAME) : source.span.start].rstrip(" ,–—-")
    for party in parties:
        if (person or not party.person) and any(_ends_with(before, name) for name in party.aliases):
            return Meant(party=party, why=f"source: {party.name} stands right before")
    return Meant(why="source: no name stands right before")


def _ends_with(words: str, name: str) -> bool:
    return words.endswith(name) and not words[: -len(name)][-1:].isalnum()


def _may_be_it(earlier: Source, meant: Meant) -> bool:
    """Tell whether "it" or "they" may stand for an earlier source: no person does."""
    if meant.party is not None:
        return not meant.party.person
    return earlier.kind not in {SourceKind.PRONOUN, SourceKind.NAMED_PERSON, SourceKind.NAMED_OFFICIAL}


def _vote_kinds(history: list[tuple[Source, Meant]]) -> dict[str, SourceKind]:
    """Say of each party what most of the sources that name it are; a person called by an office once holds it."""
    votes: dict[str, Counter[SourceKind]] = {}
    for source, meant in history:
        if meant.party is not None and source.kind in _NAMED:
            votes.setdefault(meant.party.name, Counter())[source.kind] += 1
    return {
        name: SourceKind.NAMED_OFFICIAL
        if set(counts) == {SourceKind.NAMED_OFFICIAL, SourceKind.NAMED_PERSON}
        else counts.most_common(1)[0][0]
        for name, counts in votes.items()
    }


def _rewrite(source: Source, meant: Meant, kinds: dict[str, SourceKind], *, nameless: bool) -> Source:
    """Return the source with its name, and with the words that it stands for where it is not a name itself.

    A place or a nationality is nobody's name: "police in Koper" are not called Koper.
    """
    if meant.party is None:
        if meant.earlier is None:
            return replace(source, name=None) if nameless else source
        return replace(source, kind=meant.earlier.kind, name=meant.earlier.name, refers_to=meant.earlier.span)
    party = meant.party
    kind = kinds.get(party.name) or _name_kind(party)
    if source.kind in {SourceKind.MEDIA, SourceKind.DOCUMENT}:
        kind = source.kind
    if not party.person and kind in {SourceKind.NAMED_PERSON, SourceKind.UNNAMED}:
        kind = SourceKind.NAMED_ORGANISATION
    named_here = party.is_named_in(source.span)
    if party.person and party.is_public and kind is SourceKind.NAMED_PERSON:
        kind = SourceKind.NAMED_OFFICIAL
    before = [mention for mention in party.mentions if mention.end <= source.span.start]
    return replace(source, kind=kind, name=party.name, refers_to=None if named_here or not before else before[0])


def _is_of_places(words: str, longest_first: list[str]) -> bool:
    """Tell whether words are names of places alone: "Moscow or Pyongyang" are governments, no people."""
    rest = words
    for place in longest_first:
        rest = rest.replace(place, "")
    return rest != words and not _JOINED.sub("", rest).strip(" ,")


def _name_body(words: str, people: str, roles: Roles) -> str | None:
    """Return the name of a state's body by its people: "Chadian army"; a person of theirs has none."""
    definite = _DEFINITE.match(words)
    head = _HEAD_END.split(definite[1] if definite else words, maxsplit=1)[0].strip()
    named = roles.find(head)
    return head if people in head and named and named[-1].body and head.lower().endswith(named[-1].word) else None


def _name_kind(party: Party) -> SourceKind:
    if not party.person:
        return SourceKind.NAMED_ORGANISATION
    return SourceKind.NAMED_OFFICIAL if party.is_public else SourceKind.NAMED_PERSON

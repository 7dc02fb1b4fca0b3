"""Who is who in one article: people and bodies, each with all its names and what it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from whosays.model import Name, SourceKind, Span, find_overlaps, merge_spans
from whosays.resolve.roles import BUSINESS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whosays.model import Statement
    from whosays.resolve.roles import Role, Roles

_TITLE = re.compile(
    r"^(?:(?:The|the|Justice(?!\s(?:Department|Ministry|Minister|Secretary|Committee|Court))"
    r"|Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|President|Minister|Prime Minister|Vice|Deputy|Regional"
    r"|Commissioner|General(?!\s(?:Staff|Assembly|Council|Secretariat|Court))|Gen|Colonel|Col|Captain|Capt|Lieutenant|Lt|Commander|Major|Maj|Sergeant|Sgt|Senator|Sen"
    r"|Rep|Governor|Gov|Mayor|Judge|King|Queen|Prince|Princess|Pope|Sheikh|Cheikh|Chief|Secretary|Chancellor"
    r"|CEO|Spokesman|Spokeswoman|Ambassador|Admiral|Bishop|Archbishop|Rabbi|Imam|Ayatollah)\.?\s+)+(?=[A-ZÀ-Þ])"
)
_COURTESY = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sen|Rep|Gov)\.?\s$")
"""Before a name, these make it a person's, whatever the encoder took it for."""
_OWNER = re.compile(r"\b((?:[A-ZÀ-Þ][\w-]+\s)?[A-ZÀ-Þ][\w-]+)[’']s\s$")
"""Whose a body is: "Russia's" before "Defense Ministry"."""
_POSSESSIVE = re.compile(r"[’']s?$")
_FEMALE = re.compile(
    r"\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess|[Ss]pokeswoman|[Cc]ongresswoman|[Cc]hairwoman|[Bb]usinesswoman)\b"
)
_MALE = re.compile(
    r"\b(?:Mr|Sir|Lord|King|Prince|Pope|Imam|Bishop|[Ss]pokesman|[Cc]ongressman|[Cc]hairman|[Bb]usinessman)\b"
)
_ACRONYM = re.compile(
    r"\s?\((?:the\s)?([A-Z][A-Za-z]{1,9})\)|,?\s(?:known|abbreviated) as (?:the\s)?([A-Z][A-Za-z]{1,9})\b"
)
_BEHIND = re.compile(r",\s(?:who (?:is|was|works as|worked as|leads)\s)?([^,.;\n]{2,80})")
_DOING = re.compile(r"(?:\w+ing|and|but|who|which|told|said|says)\b")
"""What stands behind a name and calls it nothing: "Kalonda, citing the harbour master"."""
_LINKED = r"(?:\s(?:of|for|in|at|with|from)\s[^,.;\n]{2,50})?,?\s$"
_APPOSED = r"(?:\s(?:of|for)\s[^,.;\n]{2,50})?,\s$"
_HEAD_END = re.compile(r"\s(?:of|for|in|on|at|from|and|against)\b|,|\s\(")
_MORE = re.compile(r"\s(?:the\s)?[\w’-]+")
_LOOK = 90
_QUALIFIES = re.compile(r"[-\s][a-z]")
_KINDS = {
    SourceKind.NAMED_PERSON: "person",
    SourceKind.NAMED_OFFICIAL: "person",
    SourceKind.NAMED_ORGANISATION: "organisation",
    SourceKind.MEDIA: "organisation",
}


@dataclass(slots=True, eq=False)
class Party:
    """Somebody or a body that an article names; `female` is `None` where nothing tells."""

    name: str
    person: bool
    mentions: list[Span] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    roles: list[Role] = field(default_factory=list)
    female: bool | None = None
    agency: bool = False
    """It brings the article, and is seldom what the article tells of."""

    @property
    def is_public(self) -> bool:
        """Something it is called is an office."""
        return any(role.is_public for role in self.roles)

    def is_named_in(self, span: Span) -> bool:
        """One of its mentions lies in the span."""
        return any(span.contains(mention) for mention in self.mentions)

    @property
    def head(self) -> str:
        """The noun of a body's name: "union" of "Borkou Self-Defence Union", "office" of "Office for Safety"."""
        return _HEAD_END.split(self.name, maxsplit=1)[0].split()[-1].lower() if self.name else ""


def gather_parties(
    text: str, names: Iterable[Name], statements: Iterable[Statement], roles: Roles, *, agency: str | None = None
) -> tuple[Party, ...]:
    """Gather people and organisations, each once, in order of their first mention; the `agency` brings the article.

    What the encoder names counts first; beside it what a source is called, where no name of the encoder's lies in it.
    """
    listed = [name for name in names if name.kind in {"person", "organisation", "location"} or is_whose(name, text)]
    parties: list[Party] = []
    for name in sorted([*listed, *_list_named_sources(text, listed, statements)], key=lambda n: n.span):
        words = _POSSESSIVE.sub("", _complete(name.span, text)).strip()
        bare = _TITLE.sub("", words)
        role = roles.by_word.get(bare.lower())
        if (
            not bare
            or name.kind in {"location", "group"}
            or (role is not None and (not role.body or _is_common(bare, role)))
        ):
            continue
        person = (
            name.kind == "person" or _COURTESY.search(text, max(0, name.span.start - 6), name.span.start) is not None
        )
        if person and " " not in bare and _is_body_s(bare, parties):
            person = False
        full = bare if person or not roles.find(bare) else _name_whole(bare, name.span, text)
        party = _find_party(full, parties, person=person)
        if party is None:
            party = Party(name=full, person=person, agency=full == agency)
            parties.append(party)
        if len(bare) > len(party.name):
            party.name = bare
        party.aliases.add(full)
        party.mentions.append(name.span)
        _describe(party, name.span, text, roles)
    return tuple(parties)


def _is_body_s(word: str, parties: list[Party]) -> bool:
    """Tell a word that begins one body's name and no person's: "Kharvat" of "Kharvat Nutrients", not a man's name."""
    longer = [party for party in parties if word in party.name.split()]
    return [party.person for party in longer] == [False] and longer[0].name.split()[0] == word


def _is_common(word: str, role: Role) -> bool:
    """Tell "Company" and "Board" from a name: what a body's own papers call it."""
    return role.sector == BUSINESS and word.istitle()


def _name_whole(bare: str, span: Span, text: str) -> str:
    """Return the name of a state's body with whose it is, where that stands before it."""
    owner = _OWNER.search(text, max(0, span.start - _LOOK), span.start)
    return f"{owner[1]}'s {bare}" if owner else bare


def is_whose(name: Name, text: str) -> bool:
    """Tell a group's name that only says whose somebody is: "North Korean" of "the North Korean leader"."""
    return name.kind == "group" and _QUALIFIES.match(text, name.span.end) is not None


def _complete(span: Span, text: str) -> str:
    """Return a name's words, with the next word where they end in the middle: "ministry of" transport."""
    more = _MORE.match(text, span.end) if span.slice(text).endswith((" of", " for")) else None
    return text[span.start : more.end() if more else span.end]


def _list_named_sources(text: str, names: list[Name], statements: Iterable[Statement]) -> list[Name]:
    """Return the names inside of sources that are named, where the encoder saw none."""
    taken = merge_spans(name.span for name in names)
    people = [name.span for name in names if name.kind == "person"]
    found: dict[Span, Name] = {}
    for statement in statements:
        source = statement.source
        if source is None or source.name is None or source.kind not in _KINDS:
            continue
        if _KINDS[source.kind] == "person" and any(source.span.contains(span) for span in people):
            continue
        at = text.find(source.name, source.span.start, source.span.end)
        span = Span(start=at, end=at + len(source.name))
        if at >= 0 and not find_overlaps(span, taken):
            found[span] = Name(span=span, kind=_KINDS[source.kind], score=0.0)
    return list(found.values())


def _find_party(bare: str, parties: list[Party], *, person: bool) -> Party | None:
    """Return the only party that a name may be another name of; none where two are as likely."""
    exact = [party for party in parties if bare in party.aliases]
    if exact:
        return exact[0] if len(exact) == 1 else None
    if not person:
        begun = [party for party in parties if not party.person and party.name.startswith(f"{bare} ")]
        if begun and " " not in bare:
            return begun[0] if len(begun) == 1 else None
        short = [
            party for party in parties if not party.person and bare.isupper() and bare == _take_initials(party.name)
        ]
        if len(bare) > 1 and short:
            return short[0] if len(short) == 1 else None
        owned = [party for party in parties if not party.person and party.name.endswith(f"'s {bare}")]
        if owned:
            return owned[0] if len(owned) == 1 else None
        headed = [party for party in parties if not party.person and party.head == bare.lower()]
        return headed[0] if len(headed) == 1 else None
    tokens = bare.split()
    alike = [party for party in parties if party.person and _is_same_person(tokens, party.name.split())]
    return alike[0] if len(alike) == 1 else None


def _take_initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _is_same_person(left: list[str], right: list[str]) -> bool:
    """Tell a short name's long one: a surname or first name alone, or the same surname with a middle name more."""
    short, long = sorted((left, right), key=len)
    if len(short) == 1:
        return len(long) > 1 and short[0] in {long[0], long[-1]}
    return short[-1] == long[-1] and short[0] == long[0]


def _describe(party: Party, span: Span, text: str, roles: Roles) -> None:
    """Add what the words before, in and behind a mention call it."""
    before = text[max(0, span.start - _LOOK) : span.start]
    before = before[before.rfind("\n") + 1 :]
    words = span.slice(text)
    behind = _BEHIND.match(text, span.end, min(len(text), span.end + _LOOK))
    if behind is not None and _DOING.match(behind[1]):
        behind = None
    apposed = roles.find(_HEAD_END.split(behind[1], maxsplit=1)[0])[-1:] if behind else ()
    shown = [role for role, end in roles.locate(before) if _leads_to(before, end, person=party.person)]
    shown += [*(roles.find(words) if party.person else roles.find(words)[-1:]), *apposed]
    party.roles += [role for role in dict.fromkeys(shown) if role not in party.roles and role.body != party.person]
    if party.person and party.female is None:
        title = before.split()[-1:] if before.endswith(" ") else []
        near = " ".join([*title, words, behind[1] if behind else ""])
        party.female = True if _FEMALE.search(near) else False if _MALE.search(near) else None
    if party.person and party.female is None and " " in party.name:
        party.female = _load_given_names().get(party.name.split()[0].lower())
    acronym = _ACRONYM.match(text, span.end)
    if acronym is not None and not party.person:
        party.aliases.add(acronym[1] or acronym[2])


def _leads_to(before: str, end: int, *, person: bool) -> bool:
    """A person's role stands right before the name, or before "of …" and the name; a body's only before a comma."""
    return re.fullmatch(_LINKED if person else _APPOSED, before[end:]) is not None


@cache
def _load_given_names() -> dict[str, bool]:
    """Return for each first name that tells it whether a woman bears it."""
    lines = resources.files("whosays.resolve").joinpath("words/given_names.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {name: gender == "female" for gender, names in rows for name in names.split("|")}

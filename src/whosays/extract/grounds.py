"""What a source is, and what it rests on."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from whosays.model import Evidence, EvidenceKind, Source, SourceKind, Span
from whosays.text import is_former, lower_letters

if TYPE_CHECKING:
    from whosays.extract.lexicon import Lexicon, SourceRule
    from whosays.model import Name

_NAME = re.compile(
    r"\b(?:(?:[A-Z]\.){2,}|[A-ZÀ-Þ][\w’'-]*(?:\.(?=\s))?)(?:\s+(?:(?:of|de|van|von|der|al|el|bin|ibn|the|and|for|&|du|la|le)\s+)*[A-ZÀ-Þ][\w’'-]*\.?)*"
)
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "professor",
        "sir",
        "president",
        "minister",
        "commissioner",
        "general",
        "gen",
        "colonel",
        "col",
        "captain",
        "capt",
        "lieutenant",
        "lt",
        "major",
        "senator",
        "sen",
        "governor",
        "gov",
        "mayor",
        "judge",
        "king",
        "queen",
        "chief",
        "director",
        "analyst",
        "his",
        "her",
        "its",
        "the",
        "a",
        "an",
        "our",
        "their",
        "one",
        "two",
        "some",
    ]
)
_BODIES = (["Staff"], ["Assembly"], ["Council"], ["Secretariat"], ["Court"])
"""What "General" and "Chief" are no titles before."""
_COMMON = frozenset(
    "Company Corporation Group Firm Ministry Government Commission Committee Council Board Agency Department Office"
    " Court Party Bank University Hospital City County Province Authority Association Foundation Institute Club".split()
)
"""What a body is called by its kind alone, as its own papers write it: "the Company"."""
_NOUN_BEHIND = re.compile(r"\s(?!(?:of|in|and|for|at|from|on|with|to|by|who|which|that|said|says)\b)[a-z]")
_PEOPLE = re.compile(r"^(?:[A-ZÀ-Þ][\w’'.-]*\s+){1,3}[A-ZÀ-Þ][\w’'-]+$")
_HEAD_END = re.compile(r",|\s(?:who|which|whose|that|interviewed|close|familiar|during|whom)\b|\s\(")
"""Where a source's head ends: what follows describes it, and its words are not what it is."""
_WHO = re.compile(r"\s(?:who|which|whose|that|close|familiar)\b")
_SOME = re.compile(
    r"^(?:an?|one|two|three|four|some|several|many|most|other|senior|unnamed|anonymous|\d+)\b"
    r"|\b(?:officials|sources|diplomats|authorities|officers|residents|witnesses|people|analysts|experts)$",
    re.IGNORECASE,
)
"""Words that speak of somebody without naming them, whatever names stand beside."""
_NOBODY = re.compile(r"(?:no (?!\d)\w+|nobody|no one|none|neither)\b", re.IGNORECASE)
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday"
    " january february march july september october november december".split()
)
"""Words that name a time in a source; months that are names too (April, May, June, August) may be."""
_ABOUT_IT = re.compile(
    r"\s(?:(?:published|released|issued|obtained|dated|seen|reviewed|sent|filed|posted|shared|leaked)\b|(?:to|under|on|in)\s)"
)
"""What says more of a document, and names no one who made it: when it came out, whom it was sent to."""
_SOME_OF = re.compile(
    r"^(?:some|many|most|others|several|few|all|both|one|two|three)\s(?:of|in|at|from|on|within|across)\b",
    re.IGNORECASE,
)
_MANY = re.compile(r"^(?:some|many|most|several|few|other|ordinary|young)\s[A-Z]\w+s$", re.IGNORECASE)
_GROUP = re.compile(
    r"(?i)\b(?:members|organi[sz]ers|lawyers|watchers|volunteers|soldiers|troops|rebels|fighters|workers|authorities|brothers|colleagues|leaders|republicans|democrats"
    r"|protesters|students|voters|elders|crews?)\b"
)
_INDEFINITE = re.compile(r"(?:an?|one|another|two|three|four|five|several|some)\s", re.IGNORECASE)
_CORE_END = re.compile(
    r",|\s(?:in|from|at|of|for|with|to|by|near|on|who|which|that|whose|close|familiar|briefed|accused)\b|\s\("
)
_APPOSED = r",\s(?:[A-ZÀ-Þ][\w’'.-]*\s){1,4}[A-ZÀ-Þ][\w’'-]+"
_NAMED_BEHIND, _NAMED_LAST = re.compile(_APPOSED), re.compile(rf"{_APPOSED}$")
_ANONYMOUS = re.compile(
    r",?\s(?:who|which)\s(?:\w+\s){0,2}(?:asked|requested|required|declined|refused|preferred|pleaded|spoke|insisted|wished|did)"
    r"\b[^.;“”\"]{0,30}?\b(?:anonym\w+|not\s(?:to\s)?(?:be\s(?:named|identified|quoted)|(?:use|give|print|publish)\b)"
    r"|(?:to\s)?(?:be\s(?:named|identified)|give\s(?:his|her|their|a)\sname))"
)
"""What is said of somebody who wants no name in the paper, behind the words that stand for them."""
_THE = re.compile(r"the\s", re.IGNORECASE)
_SOMEBODY = frozenset({SourceKind.NAMED_OFFICIAL, SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANISATION})
_PUBLIC = (
    r"(?:state|government|ministry|police|army|navy|air force|military|armed forces|paramilitary|forces?|militia"
    r"|rebels?|brigade|provinc(?:e|ial)|regional|municipal|county|district|federal|parliament|senate|congress|court"
    r"|commission|council|customs|coast ?guard|fire (?:service|department|brigade)|prefecture"
    r"|health (?:service|department|authority|board)|embassy|civil (?:defen[cs]e|protection)"
    r"|united nations|un|nato|european union|intelligence|authority|region|municipality|inspectorate"
    r"|prison|election)"
)
_HOLDS = r"(?:spokes\w+|head|chief|director|chair\w*|secretary|official|officer|leader|deputy|advis[eo]r|commander)"
_OFFICE = re.compile(
    rf"\b(?:{_HOLDS}|member|runs|heads|leads|commands|oversees|chairs)\b[^,]{{0,40}}?\b{_PUBLIC}\b"
    rf"|\b{_PUBLIC}(?:['’]s)?\s(?:\w+\s){{0,2}}{_HOLDS}\b"
    r"|\b(?:minister|governor|mayor|senator|ambassador|prosecutor|judge|sheriff|congress(?:man|woman)|lawmaker|commissioner)\b",
    re.IGNORECASE,
)
"""What somebody is called who holds a public office: "the force's spokesman", "who runs the state's health service"."""
_ROLE = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sgt)\b\.?|owner|director|head|chief|general|colonel|inspector|officer|president"
    r"|chair\w*|secretary|commander|captain|spokes\w+|minister|leader|lawyer|official|deputy|founder|partner|engineer"
    r"|analyst|professor|teacher|nurse|doctor|worker|employee|member|sergeant|major)\b[^,]*(?:,\s(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?)?$"
)
"""What a person is called, before the name."""
_OF_ANOTHER = re.compile(r"\b(?:who|whose|which|that|former|late|ex|brother|sister|wife|husband|son|daughter|lawyer)\b")
_HOLDER = re.compile(rf"(?:[\w’'-]+\s){{0,5}}{_HOLDS}", re.IGNORECASE)


def read_source(span: Span, text: str, lexicon: Lexicon, names: tuple[Name, ...] = ()) -> tuple[Source, str]:
    """Say what kind of source the words name, and the proper name in them; returns the reason too.

    `names` are those that the encoder found in the text, in order: they tell persons from bodies where words do not.
    """
    words = span.slice(text).strip(" ,")
    head = _HEAD_END.split(words, maxsplit=1)[0]
    rule = next((r for r in lexicon.sources if _fits(r, head if r.by_head else words)), None)
    is_document = rule is not None and rule.kind is SourceKind.DOCUMENT
    named_in = _ABOUT_IT.split(words, maxsplit=1)[0] if is_document else words
    name = find_name(named_in, starts_sentence=_starts_sentence(text, span.start))
    kind = rule.kind if rule else _guess_kind(words, name)
    if rule is None and name is not None and name not in head and _WHO.match(words, len(head)) and _SOME.match(head):
        kind = SourceKind.UNNAMED
    apart = name is not None and " " in name and not words.startswith(name)  # "Residents of the Dutch" is no name
    if kind is SourceKind.UNNAMED and apart and not _SOME.search(head):
        named = (r.kind for r in lexicon.sources if r.by_head and r.pattern.search(head))
        kind = next(named, SourceKind.NAMED_PERSON)
    core = _CORE_END.split(words, maxsplit=1)[0]
    if rule is None and kind is SourceKind.NAMED_PERSON and is_office(words[len(head) :]):
        kind = SourceKind.NAMED_OFFICIAL
    if rule is None and kind is SourceKind.UNNAMED and _THE.match(words) and is_office(words):
        kind = SourceKind.NAMED_OFFICIAL
    of_body = rule is not None and kind is SourceKind.NAMED_ORGANISATION and _is_person_of(core, rule)
    name = find_name(core, starts_sentence=False) if of_body else name
    if of_body or (
        kind is SourceKind.NAMED_ORGANISATION and (_HOLDER.fullmatch(core) or is_former(core, core.rfind(" ") + 1))
    ):
        kind = SourceKind.NAMED_OFFICIAL if is_office(words) else SourceKind.NAMED_PERSON
    is_body = kind is SourceKind.NAMED_ORGANISATION and rule is not None and rule.pattern.search(core)
    if kind in _SOMEBODY and not is_body and _is_indefinite(words, core):
        kind = SourceKind.UNNAMED
    nameless = _ANONYMOUS.search(words) or _ANONYMOUS.match(text, span.end)
    if kind in _SOMEBODY and nameless and _PEOPLE.search(head) is None:
        kind = SourceKind.UNNAMED
    if kind is SourceKind.NAMED_ORGANISATION and name is not None:
        name = _name_body(name, core)
    kind, name = _correct_by_names(kind, name, words, rule, text, span, list_names(span, names))
    is_named = kind not in {SourceKind.UNNAMED, SourceKind.PRONOUN}
    why = "by its words" if rule else ("by its name" if name else "no name and no known word in it")
    return Source(span=span, kind=kind, name=name if is_named else None), f"source “{words}”: {kind.value}, {why}"


def list_names(span: Span, names: tuple[Name, ...]) -> list[Name]:
    """Return those of the names, in order, that begin in a span."""
    first = bisect_left(names, span.start, key=lambda name: name.span.start)
    last = bisect_left(names, span.end, key=lambda name: name.span.start)
    return list(names[first:last])


def _correct_by_names(
    kind: SourceKind, name: str | None, words: str, rule: SourceRule | None, text: str, span: Span, inside: list[Name]
) -> tuple[SourceKind, str | None]:
    """Tell a person from a body by what the encoder calls the name; who holds an office is an official."""
    persons = [one.span for one in inside if one.kind == "person"]
    if kind is SourceKind.NAMED_PERSON and not persons:
        if name is not None and rule is None and _is_body(name, inside, text):
            return SourceKind.NAMED_ORGANISATION, name
        if name is not None and rule is not None and rule.kind is SourceKind.UNNAMED:
            return SourceKind.UNNAMED, name
    if kind is SourceKind.NAMED_ORGANISATION and persons:
        apposed = next((one for one in persons if _is_who_it_is(one, span, text)), None)
        if apposed is not None:
            office = is_office(words) and not is_former(words, apposed.start - span.start)
            called = find_name(apposed.slice(text), starts_sentence=False)
            return SourceKind.NAMED_OFFICIAL if office else SourceKind.NAMED_PERSON, called or name
    if kind is SourceKind.NAMED_PERSON and name is not None and _holds_office(words, name):
        return SourceKind.NAMED_OFFICIAL, name
    return kind, name


def _is_body(name: str, inside: list[Name], text: str) -> bool:
    return any(one.kind == "organisation" and name in one.span.slice(text) for one in inside)


def _is_who_it_is(person: Span, source: Span, text: str) -> bool:
    """Tell a person's name that ends a source's head, or stands behind a comma: "port director Lim Swee Hock"."""
    behind = text[person.end : source.end]
    before = text[source.start : person.start]
    return re.match(r",|$|\s\(", behind) is not None and (not before or _ROLE.search(before) is not None)


def _holds_office(words: str, name: str) -> bool:
    """Tell an office that stands before somebody's name, and is theirs: "the prison's director, Mr Gnagne"."""
    before = words[: max(0, words.find(name))]
    return _OF_ANOTHER.search(before) is None and is_office(before)


def _name_body(name: str, core: str) -> str:
    """Take what a body is in with whose it is: "Kyrgyz border service", not "Kyrgyz"."""
    whole = re.search(rf"\b{re.escape(name)}(?:\s[a-z][\w-]*)+$", core) if " " not in name else None
    return whole.group() if whole else name


def _is_person_of(core: str, rule: SourceRule) -> bool:
    """Tell somebody by name from the body that they are of: "Ana Ruiz" of the drivers' union."""
    return rule.pattern.search(core) is None and _PEOPLE.match(core) is not None


def _fits(rule: SourceRule, words: str) -> bool:
    """Tell whether a rule's words stand there; an office that somebody held once makes no official."""
    found = rule.pattern.search(words)
    if found is None:
        return False
    return rule.kind is not SourceKind.NAMED_OFFICIAL or not is_former(words, found.start())


def is_office(description: str) -> bool:
    """Tell words that call somebody the holder of a public office, who still is."""
    found = _OFFICE.search(description)
    return found is not None and not is_former(description, found.start())


def _is_indefinite(words: str, core: str) -> bool:
    """Tell somebody who is spoken of and not named: `core` of "a military official in Port Sudan" is three words."""
    return bool(
        _INDEFINITE.match(words)
        and core.rsplit(maxsplit=1)[-1].islower()
        and _NAMED_BEHIND.match(words, len(core)) is None
        and _NAMED_LAST.search(words) is None
    )


def is_nobody(words: str) -> bool:
    """Tell a source that stands for nobody: "no group", "neither the elders nor the army"."""
    return _NOBODY.match(words) is not None


def find_name(words: str, *, starts_sentence: bool) -> str | None:
    """Return the longest proper name in a source's words, titles left off.

    A word that says whose the next one is ("Greek firm") is a name only if there is no other.
    """
    found: list[tuple[bool, int, str]] = []
    for match in _NAME.finditer(words):
        parts = match.group().split()
        behind = words[match.end() :]
        if starts_sentence and match.start() == 0 and len(parts) == 1 and behind and not behind.startswith(","):
            continue
        while parts and parts[0].lower().strip(".") in _TITLES and parts[1:2] not in _BODIES:
            parts = parts[1:]
        name = " ".join(parts).strip(".,")
        if not name or name.lower() in _TIMES or name in _COMMON:
            continue
        describes = len(parts) == 1 and _NOUN_BEHIND.match(behind) is not None
        found.append((not describes, len(parts), name))
    best = max(found, key=lambda one: one[:2], default=None)
    return best[2].removesuffix("’s").removesuffix("'s") if best else None


def find_evidence(
    *, source: Source | None, cue: Span | None, spans: tuple[Span, ...], sentence: Span, text: str, lexicon: Lexicon
) -> tuple[Evidence, str]:
    """Find what the source rests on: the first rule whose words stand where it looks; returns the reason too."""
    if source is not None and source.kind is SourceKind.MEDIA:
        return Evidence(kind=EvidenceKind.OTHER_MEDIA, span=source.span), "evidence: the source is another outlet"
    places = {
        "source": source.span if source else None,
        "cue": cue,
        "content": spans[0],
        "sentence": sentence,
        "own": sentence if source is None else None,
    }
    words = {name: lower_letters(where.slice(text)) for name, where in places.items() if where}
    is_document = source is not None and source.kind is SourceKind.DOCUMENT
    for rule in lexicon.evidence:
        if is_document and (rule.where, rule.kind) != ("source", EvidenceKind.IMAGE_OR_VIDEO):
            continue
        where = places[rule.where]
        match = rule.pattern.search(words[rule.where]) if where else None
        if where is not None and match is not None:
            found = Span(start=where.start + match.start(), end=where.start + match.end())
            return Evidence(kind=rule.kind, span=found), f"evidence “{found.slice(text)}”: {rule.kind.value}"
    if source is not None and is_document:
        return Evidence(kind=EvidenceKind.DOCUMENT, span=source.span), "evidence: the source is a document"
    return Evidence(kind=EvidenceKind.UNSTATED), "evidence: nothing says what it rests on"


def _guess_kind(words: str, name: str | None) -> SourceKind:
    if _SOME_OF.match(words):
        return SourceKind.UNNAMED
    if name is None:
        return SourceKind.GROUP if _GROUP.search(words) else SourceKind.UNNAMED
    core = name.removeprefix("The ")
    is_many = _MANY.match(words) is not None
    if not is_many and _PEOPLE.match(core) and not re.search(r"(?i)\bthe\b", words.partition(core)[0]):
        return SourceKind.NAMED_PERSON
    if words[:4].lower() == "the " and words[4:].strip() == core:
        return SourceKind.NAMED_ORGANISATION
    if is_many or _GROUP.search(words):
        return SourceKind.GROUP
    return SourceKind.NAMED_ORGANISATION if name.isupper() and len(name) > 1 else SourceKind.NAMED_PERSON


def _starts_sentence(text: str, at: int) -> bool:
    return at == 0 or re.search(r"[.!?“\"\n]\s*$", text[max(0, at - 3) : at]) is not None

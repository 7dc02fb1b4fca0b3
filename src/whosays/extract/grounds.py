"""What a source is, and what it rests on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whosays.model import Evidence, EvidenceKind, Source, SourceKind, Span

if TYPE_CHECKING:
    from whosays.extract.lexicon import Lexicon

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
    r"(?i)\b(?:members|volunteers|soldiers|troops|rebels|fighters|workers|authorities|brothers|colleagues|leaders|republicans|democrats"
    r"|protesters|students|voters|elders|crews?)\b"
)


def read_source(span: Span, text: str, lexicon: Lexicon) -> tuple[Source, str]:
    """Say what kind of source the words name, and the proper name in them; returns the reason too."""
    words = span.slice(text).strip(" ,")
    head = _HEAD_END.split(words, maxsplit=1)[0]
    rule = next((r for r in lexicon.sources if r.pattern.search(head if r.by_head else words)), None)
    is_document = rule is not None and rule.kind is SourceKind.DOCUMENT
    named_in = _ABOUT_IT.split(words, maxsplit=1)[0] if is_document else words
    name = find_name(named_in, starts_sentence=_starts_sentence(text, span.start))
    kind = rule.kind if rule else _guess_kind(words, name)
    if rule is None and name is not None and name not in head and _WHO.match(words, len(head)) and _SOME.match(head):
        kind = SourceKind.UNNAMED
    if kind is SourceKind.UNNAMED and name is not None and " " in name and not _SOME.search(head):
        named = (r.kind for r in lexicon.sources if r.by_head and r.pattern.search(head))
        kind = next(named, SourceKind.NAMED_PERSON)
    is_named = kind not in {SourceKind.UNNAMED, SourceKind.PRONOUN}
    why = "by its words" if rule else ("by its name" if name else "no name and no known word in it")
    return Source(span=span, kind=kind, name=name if is_named else None), f"source “{words}”: {kind.value}, {why}"


def is_nobody(words: str) -> bool:
    """Tell a source that stands for nobody: "no group", "neither the elders nor the army"."""
    return _NOBODY.match(words) is not None


def find_name(words: str, *, starts_sentence: bool) -> str | None:
    """Return the longest proper name in a source's words, titles left off."""
    best: str | None = None
    for match in _NAME.finditer(words):
        parts = match.group().split()
        if starts_sentence and match.start() == 0 and len(parts) == 1 and len(words.split()) > 1:
            continue
        while parts and parts[0].lower().strip(".") in _TITLES and parts[1:2] not in _BODIES:
            parts = parts[1:]
        name = " ".join(parts).strip(".,")
        if name.lower() in _TIMES:
            continue
        if name and (best is None or len(name.split()) > len(best.split())):
            best = name
    return best.removesuffix("’s").removesuffix("'s") if best else None


def find_evidence(
    *, source: Source | None, cue: Span | None, spans: tuple[Span, ...], sentence: Span, text: str, lexicon: Lexicon
) -> tuple[Evidence, str]:
    """Find what the source rests on: the first rule whose words stand where it looks; returns the reason too."""
    if source is not None and source.kind is SourceKind.MEDIA:
        return Evidence(kind=EvidenceKind.OTHER_MEDIA, span=source.span), "evidence: the source is another outlet"
    if source is not None and source.kind is SourceKind.DOCUMENT:
        return Evidence(kind=EvidenceKind.DOCUMENT, span=source.span), "evidence: the source is a document"
    places = {
        "source": source.span if source else None,
        "cue": cue,
        "content": spans[0],
        "sentence": sentence,
        "own": sentence if source is None else None,
    }
    for rule in lexicon.evidence:
        where = places[rule.where]
        match = rule.pattern.search(where.slice(text)) if where else None
        if where is not None and match is not None:
            found = Span(start=where.start + match.start(), end=where.start + match.end())
            return Evidence(kind=rule.kind, span=found), f"evidence “{found.slice(text)}”: {rule.kind.value}"
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

"""Through whom a content came: "X reported, citing Y", "Y said, according to X", "X, which was quoted by Z"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whosays.extract.grounds import is_office, read_source
from whosays.model import SourceKind, Span, find_overlaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from whosays.extract.lexicon import Lexicon
    from whosays.model import Statement

_WHO = (
    r"(?P<who>(?!of\b)[^,.;:“”\"\n()—]{2,120}?)"
    r"(?=\s+(?:as|that|said|says|who|which|reported|reports|earlier|on [A-Z])\b|[,.;:“”\"\n()—]|$)"
)
_ING = r"(?:saying|having|putting|telling|calling|describing|denying|warning|confirming|adding|insisting)"
_CITES = re.compile(
    r"\b(?:citing|quoting|(?:which|who) (?:had |has )?(?:cit(?:ed|es)|quot(?:ed|es))"
    rf"|(?:cited|cites|quoted|quotes)(?=[^,.;\n]+\bas {_ING}\b))\s+{_WHO}"
)
_PASSED_ON = re.compile(rf"\b(?:which|who)?\s?(?:was|were|as)?\s?(?:quoted|cited|relayed)\s(?:in turn\s)?by\s+{_WHO}")
_BESIDE = re.compile(rf"\b(?:according to|as reported by|on the waves of)\s+{_WHO}", re.IGNORECASE)
_ON_AIR = re.compile(
    r"\bon\s+(?P<who>(?:[\w’'-]+\s){0,4}"
    r"(?:[Rr]adio|[Tt]elevision|TV|CNN|MSNBC|BBC|NBC|CBS|ABC|Fox News|show|podcast|Channel \d)\b(?:\s[A-Z][\w-]*)*)"
)
_AS_SAYING = re.compile(
    r"\s+as (?:(?:saying|having said|denying|warning|confirming|adding|insisting)(?: that)?\s+"
    r"|(?=putting|calling|describing))"
)
_SOMEBODY = (
    r"(?P<who>(?:an?|the|his|her|its|their|our|my|one|two|some|several|many|officials|[A-Z][\w’'-]+)\b"
    r"[^,;:“”\"\n]{0,80}?)"
)
_TOLD = r"(?:told|assured|informed|warned)"
_HAD_TOLD = re.compile(
    rf"[“\"‘']?(?:that\s)?{_SOMEBODY}\s(?P<cue>(?:had|has|have)\s{_TOLD})\s"
    r"(?:him|her|them|me|us|(?:his|her|their|my|our)\s\w+)\s(?:that\s)?(?=\S+\s\S+\s)"
)
_WAS_TOLD = re.compile(
    r"[“\"‘']?(?:that\s)?(?:he|she|they|I|we)\s"
    rf"(?P<cue>(?:(?:had|has|have)\sbeen|was|were)\s{_TOLD}\sby)\s{_SOMEBODY}\sthat\s(?=\w)"
)
_HEAD_END = re.compile(r"\s(?:of|in|at|on|from|with|by|to|for|who|where|close|familiar|inside|within)\b")
_TAIL = re.compile(r"[\s,]+(?:citing|quoting)?$")
_NEAR = 400
"""Characters over which "was quoted as saying" goes on with who was quoting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Whose words the contents are, and through whom they came, the outermost first."""

    source: Span
    contents: tuple[Span, ...]
    via: tuple[Span, ...] = ()
    cue: Span | None = None
    """The innermost cue, where the contents have one of their own."""


def find_relay(
    source: Span, contents: tuple[Span, ...], sentence: Span, text: str, *, speakers: tuple[Span, ...], lexicon: Lexicon
) -> Relay:
    """Follow a source to whom it cites, and find who passes it on; a content's own citing is its own.

    `speakers` are the people and organisations that the encoder names: who is cited must be one of them, or be called
    by a word that speaks ("a source", "the ministry"); grounds may be cited too ("citing a lack of funds").
    """
    first = Span(start=source.start, end=source.start + len(_TAIL.sub("", source.slice(text))))
    told = _find_told(first, contents, text)
    if told is not None:
        return told
    relay = Relay(source=first, contents=contents)
    for cited in _find(_CITES, text, sentence, contents):
        who = _read_who(cited)
        if cited.start() > first.start and not who.overlaps(first) and speaks(who, text, speakers, lexicon):
            said = _AS_SAYING.match(text, who.end)
            relay = Relay(source=who, via=(first,), contents=_cut(contents, said.end() if said else who.end, who))
            break
    for passed in _find(_PASSED_ON, text, sentence, contents):
        who = _read_who(passed)
        if who.start > first.end and not who.overlaps(relay.source) and speaks(who, text, speakers, lexicon):
            return replace(relay, via=(who, *(relay.via or ((first,) if relay.source != first else ()))))
    if relay.via:
        return relay
    for pattern in (_BESIDE, _ON_AIR):
        for beside in _find(pattern, text, sentence, contents):
            who = _read_who(beside)
            if not who.overlaps(first) and (pattern is _ON_AIR or _is_media(who, text, lexicon)):
                return relay if _is_media(first, text, lexicon) else replace(relay, via=(who,))
    return relay


def _find_told(source: Span, contents: tuple[Span, ...], text: str) -> Relay | None:
    """Find who told the source what it passes on: "Kovac said that a guard had told him that the gate was open"."""
    content = contents[0]
    for pattern in (_HAD_TOLD, _WAS_TOLD):
        match = pattern.match(text, content.start, content.end)
        if match is not None and match.end() < content.end:
            cue = Span(start=match.start("cue"), end=match.end("cue"))
            rest = (Span(start=match.end(), end=content.end), *contents[1:])
            return Relay(source=_read_who(match), contents=rest, via=(source,), cue=cue)
    return None


def carry_relays(statements: Iterable[Statement], text: str) -> list[Statement]:
    """Let "was quoted as saying" go on with who was quoting just before."""
    carried: list[Statement] = []
    for statement in sorted(statements, key=lambda s: s.spans[0].start):
        before = carried[-1] if carried else None
        quoted = statement.cue is not None and "quoted as" in statement.cue.slice(text)
        if quoted and not statement.via and before is not None and before.source is not None:
            through = before.via or ((before.source,) if before.source.kind is SourceKind.MEDIA else ())
            near = statement.spans[0].start - before.spans[-1].end <= _NEAR
            carried.append(replace(statement, via=through) if near else statement)
        else:
            carried.append(statement)
    return carried


def _find(pattern: re.Pattern[str], text: str, sentence: Span, contents: tuple[Span, ...]) -> Iterator[re.Match[str]]:
    """Yield where a pattern begins in the sentence, outside of the contents."""
    for match in pattern.finditer(text, sentence.start, sentence.end):
        if not any(content.start <= match.start() < content.end for content in contents):
            yield match


def _cut(contents: tuple[Span, ...], end: int, who: Span) -> tuple[Span, ...]:
    """Take who is cited, and the words that bring in the content, off the contents; nothing may be left."""
    cut = [Span(start=end, end=c.end) if c.start <= who.start and c.end > end else c for c in contents]
    return tuple(content for content in cut if not who.contains(content))


def _read_who(match: re.Match[str]) -> Span:
    return Span(start=match.start("who"), end=match.start("who") + len(match["who"].rstrip()))


def speaks(who: Span, text: str, speakers: tuple[Span, ...], lexicon: Lexicon, *, documents: bool = False) -> bool:
    """Tell whether words name somebody who can say something: a name, or a word such as "ministry" or "source".

    A document says something only where `documents` are asked for too.
    """
    head = _HEAD_END.split(who.slice(text), maxsplit=1)[0]
    end = who.start + len(head)
    if any(speaker.start < end <= speaker.end for speaker in find_overlaps(who, speakers)):
        return True
    rule = next((rule for rule in lexicon.sources if rule.pattern.search(head)), None)
    silent = {SourceKind.PRONOUN} if documents else {SourceKind.PRONOUN, SourceKind.DOCUMENT}
    return is_office(who.slice(text)) if rule is None else rule.kind not in silent


def _is_media(who: Span, text: str, lexicon: Lexicon) -> bool:
    return read_source(who, text, lexicon)[0].kind is SourceKind.MEDIA

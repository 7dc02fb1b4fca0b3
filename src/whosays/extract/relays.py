"""Through whom a content came: "X reported, citing Y", "Y said, according to X", "Y told X", "X, quoted by Z"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from whosays.extract.nested import Relay
from whosays.model import SourceKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from whosays.extract.attribution import Attribution
    from whosays.extract.voices import Voices
    from whosays.model import Source, Statement

_WHO = (
    r"(?P<who>(?!of\b)[^,.;:“”\"\n()—]{2,120}?)"
    r"(?=\s+(?:as|that|said|says|who|which|reported|reports|earlier|on [A-Z]\w+)\b|[,.;:“”\"\n()—]|$)"
)
_ING = r"(?:saying|having|putting|telling|calling|describing|denying|warning|confirming|adding|insisting)"
_QUOTED_AS = rf"(?:cited|cites|quoted|quotes)(?=[^.;\n]+\bas {_ING}\b)"
_CITES = re.compile(
    r"\b(?:(?P<loose>citing|crediting|with reference to|quoting(?: from)?"
    r"|(?:which|who) (?:had |has )?(?:cit(?:ed|es)|quot(?:ed|es)))"
    rf"|{_QUOTED_AS})\s+{_WHO}"
)
_PASSED_ON = re.compile(rf"\b(?:which|who)?\s?(?:was|were|as)?\s?(?:quoted|cited|relayed)\s(?:in turn\s)?by\s+{_WHO}")
_BESIDE = re.compile(
    r"\b(?:according to|as (?:first )?reported by|on the waves of|in (?:an|his|her|their)(?: \w+)? interview with"
    r"|(?:speaking|talking) (?:to|on|with)|(?:wrote|writing|quoted as saying) in"
    r"|(?:statement|interview|letter|message|video)(?: \w+)? (?:carried|published|broadcast|aired)(?: \w+)?"
    r" (?:by|in|on)"
    r"|in (?:an?|the|its)(?: [\w-]+){0,4} (?:edition|issue|article|dispatch|broadcast) (?:of|in|by|on|from))\s+"
    rf"{_WHO}"
    r"|,\s(?:as\s)?(?P<reporter>[^,.;:“”\"\n()—]{2,90}?)\s(?:has |had )?report(?:ed|s)\b"
    r"|,\s(?:reports|reported|writes|wrote)\s(?P<writer>[^,.;:“”\"\n()—]{2,90}?)(?=[,.;]|$)",
    re.IGNORECASE,
)
_PAPER = re.compile(r"(?:an?|the|his|her|its|their|court|police)\s", re.IGNORECASE)
_MAY_BESIDE = re.compile(
    r"ccording to|report|on the waves|interview with|peaking|alking|writ|wrote|quoted as|edition|issue|article|dispatch"
    r"|broadcast|carried|published|aired"
)
_ON_AIR = re.compile(
    r"(?<!appeared )(?<!appearing )\bon\s+(?P<who>(?:[\w’'-]+\s){0,4}"
    r"(?:[Rr]adio|[Tt]elevision|TV|CNN|MSNBC|BBC|NBC|CBS|ABC|Fox News|(?:TV |talk |radio |morning |breakfast )show|Show"
    r"|podcast|Channel \d)\b(?:\s[A-Z][\w-]*)*)"
)
_NAMED = re.compile(r"\b(?!\w+day\b|TV\b)[A-Z]|\bsame\b")
"""A station by its name: whoever speaks "on state television" may have been seen by anybody."""
_AS_SAYING = re.compile(
    r"(?:,[^,;:“”\"\n]{2,60},)?\s+as (?:(?:saying|having said|denying|warning|confirming|adding|insisting)(?: that)?\s+"
    r"|(?=putting|calling|describing))"
)
_COMMA = re.compile(r",\s(?=that\b)")
_CITING = re.compile(r"\b(?:[Cc]it(?:ing|e[ds])|crediting|with reference to|[Qq]uot(?:ing|e[ds])|relayed)\b")
_CITING_FIRST = re.compile(r"(?:Citing|Quoting(?: from)?)\s(?P<who>[^,;:“”\"\n()—]{2,90}),\s")
_NAME_ALONE = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]+\s?)+")
_OWN_CLAUSE = re.compile(r"\s(?:who|which)\s\w+\sthat\b")
_CITED_BEFORE = re.compile(
    r"(?P<who>[^,;:“”\"\n()—]{2,90}),?\s(?:citing|quoting(?: from)?)\s(?:an?\s[^,;:“”\"\n()—]{2,40},\s)?$"
)
"""Before a source that is cited in the middle of who cites it: "the daily X, quoting a soldier, reported"."""
_WHICH_CITES = re.compile(
    r"(?P<outer>.{2,120}?),?\s(?:(?:which|who)\s(?:had |has )?(?:cit(?:ed|es)|quot(?:ed|es)|credits)"
    r"|with reference to)\s(?P<who>.{2,120})"
)
_QUOTED_BY = re.compile(
    r"(?P<inner>.{2,120}?),?\s(?:(?:who|which)\s(?:was|were|is)\s)?(?:as\s|first\s)?"
    r"(?:(?P<through>(?:who\sspoke|speaking)\sthrough)"
    r"|(?:quoted|cited|published|revealed|obtained|seen|viewed|reviewed|examined|relayed|reported|consulted|interviewed|contacted|described)(?:\s\w+ly)?\s(?:by|in))\s(?:our\scolleagues\sat\s)?"
    r"(?P<who>.{2,120})"
)
_WHICH = re.compile(r"(?:^|,?\s)(?:which|who)$")
_AS_QUOTED = re.compile(r"(?P<who>[^,;:“”\"\n()—]{2,90}?),?\s(?:as\s)?(?:quoted|cited|reported)\s(?:by|in)\s$")
"""Before a source that only passes on: "the memo, as quoted by the paper, says"."""
_CARRIED_BY = re.compile(
    r"(?P<who>[^,;:“”\"\n()—]{2,90}?)\s(?:said|says)\s[^,;:“”\"\n()—]{0,40}?(?:carried|published|broadcast|aired)\s(?:by|in|on)\s$"
)
_SAYS_BEFORE = re.compile(r"(?P<who>[^,;:“”\"\n()—]{2,60}?)\s(?:says?|said|claims|claimed|adds|added)(?:\sthat)?\s$")
_SENT_BY = re.compile(
    r"\b[Ii]n an? (?:\w+ )?(?:letter|note|statement|e-?mail|message)(?: \w+){0,2}"
    r" (?:sent|read|issued|released|delivered|given)(?: \w+){0,5}? by"
    r" (?P<who>[^,;:“”\"\n()—]{2,80}?)(?: to [^,]{2,40})?,"
)
_STATES = re.compile(
    r",\s(?P<who>(?:the|an?|his|her)\s[^,;:“”\"\n()—]{2,60}?)\s(?:states?|stated|says|said|shows?|reads?)(?=[.,]|$)"
)
_OF_WHICH = re.compile(r"(?:per|to|by|in)\s(?P<who>[^,;:“”\"\n()—]{3,90}),\s$", re.IGNORECASE)
_SHOWN = re.compile(
    r"pictures?|photo\w*|footage|videos?|clips?|imag\w+|study|studies|surveys?|polls?|data|figures|records?"
)
"""Documents that bear something out, and do not say it."""
_QUOTES = re.compile(r"(?:had |has )?(?:quot(?:ed|es)|cit(?:ed|es))")
_QUOTED_FIRST = re.compile(r"(?P<who>[^,;:“”\"\n()—]{2,90}?)(?:,\s(?=\S+\s\S+\s\S)|(?=(?:,[^,]{2,60},)?\sas\s))")
"""Whom a cue that quotes has for its object, and then what they said."""
_TOLD_BY = re.compile(r".*\b(?:told|assured|informed|warned) by")
_TELLER = re.compile(r"\s*(?P<who>[^,;:“”\"\n]{2,90}?)[\s,]*")
_TELLS = re.compile(r"(?:.*\b)?(?:told|tells?|telling)")
_AUDIENCE = re.compile(
    r"\s(?P<who>[^,.;:“”\"\n()—]{2,60}?)"
    r"(?=\s(?:that|how|why|there|on|in|at|by|this|late|early|earlier|last|yesterday|during|after|from|he|she|it|they|his"
    r"|her|its|the|there|no|all)\b|[,.;:“”\"\n()—]|$)"
)
_THROUGH = re.compile(
    r"\bthrough\s(?P<who>(?:an?|his|her|its|their)\s[^,.;:“”\"\n()—]{0,50}?"
    r"(?:aides?|spokes\w+|lawyers?|firm|agency|company|interpreter|translator|intermediar\w+|representatives?|attorneys?"
    r"|office|label|publicist|embassy|counsel)[^,.;:“”\"\n()—]{0,40}?)(?=\sthat\b|[,.;:“”\"\n()—]|\s?$)"
)
_TAIL = re.compile(r"(?:,?\s(?:citing|quoting|with reference to)\s.*|[\s,]+(?:citing|quoting|which|who)?)$")
_TO_US = re.compile(r"\b(?:us|this (?:newspaper|site|paper|website))\b")
_NEAR = 400
"""Characters over which what somebody said goes on to come through whom it came."""
_NEXT = 3
"""Characters between a sentence and the next."""
_OPENING = 10
"""Characters: "always on Radio Sel, the minister said" opens a sentence."""


def find_relay(source: Span, told: Attribution, sentence: Span, voices: Voices) -> Relay:
    """Follow the source of what is told to whom it cites, and find who passes it on; a content's own citing is its own.

    Who is cited must be able to say something: grounds may be cited too ("citing a lack of funds").
    """
    text = voices.text
    named = len(_TAIL.sub("", source.slice(text))) or len(source)
    first = Span(start=source.start, end=source.start + named)
    relay = _turn_cue(first, told, voices) or _read_own_relay(first, told, voices)
    cites = _CITING.search(text, sentence.start, sentence.end) is not None
    if relay is None and cites:
        relay = _find_cited(first, told.contents, sentence, voices)
    relay = relay or _find_before(first, told, sentence, voices) or Relay(source=first, contents=told.contents)
    for passed in _find(_PASSED_ON, text, sentence, told.contents) if cites else ():
        who = _read_who(passed)
        if who.start > first.end and not who.overlaps(relay.source) and voices.can_speak(who):
            return replace(relay, via=(who, *(relay.via or ((first,) if relay.source != first else ()))))
    through = _find_beside(first, told, sentence, voices)
    if through is None or voices.is_medium(first) or any(through.overlaps(who) for who in (relay.source, *relay.via)):
        return relay
    return replace(relay, via=(through, *relay.via))


def _turn_cue(first: Span, told: Attribution, voices: Voices) -> Relay | None:
    """Read a cue whose object speaks: "was told by a guard that", "which quoted a firefighter, …"."""
    text, cue, content = voices.text, told.cue, told.contents[0]
    words = cue.slice(text) if cue is not None else ""
    if cue is not None and _TOLD_BY.fullmatch(words):
        teller = _TELLER.fullmatch(text, cue.end, max(cue.end, content.start))
        return Relay(source=_read_who(teller), contents=told.contents, via=(first,)) if teller is not None else None
    quoted = _QUOTED_FIRST.match(text, content.start, content.end) if _QUOTES.fullmatch(words) else None
    if quoted is None or not ("quot" in words or voices.can_speak(_read_who(quoted))):
        return None
    said = _AS_SAYING.match(text, quoted.end("who"), content.end)
    rest = Span(start=said.end() if said else quoted.end(), end=content.end)
    outer = _name_relative(first, text)
    if outer is None or len(rest) <= 1:
        return None
    return Relay(source=_read_who(quoted), contents=(rest, *told.contents[1:]), via=(outer,))


def _read_own_relay(source: Span, told: Attribution, voices: Voices) -> Relay | None:
    """Read a source whose words say through whom it came: "a senior official, quoted by Radio Sel"."""
    text = voices.text
    cites = _WHICH_CITES.fullmatch(text, source.start, source.end)
    if cites is not None and _SHOWN.search(cites["who"]) is None:
        return Relay(source=_read_who(cites), contents=told.contents, via=(_read_who(cites, "outer"),))
    quoted = _QUOTED_BY.fullmatch(text, source.start, source.end)
    if quoted is None or not (quoted["through"] or voices.is_other_medium(_read_who(quoted))):
        return None
    return Relay(source=_read_who(quoted, "inner"), contents=told.contents, via=(_read_who(quoted),))


def _name_relative(source: Span, text: str) -> Span | None:
    """Return who "the daily X, which" is, or who stands before a "which" alone; `None` where that is not clear."""
    named = len(_WHICH.sub("", source.slice(text)))
    if named:
        return Span(start=source.start, end=source.start + named)
    before = _OF_WHICH.search(text, max(0, source.start - _NEAR), source.start)
    return _read_who(before) if before is not None else None


def _find_cited(first: Span, contents: tuple[Span, ...], sentence: Span, voices: Voices) -> Relay | None:
    """Find whom a source cites, or who cites it."""
    text = voices.text
    before = _CITED_BEFORE.search(text, sentence.start, first.start)
    if before is not None:
        return Relay(source=first, contents=contents, via=(_read_who(before),))
    quoted = _AS_QUOTED.fullmatch(text, sentence.start, first.start)
    if quoted is not None:
        return Relay(source=_read_who(quoted), contents=contents, via=(first,))
    opening = _CITING_FIRST.match(text, sentence.start, sentence.end)
    if opening is not None and opening.end() <= first.start and voices.can_speak(_read_who(opening), documents=True):
        return Relay(source=_read_who(opening), contents=contents, via=(first,))
    for cited in _find(_CITES, text, sentence, contents):
        who = _read_who(cited)
        others = not cited["loose"] and any(first.end <= content.start < cited.start() for content in contents)
        if others or _OWN_CLAUSE.match(text, who.end):
            continue  # who is cited there says something else
        plain = (
            cited.group().startswith(("quoting", "with reference"))
            or _NAME_ALONE.fullmatch(who.slice(text)) is not None
        )
        speaks = plain or voices.can_speak(who, documents=True)
        if cited.start() > first.start and not who.overlaps(first) and speaks and not _SHOWN.search(who.slice(text)):
            said = _AS_SAYING.match(text, who.end) or _COMMA.match(text, who.end)
            return Relay(source=who, contents=_cut(contents, said.end() if said else who.end, who), via=(first,))
    return None


def _find_before(first: Span, told: Attribution, sentence: Span, voices: Voices) -> Relay | None:
    """Read who stands before the source: who says what it told them, or who spoke through it."""
    text = voices.text
    if told.cue is None or told.cue.start < first.start:
        return None
    carried = _CARRIED_BY.fullmatch(text, sentence.start, first.start)
    if carried is not None:
        return Relay(source=_read_who(carried), contents=told.contents, via=(first,))
    says = _SAYS_BEFORE.fullmatch(text, sentence.start, first.start)
    if says is None or not voices.can_speak(_read_who(says)):
        return None
    return Relay(source=first, contents=told.contents, via=(_read_who(says),))


def _find_beside(first: Span, told: Attribution, sentence: Span, voices: Voices) -> Span | None:
    """Find the medium that passes on what somebody says, or whom they say it through."""
    text, cue = voices.text, told.cue
    if cue is not None and _TELLS.fullmatch(cue.slice(text)):
        audience = _AUDIENCE.match(text, cue.end)
        if audience is not None and voices.is_outlet_told(_read_who(audience)):
            return _read_who(audience)
    passes = _MAY_BESIDE.search(text, sentence.start, sentence.end) is not None
    for beside in _find(_BESIDE, text, sentence, told.contents) if passes else ():
        who = _read_who(beside, beside.lastgroup or "who")
        written = beside.group().lower().startswith(("wrote", "writing"))  # not "in a blog post"
        medium = voices.is_other_outlet(who) if written else voices.is_other_medium(who)
        if not who.overlaps(first) and (medium or _is_papered(beside, who, voices)):
            return who
    for aired in _find(_ON_AIR, text, sentence, told.contents):
        apart = first.end <= aired.start() or aired.start() <= sentence.start + _OPENING
        if apart and _NAMED.search(aired["who"]) and not _read_who(aired).overlaps(first):
            return _read_who(aired)
    for states in _find(_STATES, text, sentence, told.contents):
        if not _read_who(states).overlaps(first) and voices.is_document(_read_who(states)):
            return _read_who(states)
    sent = _SENT_BY.match(text, sentence.start, first.start)
    return _read_who(sent) if sent is not None else _find_through(first, cue, told.contents, sentence, text)


def _find_through(first: Span, cue: Span | None, contents: tuple[Span, ...], sentence: Span, text: str) -> Span | None:
    """Find whom somebody speaks through: "Holbrecht, through its press office, said", "she said through an aide"."""
    if cue is None:
        return None
    end = contents[0].start if contents[0].start > cue.start else sentence.end
    through = _THROUGH.search(text, min(first.end, cue.start), end)
    return _read_who(through) if through is not None and not _read_who(through).overlaps(first) else None


def _is_papered(beside: re.Match[str], who: Span, voices: Voices) -> bool:
    """Tell a paper that tells what somebody said: "according to an arrest affidavit", "in a 1951 edition of X"."""
    words = beside.group().lower()
    paper = words.startswith("according") and _PAPER.match(who.slice(voices.text)) and voices.is_document(who)
    return bool(paper) or "edition of" in words or "issue of" in words


def carry_relays(statements: Iterable[Statement], text: str) -> list[Statement]:
    """Let what somebody says go on through the medium that passed on what they said just before.

    So it does with "was quoted as saying", with a pronoun, and with "the official" after "a government official".
    """
    carried: list[Statement] = []
    for statement in sorted(statements, key=lambda s: s.spans[0].start):
        before = carried[-1] if carried else None
        through = _find_carried(statement, before, text) if before is not None and not statement.via else ()
        why = tuple(f"through whom: “{one.span.slice(text)}”, as just before" for one in through)
        carried.append(replace(statement, via=through, reasons=(*statement.reasons, *why)) if through else statement)
    return carried


def _find_carried(statement: Statement, before: Statement, text: str) -> tuple[Source, ...]:
    if before.source is None or statement.source is None or statement.spans[0].start - before.spans[-1].end > _NEAR:
        return ()
    if statement.cue is not None and "quoted as" in statement.cue.slice(text):
        return before.via or ((before.source,) if before.source.kind is SourceKind.MEDIA else ())
    told_us = _TO_US.search(text, statement.sentence.start, statement.sentence.end)
    if not before.via or before.via[0].kind is not SourceKind.MEDIA or told_us:
        return ()
    words = statement.source.span.slice(text).lower()
    if words in {"he", "she", "him", "her"}:
        return before.via if statement.sentence.start - before.sentence.end <= _NEXT else ()
    named = words.removeprefix("the ")
    same = named != words and re.search(rf"\b{re.escape(named)}\b", before.source.span.slice(text).lower()) is not None
    return before.via if same else ()


def _find(pattern: re.Pattern[str], text: str, sentence: Span, contents: tuple[Span, ...]) -> Iterator[re.Match[str]]:
    """Yield where a pattern begins in the sentence, outside of the contents."""
    for match in pattern.finditer(text, sentence.start, sentence.end):
        if not any(content.start <= match.start() < content.end for content in contents):
            yield match


def _cut(contents: tuple[Span, ...], end: int, who: Span) -> tuple[Span, ...]:
    """Take who is cited, and the words that bring in the content, off the contents; nothing may be left."""
    cut = [Span(start=end, end=c.end) if c.start <= who.start and c.end > end else c for c in contents]
    return tuple(content for content in cut if not who.contains(content))


def _read_who(match: re.Match[str], name: str = "who") -> Span:
    words = match[name]
    start = match.start(name) + len(words) - len(words.lstrip())
    return Span(start=start, end=start + len(words.strip()))

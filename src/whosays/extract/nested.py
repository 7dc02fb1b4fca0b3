"""What a content passes on of somebody else: "a guard had told him that the gate was open", "my mother thinks that …".

Whoever is spoken of may pass on somebody else's words in turn; each becomes a source of its own, and those before it
the ones through whom it came.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.extract.grounds import is_nobody
from whosays.model import Span, find_overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Whose words the contents are, and through whom they came, the outermost first."""

    source: Span
    contents: tuple[Span, ...]
    via: tuple[Span, ...] = ()
    cue: Span | None = None
    """The innermost cue, where the contents have one of their own."""


_DEPTH = 4
"""Mouths through which one content is followed."""
_GAP = 120
"""Characters between a cue and its content in which somebody else may be named."""
_STOP = re.compile(r"[.!?;:“”\"]\s|\n")
_LEAST = 3
"""Words that are said, at least."""
_NO_NOUN = (
    r"(?:is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|do|does|did|\w+n['’]t|said|says|told|want"
    r"|that|which|who|when|where|while|whenever|if|because|since|how|why|not|never|always"
    r"|rang|went|came|took|made|got|gave|saw|left|fell|held|won|lost|kept|knew|began|ran|sent|spoke|wrote"
    r"|(?!(?:un)?armed\b|wounded\b|injured\b|united\b|displaced\b|unnamed\b|retired\b|detained\b|armoured\b|involved\b"
    r"|based\b)\w{2,}ed)\b"
)
_WORD = rf"(?!(?i:{_NO_NOUN}))[\w’'.&-]+"
_SOMEBODY = (
    r"(?P<who>(?!(?i:I|we|you|it|there|this|that|what|as|so|and|but|or|after|before|once|then|now)\b)"
    r"(?:(?i:an?|the|his|her|its|their|our|my|one|two|three|some|several|many|most|both|other)\s"
    r"|(?=[A-Z])|(?=(?:he|she|they)\s)|(?=[a-z]+s\b))"
    rf"{_WORD}(?:\s{_WORD}){{0,11}}?(?:,\s[A-Z][^,;:“”\"\n]{{2,60}},)?)"
)
"""Words that name somebody, with no verb among them; a description may stand between commas."""
_LEAD = (
    r"[“\"‘'\s]*(?:(?:and|but|then|yet|also)\s)?(?:that\s)?"
    r"(?:(?i:after|before|in|on|at|for|when|\w+ \w+ (?:before|after))\s[^,;:“”\"\n]{3,110},\s)?"
)
_CLAUSE = (
    r"the|(?:they|he|she|it|we|there)(?:['’]\w+)?|all|no|his|her|their|its|these|some|many|most|\d+|two|three|four|five"
    r"|(?:an?)(?=\s\w+\s(?:would|will|was|had|has|is|were)\b)"
)
_OFTEN = r"(?:(?:once|also|already|always|earlier|later|again|only|previously|repeatedly|privately|\w+ly)\s)?"
_TOLD = r"(?:told|assured|informed|warned)"
_TO = r"(?:(?:confided|confirmed|promised|explained|admitted|complained|swore|suggested|indicated)\sto)"
_TELLS = (
    rf"{_SOMEBODY}\s{_OFTEN}(?P<cue>(?:(?:had|has|have)\s)?{_OFTEN}(?:{_TOLD}|{_TO}|tells?|assures?|warns?))\s"
    r"[^,;:“”\"\n]{2,60}?\sthat\s(?=[\w“\"‘'])"
)
_HAD_TOLD = (
    rf"{_SOMEBODY}\s(?P<cue>(?:(?:had|has|have)\s{_OFTEN}(?:{_TOLD}|{_TO})(?=(?:\s\S+){{4}})|(?:told|tells?|assured)(?=\s\S+\s(?:\S+\s)?(?:{_CLAUSE})\s)))\s"
    rf"(?:him|her|them|me|us|(?:his|her|their|my|our)\s\w+|[a-z]+(?=\s(?:{_CLAUSE})\s))\s(?=\S+\s\S+\s)"
)
_WAS_TOLD = (
    rf"(?:(?i:he|she|they|I|we)|{_SOMEBODY.replace('who', 'first')})\s"
    rf"(?P<cue>(?:(?:(?:had|has|have)\sbeen|was|were)\s{_TOLD}\sby|(?:(?:had|has|have)\s)?heard\sfrom))\s{_SOMEBODY}"
    r"(?:\s(?:last|this|on|that)\s\w+)?\s(?:that\s(?=[\w“\"‘'])|(?=to\s\w))"
)
_SAYS = (
    rf"{_SOMEBODY}\s{_OFTEN}(?P<cue>(?:(?:had|has|have)\s)?{_OFTEN}(?:said|says?|thinks?|reckons?|believes?|wrote|writes|claimed|insists?|insisted"
    r"|admits?|admitted|reported|judged)|used to say)"
    r"(?:\s(?:at|on|in|with|over)\s[^,;:“”\"\n]{1,40}?|,\s[“\"][^”\"\n]{2,40}[”\"],)?"
    rf"(?:\sthat\s(?=[\w“\"‘'])|\s(?=(?:{_CLAUSE})\s\w)|[,:]?\s(?=[“\"‘']))"
)
_PUTS = rf"{_SOMEBODY}\s(?P<cue>puts?)\s(?=(?:the|its|their)\s[^,;:“”\"\n]{{3,60}}\sat\s\S)"
_HEADS = tuple(re.compile(_LEAD + told) for told in (_TELLS, _HAD_TOLD, _WAS_TOLD, _SAYS, _PUTS))
"""Who says it and how, before what is said."""
_WHEN = r"(?:\s(?:(?:late|early|earlier)\s)?(?:on|in|this|last|at)\s[^,;:“”\"\n]{2,40})?"
_TAILS = tuple(
    re.compile(rf"(?P<rest>[^“”\"\n]{{12,}}?){told}\W*")
    for told in (
        r",?\s(?P<cue>according to)\s(?P<who>[^,;:“”\"\n]{3,90}?)",
        rf",\s{_SOMEBODY}\s(?P<cue>said|says|announced|reported|reports|wrote|writes){_WHEN}",
    )
)
"""Who says it and how, behind what is said."""
_MAY = re.compile(
    r"\b(?:told|tells?|sa(?:id|ys?)|wr(?:ote|ites)|thinks?|reckon|believe|claimed|insist|admit|report|judged|puts?|heard"
    r"|assure|informed|warn|confided|confirmed|promised|explained|complained|swore|suggested|indicated|announced|according)"
)
"""What every pattern has one of."""
_NO_ONE = re.compile(
    r"\b(?:and|or|but|to|of|for|with|in|on|at|by|from|an?|the|then|still|now|just|also|even|only)$"
    r"|\s(?:he|she|they|it|we|who)$"
    r"|^(?:(?:many|most|some|other) )?(?:people|others)$"
)
"""Words that stand for nobody in particular, or break off."""
_PRONOUN = re.compile(r"(?:he|she|they|who)\b", re.IGNORECASE)


def follow_nested(
    relay: Relay, sentences: tuple[Span, ...], text: str, *, cue: Span | None = None, depth: int = _DEPTH
) -> tuple[Relay, ...]:
    """Take what a source passes on of others out of its contents, sentence by sentence, to any depth that occurs.

    What is left is the source's own and comes first; a relay without such comes back as it is. Between a `cue` and the
    first content may stand who said it to the source: "she said a guard had told her [the gate was open]".
    """
    own: list[Span] = []
    others: list[Relay] = []
    for number, content in enumerate(relay.contents):
        for piece in _cut_at(content, sentences):
            first = number == 0 and piece.start == content.start
            inner = _find_inner(piece, relay, text, cue=cue if first else None) if depth else None
            if inner is not None:
                others += follow_nested(inner, sentences, text, depth=depth - 1)
            elif own and own[-1].end >= piece.start:
                own[-1] = Span(start=own[-1].start, end=piece.end)
            else:
                own.append(piece)
    if not others:
        return (relay,)
    kept = tuple(span for span in own if len(span.slice(text).split()) >= _LEAST)
    return (*((Relay(source=relay.source, contents=kept, via=relay.via, cue=relay.cue),) if kept else ()), *others)


def _cut_at(content: Span, sentences: tuple[Span, ...]) -> Iterator[Span]:
    """Yield the parts of a content that lie in one sentence each, white space between them with the first."""
    inside = find_overlaps(content, sentences)
    for number, sentence in enumerate(inside):
        start = content.start if number == 0 else sentence.start
        end = content.end if number == len(inside) - 1 else inside[number + 1].start
        if start < end:
            yield Span(start=start, end=end)
    if not inside:
        yield content


def _find_inner(piece: Span, relay: Relay, text: str, *, cue: Span | None) -> Relay | None:
    """Return whose words a part of a content is, if the part says so, or the words between it and its cue."""
    starts = [piece.start, *(_list_starts(cue, piece, text) if cue is not None else ())]
    if _MAY.search(text, min(starts), piece.end) is None:
        return None
    for start in starts:
        for pattern in _HEADS:
            match = pattern.match(text, start, piece.end)
            if match is not None and match.end() >= piece.start and _is_other(match, relay, text):
                return _make(match, Span(start=match.end(), end=piece.end), relay, text)
    for pattern in _TAILS:
        match = pattern.fullmatch(text, piece.start, piece.end)
        if match is not None and _is_other(match, relay, text):
            return _make(match, Span(start=match.start("rest"), end=match.end("rest")), relay, text)
    return None


def _list_starts(cue: Span, piece: Span, text: str) -> list[int]:
    """Return where a clause may begin between a cue and what it brings in."""
    gap = text[cue.end : piece.start]
    if not gap.strip() or len(gap) > _GAP or _STOP.search(gap):
        return []
    that = gap.find(" that ")
    return [cue.end + 1, *((cue.end + that + 1,) if that >= 0 else ())]


def _make(match: re.Match[str], rest: Span, relay: Relay, text: str) -> Relay | None:
    if len(rest.slice(text).split()) < _LEAST:
        return None
    who = Span(start=match.start("who"), end=match.start("who") + len(match["who"].rstrip(" ,")))
    cue = Span(start=match.start("cue"), end=match.end("cue"))
    return Relay(source=who, contents=(rest,), via=(*relay.via, relay.source, *_name_first(match)), cue=cue)


def _name_first(match: re.Match[str]) -> tuple[Span, ...]:
    """Return who was told, where that is not the speaker: "a cousin was told by farmers that"."""
    named = "first" in match.re.groupindex and match["first"] is not None
    return (Span(start=match.start("first"), end=match.end("first")),) if named else ()


def _is_other(match: re.Match[str], relay: Relay, text: str) -> bool:
    """Tell somebody else from the speaker: "he thinks that" is nobody else, unless it is quoted, or "she" said it."""
    who, speaker = match["who"].lower(), relay.source.slice(text).lower()
    if is_nobody(who) or who == speaker or _NO_ONE.search(who):
        return False
    if _PRONOUN.match(who) is None:
        return True
    quoted = text[match.start() : match.start("who")].lstrip()[:1] in {"“", '"', "‘"}
    return quoted or (_PRONOUN.fullmatch(speaker) is not None and speaker not in {"who", who.split()[0]})

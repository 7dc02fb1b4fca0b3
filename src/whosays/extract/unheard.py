"""Attributions that the encoder rarely hears, by narrow patterns, in sentences where it heard none.

Who gives a figure without a verb of saying ("X puts it at 5,000", "Y speaks of more than 6,000"), and who is named in
the middle of what is told ("A fire closed the port, its operator said late on Sunday, leaving ten ships at anchor"),
and who signed a post that is set into the text ("— Port Authority (@port) May 3, 2024").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whosays.extract.attribution import Attribution
from whosays.extract.heads import skip_dateline
from whosays.model import Span, find_overlaps

if TYPE_CHECKING:
    from whosays.extract.voices import Voices
    from whosays.model import Figure

_IT = r"(?:it|them|(?:the|its|their)\s[^,;:“”\"\n]{3,40}?)"
_NUMBER = (
    r"(?:\d[\d,]*|[a-z]+(?:ty|teen)(?:-[a-z]+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundreds|dozens)"
    r"\.?$"
)
_GIVES = re.compile(
    r"(?:In [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?,? )?"
    r"(?P<source>[^,;:“”\"\n]{2,90}?(?:, (?P<named>[^,;:“”\"\n]{2,60})(?=,\s))?),?\s"
    rf"(?P<cue>(?:puts?|had put|has put)\s{_IT}\sat|(?:speaks?|spoke|had spoken) of"
    rf"|(?:gives?|gave|had given)\s{_IT}\sas|estimates?(?: that)?|estimated(?: that)?"
    rf"|(?:says|said|gives|gave)(?= (?:about |some |at least |only )?{_NUMBER}))\s"
    r"(?P<content>[^;:“”\"\n]+?)(?=[.;:]?$|, (?:because|but|while|although|after|as)\b)"
)
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_TELLS = re.compile(
    r"(?P<content>[^“”\"\n]{25,800}?),\s"
    r"(?P<source>(?!(?:which|who|that|and|but|as|so|when|while|where|because|if|though|although|he|she|it|they)\b)"
    r"[^,;:“”\"\n]{2,90}?)\s"
    r"(?P<cue>said|says|announced|added|told\s(?:the\s)?[A-Z][\w ]{2,30}?|told (?:us|reporters|this newspaper))"
    rf"(?:\s(?:(?:late |early |earlier )?(?:on )?(?:{_DAYS}|today|yesterday)(?: morning| afternoon| evening| night)?"
    r"|in a statement|at a news conference|by \w+))*"
    r"(?:,\s(?P<more>(?:\w+ing|but|so|and|with|after|as|amid|while|when|because|despite|days|hours|weeks)\s"
    r"[^“”\"\n]+?))?(?=[.]$)"
)
_PER = re.compile(
    r"(?P<content>[^“”\"\n]{25,800}?),\s(?P<cue>(?:as )?per|according to)\s(?P<source>[^,;:“”\"\n]{3,90}?)(?=[.]$)"
)
_SIGNED = re.compile(
    r"(?:^|(?<=\s))[—–-]{1,2} ?(?P<source>[^\s(@][^\n(@]{0,79}?) ?\(@\w{1,30}\)"
    r" (?:[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4})(?=\n|$)"
)
_POST_LENGTH = 1000
_SCORE = 0.7
"""Not measured: the patterns are narrow, and ask for somebody who speaks."""


def find_unheard(sentence: Span, *, figures: tuple[Figure, ...], voices: Voices) -> Attribution | None:
    """Return the attribution of a sentence by its pattern; none where it fits none or nobody speaks."""
    text = voices.text
    for pattern in (_GIVES, _TELLS, _PER):
        match = pattern.match(text, sentence.start, sentence.end)
        if match is None:
            continue
        named = (
            pattern is _GIVES and bool(match["named"]) and bool(find_overlaps(_cut(match, "named"), voices.speakers))
        )
        if not named and not voices.can_speak(_cut(match, "source"), documents=pattern is _GIVES):
            continue
        contents = [_cut(match, part) for part in ("content", "more") if part in pattern.groupindex and match[part]]
        if pattern is _GIVES and not find_overlaps(contents[0], tuple(figure.span for figure in figures)):
            continue
        start = skip_dateline(text, contents[0].start, contents[0].end)
        contents[0] = Span(start=start, end=contents[0].end)
        return Attribution(source=_cut(match, "source"), cue=_cut(match, "cue"), contents=tuple(contents), score=_SCORE)
    return None


def find_posts(text: str) -> tuple[Attribution, ...]:
    """Find the posts that are set into a text, each a line signed with a name, an account and a day: no cue."""
    posts = []
    done = 0
    for match in _SIGNED.finditer(text):
        first = max(done, match.start() - _POST_LENGTH)
        done = match.end()
        before = text[first : match.start()].rstrip()
        post = before[before.rfind("\n") + 1 :]
        end = first + len(before)
        if post:
            content = Span(start=end - len(post), end=end)
            posts.append(Attribution(source=_cut(match, "source"), cue=None, contents=(content,), score=_SCORE))
    return tuple(posts)


def _cut(match: re.Match[str], part: str) -> Span:
    return Span(start=match.start(part), end=match.end(part))

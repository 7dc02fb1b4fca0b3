"""Cut text into sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whosays.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Cpl|Pvt|Adm|Rev|Hon|Sen|Rep|Gov|Pres|St|Sr|Jr|Messrs|Brig|Supt|Insp"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|Nos|vs|v|cf|ca|approx|est|Inc|Ltd|Co|Corp|Bros|e\.g|i\.e|a\.m|p\.m"
    r"|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex"
    r"|Va|Vt|Wash|Wis|Wyo|al)|(?:^|[\s(“\"‘'])[A-Z]|\b(?:[A-Z]\.)+[A-Z])\.$"
)
_END = re.compile(
    r"(?:[.!?…]+[”’\"')\]]*|[”\"])(?=\s+)"
    r"|(?<=[a-z][a-z][a-z])[.!?][”\"]?(?=[“\"]?(?!(?:Com|Org|Net|Io|Tv|Co)\b)[A-Z][a-z’']*\s[a-z])"
)
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*")
_SPACE = re.compile(r"\s*")
_LOOK = 80
"""Characters behind a stop that tell whether it ends a sentence."""
_LONGEST = 2000
"""Characters; of 13,000 sentences of news pages the longest has 591."""
_OPENING = "“‘\"'([—–-"


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of `text` in order, without the white space between; none runs over a blank line.

    A full stop ends a sentence when white space and something that can begin one follow, and it does not belong to a
    title, an initial or a common short form; without white space, as some pages glue their sentences, only between
    words that leave no doubt. A closing quotation mark ends one only after its own stop. What goes on without a stop is
    cut at a blank after 2,000 characters: nobody writes so, and what looks around in a sentence stays as quick.
    """
    return tuple(
        part
        for paragraph in _PARAGRAPH.finditer(text)
        for span in _split_paragraph(paragraph.group())
        for part in _cut_long(text, span.shift(paragraph.start()))
    )


def _cut_long(text: str, sentence: Span) -> Iterator[Span]:
    """Yield the parts of a sentence of which none is longer than any that people write; most are one."""
    start = sentence.start
    while sentence.end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST)
        end = blank if blank > start else start + _LONGEST
        yield Span(start=start, end=end)
        start = _skip_space(text, end)
    if start < sentence.end:
        yield Span(start=start, end=sentence.end)


def _split_paragraph(text: str) -> list[Span]:
    spans: list[Span] = []
    start = len(text) - len(text.lstrip())
    for end in _END.finditer(text):
        if end.start() < start or not _is_end(text, end):
            continue
        spans.append(Span(start=start, end=end.end()))
        start = _skip_space(text, end.end())
    stop = len(text.rstrip())
    if start < stop:
        spans.append(Span(start=start, end=stop))
    return spans


def _is_end(text: str, end: re.Match[str]) -> bool:
    mark = end.group()
    if mark in {"”", '"'}:
        return False
    after = _skip_space(text, end.end())
    rest = text[after : after + _LOOK]
    following = rest.lstrip(_OPENING)[:1]
    if not following or following.islower():
        return False
    before = text[max(0, end.start() - 12) : end.start() + 1]
    if mark.startswith(".") and _ABBREVIATION.search(before):
        return (
            bool(re.search(r"(?:a\.m|p\.m|U\.S|Inc|Ltd|Co|Corp)\.$", before))
            and not re.match(r"[A-Z][\w’'-]*\s+(?:said|says|told)", rest)
            and bool(
                re.match(
                    r"[“\"‘]?(?:The|A|An|He|She|It|They|We|I|In|On|At|But|And|This|That|There|His|Her|Its)\b", rest
                )
            )
        )
    return True


def _skip_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at

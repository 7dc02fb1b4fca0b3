"""What a place's name, as written, may be looked up as."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whosays.model import Precision, Span

_STATES = """
Ala.=Alabama Ariz.=Arizona Ark.=Arkansas Calif.=California Cal.=California Colo.=Colorado Conn.=Connecticut
Del.=Delaware Fla.=Florida Ga.=Georgia Ill.=Illinois Ind.=Indiana Ia.=Iowa Kan.=Kansas Kans.=Kansas Ky.=Kentucky
La.=Louisiana Me.=Maine Md.=Maryland Mass.=Massachusetts Mich.=Michigan Minn.=Minnesota Miss.=Mississippi Mo.=Missouri
Mont.=Montana Neb.=Nebraska Nebr.=Nebraska Nev.=Nevada N.H.=New_Hampshire N.J.=New_Jersey N.M.=New_Mexico
N.Y.=New_York N.C.=North_Carolina N.D.=North_Dakota Okla.=Oklahoma Ore.=Oregon Oreg.=Oregon Pa.=Pennsylvania
Penn.=Pennsylvania R.I.=Rhode_Island S.C.=South_Carolina S.D.=South_Dakota Tenn.=Tennessee Tex.=Texas Vt.=Vermont
Va.=Virginia Wash.=Washington W.Va.=West_Virginia W.V.=West_Virginia Wis.=Wisconsin Wisc.=Wisconsin Wyo.=Wyoming
D.C.=Washington,_D.C. DC=Washington,_D.C. AL=Alabama AK=Alaska AZ=Arizona AR=Arkansas CA=California CO=Colorado
CT=Connecticut DE=Delaware FL=Florida GA=Georgia HI=Hawaii ID=Idaho IL=Illinois IN=Indiana IA=Iowa KS=Kansas
KY=Kentucky LA=Louisiana ME=Maine MD=Maryland MA=Massachusetts MI=Michigan MN=Minnesota MS=Mississippi MO=Missouri
MT=Montana NE=Nebraska NV=Nevada NH=New_Hampshire NJ=New_Jersey NM=New_Mexico NY=New_York NC=North_Carolina
ND=North_Dakota OH=Ohio OK=Oklahoma OR=Oregon PA=Pennsylvania RI=Rhode_Island SC=South_Carolina SD=South_Dakota
TN=Tennessee TX=Texas UT=Utah VT=Vermont VA=Virginia WA=Washington WV=West_Virginia WI=Wisconsin WY=Wyoming
Ont.=Ontario Que.=Quebec Alta.=Alberta B.C.=British_Columbia Man.=Manitoba Sask.=Saskatchewan N.S.=Nova_Scotia
N.B.=New_Brunswick
"""
ABBREVIATED = {short: name.replace("_", " ") for short, name in (pair.split("=") for pair in _STATES.split())}
"""How American and Canadian papers shorten their states and provinces."""

_KIND = (
    r"(?:autonomous |federal |capital )?(?:region|province|state|oblast|krai|governorate|prefecture|county|parish"
    r"|department|district|division|canton|territory|republic|municipality|city|area|town|village)"
)
_AFTER = re.compile(rf"\s+{_KIND}$", re.IGNORECASE)
_BEFORE = re.compile(
    rf"^(?:the\s+)?(?:{_KIND}\s+of|greater|metropolitan|downtown|central|inner|old|mainland)\s+", re.IGNORECASE
)
_SIDE = re.compile(
    r"^(?:the\s+)?(?:(?:far|far-)?\s*(?:north|south|east|west|northeast|northwest|southeast|southwest|north-east"
    r"|north-west|south-east|south-west)(?:ern)?(?:most)?|upper|lower|rural|coastal|occupied)\s+",
    re.IGNORECASE,
)
_REGIONAL = re.compile(
    r"\b(?:region|province|state|oblast|krai|governorate|prefecture|department|canton|territory|republic)\b",
    re.IGNORECASE,
)
_SECOND = re.compile(r"\b(?:county|parish|district|municipality)\b", re.IGNORECASE)
_TOWN = re.compile(r"\b(?:city|town|village|downtown|central|inner)\b", re.IGNORECASE)


_LONGEST_SIDE = 20
_KIND_BEHIND = re.compile(r"\s(?:region|province|oblast|krai|governorate|prefecture|county|district)\b")
_SIDE_BEFORE = re.compile(
    r"\b(?:(?:far|far-)?(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)ern(?:most)?)\s$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One way to look a name up; `wants` is the precision that its words ask for, `part` a part of what is found."""

    name: str
    wants: Precision | None = None
    part: bool = False


def widen_place(text: str, span: Span) -> Span:
    """Take in what a name stands for a part of, and what kind it is: "eastern | Ukraine", "Kursk | region"."""
    kind = _KIND_BEHIND.match(text, span.end)
    side = _SIDE_BEFORE.search(text, max(0, span.start - _LONGEST_SIDE), span.start)
    return Span(start=side.start() if side else span.start, end=kind.end() if kind else span.end)


def list_spellings(words: str) -> tuple[Spelling, ...]:
    """Return how to look a place up, the most literal first; the first that a gazetteer knows is the one to take."""
    words = " ".join(words.split()).strip(" ,;:")
    wants = _read_kind(words)
    spellings = [Spelling(name=words, wants=wants)]
    if words in ABBREVIATED:
        spellings.insert(0, Spelling(name=ABBREVIATED[words], wants=Precision.ADMIN1))
    for pattern in (_AFTER, _BEFORE):
        bare = pattern.sub("", words)
        if bare and bare != words:
            spellings.append(Spelling(name=bare, wants=wants))
    if bare := _SIDE.sub("", words):
        sides = [Spelling(name=bare, part=True), Spelling(name=_AFTER.sub("", bare), wants=wants, part=True)]
        spellings += sides if bare != words else []
    if words.endswith("s"):
        spellings.append(Spelling(name=words[:-1]))
    return tuple(dict.fromkeys(spellings))


def _read_kind(words: str) -> Precision | None:
    if _SECOND.search(words):
        return Precision.REGION
    if _REGIONAL.search(words):
        return Precision.ADMIN1
    return Precision.CITY if _TOWN.search(words) else None

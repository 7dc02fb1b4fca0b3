"""Agency credits, bylines and photo credits: how they are written on a page."""

from __future__ import annotations

import re

from whosays.parse.lines.phrases import BYLINE_LINE, SIGN_OFF

AGENCIES = frozenset(
    name.strip()
    for name in """AAP, ABNA, AFP, Agence France-Presse, AGERPRES, Anadolu, Anadolu Agency, ANI, ANP, ANSA, AP, APA,
    APS, Associated Press, The Associated Press, ATA, Belga, Bernama, BNS, BTA, Canadian Press, The Canadian Press, CNA,
    CNS, ČTK, CTK, DPA, dpa, EFE, Fars, GNA, Hina, IANS, INA, Interfax, Interfax-Ukraine, IRNA, ITAR-TASS, Jiji, Kyodo,
    Kyodo News, Lusa, MENA, MTI, NAN, NTB, PA, PA Media, PAP, Petra, PNA, Press Association, PTI, Press Trust of India,
    Reuters, Ritzau, SANA, SAPA, SPA, STT, TASS, Tanjug, TT, Ukrinform, UNI, UPI, WAFA, WAM, Xinhua, Yonhap""".split(
        ","
    )
)
"""News agencies by the names and letters they sign with (a list of our own from their sites, November 2026)."""

_DATELINE = re.compile(
    r"^[A-ZÀ-Þ][^\n.!?]{1,60}?\((?P<agency>[A-ZÀ-Þ][\w .&’'-]{1,40})\)\s*[-–—:]"
    r"|^\((?P<first>[A-ZÀ-Þ]{2,8})\)\s*[-–—:]?\s"
)
_WITH = re.compile(r"\b(?:with|from|via|and|for)\s+(?P<agency>[A-Z]{2,8}|The Associated Press|Reuters)$")
_AFTER_NAME = re.compile(r"^[^,]+,\s*(?P<agency>[A-Z][\w&’' -]{1,40})$")
_LAST_WORDS = re.compile(r"[.!?”’\"')]\s[—–-]{1,2}\s?(?P<agency>[A-Z][\w .&/’'-]{1,30})$")
"""An agency behind the last sentence."""
_ACRONYM = re.compile(r"[A-Z]{3,5}")
_WORDS = frozenset(
    "ADS ALSO ASIA BACK BOOKS BY CHINA CITY CLOSE CRIME DATA DAY EGYPT EMAIL END ENDS EU FAQ FILM FOOD GAZA GULF HOME"
    " HOT INDIA IRAN IRAQ ITALY JAPAN KENYA LAW LIFE LIKE LIVE LOCAL MALI MAPS MENU MONEY MORE MUSIC NEPAL NEW"
    " NEWS NEXT NIGER NOTE NOW OIL OPEN PHOTO POLL PRINT QATAR READ RUGBY SAVE SEE SHARE SHOP SPAIN SPORT STORY STYLE"
    " SUDAN SYRIA TAGS TECH THE TODAY TOP TOPIC TRADE TV UAE UK UN USA VIDEO VIEW WAR WATCH WORLD YEMEN".split()
)
"""Words in capitals that stand alone on pages, and sign nothing."""
_HOUSE = re.compile(r"\w[\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+)?")
_CALLED = re.compile(
    r"^(?:[A-ZÀ-Þ][\w’'-]+\s){1,3}(?:Press|News\s?[Ww]ire|Newswire|Wire|(?:News |Press )Agency|News Service)$"
)
"""A byline that calls itself an agency."""
_LETTERS = re.compile(r"\((?P<letters>[A-Z]{2,8})\)")
_BY = re.compile(r"^\s*(?:written\s+|reported\s+)?by(?:[:\s]+|$)", re.IGNORECASE)

_BUTTON = re.compile(r"\s+(?:Follow|Following|Subscribe|Share|Show more|View profile)$")
"""What can be done to a writer, printed behind the name."""


_WHERE = re.compile(r"(?<=[a-z])\sin\s[A-ZÀ-Þ]\w+(?:\s[A-ZÀ-Þ]\w+){0,2}$")
"""Where somebody wrote, behind the name."""


def find_agency(
    *,
    byline: str | None,
    text: str,
    sign_offs: tuple[str, ...],
    above: tuple[str, ...] = (),
    below: tuple[str, ...] = (),
) -> str | None:
    """Name the agency that a text is credited to.

    Asked in this order: the dateline ("KIGOMA, March 4 (Norvane) -"), a sign-off ("(KPA)", "— ASD", "… contributed to
    this report"), the byline, if it is a known agency, is called one, stands after a name, or is named "with", and the
    lines that stand alone right `above` and `below` the text. A house that is known to nobody counts after a name, or
    alone, when the text's people told it things: it was there.
    """
    dateline = _DATELINE.match(text)
    if dateline is not None:
        return dateline["agency"] or dateline["first"]
    for line in sign_offs:
        agency = _read_sign_off(line, text)
        if agency is not None:
            return agency
    last = _LAST_WORDS.search(text)
    if last is not None and (last["agency"] in AGENCIES or (last["agency"].isupper() and last["agency"] not in _WORDS)):
        return last["agency"]
    agency = _read_byline_agency(byline, text) if byline else None
    return agency or _read_alone(above, below, text)


def _read_alone(above: tuple[str, ...], below: tuple[str, ...], text: str) -> str | None:
    """Read an agency off a line with nothing else on it: letters, or a name that the text or both ends know."""
    twice = {line.strip("()").casefold() for line in above} & {line.strip("()").casefold() for line in below}
    for line in (*below, *above):
        name = line.strip("() ")
        if name in AGENCIES or (_ACRONYM.fullmatch(name) and name not in _WORDS):
            return name
        if _HOUSE.fullmatch(name) and (name.casefold() in twice or _is_told(name, text)):
            return name
    return None


def _is_told(name: str, text: str) -> bool:
    """Tell a house that people told things, or that could not check them."""
    house = re.escape(name)
    return re.search(rf"(?i:\b(?:told|to|by|with) {house}\b|\b{house} (?:could|was|has|had) )", text) is not None


def clean_byline(byline: str) -> str | None:
    """Take "By" and the white space off a byline; an address, a link or an empty one is none."""
    cleaned = _BUTTON.sub("", " ".join(_BY.sub("", byline).split())).strip(" ,|·•/-–—")
    cleaned = _WHERE.sub("", cleaned)
    return None if not cleaned or "@" in cleaned or "://" in cleaned or len(cleaned) > 160 else cleaned


def read_byline_line(line: str) -> str | None:
    """Return the name on a line that is a byline and nothing else."""
    match = BYLINE_LINE.match(line)
    if match is None:
        return None
    name = match["name"] or match["staff"]
    words = name.split()
    named = sum(word[0].isupper() or word.lower() in {"and", "in", "of", "with", "de", "van", "&"} for word in words)
    return clean_byline(name) if (len(words) <= 12 and named >= 0.7 * len(words)) or match["staff"] else None


def is_sign_off(line: str) -> bool:
    """Tell whether a line credits whoever reported, and is no part of the story."""
    return len(line) <= 260 and SIGN_OFF.match(line.strip()) is not None


def _read_sign_off(line: str, text: str) -> str | None:
    match = SIGN_OFF.match(line.strip())
    if match is None:
        return None
    if match["contributor"]:
        return match["short"] or (match["contributor"] if match["contributor"] in AGENCIES else None)
    name = match["dash"] or match["bracket"]
    if name is None:
        return None
    return name if name in AGENCIES or name.isupper() or (" " not in name and _is_told(name, text)) else None


def _read_byline_agency(byline: str, text: str) -> str | None:
    if byline in AGENCIES or _CALLED.search(byline):
        return byline
    for pattern in (_WITH, _AFTER_NAME):
        match = pattern.search(byline)
        if match is not None and (pattern is _WITH or match["agency"] in AGENCIES or f"told {match['agency']}" in text):
            return match["agency"]
    letters = _LETTERS.search(byline)
    return letters["letters"] if letters else None

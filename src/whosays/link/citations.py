"""Citations: which outlet or agency an article names as the one it has something from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from whosays.link.stories import read_day
from whosays.model import SourceKind, Span
from whosays.text import split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whosays.model import LinkArticle, Source, Statement

_GENERIC = frozenset(
    "the a an and of in on news newspaper agency site website web local online daily blog specialised specialized press"
    " same its our own wire service broadcaster channel outlet paper colleague com limited ltd inc plc corp co"
    " english".split()
)
_SAYS_LITTLE = _GENERIC | frozenset(
    "a the s its latest first second communiqué communique statement bulletin report release notice by".split()
)
"""Words of a body's name, or of what it published, that do not tell it from others."""
_TELLS = re.compile(
    r"\b(?:according to|reported|reports?|writes|wrote|citing|quoting|quoted|cited|told|published|says|said|by|waves"
    r"|communiqu\w*|statement)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:[Oo]ur|[Aa]n earlier) (?:article|report|story|entry|version|post)\b|\bwe wrote\b|\bCorrection\b"
)
_PLATFORM = re.compile(
    r"(?<!\w)(?i:posts?|posted|videos?|messages?|claims|rumou?rs|footage|circulat\w+|shared)\s"
    r"(?:\w+\s){0,2}?(?:on|to)\s"
    r"(?P<name>Telegram|X|Twitter|Facebook|TikTok|WhatsApp|YouTube|Instagram|Weibo|VK|Bluesky|Truth Social"
    r"|social media)\b"
)
"""Where something was posted that an article tells."""
_CLAUSE = re.compile(r",?\s(?:which|who|that|citing|quoting)\b")
_LONGEST_SHORT = 5
_LEAST_SHORT = 3
"""Letters of a short name: one of two may stand for anything."""
_FEWEST = 2
"""Words of a body's name that stand for it where the whole of its name is longer."""
_DAYS = 7
"""Days around an article in which the only one of an outlet is the one that is cited."""
_LEAST_SITE = 6
"""Letters that the name of a site has at least to be taken for an outlet's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An article (its place in the set) names an outlet: `target` is that outlet's article, none outside of the set."""

    article: int
    name: str
    target: int | None
    span: Span | None
    credit: bool
    """The text as a whole is credited to it."""


def find_citations(articles: Sequence[LinkArticle], stories: Sequence[int]) -> list[Citation]:
    """Find credits, sources that are media, and other outlets of the set that a sentence tells something by.

    `stories` gives each article's story: a citation leads to the named outlet's last article of the story before it;
    of an agency, to the longest text that is credited to it; a correction to the outlet's own earlier article.
    """
    found: list[Citation] = []
    outlets = frozenset(article.outlet for article in articles if article.outlet)
    for place, article in enumerate(articles):
        known: set[int | str] = set()
        for name, span, credit in (
            *_list_mentions(article, articles),
            *_list_sources(article, outlets),
            *_list_platforms(article),
        ):
            target = _find_target(name, place, articles, stories)
            end: int | str = target if target is not None else name
            if end not in known and not _is_own(name, article):
                known.add(end)
                found.append(Citation(article=place, name=name, target=target, span=span, credit=credit))
        if article.agency and not names_outlet(article.agency, article.outlet):
            target = _find_fullest(article.agency, place, articles, stories)
            found.append(Citation(article=place, name=article.agency, target=target, span=None, credit=True))
        earlier = _find_own(place, articles, stories)
        if earlier is not None:
            name = article.outlet or article.name
            found.append(Citation(article=place, name=name, target=earlier, span=None, credit=False))
    return found


def find_cited(statement: Statement, article: LinkArticle) -> str | None:
    """Return the medium that a statement is known through: the nearest to its source, or its source itself."""
    if statement.source is not None and statement.source.kind is SourceKind.MEDIA:
        return clean_name(statement.source.span.slice(article.text))
    for relay in reversed(statement.via):
        if relay.kind is SourceKind.MEDIA:
            return clean_name(relay.span.slice(article.text))
    return None


def names_article(name: str, article: LinkArticle) -> bool:
    """Tell whether words name the outlet of an article, by its name or by that of its site."""
    site = re.sub(r"^www\.", "", urlsplit(article.url or "").netloc).partition(".")[0].replace("-", "")
    own = "".join(word for word in split_words(name) if word not in _GENERIC)
    return names_outlet(name, article.outlet) or (len(site) >= _LEAST_SITE and site in {own, f"the{own}"})


@lru_cache(maxsize=100_000)
def names_outlet(name: str, outlet: str | None) -> bool:
    """Tell whether words name an outlet: what is particular in its name stands in them, or its first letters do."""
    if not outlet:
        return False
    said, own = split_words(name), [word for word in split_words(outlet) if word not in _GENERIC]
    if not own:
        return False
    shortened = len(own) == 1 and len(own[0]) >= _LEAST_SHORT and outlet.isupper() and own[0] in _list_initials(name)
    return set(own) <= set(said) or shortened or (len(split_words(outlet)) > 2 and _list_initials(outlet) in said)


def _list_initials(name: str) -> str:
    """Return the first letters of the words of a name: "kpa" for the Karst Press Agency."""
    return "".join(word[0] for word in split_words(name) if word not in {"the", "of", "and"})


def clean_name(name: str) -> str:
    """Take what every outlet may be called off a name: "the Norvane news agency" is Norvane."""
    told = _CLAUSE.split(name)[0] or name
    words = [word for word in re.findall(r"[\w’'&.-]+", told) if word == "&" or split_words(word)]
    kept = [word for word in words if word == "&" or split_words(word)[0] not in _GENERIC]
    return " ".join(kept).strip("& ") or name


def _list_sources(article: LinkArticle, outlets: frozenset[str]) -> Iterator[tuple[str, Span | None, bool]]:
    """Yield media that are sources, and bodies that are and have an article of their own in the set."""
    for statement in article.statements:
        for source in (*([statement.source] if statement.source else []), *statement.via):
            words = source.span.slice(article.text)
            if source.kind is SourceKind.MEDIA:
                yield clean_name(words), source.span, False
            elif source.kind is SourceKind.DOCUMENT and len(words.split()) > 1:
                yield " ".join(words.partition(",")[0].split()), source.span, False
            elif source.name is not None and _has_own(source, article, outlets):
                yield source.name, source.span, False


def _has_own(source: Source, article: LinkArticle, outlets: frozenset[str]) -> bool:
    """Tell a body that has an article of its own in the set: a ministry's communiqué, a company's statement."""
    return source.kind is SourceKind.NAMED_ORGANISATION and any(
        outlet != article.outlet
        and (names_outlet(source.name or "", outlet) or _is_short_for(source.name or "", outlet))
        for outlet in outlets
    )


def _is_short_for(name: str, outlet: str) -> bool:
    """Tell whether a body's name is part of an outlet's: "the prosecutor's office" of the one of a district."""
    words = [word for word in split_words(name) if word not in _SAYS_LITTLE]
    return len(words) >= _FEWEST and set(words) <= set(split_words(outlet))


def _list_platforms(article: LinkArticle) -> Iterator[tuple[str, Span | None, bool]]:
    """Yield platforms that an article has posts from."""
    for match in _PLATFORM.finditer(article.text):
        yield match["name"], Span(start=match.start("name"), end=match.end("name")), False


def _list_mentions(article: LinkArticle, articles: Sequence[LinkArticle]) -> Iterator[tuple[str, Span | None, bool]]:
    """Yield outlets and agencies of the set that stand near a word that tells, once each."""
    text = article.text.replace("’", "'")
    names = {other.outlet for other in articles} | {other.agency for other in articles}
    for name in sorted({clean_name(name).replace("’", "'") for name in names if name}):
        for match in re.finditer(_write_pattern(name), text) if len(name) > 2 else ():
            before = text[max(0, match.start() - 80) : match.start()].rpartition("\n\n")[2]
            after = text[match.end() : match.end() + 60].partition("\n\n")[0]
            if _TELLS.search(before) or _TELLS.search(after):
                yield name, Span(start=match.start(), end=match.end()), False
                break


def _write_pattern(name: str) -> str:
    """Write how a name may stand in a text: in any capitals, or an agency's letters written out ("Norvane Press")."""
    out = (
        r"\s".join(rf"{letter}[\w’'-]+" for letter in name) if name.isupper() and len(name) <= _LONGEST_SHORT else None
    )
    return rf"\b(?:(?i:{re.escape(name)}){f'|{out}' if out else ''})\b"


def _is_own(name: str, article: LinkArticle) -> bool:
    return names_article(name, article) or _is_credited(name, article) or split_words(name) == ["agency"]


def _find_target(name: str, place: int, articles: Sequence[LinkArticle], stories: Sequence[int]) -> int | None:
    here = [i for i, article in enumerate(articles) if i != place and stories[i] == stories[place]]
    outlets = [i for i in here if names_article(name, articles[i])]
    outlets = outlets or [i for i in here if _is_short_for(name, articles[i].outlet or "")]
    if outlets:
        return _pick_latest(outlets, place, articles)
    fullest = _find_fullest(name, place, articles, stories)
    return _find_only(name, place, articles, stories) if fullest is None else fullest


def _pick_latest(places: Sequence[int], place: int, articles: Sequence[LinkArticle]) -> int:
    """Return the last of some articles that came before one, or the last of all where none did."""
    before = [i for i in places if (articles[i].published or "") <= (articles[place].published or "9999")]
    return max(before or places, key=lambda i: (articles[i].published or "", articles[i].name))


def _find_fullest(name: str, place: int, articles: Sequence[LinkArticle], stories: Sequence[int]) -> int | None:
    """Return the longest text of the story that is credited to an agency, if it is another one."""
    texts = [i for i, one in enumerate(articles) if stories[i] == stories[place] and _is_credited(name, one)]
    fullest = max(texts, key=lambda i: (len(articles[i].text), articles[i].name), default=None)
    return None if fullest == place else fullest


def _is_credited(name: str, article: LinkArticle) -> bool:
    """Tell whether an article's text is credited to who is named: by its letters, or as a byline writes it out."""
    return article.agency is not None and (names_outlet(name, article.agency) or names_outlet(name, article.byline))


def _find_only(name: str, place: int, articles: Sequence[LinkArticle], stories: Sequence[int]) -> int | None:
    """Return the last article before it of an outlet that has but one story in the days around, whatever that is."""
    day = read_day(articles[place].published)
    near = [
        i
        for i, other in enumerate(articles)
        if i != place and _is_near(read_day(other.published), day) and names_article(name, other)
    ]
    return _pick_latest(near, place, articles) if len({stories[i] for i in near}) == 1 else None


def _is_near(day: int | None, other: int | None) -> bool:
    return day is not None and other is not None and abs(day - other) <= _DAYS


def _find_own(place: int, articles: Sequence[LinkArticle], stories: Sequence[int]) -> int | None:
    """Return the earlier article of the same outlet and story that an article speaks of as its own."""
    article = articles[place]
    if article.outlet is None or not _OWN.search(article.text):
        return None
    earlier = [
        i
        for i, other in enumerate(articles)
        if stories[i] == stories[place]
        and other.outlet == article.outlet
        and (other.published or "") < (article.published or "9999")
    ]
    return max(earlier, key=lambda i: (articles[i].published or "", articles[i].name), default=None)

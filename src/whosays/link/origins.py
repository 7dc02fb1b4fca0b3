"""Origins: how many independent roots a claim has, once copies are folded and citations followed back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING

from whosays.link.citations import find_cited, names_article, names_outlet
from whosays.model import EvidenceKind, Origins, Ref, Root, SourceKind
from whosays.text import split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whosays.link.propositions import Said
    from whosays.model import LinkArticle, Source

_SELF = frozenset("i we us me our".split())
_SAME_WORDS = 0.5
"""The share of the shorter one's words by which two copies say the same at one place."""
_SMALL = frozenset("a an the some one of in at for by s".split())
_SPOKESMAN = "spokes(?:man|woman|person)"
_OFFICES = rf"\b(?:{_SPOKESMAN}|managing director|chief executive|CEO)\b"
"""Offices whose holder speaks for a body."""
_SPEAKS = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_SEEN = frozenset({EvidenceKind.OWN_OBSERVATION, EvidenceKind.IMAGE_OR_VIDEO, EvidenceKind.PHYSICAL_OBJECT})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Where one proposition comes from: the root's key and name, whether it is surely one of its own, and why."""

    key: str
    name: str
    sure: bool
    why: str


@dataclass(slots=True)
class _Stem:
    """A root in the making, and the propositions that lead to it."""

    name: str
    sure: bool
    members: list[int] = field(default_factory=list)
    why: list[str] = field(default_factory=list)


def count_origins(
    members: Sequence[int], said: Sequence[Said], articles: Sequence[LinkArticle], folds: Sequence[int]
) -> Origins:
    """Return a claim's origins; `folds` gives each article's group of copies, by its original's place.

    1. Copies count as one: what stands in two copies has one root.
    2. A medium that is cited leads to what its own article says of the claim; to itself where it is not in the set.
    3. A named person or body is a root of its own; one whose words name another root's body belongs to that root, and
       so does who speaks for the only body there is.
    4. What an outlet saw itself is a root; what it tells without a source, and who is not named, only may be one more.
    5. What an outlet tells without a source is no more than what it gives a source for elsewhere; who is not named in
       one copy is who is named in another for the same words.
    6. A circle of outlets that cite each other has no known root.
    """
    seeker = _Seeker(members, said, articles, folds)
    stems: dict[str, _Stem] = {}
    for member in sorted(members, key=lambda i: (articles[said[i].article].published or "", i)):
        found = seeker.find(member, frozenset())
        stem = stems.setdefault(found.key, _Stem(name=found.name, sure=found.sure))
        stem.members.append(member)
        if found.why not in stem.why:
            stem.why.append(found.why)
    _merge_own_text(stems, said, articles)
    _merge_bodies(stems, said, articles)
    _merge_passed_on(stems, said)
    _merge_unnamed(stems)
    _merge_same_outlet(stems, said, articles)
    _merge_within(stems, said, articles, folds)
    roots = [stem for key, stem in stems.items() if not key.startswith("loop")]
    low = max(sum(stem.sure for stem in roots), 1 if roots else 0)
    return Origins(
        low=low,
        high=max(len(stems), low),
        roots=tuple(
            Root(
                name=stem.name,
                sure=stem.sure,
                statements=tuple(
                    Ref(article=articles[said[i].article].name, span=said[i].proposition.span) for i in stem.members
                ),
            )
            for stem in stems.values()
        ),
        why=tuple(f"{stem.name}: {'; '.join(stem.why)}" for stem in stems.values()),
    )


class _Seeker:
    """Follows the propositions of one claim back."""

    def __init__(
        self, members: Sequence[int], said: Sequence[Said], articles: Sequence[LinkArticle], folds: Sequence[int]
    ) -> None:
        self._members = members
        self._said = said
        self._articles = articles
        self._folds = folds

    def find(self, member: int, seen: frozenset[int]) -> _Found:
        """Return where a proposition comes from; `seen` are the articles that citations have led through."""
        one = self._said[member]
        article = self._articles[one.article]
        source = one.statement.source
        if source is not None and _SELF.issuperset(split_words(source.span.slice(article.text))):
            source = None
        return self._follow(member, source, seen) or self._name(one, source)

    def _follow(self, member: int, source: Source | None, seen: frozenset[int]) -> _Found | None:
        """Follow a citation to the cited medium's own article; a named source that it quotes is the root already."""
        one = self._said[member]
        article = self._articles[one.article]
        cited = find_cited(one.statement, article) or self._find_medium(source, article)
        if source is not None and source.kind is SourceKind.DOCUMENT and cited is not None:
            source = None
        quoted = source is not None and source.kind is not SourceKind.MEDIA and cited != source.span.slice(article.text)
        if cited is None or names_outlet(cited, article.outlet) or (quoted and _is_named(source)):
            return None
        home = self._name_home(one)
        there = [
            i
            for i in self._members
            if self._folds[self._said[i].article] != self._folds[one.article] and self._is_of(cited, i)
        ]
        if there and self._said[there[0]].article in seen:
            return _Found(key="loop", name="unknown: each cites the other", sure=False, why=f"{home} cites {cited}")
        if there:
            found = self.find(there[0], seen | {one.article})
            return _Found(key=found.key, name=found.name, sure=found.sure, why=f"{home} cites {cited}")
        if quoted:
            return None
        why = f"{home} cites {cited}, whose text is not here"
        return _Found(key=f"medium {' '.join(split_words(cited))}", name=cited, sure=True, why=why)

    def _name(self, one: Said, source: Source | None) -> _Found:
        """Return the root that a proposition's own words name."""
        article, fold, home = self._articles[one.article], self._folds[one.article], self._name_home(one)
        if source is not None:
            words = source.span.line(article.text).strip(" ,")
            if _is_named(source):
                name = source.name or words
                key = f"named {' '.join(split_words(name))}"
                return _Found(key=key, name=name, sure=True, why=f"named in {home}")
            key = f"unnamed {fold} {' '.join(split_words(words))}"
            return _Found(key=key, name=f"{words} ({home})", sure=False, why="not named: may be another of these")
        if one.statement.evidence.kind in _SEEN:
            return _Found(
                key=f"seen {fold}", name=f"{home}, own observation", sure=True, why="seen by the outlet itself"
            )
        return _Found(
            key=f"outlet {fold}", name=f"{home}, no source given", sure=False, why="the outlet gives no source"
        )

    def _find_medium(self, source: Source | None, article: LinkArticle) -> str | None:
        """Return words that name a medium of the claim: "a report by the Karst Press Agency", or the agency's name."""
        if source is None or source.kind not in {SourceKind.DOCUMENT, SourceKind.NAMED_ORGANISATION}:
            return None
        words = source.span.slice(article.text)
        agencies = {self._articles[self._said[i].article].agency for i in self._members} - {article.agency}
        if source.kind is SourceKind.NAMED_ORGANISATION:
            return words if any(names_outlet(words, agency) for agency in agencies) else None
        return words if any(self._is_of(words, i) for i in self._members) else None

    def _name_home(self, one: Said) -> str:
        article = self._articles[one.article]
        return article.agency or article.outlet or (f"“{article.title}”" if article.title else article.name)

    def _is_of(self, name: str, member: int) -> bool:
        article = self._articles[self._said[member].article]
        return names_article(name, article) or names_outlet(name, article.agency)


def _is_named(source: Source | None) -> bool:
    return source is not None and (source.kind is SourceKind.DOCUMENT or source.name is not None)


def _merge_own_text(stems: dict[str, _Stem], said: Sequence[Said], articles: Sequence[LinkArticle]) -> None:
    """Let a body's own page stand with what others have from the body."""
    named = {" ".join(split_words(stem.name)): stem for key, stem in stems.items() if key.startswith("named")}
    for key, stem in list(stems.items()):
        outlet = articles[said[stem.members[0]].article].outlet
        same = named.get(" ".join(split_words(outlet or "")))
        if key.startswith("outlet") and same is not None:
            same.members += stem.members
            same.why.append("its own text")
            del stems[key]


def _merge_bodies(stems: dict[str, _Stem], said: Sequence[Said], articles: Sequence[LinkArticle]) -> None:
    """Let somebody whose words name a body that is a root too stand with it: one knowledge, one root."""

    def list_sources(stem: _Stem) -> list[tuple[Source, str]]:
        return [
            (s, articles[said[i].article].text) for i in stem.members if (s := said[i].statement.source) is not None
        ]

    bodies = {
        key: stem
        for key, stem in stems.items()
        if key.startswith("named")
        and any(
            source.kind is SourceKind.NAMED_ORGANISATION or _is_spoken_for(source.span.slice(text), stem.name)
            for source, text in list_sources(stem)
        )
    }
    for key, body in bodies.items():
        wanted = set(split_words(body.name))
        for other, stem in list(stems.items()):
            words = {word for source, text in list_sources(stem) for word in split_words(source.span.slice(text))}
            speaks = len(bodies) == 1 and (bool(_SPEAKS & words) or _speaks_for_one(stem, said, articles))
            if other != key and other not in bodies and wanted and (wanted <= words or speaks):
                body.members += stem.members
                body.why.append(f"{stem.name} speaks for it")
                del stems[other]


def _is_spoken_for(words: str, name: str) -> bool:
    """Tell whether words name a body by who speaks for it: "a spokesman for the Lake Company"."""
    return re.search(rf"\b{_SPOKESMAN}\b.*\b(?:for|of|at)\b.*\b{re.escape(name)}", words, re.IGNORECASE) is not None


def _speaks_for_one(stem: _Stem, said: Sequence[Said], articles: Sequence[LinkArticle]) -> bool:
    """Tell whether an article calls a named person a spokesman or the head of a firm, right beside the name."""
    name = re.escape(stem.name)
    office = re.compile(rf"{_OFFICES}[^.\n]{{0,25}}\b{name}\b|\b{name}\b,[^.\n]{{0,25}}{_OFFICES}", re.IGNORECASE)
    return any(office.search(articles[place].text) for place in {said[i].article for i in stem.members})


def _merge_passed_on(stems: dict[str, _Stem], said: Sequence[Said]) -> None:
    """Let who passes on another's words in one text have it from that other in the next too."""
    for key, stem in list(stems.items()):
        through = [set(split_words(v.name)) for i in stem.members for v in said[i].statement.via if v.name]
        for other in [other for other in stems if other != key and other.startswith("named ")]:
            if key in stems and any(names <= set(other.split()[1:]) for names in through):
                stem.members += stems[other].members
                stem.why.append(f"{stems[other].name} passes it on")
                del stems[other]


def _merge_unnamed(stems: dict[str, _Stem]) -> None:
    """Let unnamed sources of one text be one where the words for the one are among those for the other."""
    unnamed = [key for key in stems if key.startswith("unnamed ")]
    for key, other in permutations(unnamed, 2):
        if key not in stems or other not in stems:
            continue
        (fold, *words), (other_fold, *more) = key.split()[1:], other.split()[1:]
        if fold == other_fold and set(words) - _SMALL and set(words) - _SMALL <= set(more):
            stems[other].members += stems[key].members
            del stems[key]


def _merge_same_outlet(stems: dict[str, _Stem], said: Sequence[Said], articles: Sequence[LinkArticle]) -> None:
    """Let what an outlet tells without a source in two of its texts be one."""
    first: dict[str, _Stem] = {}
    for key, stem in list(stems.items()):
        outlet = articles[said[stem.members[0]].article].outlet if key.startswith("outlet") else None
        if outlet is None:
            continue
        if outlet in first:
            first[outlet].members += stem.members
            del stems[key]
        else:
            first[outlet] = stem


def _merge_within(
    stems: dict[str, _Stem], said: Sequence[Said], articles: Sequence[LinkArticle], folds: Sequence[int]
) -> None:
    """Let what an outlet, or another copy of its text, gives no source for stand with what it gives one for."""
    for key, stem in list(stems.items()):
        if not key.startswith(("outlet", "unnamed")):
            continue
        own = {said[i].article for i in stem.members}
        outlets = {articles[place].outlet for place in own} - {None}
        groups = {folds[place] for place in own}
        for other, better in stems.items():
            there = {said[i].article for i in better.members}
            same_text = any(folds[place] in groups and place not in own for place in there) and any(
                _share_words(said[i], said[j])
                for i in stem.members
                for j in better.members
                if folds[said[i].article] == folds[said[j].article]
            )
            same_outlet = any(articles[place].outlet in outlets or place in own for place in there)
            if other == key or not better.sure or not (same_text or (key.startswith("outlet") and same_outlet)):
                continue
            better.members += stem.members
            better.why.append(f"{stem.name}: the same text or outlet")
            del stems[key]
            break


def _share_words(left: Said, right: Said) -> bool:
    """Tell whether two propositions share half of the words of the shorter one."""
    least = min(len(left.words), len(right.words))
    return least > 0 and len(left.words & right.words) >= least * _SAME_WORDS

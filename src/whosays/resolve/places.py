"""Which place a name means: all names of an article decide together."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from whosays.model import GazetteerEntry, Precision
from whosays.resolve.place_names import Spelling, list_spellings

if TYPE_CHECKING:
    from whosays.model import Gazetteer, Span

_MOST = 40
"""Places of one name that are weighed, the most populous first."""
_ROUNDS = 3
_ENOUGH = 3
"""How many other places it takes to say where an article's places lie."""
_AROUND = 100
"""The names of an article that help to choose, the most frequent first: so that a long text costs no more a name."""
_BETWEEN = re.compile(r",\s*|\s*\(|,?\s+in\s+(?:the\s+)?")
_AT_HOME, _NEARLY_ALL = 4, 0.8
"""Of places that no gazetteer entry was found for, 95 % lay in the country that so many of the others do (LOG.md)."""
_WATERS = re.compile(r"\b(?:sea|ocean|strait|straits|gulf|channel)\b", re.IGNORECASE)
_NEAR_KM = 150.0
_HOLDING = frozenset({Precision.ADMIN1, Precision.REGION})
_LOCAL = frozenset({Precision.CITY, Precision.ADMIN1, Precision.REGION})
"""What lies in a region, or is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each reason adds to a candidate's score; set by hand on LGL and GeoWebNews train (LOG.md, 2026-11-23)."""

    people: float = 1.3
    country: float = 3.0
    region: float = 6.5
    admin1: float = 1.0
    asked: float = 2.0
    inside: float = 6.0
    named_after: float = 3.0
    """Taken off a region that is called as a town in it: the bare name means the town."""
    same_country: float = 2.0
    same_admin1: float = 2.0
    near: float = 2.0
    own_name: float = 0.5
    capital: float = 3.0
    least: float = 5.0
    """A town of few people, in a country that nothing else speaks of, is rather not known than meant."""
    margin: float = 0.0
    """The best candidate must lead by more than this, or none is chosen."""


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChoice:
    """The place that a name means, or none, and why. `part`: the name means a part of that place."""

    entry: GazetteerEntry | None
    part: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """One name of the article with the places it may mean, and the names right behind it and right before it."""

    words: str
    spelling: Spelling
    candidates: tuple[GazetteerEntry, ...]
    behind: tuple[str, ...]
    before: tuple[str, ...]


def choose_places(text: str, spans: tuple[Span, ...], *, gazetteer: Gazetteer) -> dict[str, PlaceChoice]:
    """Choose for each name, as written; one name means one place in an article.

    Candidates are scored by people, kind, what their words ask for ("Kursk region"), the place named right behind
    ("Gainesville, Va."), and how near they lie to what the article's other names mean, over a few rounds.
    """
    counts = Counter(span.slice(text) for span in spans)
    holders = _find_holders(text, spans)
    names = {words: _look_up(words, holders, gazetteer) for words in counts}
    chosen: dict[str, GazetteerEntry | None] = {
        words: max(name.candidates, key=partial(_weigh_alone, name=name), default=None) for words, name in names.items()
    }
    choices: dict[str, PlaceChoice] = {}
    for _ in range(_ROUNDS):
        around = [(words, entry, count) for words, count in counts.most_common() if (entry := chosen[words])][:_AROUND]
        choices = {words: _choose(name, names, around) for words, name in names.items()}
        chosen = {words: choice.entry for words, choice in choices.items()}
    choices = {words: _fall_back(choice, names[words], choices) for words, choice in choices.items()}
    country = _find_common_country(choices, counts)
    home = gazetteer.find_country(country) if country is not None else None
    return {words: _put_in(home, words, choice) if home is not None else choice for words, choice in choices.items()}


def _find_common_country(choices: dict[str, PlaceChoice], counts: Counter[str]) -> str | None:
    """Return the country in which all that is known lies, or nearly all."""
    known: Counter[str] = Counter()
    for words, choice in choices.items():
        if choice.entry is not None and choice.entry.country is not None:
            known[choice.entry.country] += counts[words]
    country, most = known.most_common(1)[0] if known else (None, 0)
    return country if most >= _AT_HOME and most >= _NEARLY_ALL * known.total() else None


def _put_in(home: GazetteerEntry, words: str, choice: PlaceChoice) -> PlaceChoice:
    """Put a place that is not known into the country where all else of the article lies; waters belong to none."""
    if choice.entry is not None or _WATERS.search(words):
        return choice
    return PlaceChoice(entry=home, part=True, why=(*choice.why, f"but all else here lies in {home.name}"))


def _fall_back(choice: PlaceChoice, name: _Name, choices: dict[str, PlaceChoice]) -> PlaceChoice:
    """Put a place that is not known into the region that is named right behind it: as a part of that."""
    if choice.entry is not None:
        return choice
    holders = (choices[words].entry for words in name.behind)
    holder = next((entry for entry in holders if entry is not None and entry.precision in _HOLDING), None)
    if holder is None:
        return choice
    return PlaceChoice(entry=holder, part=True, why=(*choice.why, f"but it is said to lie in {holder.name}"))


def _look_up(words: str, holders: _Holders, gazetteer: Gazetteer) -> _Name:
    """Look a name up as its first spelling that is known."""
    spellings = list_spellings(words)
    found: tuple[GazetteerEntry, ...] = ()
    spelling = spellings[0]
    for spelling in spellings:
        found = gazetteer.look_up(spelling.name)
        if found:
            break
    most = sorted(found, key=lambda c: (c.precision is Precision.CITY, -c.population))[:_MOST]
    return _Name(
        words=words,
        spelling=spelling,
        candidates=tuple(most),
        behind=holders.behind.get(words, ()),
        before=holders.before.get(words, ()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holders:
    """For each name, the names right behind it and those right before it."""

    behind: dict[str, tuple[str, ...]]
    before: dict[str, tuple[str, ...]]


def _find_holders(text: str, spans: tuple[Span, ...]) -> _Holders:
    """Find the pairs of names of which the second stands right behind the first: after a comma or "in", in brackets."""
    behind: defaultdict[str, dict[str, None]] = defaultdict(dict)
    before: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for span, following in pairwise(spans):
        if span.end <= following.start and _BETWEEN.fullmatch(text, span.end, following.start):
            behind[span.slice(text)][following.slice(text)] = None
            before[following.slice(text)][span.slice(text)] = None
    return _Holders(
        behind={words: tuple(found) for words, found in behind.items()},
        before={words: tuple(found) for words, found in before.items()},
    )


def _weigh_alone(candidate: GazetteerEntry, name: _Name) -> float:
    """Score what the candidate is, whatever else the article names."""
    score = WEIGHTS.people * math.log10(candidate.population + 100)
    if candidate.precision is Precision.COUNTRY:
        score += WEIGHTS.country
    elif candidate.precision is Precision.ADMIN1:
        score += WEIGHTS.admin1
        if name.spelling.wants is None and any(_is_town_of(other, candidate) for other in name.candidates):
            score -= WEIGHTS.named_after
    elif candidate.precision is not Precision.CITY and not candidate.population and candidate.admin1 is None:
        score += WEIGHTS.region
    if name.spelling.wants is not None and name.spelling.wants is candidate.precision:
        score += WEIGHTS.asked
    if candidate.capital:
        score += WEIGHTS.capital
    if name.spelling.name == candidate.name:
        score += WEIGHTS.own_name
    return score


def _choose(
    name: _Name,
    names: dict[str, _Name],
    around: list[tuple[str, GazetteerEntry, int]],
) -> PlaceChoice:
    if not name.candidates:
        return PlaceChoice(entry=None, part=False, why=("no gazetteer entry has this name",))
    others = [(entry, count) for words, entry, count in around if words != name.words]
    holders = [entry for words in name.behind for entry in names[words].candidates]
    held = [entry for words in name.before for entry in names[words].candidates]
    towns = [entry for entry, _ in others if entry.precision is Precision.CITY]
    ranked = sorted(
        (
            (_weigh_alone(one, name) + _weigh_holders(one, holders, held) + _weigh_others(one, others, towns), one)
            for one in name.candidates
        ),
        key=lambda scored: -scored[0],
    )
    best, entry = ranked[0]
    if best < WEIGHTS.least:
        return PlaceChoice(entry=None, part=False, why=(f"{entry.name}, {entry.country}, is too small and far off",))
    if len(ranked) > 1 and best - ranked[1][0] <= WEIGHTS.margin:
        return PlaceChoice(entry=None, part=False, why=("more than one place is as likely",))
    if _is_strayed(entry, name, others):
        return PlaceChoice(entry=None, part=False, why=(f"{entry.name}, {entry.country}, is far from all else here",))
    return PlaceChoice(entry=entry, part=name.spelling.part, why=())


def _is_strayed(entry: GazetteerEntry, name: _Name, others: list[tuple[GazetteerEntry, int]]) -> bool:
    """Tell a town by another of its names, in a country that nothing else here lies in: the right one is not listed."""
    if entry.precision is not Precision.CITY or entry.capital or name.spelling.name == entry.name or name.behind:
        return False
    countries = [other.country for other, _ in others if other.country is not None]
    return len(countries) >= _ENOUGH and entry.country not in countries


def _weigh_holders(candidate: GazetteerEntry, holders: list[GazetteerEntry], held: list[GazetteerEntry]) -> float:
    """Score that a place lies in one named right behind it, or that one named right before lies in it."""
    inside = any(_lies_in(candidate, holder) for holder in holders) or any(_lies_in(one, candidate) for one in held)
    return WEIGHTS.inside if inside else 0.0


def _weigh_others(
    candidate: GazetteerEntry, others: list[tuple[GazetteerEntry, int]], towns: list[GazetteerEntry]
) -> float:
    """Score how much of what else the article names lies in the same country and region, and how near the next town."""
    total = sum(count for _, count in others)
    if not total:
        return 0.0
    at_home = [(entry, count) for entry, count in others if entry.country == candidate.country]
    country = sum(count for entry, count in at_home if entry.country)
    admin1 = sum(
        count
        for entry, count in at_home
        if entry.admin1 and entry.admin1 == candidate.admin1 and entry.precision in _LOCAL
    )
    score = WEIGHTS.same_country * country / total + WEIGHTS.same_admin1 * admin1 / total
    if towns and candidate.precision in {Precision.CITY, Precision.REGION}:
        nearest = min(measure_km(candidate, town) for town in towns)
        score += WEIGHTS.near * math.exp(-nearest / _NEAR_KM)
    return score


def _is_town_of(town: GazetteerEntry, region: GazetteerEntry) -> bool:
    same = town.country == region.country and town.admin1 == region.admin1
    return town.precision is Precision.CITY and same and town.population > 0


def _lies_in(candidate: GazetteerEntry, holder: GazetteerEntry) -> bool:
    if candidate is holder or candidate.country != holder.country:
        return False
    return holder.precision is Precision.COUNTRY or (
        holder.precision is Precision.ADMIN1 and holder.admin1 == candidate.admin1
    )


def measure_km(left: GazetteerEntry, right: GazetteerEntry) -> float:
    """Return the great-circle distance in kilometres (haversine, a globe of 6,371 km)."""
    a, b = math.radians(left.lat), math.radians(right.lat)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(right.lon - left.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, half)))

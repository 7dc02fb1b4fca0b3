"""Who does and who suffers: name, country and PLOVER sector of an actor."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from whosays.model import Precision
from whosays.resolve.roles import SPOKESPERSON

if TYPE_CHECKING:
    from whosays.model import Actor, Gazetteer, GazetteerEntry
    from whosays.resolve.parties import Party
    from whosays.resolve.roles import Role, Roles

_CAPITALISED = re.compile(r"\b(?:U\.S\.|U\.K\.|[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*){0,2})")
_ONLY_CAPITAL = re.compile(r"(?:the\s)?[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)*")
_GOVERNMENT = "GOV"


def resolve_actor(
    actor: Actor, text: str, *, parties: tuple[Party, ...], roles: Roles, gazetteer: Gazetteer
) -> tuple[Actor, str]:
    """Return the actor with whom it means, its country and its sector, and why; what nothing tells stays unknown.

    The country is that of a nationality, a country or a capital in the words or in what the party is called; a capital
    or a country alone stands for its government.
    """
    words = actor.span.slice(text).strip(" ,")
    party = next((party for party in parties if party.is_named_in(actor.span)), None)
    country = find_country(words, gazetteer)
    found = roles.find(words) or (tuple(party.roles) if party else ())
    sector = _name_sector(found)
    if sector is None and stands_for_state(words, country):
        sector = _GOVERNMENT
    name = party.name if party else country.name if country is not None else None
    why = f"actor “{words}”: {name or 'nobody named'}, {country.country if country else '–'}, {sector or '–'}"
    return replace(actor, name=name, country=country.country if country else None, sector=sector), why


def find_country(words: str, gazetteer: Gazetteer) -> GazetteerEntry | None:
    """Return the country that a nationality, a country's name or a capital in the words belongs to."""
    for match in _CAPITALISED.finditer(words):
        parts = re.sub(r"[’']s?$", "", match.group()).split()
        for size in range(len(parts), 0, -1):
            for first in range(len(parts) - size + 1):
                entry = _pick_country(gazetteer.look_up(" ".join(parts[first : first + size])))
                if entry is not None:
                    return entry
    return None


def _pick_country(entries: tuple[GazetteerEntry, ...]) -> GazetteerEntry | None:
    """Return the only country of a name, or the country of its only capital, by that name in the gazetteer."""
    countries = [entry for entry in entries if entry.precision is Precision.COUNTRY]
    if countries:
        return countries[0] if len(countries) == 1 else None
    capitals = [entry for entry in entries if entry.capital]
    return capitals[0] if len(capitals) == 1 else None


def stands_for_state(words: str, entry: GazetteerEntry | None) -> bool:
    """Tell a country's or a capital's name and nothing else: it stands for its government."""
    alone = _ONLY_CAPITAL.fullmatch(words) is not None
    return alone and entry is not None and len(words.split()) <= len(entry.name.split()) + 1


def _name_sector(roles: tuple[Role, ...]) -> str | None:
    """Take the first sector that says more than that somebody is a civilian or speaks for others."""
    telling = [role.sector for role in roles if role.sector not in {SPOKESPERSON, "CVL"}]
    if telling:
        return telling[0]
    return "CVL" if any(role.sector == "CVL" for role in roles) else None

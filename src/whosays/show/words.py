"""The words people read for what records hold: the same in the table and in HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whosays.model import Certainty

if TYPE_CHECKING:
    from whosays.model import Figure, KeptFigure, Place, Sheet, Statement, Time

CERTAINTY_WORDS = {
    Certainty.CERTAIN: "certain",
    Certainty.PROBABLE: "probable",
    Certainty.POSSIBLE: "possible",
    Certainty.CERTAIN_NOT: "certain it is not so",
    Certainty.PROBABLE_NOT: "probably not so",
    Certainty.POSSIBLE_NOT: "possibly not so",
    Certainty.CERTAIN_UNKNOWN: "knows, does not tell",
    Certainty.UNCOMMITTED: "uncommitted",
}


_CURRENCY = re.compile(r"[A-Z]{3}")
_SAY_SO = {"killed": ("dead", "deaths", "fatalities"), "wounded": ("injuries", "injured"), "missing": ("missing",)}
"""Things counted that say what came of them."""


def name_holder(statement: Statement, sheet: Sheet) -> str:
    """Name who stands behind a statement, as the text does."""
    if statement.source is not None:
        return statement.source.span.line(sheet.article.text).strip(" ,")
    if statement.cue is not None or statement.certainty.outlet is Certainty.UNCOMMITTED:
        return "no source named"
    return sheet.article.outlet or "the outlet"


def name_meant(statement: Statement, sheet: Sheet) -> str | None:
    """Name who a source is where its own words do not: "Hawa Mtenga" for "she"."""
    source = statement.source
    if source is None or (source.name is None and source.refers_to is None):
        return None
    meant = source.name or (source.refers_to.line(sheet.article.text) if source.refers_to else "")
    meant = " ".join(meant.split()).strip(" ,")
    return None if meant in source.span.line(sheet.article.text) else meant


def tell_via(statement: Statement, sheet: Sheet) -> str | None:
    """Say through whom a content came, the nearest to the source first: "by way of Radio Sel"."""
    through = [relay.span.line(sheet.article.text).strip(" ,") for relay in reversed(statement.via)]
    return f"by way of {', then '.join(through)}" if through else None


def tell_place(place: Place, sheet: Sheet) -> str:
    """Write a place with its region and country, as far as they are known: `Kalemie, Katanga, CD`."""
    words = place.span.line(sheet.article.text)
    if place.entry is None:
        return words
    around = (place.entry.admin1, place.entry.country)
    return ", ".join(dict.fromkeys([words, *(name for name in around if name)]))


def tell_time(time: Time, sheet: Sheet) -> str:
    """Write a time as the text has it, with its value: `last Friday = 2026-02-27`."""
    words = time.span.line(sheet.article.text)
    return words if time.value is None else f"{words} = {time.value}"


def tell_certainty(statement: Statement) -> str:
    """Say how sure the one who speaks is; the outlet where nobody else does."""
    return CERTAINTY_WORDS[statement.certainty.source or statement.certainty.outlet]


def tell_day(value: str) -> str:
    """Write an ISO date or time for people: the day, and the minute where it is known."""
    return f"{value[:10]} {value[11:16]}" if len(value) >= 16 else value


def tell_event(statement: Statement, sheet: Sheet) -> str | None:
    """Name what is said to have happened: the PLOVER type and the word that tells it."""
    if statement.event is None:
        return None
    return f"{statement.event.type.lower()}: {statement.event.trigger.slice(sheet.article.text)}"


def check_url(url: str | None) -> str | None:
    """Only web addresses become links."""
    return url if url is not None and url.startswith(("http://", "https://")) else None


def tell_days(first: str | None, last: str | None) -> str | None:
    """Name the days from one to another, one day once."""
    days = [day[:10] for day in (first, last) if day]
    return " to ".join(dict.fromkeys(days)) or None


def tell_figure(figure: Figure | KeptFigure) -> str:
    """Write a figure with its bounds: `≥ 12 people killed`, `15–20 bodies`, `≈ 4,000 soldiers`."""
    money = figure.unit is not None and _CURRENCY.fullmatch(figure.unit) is not None
    what = (figure.unit if money else figure.counted or figure.unit, "/".join(figure.outcome))
    return tell_amount(figure.low, figure.best, figure.high, approximate=figure.approximate, what=what)


def tell_amount(
    low: float | None, best: float | None, high: float | None, *, approximate: bool, what: tuple[str | None, str]
) -> str:
    """Write bounds with what is counted and what came of it; a word that the counted holds is not said twice."""
    if low is not None and high is not None and low != high:
        amount = f"{_write(low)}–{_write(high)}"
    elif low is None and high is not None:
        amount = f"≤ {_write(high)}"
    elif high is None and low is not None:
        amount = f"≥ {_write(low)}"
    else:
        amount = f"{'≈ ' if approximate else ''}{_write(best or 0)}"
    counted, outcome = what[0] or "", what[1]
    if counted.lower() in _SAY_SO.get(outcome, ()):
        outcome = ""
    return " ".join(part for part in (amount, counted, "" if outcome and outcome in counted else outcome) if part)


def _write(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"

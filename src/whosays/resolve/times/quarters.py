"""Parts of a business year: quarters and halves, as reports on companies and economies name them."""

from __future__ import annotations

from whosays.resolve.times import calendar as cal
from whosays.resolve.times.calendar import Stretch
from whosays.resolve.times.grammar import ORDINALS, YEAR, Ask, compile_table
from whosays.text import MONTHS

_ORDINAL = r"(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)"
_OF_YEAR = rf"(?:,? (?:of )?(?:the )?(?:{YEAR}|(?P<which>last|this|next) year|year))?"
_AGO = r"(?:year-ago|year-earlier|prior-year|previous-year|year-before)"
_QUARTERS = 4


def _quarter(ask: Ask) -> Stretch | None:
    quarter, year = ORDINALS.get(ask["ordinal"]) or int(ask["ordinal"]), ask.step_year()
    if year is not None:
        return cal.name_quarter(year, quarter)
    if ask.today is None:
        return Stretch(value=f"XXXX-Q{quarter}", earliest=None, latest=None)
    return cal.name_quarter(ask.today.year - (quarter > _find_quarter(ask)), quarter)


def _quarter_by_month(ask: Ask) -> Stretch | None:
    """Read "the June quarter", as it is called in India and Australia: the one that ends with that month."""
    year = ask.step_year() or (ask.today.year if ask.today is not None else None)
    return cal.name_quarter(year, (MONTHS[ask["month"]] + 2) // 3) if year is not None else None


def _quarter_a_year_ago(ask: Ask) -> Stretch | None:
    if ask.today is None:
        return None
    quarter = ORDINALS[ask["ordinal"]]
    return cal.name_quarter(ask.today.year - 1 - (quarter > _find_quarter(ask)), quarter)


def _latest(ask: Ask) -> Stretch | None:
    """Read "the quarter": figures are given for the last one that is over."""
    return cal.name_quarter(ask.today.year, _find_quarter(ask) - 1) if ask.today is not None else None


def _latest_of_year(ask: Ask) -> Stretch | None:
    """Read "the 1988 quarter": the same quarter of another year."""
    if ask.today is None:
        return None
    return cal.name_quarter(int(ask["year"]), (_find_quarter(ask) - 2) % _QUARTERS + 1)


def _latest_a_year_ago(ask: Ask) -> Stretch | None:
    return cal.name_quarter(ask.today.year - 1, _find_quarter(ask) - 1) if ask.today is not None else None


def _half(ask: Ask) -> Stretch | None:
    second = ask["ordinal"] != "first"
    year = ask.step_year() or (ask.today.year if ask.today is not None else None)
    if year is None:
        return Stretch(value=f"XXXX-H{1 + second}", earliest=None, latest=None)
    months = cal.name_month(year, 7 if second else 1), cal.name_month(year, 12 if second else 6)
    return Stretch(value=f"{year:04}-H{1 + second}", earliest=months[0].earliest, latest=months[1].latest)


def _fiscal_year(ask: Ask) -> Stretch | None:
    year = ask.step_year() or (ask.today.year if ask.today is not None else None)
    return cal.name_year(year) if year is not None else None


def _last_year(ask: Ask) -> Stretch | None:
    return cal.name_year(ask.today.year - 1) if ask.today is not None else None


def _find_quarter(ask: Ask) -> int:
    return (ask.today.month + 2) // 3 if ask.today is not None else 1


QUARTERS = compile_table(
    (rf"(?:the )?{YEAR} {_ORDINAL}[ -]quarter", _quarter),
    (rf"(?P<which>last|this|next) year'?s {_ORDINAL}[ -]quarter", _quarter),
    (rf"(?:the |its |their )?(?:fiscal |same )?{_ORDINAL}[ -]quarter{_OF_YEAR}(?: (?:ended|ending)\b.*)?", _quarter),
    (rf"q(?P<ordinal>[1-4]){_OF_YEAR}", _quarter),
    (rf"(?:the )?(?P<month>march|june|september|december) quarter{_OF_YEAR}", _quarter_by_month),
    (rf"(?:the )?{_AGO} {_ORDINAL}[ -]quarter", _quarter_a_year_ago),
    (r"(?:the |its |their )?(?:latest |most recent |just-ended )?quarter", _latest),
    (rf"(?:the )?{_AGO} (?:quarter|period)", _latest_a_year_ago),
    (
        r"(?:the )?(?:same|comparable|corresponding) (?:quarter|period) (?:last year|(?:a|the) year (?:ago|earlier|before))",
        _latest_a_year_ago,
    ),
    (rf"(?:the )?(?:same |comparable )?{YEAR} (?:quarter|period)", _latest_of_year),
    (rf"(?:a |the )?{_AGO}", _last_year),
    (rf"(?:the )?(?P<ordinal>first|second|latter|last) half(?: of)?{_OF_YEAR}", _half),
    (rf"(?:the )?(?:(?P<which>last|this|next) |current )?(?:fiscal|financial) year(?: {YEAR})?", _fiscal_year),
    (rf"(?:fiscal|calendar) (?:year )?{YEAR}", _fiscal_year),
)

"""Amounts: numbers that count something, alone or as a range, with the words that bound them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whosays.extract.figures.words import (
    ABOUT,
    AGE_AFTER,
    AT_LEAST,
    AT_LEAST_AFTER,
    AT_MOST,
    AT_MOST_AFTER,
    CHANGES,
    CLOCK_AFTER,
    CLOCK_BEFORE,
    COUNTED_STOP,
    NAME_BEFORE,
    NO_THING_AFTER,
    NOT_A_COUNT_AFTER,
    NOT_A_COUNT_BEFORE,
    ONE_DOING,
    ONE_THING,
    OR_MORE,
    OR_SO,
    PEOPLE,
    SHARES_BOUND,
    TOLERANCE,
    VEHICLES,
)
from whosays.model import Span
from whosays.text import Number, find_numbers, read_number_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_RANGE = re.compile(r"\s*(?:to|and|or|[-–—]|or perhaps|,\s(?:maybe|perhaps|possibly|even))\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|(?:anywhere )?from)\s+$", re.IGNORECASE)
_LEAD = re.compile(
    r"[”\"’]?(?:\s+more\b)?(?:\s+or more"
    r"|\s+of (?:(?:the|its|his|her|their|our|these|those)\s)?"
    r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|twelve)\b"
    r"|\s+of (?:them|whom|which|the|its|his|her|their|our|these|those)\b|\s+of\b|-)?\s*"
)
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_][\w’'-]*|%")
_BEHIND = 90
_MOST_WORDS = 5
_CAPITAL = re.compile(r"\s[A-Z]")
_PLURAL = re.compile(r"\w{2,}[^su\W]s|people|men|women|children|police", re.IGNORECASE)
_SAYS_MORE = re.compile(
    r"\w+(?:ed|ing)|laden|plus|worth|old|long|deep|wide|high|tall|away|apart|strong|caught|shot|held|knew"
    r"|starts?|continues?|shares?|lives?|feels?|looks?|meets?|provides?"
)
"""Words that say more of things already named: "five trucks | laden with gravel"."""
_BEFORE = 20
"""Characters before a number in which "between" is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number or a range of two, with the words that bound it taken in."""

    span: Span
    low: float | None
    best: float | None
    high: float | None
    approximate: bool
    money: str | None
    end_of_number: int


def find_amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts of a text in order; dates, times of day, ages, ranks and names with numbers are none."""
    numbers = [number for number in find_numbers(text) if _is_count(number, text)]
    i = 0
    before: Amount | None = None
    while i < len(numbers):
        number = numbers[i]
        following = numbers[i + 1] if i + 1 < len(numbers) else None
        if following is not None and _is_range(number, following, text):
            yield _bound_range(number, following, text)
            before = None
            i += 2
            continue
        amount = _bound(number, text)
        if _shares_bound(before, amount, text):
            amount = replace(amount, high=None)
        yield amount
        before = amount
        i += 1


def _shares_bound(before: Amount | None, amount: Amount, text: str) -> bool:
    """Tell an amount that the one before shares its "at least" with."""
    return (
        before is not None
        and before.high is None
        and before.low is not None
        and before.best is not None
        and amount.low == amount.high
        and not amount.approximate
        and SHARES_BOUND.fullmatch(text, before.span.end, amount.span.start) is not None
    )


def _is_count(number: Number, text: str) -> bool:
    """Tell whether a number counts something, and is no date, time, age, rank or part of a name."""
    before, after = (
        text[max(0, number.span.start - 40) : number.span.start],
        text[number.span.end : number.span.end + 40],
    )
    word = number.span.slice(text)
    is_age = before.endswith(", ") and AGE_AFTER.match(after)
    if NAME_BEFORE.search(before) and NO_THING_AFTER.match(after):
        return False
    is_clock = CLOCK_AFTER.match(after) and CLOCK_BEFORE.search(before)
    if is_age or is_clock or NOT_A_COUNT_BEFORE.search(before) or NOT_A_COUNT_AFTER.match(after):
        return False
    if word.isdigit() and len(word) == 4 and 1800 <= number.value <= 2100 and number.money is None:
        counted = find_counted(text, number.span.end) or ""
        return bool(PEOPLE.search(counted) or VEHICLES.search(counted))
    if word[0].isupper() and _CAPITAL.match(after) and before.strip()[-1:].isalnum():
        return False
    if word.lower() == "one":
        doing = before.lower().endswith("the ") and ONE_DOING.match(after) is not None
        return ONE_THING.match(after) is not None and not doing and not before.lower().endswith("not ")
    return True


def _is_range(first: Number, second: Number, text: str) -> bool:
    between = text[first.span.end : second.span.start]
    joined = _RANGE.fullmatch(between)
    if joined is None or second.value <= first.value:
        return False
    lead = _BETWEEN.search(text, max(0, first.span.start - _BEFORE), first.span.start)
    if between.strip() == "and":
        return lead is not None
    told_from = lead is not None and lead.group().strip().lower() == "from"
    return not (told_from and CHANGES.search(text, max(0, first.span.start - _BEHIND), first.span.start))


def _bound_range(first: Number, second: Number, text: str) -> Amount:
    between = _BETWEEN.search(text, max(0, first.span.start - _BEFORE), first.span.start)
    start = between.start() if between else first.span.start
    low = first.value
    scale = re.search(r"\s(?:hundred|thousand|million|billion|trillion)$", second.span.slice(text), re.IGNORECASE)
    if scale is not None and low < 1000 <= second.value:
        low *= read_number_words("one" + scale.group().lower()) or 1
    return Amount(
        span=Span(start=start, end=second.span.end),
        low=low,
        best=None,
        high=second.value,
        approximate=False,
        money=first.money or second.money,
        end_of_number=second.span.end,
    )


def _bound(number: Number, text: str) -> Amount:
    before = text[max(0, number.span.start - 40) : number.span.start]
    value, start, end = number.value, number.span.start, number.span.end
    low: float | None = value
    best: float | None = None if number.vague else value
    high: float | None = None if number.vague else value
    approximate = number.vague
    least, most, about = AT_LEAST.search(before), AT_MOST.search(before), ABOUT.search(before)
    more = OR_MORE.match(text, end) or AT_LEAST_AFTER.match(text, end)
    at_most = AT_MOST_AFTER.match(text, end)
    tolerance = TOLERANCE.match(text, end)
    if most is not None and least is not None:  # "no fewer than" holds "fewer than": the longer one is meant
        most, least = (None, least) if least.start() < most.start() else (most, None)
    if most is not None:
        low, best, high, start = None, None, value, start - len(most.group())
    elif least is not None:
        high, start = None, start - len(least.group())
        best = None if least.group().lower().startswith("well ") else best
    elif about is not None:
        approximate, start = True, start - len(about.group())
    loose = OR_SO.match(text, end)
    if loose is not None:
        approximate, end = True, loose.end()
    if more is not None:
        high, end = None, more.end()
    elif at_most is not None:
        low, best, end = None, None, at_most.end()
    elif tolerance is not None:
        spread = (
            read_number_words(tolerance["spread"]) if not tolerance["spread"].isdigit() else float(tolerance["spread"])
        )
        low, high, end = value - (spread or 0), value + (spread or 0), tolerance.end()
    return Amount(
        span=Span(start=start, end=end),
        low=low,
        best=best,
        high=high,
        approximate=approximate,
        money=number.money,
        end_of_number=number.span.end,
    )


def find_counted(text: str, at: int) -> str | None:
    """Return the noun phrase after a number: up to five words, to the first that cannot belong to it."""
    lead = _LEAD.match(text, at)
    at = lead.end() if lead else at
    words: list[str] = []
    while len(words) < _MOST_WORDS:
        match = _WORD.match(text, at)
        if match is None or COUNTED_STOP.fullmatch(match.group()):
            break
        if words and _PLURAL.fullmatch(words[-1]) and _SAYS_MORE.fullmatch(match.group()):
            break
        words.append(match.group())
        at = match.end()
        if not text.startswith((" ", "-"), at):
            break
        at += 1
    return " ".join(words) or None

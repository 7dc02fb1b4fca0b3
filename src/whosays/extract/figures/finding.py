"""Figures: numbers with their bounds, what is counted, and what came of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whosays.extract.figures.words import (
    ABOUT,
    AGE_AFTER,
    AMONG,
    AMOUNT_BEFORE,
    ANIMALS,
    AT_LEAST,
    AT_MOST,
    BARE_AFTER,
    BY_WHAT_CAME,
    CHANGES,
    COUNTED_STOP,
    CURRENCIES,
    DEMONYM,
    HARMED_AFTER,
    HARMED_BEFORE,
    MEASURES,
    NAME_BEFORE,
    NO_AMOUNT_BEFORE,
    NO_THING_AFTER,
    NOT_A_COUNT_AFTER,
    NOT_A_COUNT_BEFORE,
    NUMBER_OF,
    OF_THESE,
    ONE_THING,
    OR_MORE,
    OR_SO,
    OUTCOMES,
    PEOPLE,
    SHARES_BOUND,
    SUBJECT_AFTER,
    TOLERANCE,
    VEHICLES,
    VERB_BEFORE,
)
from whosays.model import Figure, Span
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
_CLAUSE = re.compile(r"[.;:!?](?=\s|$)|[\n“”]| – | — |, (?:and|but|while|although|with|adding)\b")
_AHEAD, _BEHIND, _NEAR = 110, 90, 30
_MOST_WORDS = 5
_PERCENT = re.compile(r"\s*(?:per\s?cent\b|percent\b|%)")
_CAPITAL = re.compile(r"\s[A-Z]")
_REACH = 260
"""Characters over which a bare number still counts what the figure before it counted."""
_PLURAL = re.compile(r"\w{2,}[^su\W]s")
_SAYS_MORE = re.compile(r"\w+(?:ed|ing)|laden|plus|worth|old|long|deep|wide|high|tall|away|apart|strong")
"""Words that say more of things already named: "five trucks | laden with gravel"."""
_NO_THINGS = frozenset({"%", "km", "mi", "m", "ft", "t", "kg", "degrees", "duration", "times", *CURRENCIES.values()})
_TO_THINGS = frozenset({"destroyed", "damaged"})
_LOOK_BACK = 4
_SENTENCE = re.compile(r"[.!?][”\"’')]*\s|\n")
_SENTENCE_START = re.compile(r"(?:^|[.!?\n][”\"’')]*\s*|[“\"])$")
_BEFORE = 20
"""Characters before a number in which "between" is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amount:
    """A number or a range of two, with the words that bound it taken in."""

    span: Span
    low: float | None
    best: float | None
    high: float | None
    approximate: bool
    money: str | None
    end_of_number: int


def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order.

    Bounds: "12" is 12/12/12; "at least 12", "more than 12" 12/12/open; "up to 40" open/open/40; "between 15 and 20"
    15/open/20; "dozens" 24/open/open; "some 4,000" 4000/4000/4000 and approximate. Dates, times of day, ages, years,
    ordinals, names with numbers and phone numbers are no figures. A number that counts nothing itself counts what the
    figure before it counted, where its words stand for an amount ("thirty dead on one side and four on the other").
    """
    amounts = list(_find_amounts(text))
    ends = [*(amount.span.start for amount in amounts[1:]), len(text)]
    figures: list[Figure] = []
    for amount, end in zip(amounts, ends, strict=False):
        figure = _make_figure(amount, text, next_start=end, shared=_find_shared(figures, amount, text))
        if figure is not None and not figure.outcome and _is_part(figure, figures[-1:], text):
            figure = replace(figure, outcome=figures[-1].outcome)
        if figure is not None:
            figures.append(figure)
    return tuple(figures)


def _is_part(figure: Figure, before: list[Figure], text: str) -> bool:
    """Tell people who are counted among those of the figure before: "31 dead, among them five employees"."""
    return bool(
        before
        and figure.unit == before[0].unit == "people"
        and AMONG.search(text, before[0].span.end, figure.span.start)
        and _SENTENCE.search(text, before[0].span.end, figure.span.start) is None
    )


def _find_shared(figures: list[Figure], amount: _Amount, text: str) -> Figure | None:
    """Return the figure before that a bare number goes on with: the last of people or vehicles, else the last.

    In another sentence it must stand where an amount is named: as the subject, or behind "the figure is", "spoke of".
    """
    behind = text[max(0, amount.span.start - _NEAR) : amount.span.start]
    if (
        amount.money is not None
        or BARE_AFTER.match(text, amount.end_of_number) is None
        or NO_AMOUNT_BEFORE.search(behind)
        or (behind.endswith(", ") and text.startswith(",", amount.end_of_number))
    ):
        return None
    near = [f for f in figures[-_LOOK_BACK:] if f.unit not in _NO_THINGS and amount.span.start - f.span.end <= _REACH]
    beings = [f for f in near if f.unit in {"people", "vehicles"}]
    if not near:
        return None
    before = (beings or near)[-1]
    if _SENTENCE.search(text, before.span.end, amount.span.start) is None:
        return before
    lead = text[max(0, amount.span.start - 4) : amount.span.start]
    before_it = text[max(0, amount.span.start - _NEAR) : amount.span.start]
    subject = SUBJECT_AFTER.match(text, amount.end_of_number) and (
        _SENTENCE_START.search(lead) or OF_THESE.search(before_it)
    )
    told = AMOUNT_BEFORE.search(text, max(0, amount.span.start - _NEAR), amount.span.start)
    return before if subject or told else None


def _find_amounts(text: str) -> Iterator[_Amount]:
    numbers = [number for number in find_numbers(text) if _is_count(number, text)]
    i = 0
    before: _Amount | None = None
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


def _shares_bound(before: _Amount | None, amount: _Amount, text: str) -> bool:
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
    if is_age or NOT_A_COUNT_BEFORE.search(before) or NOT_A_COUNT_AFTER.match(after):
        return False
    if word.isdigit() and len(word) == 4 and 1800 <= number.value <= 2100 and number.money is None:
        counted = _find_counted(text, number.span.end) or ""
        return bool(PEOPLE.search(counted) or VEHICLES.search(counted))
    if word[0].isupper() and _CAPITAL.match(after) and before.strip()[-1:].isalnum():
        return False
    if word.lower() == "one":
        return ONE_THING.match(after) is not None
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


def _bound_range(first: Number, second: Number, text: str) -> _Amount:
    between = _BETWEEN.search(text, max(0, first.span.start - _BEFORE), first.span.start)
    start = between.start() if between else first.span.start
    low = first.value
    scale = re.search(r"\s(?:hundred|thousand|million|billion|trillion)$", second.span.slice(text), re.IGNORECASE)
    if scale is not None and low < 1000 <= second.value:
        low *= read_number_words("one" + scale.group().lower()) or 1
    return _Amount(
        span=Span(start=start, end=second.span.end),
        low=low,
        best=None,
        high=second.value,
        approximate=False,
        money=first.money or second.money,
        end_of_number=second.span.end,
    )


def _bound(number: Number, text: str) -> _Amount:
    before = text[max(0, number.span.start - 40) : number.span.start]
    value, start, end = number.value, number.span.start, number.span.end
    low: float | None = value
    best: float | None = None if number.vague else value
    high: float | None = None if number.vague else value
    approximate = number.vague
    least, most, about = AT_LEAST.search(before), AT_MOST.search(before), ABOUT.search(before)
    more = OR_MORE.match(text, end)
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
    elif tolerance is not None:
        spread = (
            read_number_words(tolerance["spread"]) if not tolerance["spread"].isdigit() else float(tolerance["spread"])
        )
        low, high, end = value - (spread or 0), value + (spread or 0), tolerance.end()
    return _Amount(
        span=Span(start=start, end=end),
        low=low,
        best=best,
        high=high,
        approximate=approximate,
        money=number.money,
        end_of_number=number.span.end,
    )


def _make_figure(amount: _Amount, text: str, *, next_start: int, shared: Figure | None) -> Figure | None:
    """Make a figure of an amount; `shared` is the one before, whose counted thing it may have in common."""
    percent = _PERCENT.match(text, amount.end_of_number)
    counted = percent.group().strip() if percent else _find_counted(text, amount.end_of_number)
    if counted is None and amount.money is None:
        told = NUMBER_OF.search(text, max(0, amount.span.start - _BEHIND), amount.span.start)
        counted = (told["what"] or "dead").strip(" ,") if told else None
    if counted is None and amount.money is None and shared is None:
        came = BY_WHAT_CAME.match(text[amount.end_of_number :].lstrip())
        counted = "people" if came else None
    if counted is None and shared is not None:
        own = _find_outcomes(text, amount, None, next_start) if shared.unit not in _NO_THINGS else ()
        return Figure(
            span=amount.span,
            low=amount.low,
            best=amount.best,
            high=amount.high,
            approximate=amount.approximate,
            unit=shared.unit,
            counted=shared.counted,
            outcome=_fit_outcomes(own, shared.unit or "") or shared.outcome,
        )
    unit = _name_unit(amount, counted)
    if unit is None:
        return None
    if unit not in _NO_THINGS and _is_harmed(text, amount, counted):
        unit = "people"
    return Figure(
        span=amount.span,
        low=amount.low,
        best=amount.best,
        high=amount.high,
        approximate=amount.approximate,
        unit=unit,
        counted=counted,
        outcome=_fit_outcomes(_find_outcomes(text, amount, counted, next_start), unit),
    )


def _fit_outcomes(outcomes: tuple[str, ...], unit: str) -> tuple[str, ...]:
    """People are killed, vehicles are captured or destroyed; other things are destroyed at most."""
    possible = {
        "people": tuple(o for o in outcomes if o != "destroyed"),
        "vehicles": tuple(o for o in outcomes if o in {"captured", "destroyed"}),
    }
    return possible.get(unit, tuple(o for o in outcomes if o in _TO_THINGS and unit not in _NO_THINGS))


def _is_harmed(text: str, amount: _Amount, counted: str | None) -> bool:
    """Tell whether the counted are killed or hurt right here, so that they are people whatever they are called."""
    if counted is None or ANIMALS.search(counted):
        return False
    at = text.find(counted, amount.end_of_number)
    return bool(
        HARMED_BEFORE.search(text, max(0, amount.span.start - _NEAR), amount.span.start)
        or (at >= 0 and HARMED_AFTER.match(text, at + len(counted)))
    )


def _find_counted(text: str, at: int) -> str | None:
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


def _name_unit(amount: _Amount, counted: str | None) -> str | None:
    """Say what one of the counted is; `None` when nothing is counted and no outcome word stands near."""
    if amount.money is not None:
        code = amount.money.strip(" .").upper()
        return CURRENCIES.get(code, code)
    if counted is None:
        return "people" if amount.approximate or amount.low != amount.high else None
    lowered = counted.lower()
    for pattern, unit in MEASURES:
        if pattern.match(lowered):
            return unit
    if PEOPLE.search(lowered) or BY_WHAT_CAME.match(lowered) or DEMONYM.search(counted):
        return "people"
    if VEHICLES.search(lowered):
        return "vehicles"
    return lowered.split()[-1]


def _find_outcomes(text: str, amount: _Amount, counted: str | None, next_start: int) -> tuple[str, ...]:
    """Return what came of the counted: by the verb whose object it is, else in the words nearest.

    These are the phrase, what stands after it in its clause, then what stands before it.
    """
    verb = VERB_BEFORE.search(text, max(0, amount.span.start - _NEAR), amount.span.start)
    if verb is not None:
        done = tuple(name for name, pattern in OUTCOMES if pattern.fullmatch(verb["verb"]))
        if done:
            return done
    phrase = counted or ""
    rest = text[amount.end_of_number : min(len(text), amount.end_of_number + _AHEAD)]
    clause = _CLAUSE.search(rest)
    ahead = rest[: clause.start()] if clause else rest
    behind = text[max(0, amount.span.start - _BEHIND) : amount.span.start]
    behind = re.split(r"[.;:!?]\s|\n", behind)[-1]
    before_next = ahead[: max(0, next_start - amount.end_of_number)]
    for words in (phrase, before_next, ahead, behind):
        found = [(match.start(), name) for name, pattern in OUTCOMES for match in [pattern.search(words)] if match]
        if found:
            first = min(found)[0] if words is not behind else max(found)[0]
            return tuple(name for at, name in sorted(found) if abs(at - first) < _NEAR)
    return ()

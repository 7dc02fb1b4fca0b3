"""Figures: numbers with their bounds, what is counted, and what came of it."""

from __future__ import annotations

import re
from dataclasses import replace

from whosays.extract.figures.amounts import Amount, find_amounts, find_counted
from whosays.extract.figures.words import (
    AMONG,
    AMOUNT_BEFORE,
    ANIMALS,
    BARE_AFTER,
    BY_WHAT_CAME,
    CURRENCIES,
    DEMONYM,
    DONE_TO,
    HARMED_AFTER,
    HARMED_BEFORE,
    LOST,
    MEASURES,
    NO_AMOUNT_BEFORE,
    NUMBER_OF,
    OF_HARMED,
    OF_THEM_AFTER,
    OF_THESE,
    ONE_OF,
    OUTCOMES,
    OWN_VERB,
    PEOPLE,
    SOLDIERS,
    SUBJECT_AFTER,
    THEN,
    VEHICLES,
    VERB_BEFORE,
)
from whosays.model import Figure

_CLAUSE = re.compile(r"[.;:!?](?=\s|$)|[\n“”]| – | — |, (?:and|but|while|although|with|adding)\b")
_AHEAD, _BEHIND, _NEAR = 110, 90, 30
_TOLD = 160
"""Characters between what is counted and its number: "the death toll from a fire that … rose to 10"."""
_PERCENT = re.compile(r"\s*(?:per\s?cent\b|percent\b|%)")
_REACH = 260
"""Characters over which a bare number still counts what the figure before it counted."""
_NO_THINGS = frozenset({"%", "km", "mi", "m", "ft", "t", "kg", "degrees", "duration", "times", *CURRENCIES.values()})
_TO_THINGS = frozenset({"destroyed", "damaged"})
_LOOK_BACK = 4
_TOO_MANY = 10**9
"""So many that count nothing are no people: "to chase billions"."""
_SENTENCE = re.compile(r"[.!?][”\"’')]*\s|\n")
_SENTENCE_START = re.compile(r"(?:^|[.!?\n][”\"’')]*\s*|[“\"])$")


def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order.

    Bounds: "12" is 12/12/12; "at least 12", "more than 12" 12/12/open; "up to 40" open/open/40; "between 15 and 20"
    15/open/20; "dozens" 24/open/open; "some 4,000" 4000/4000/4000 and approximate. Dates, times of day, ages, years,
    ordinals, names with numbers and phone numbers are no figures, nor are durations but for ranges of them: they are
    among the times. A number that counts nothing itself counts what the figure before it counted, where its words stand
    for an amount ("thirty dead on one side and four on the other").
    """
    amounts = list(find_amounts(text))
    ends = [*(amount.span.start for amount in amounts[1:]), len(text)]
    figures: list[Figure] = []
    for amount, end in zip(amounts, ends, strict=False):
        figure = _make_figure(amount, text, next_start=end, shared=_find_shared(figures, amount, text))
        if figure is not None and not figure.outcome and _is_part(figure, figures[-1:], text):
            figure = replace(figure, outcome=figures[-1].outcome)
        if figure is not None and (figure.outcome or ONE_OF.match(text, figure.span.start) is None):
            figures.append(figure)
    return tuple(figures)


def _is_part(figure: Figure, before: list[Figure], text: str) -> bool:
    """Tell people who are counted among those of the figure before: "31 dead, among them five employees"."""
    return bool(
        before
        and figure.unit == before[0].unit == "people"
        and (AMONG.search(text, before[0].span.end, figure.span.start) or OF_THEM_AFTER.match(text, figure.span.end))
        and _SENTENCE.search(text, before[0].span.end, figure.span.start) is None
    )


def _find_shared(figures: list[Figure], amount: Amount, text: str) -> Figure | None:
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
    subject = SUBJECT_AFTER.match(text, amount.end_of_number) and (
        _SENTENCE_START.search(lead) or OF_THESE.search(behind)
    )
    told = AMOUNT_BEFORE.search(text, max(0, amount.span.start - _NEAR), amount.span.start)
    return before if subject or told else None


def _make_figure(amount: Amount, text: str, *, next_start: int, shared: Figure | None) -> Figure | None:
    """Make a figure of an amount; `shared` is the one before, whose counted thing it may have in common."""
    percent = _PERCENT.match(text, amount.end_of_number)
    counted = percent.group().strip() if percent else find_counted(text, amount.end_of_number)
    if counted is None and amount.money is None:
        told = NUMBER_OF.search(text, max(0, amount.span.start - _TOLD), amount.span.start)
        counted = (told["what"] or "dead").strip(" ,").removeprefix("those ") if told else None
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
    if unit is None or (unit == "duration" and not _is_range(amount)):
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


def _is_range(amount: Amount) -> bool:
    return amount.low is not None and amount.high is not None and amount.low < amount.high


def _fit_outcomes(outcomes: tuple[str, ...], unit: str) -> tuple[str, ...]:
    """People are killed, vehicles are captured, destroyed or damaged; other things are destroyed or damaged at most."""
    possible = {
        "people": tuple(o for o in outcomes if o not in _TO_THINGS),
        "vehicles": tuple(o for o in outcomes if o in _TO_THINGS or o == "captured"),
    }
    return possible.get(unit, tuple(o for o in outcomes if o in _TO_THINGS and unit not in _NO_THINGS))


def _is_harmed(text: str, amount: Amount, counted: str | None) -> bool:
    """Tell whether the counted are killed or hurt right here, so that they are people whatever they are called."""
    if counted is None or ANIMALS.search(counted):
        return False
    at = text.find(counted, amount.end_of_number)
    return bool(
        HARMED_BEFORE.search(text, max(0, amount.span.start - _NEAR), amount.span.start)
        or (at >= 0 and HARMED_AFTER.match(text, at + len(counted)))
    )


def _name_unit(amount: Amount, counted: str | None) -> str | None:
    """Say what one of the counted is; `None` when nothing is counted and no outcome word stands near."""
    if amount.money is not None:
        code = amount.money.strip(" .").upper()
        return CURRENCIES.get(code, code)
    if counted is None:
        many = (amount.low or 0) >= _TOO_MANY
        return "people" if not many and (amount.approximate or amount.low != amount.high) else None
    lowered = counted.lower()
    for pattern, unit in MEASURES:
        if pattern.match(lowered):
            return unit
    if PEOPLE.search(lowered) or BY_WHAT_CAME.match(lowered) or DEMONYM.search(counted):
        return "people"
    if VEHICLES.search(lowered):
        return "vehicles"
    return lowered.split()[-1]


def _find_outcomes(text: str, amount: Amount, counted: str | None, next_start: int) -> tuple[str, ...]:
    """Return what came of the counted: by the verb whose object it is, else in the words nearest.

    These are the phrase, what stands after it in its clause, then what stands before it.
    """
    verb = VERB_BEFORE.search(text, max(0, amount.span.start - _NEAR), amount.span.start)
    military = counted is not None and SOLDIERS.search(counted.lower())
    if military and LOST.search(text, max(0, amount.span.start - _BEHIND), amount.span.start):
        return ("killed", "wounded")
    if verb is not None:
        done = tuple(name for name, pattern in OUTCOMES if pattern.fullmatch(verb["verb"]))
        if verb["verb"] in DONE_TO and counted is not None and PEOPLE.search(counted.lower()):
            done = (DONE_TO[verb["verb"]],)
        if done:
            return done
    phrase = counted or ""
    rest = text[amount.end_of_number : min(len(text), amount.end_of_number + _AHEAD)]
    clause = _CLAUSE.search(rest)
    ahead = rest[: clause.start()] if clause else rest
    behind = text[max(0, amount.span.start - _BEHIND) : amount.span.start]
    behind = re.split(r"[.;:!?]\s|\n", behind)[-1]
    before_next = ahead[: max(0, next_start - amount.end_of_number)]
    harmed = OF_HARMED.match(before_next)
    then = [name for name, pattern in THEN if pattern.search(before_next, harmed.end())] if harmed else []
    if then:
        return tuple(then)
    told = (phrase, before_next, behind) if OWN_VERB.search(before_next) else (phrase, before_next, ahead, behind)
    for words in told:
        found = [(match.start(), name) for name, pattern in OUTCOMES for match in [pattern.search(words)] if match]
        if found:
            first = min(found)[0] if words is not behind else max(found)[0]
            return tuple(name for at, name in sorted(found) if abs(at - first) < _NEAR)
    return ()

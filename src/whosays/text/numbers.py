"""Find numbers in digits and in words, and read their value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whosays.model import Span

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {
    "hundred": 100, "thousand": 1_000, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9,
    "trillion": 10**12,
}  # fmt: skip
_SHORT_SCALES = {"m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "k": 1_000, "b": 10**9}
_SCALE = "|".join(_SCALES)

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DIGIT_WORDS = "|".join(list(_UNITS)[1:10])
_SMALL_WORDS = "|".join(sorted(_UNITS, key=len, reverse=True))
_TENS_UNITS = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{_DIGIT_WORDS})\b)?|(?:{_SMALL_WORDS})\b)"
_WORDS = (
    rf"(?:{_TENS_UNITS}|an?(?=\s+(?:{_SCALE})\b))"
    rf"(?:(?:\s+(?:{_SCALE})\b)+(?:(?:\s+and)?\s+{_TENS_UNITS})?)*"
)
_PLURALS = "dozens|scores|hundreds|thousands|millions|billions"
_VAGUE = (
    rf"(?:tens|hundreds)\s+of\s+(?:thousands|millions)|(?:{_PLURALS})|half\s+a\s+dozen|(?:several|a\s+few)\s+(?:dozen|hundred|thousand|million)s?"
    rf"|(?:a|one|two|three|four)\s+dozen|dozen|several|a\s+couple\s+of|a\s+handful\s+of"
)
_RANDS = r"(?-i:[RN])(?=\d[\d.,]*(?:\s?(?:m|bn|million|billion)\b|\d\d))"
_CODES = rf"(?:{_RANDS}|RM|Rs\.?|KSh\.?|Tk\.?|RMB|USD|EUR|GBP|CHF|CNY|INR|AUD|CAD|NGN|ZAR|KES|MYR)\s?(?=\d)"
"""What stands for a currency before an amount in the place of a sign."""
_LONG = (
    r"[\s-](?:long|wide|high|deep|tall|away|apart|below|above|vessel|boat|yacht|ship|tower|wall|race|sprint|final|pool|wave"
    r"|mast|fall|drop|cliff|crane|barrier|trench|radius|stretch|hurdles|freestyle|relay)\b"
)
"""What makes "m" metres and no millions."""
NUMBER = re.compile(
    rf"(?<![\w.,/:])(?<!\D-)(?P<money>(?:US|AU?|CA?|NZ|HK|S|R)?\$|GH[¢₵]|[€£¥₹₦₽₩₺₪₴₵₱฿₫₡]|{_CODES})?(?:(?P<vague>{_VAGUE})|(?P<digits>{_DIGITS})(?:(?:\s|-(?={_SCALE}))?(?P<scale>{_SCALE}|bn|mn|tn|m(?!{_LONG})|k|(?(money)(?<!\s)(?-i:B)|(?!)))(?![\w]))?"
    rf"|(?P<words>{_WORDS}))(?:(?!\w)|(?=(?:km|kg|cm|mm|mi|ft|mph|kph|sq|ha|kw|mw|gw|lbs?)\b))(?!\.\d)",
    re.IGNORECASE,
)
_LOWEST = {
    "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2 * 10**6, "billions": 2 * 10**9,
    "several": 3, "a couple of": 2, "a handful of": 3,
    "tens of thousands": 20_000, "hundreds of thousands": 200_000, "tens of millions": 2 * 10**7,
    "hundreds of millions": 2 * 10**8,
}  # fmt: skip
_DOZENS = {
    "half a dozen": 6,
    "a dozen": 12,
    "dozen": 12,
    "one dozen": 12,
    "two dozen": 24,
    "three dozen": 36,
    "four dozen": 48,
}
_BUNDLES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 10**6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as written: its value, whether only a lower bound is said ("dozens"), and a currency sign before it."""

    span: Span
    value: float
    vague: bool
    money: str | None


def find_numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text in order: digits, words, and plurals such as "dozens" (two of them at least)."""
    found: list[Number] = []
    for match in NUMBER.finditer(text):
        value, vague = _read_value(match)
        if found and match.end() <= found[-1].span.end:
            continue
        if value is not None and (text[match.start() - 1 : match.start()] != "-" or _ends_range(match, value, found)):
            found.append(
                Number(
                    span=Span(start=match.start(), end=_find_end(match, value)),
                    value=value,
                    vague=vague,
                    money=match["money"],
                )
            )
    return tuple(found)


_IN_DIGITS = re.compile(r"\s?\((\d[\d,]*)\)")


def _find_end(match: re.Match[str], value: float) -> int:
    """Return where a number ends, the same in digits and brackets taken in: "seventeen (17)"."""
    again = _IN_DIGITS.match(match.string, match.end())
    return again.end() if again and float(again[1].replace(",", "")) == value else match.end()


_THINGS = re.compile(
    r"\s?(?:%|per\s?cent\b|(?:hundred|thousand|million|billion)\b"
    r"|(?:[a-z]+ )?(?:[a-z]{2,}[^su\W]s|people|men|women|children)\b)"
)
"""What stands behind a range that counts something: more than a hyphen between a score's or a date's numbers."""


def _ends_range(match: re.Match[str], value: float, found: list[Number]) -> bool:
    """Tell whether a number behind a hyphen goes on with the one before it: "60-80 per cent", no date and no score."""
    start, before = match.start() - 1, found[-1] if found else None
    goes_on = before is not None and before.span.end == start and value > before.value
    return goes_on and _THINGS.match(match.string, match.end()) is not None


_MOST = 1e18
"""Digits from which on a number is a code, or nonsense."""


def _read_value(match: re.Match[str]) -> tuple[float | None, bool]:
    if match["vague"]:
        return _read_vague(" ".join(match["vague"].lower().split()))
    if match["digits"]:
        scale = (match["scale"] or "").lower()
        value = float(match["digits"].replace(",", "")) * (_SCALES | _SHORT_SCALES).get(scale, 1)
        return (value if value < _MOST else None), False
    return read_number_words(match["words"]), False


def _read_vague(words: str) -> tuple[float | None, bool]:
    if words in _DOZENS:
        return float(_DOZENS[words]), False
    if words in _LOWEST:
        return float(_LOWEST[words]), True
    return 3.0 * _BUNDLES[words.rsplit(maxsplit=1)[-1].removesuffix("s")], True


def read_number_words(words: str) -> float | None:
    """Read "one hundred and twenty-three thousand"; `None` for words that are no well-formed number."""
    total, current = 0.0, 0.0
    for word in re.split(r"[-\s]+", words.lower()):
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
        elif word not in {"and", "a", "an"}:
            return None
    return total + current

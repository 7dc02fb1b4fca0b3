"""One spelling for the many that a name has."""

from __future__ import annotations

import re
import unicodedata

_DROPPED = re.compile(r"[.'’‘`´ʻʼ\"“”()]")
_BLANK = re.compile(r"[\s\-‐-―/,_&]+")
_WORD = re.compile(r"[^\W_]+")
_SHORT = {"saint": "st", "sainte": "st", "mount": "mt", "fort": "ft", "and": ""}
_LATIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h"}
)


def split_words(text: str) -> list[str]:
    """Return the words of a text as they are searched for: letters and digits, without case and accents."""
    return _WORD.findall(fold_letters(text))


def fold_letters(text: str) -> str:
    """Return a text in lower case without accents."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    # Taken apart, some signs are capitals again (a mathematical A): once more, as Unicode's compatibility match does.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", lowered).casefold()).translate(_LATIN)
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def fold_name(name: str) -> str:
    """Return a name in lower case without accents, points and hyphens, "Saint" shortened, a leading "the" left out.

    Two spellings that fold to one are looked up as one; folding twice is folding once.
    """
    plain = fold_letters(name)
    words = [_SHORT.get(word, word) for word in _BLANK.sub(" ", _DROPPED.sub("", plain)).split()]
    words = [word for word in words if word]
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)

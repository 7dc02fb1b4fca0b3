"""NewsDiscourse: which sentences of an article are somebody's speech, quoted or told (one annotator's view)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SENTENCE = re.compile(r"^(S\d+) (.+)$")
_SPEECH = re.compile(r"^T\d+\tSpeech \d+ \d+\t(S\d+)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechArticle:
    """An article's text, its sentences, and which of them are speech."""

    text: str
    sentences: tuple[Span, ...]
    speech: frozenset[Span]


def read_speech(folder: Path) -> Iterator[SpeechArticle]:
    """Yield the articles; sentences that the annotator's file joins on one line make one paragraph."""
    for path in sorted(folder.glob("*.txt")):
        marked = set(_SPEECH.findall(path.with_suffix(".ann").read_text("utf-8")))
        text, spans, speech = "", [], set()
        for line in path.read_text("utf-8").splitlines():
            found = _SENTENCE.match(line)
            if found is None:
                text += "\n" if text and not text.endswith("\n") else ""
                continue
            text += " " if text and not text.endswith("\n") else ""
            spans.append(Span(start=len(text), end=len(text) + len(found[2])))
            if found[1] in marked:
                speech.add(spans[-1])
            text += found[2]
        if spans:
            yield SpeechArticle(text=text, sentences=tuple(spans), speech=frozenset(speech))

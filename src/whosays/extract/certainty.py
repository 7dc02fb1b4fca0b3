"""How sure each holder is: from the cue, the hedges of the content, and who speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.model import Certainty, Commitment, Span, Stance
from whosays.text import lower_letters

if TYPE_CHECKING:
    from whosays.extract.lexicon import CueRule, HedgeRule, Lexicon

_CLAUSE_END = re.compile(
    r",? (?:because|although|though|after|before|while|since|unless|so that|in order|whereas|but)\b"
    r"|,? and (?:that|was|were|is|are|had|has|have|did|does|do|will|would|could|may|might|can)\b"
    r"|, (?:which|who|whose|where|when|and|while|as|if|given|so|despite)\b|; | – | — "
    r"| (?:to (?:ensure|prevent|avoid)|so (?:they|it|he|she|we|that)|how|given)\b"
    r"| \w+ that (?:may|might|could|would|can)\b"
)
_FIRST_CLAUSE = re.compile(
    r"^\W*(?:that\s)?(?:while|(?:even )?though|although|despite|because|unless|whereas|(?:even )?if)\b"
    r"(?P<rest>[^.;?]{5,150}?),\s",
    re.IGNORECASE,
)
"""A clause before the main one: what it hedges or denies is not what is said; a condition weakens what is."""
_SPEAKER = re.compile(r"[“\"‘']?(?:that\s)?(?:he|she|it|they|we|I)\s", re.IGNORECASE)
_SILENCE, _AUXILIARY = 60, 10
"""Characters behind a speaker in which silence is looked for, and up to where it begins: "he would | neither"."""
_CONDITION = re.compile(r"[“\"‘']?(?:that\s)?(?:even\s)?(?P<word>if|unless)\b(?!.*,)", re.IGNORECASE | re.DOTALL)
"""A part of a content that is a condition and nothing else: "If it rains, he said, we stay"."""
_INFINITIVE = re.compile(r"\s+to \w+(?= )")
_ASIDE = re.compile(r", (?:which|who|whose|where|when|including|according to)\b[^,.;]{3,120}(?=,)|\([^)]{1,80}\)")
_LEAST_HEAD = 18
"""Characters: what stands before the first clause end is the main clause if it is at least so long."""
_ORDER = ("UU", "PS", "PR")
_BY_STRENGTH = {"CT": (Certainty.CERTAIN, Certainty.CERTAIN_NOT), "PR": (Certainty.PROBABLE, Certainty.PROBABLE_NOT),
                "PS": (Certainty.POSSIBLE, Certainty.POSSIBLE_NOT)}  # fmt: skip
_REVERSED = {
    Certainty.CERTAIN: Certainty.CERTAIN_NOT,
    Certainty.PROBABLE: Certainty.PROBABLE_NOT,
    Certainty.POSSIBLE: Certainty.POSSIBLE_NOT,
    Certainty.CERTAIN_NOT: Certainty.CERTAIN,
    Certainty.PROBABLE_NOT: Certainty.PROBABLE,
    Certainty.POSSIBLE_NOT: Certainty.POSSIBLE,
}
_RANK = {Certainty.CERTAIN: 3, Certainty.CERTAIN_NOT: 3, Certainty.PROBABLE: 2, Certainty.PROBABLE_NOT: 2,
         Certainty.POSSIBLE: 1, Certainty.POSSIBLE_NOT: 1}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CueReading:
    """What a cue was found to do: the rule, and the words of the text that it matched."""

    rule: CueRule | None
    words: Span | None
    reason: str

    @property
    def stance(self) -> Stance:
        """The rule's stance; plain saying where none matched."""
        return self.rule.stance if self.rule else Stance.SAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentReading:
    """How a content is hedged, taken as its speaker's own words."""

    certainty: Certainty
    words: tuple[Span, ...]
    reasons: tuple[str, ...]


def read_cue(
    cue: Span | None, text: str, lexicon: Lexicon, *, said: Span | None = None, denied: bool = False
) -> CueReading:
    """Find the first cue rule that matches the cue's words, with an infinitive that follows ("declined | to say").

    `said` is the content: whoever says "that he could not confirm it" is silent, whatever the cue. `denied` says that
    the source is nobody ("no group", "neither the army nor …"): then its cue is read as negated.
    """
    if cue is None:
        return CueReading(rule=None, words=None, reason="no cue: the content stands for itself")
    infinitive = _INFINITIVE.match(text, cue.end)
    words = text[cue.start : infinitive.end() if infinitive else cue.end]
    if denied:
        silent = next(rule for rule in lexicon.cues if rule.stance is Stance.NOT_CONFIRMED)
        return CueReading(rule=silent, words=cue, reason=f"cue “{words}”: its source is nobody")
    silence = _find_silence(said, text, lexicon) if said is not None else None
    if silence is not None:
        return silence
    lowered = lower_letters(words)
    for rule in lexicon.cues:
        match = rule.pattern.search(lowered)
        if match is not None:
            found = Span(start=cue.start + match.start(), end=cue.start + match.end())
            return CueReading(rule=rule, words=found, reason=f"cue “{words}”: {rule.name}, {rule.stance.value}")
    return CueReading(rule=None, words=None, reason=f"cue “{words}”: assertive, says")


def _find_silence(said: Span, text: str, lexicon: Lexicon) -> CueReading | None:
    """Find that a content says that its speaker says nothing: "he would neither confirm nor deny"."""
    speaker = _SPEAKER.match(text, said.start, said.end)
    if speaker is None:
        return None
    words = lower_letters(text[said.start : speaker.end() + _SILENCE])[: len(said)]
    after = speaker.end() - said.start
    for rule in lexicon.cues:
        match = rule.pattern.search(words, after) if rule.name == "silence" else None
        if match is not None and match.start() - after <= _AUXILIARY:
            found = Span(start=said.start + match.start(), end=said.start + match.end())
            return CueReading(rule=rule, words=found, reason=f"“{found.slice(text)}”: silence, {rule.stance.value}")
    return None


def read_content(spans: tuple[Span, ...], text: str, lexicon: Lexicon) -> ContentReading:
    """Read the hedges and negations of the content's main clause.

    The weakest hedge decides. One negation turns the polarity, two turn it back. Hedges in later clauses qualify
    something else and are left alone.
    """
    condition = _CONDITION.match(text, spans[0].start, spans[0].end) if len(spans) > 1 else None
    found = _find_hedges(spans[1 if condition else 0], text, lexicon)
    if condition is not None:
        rule = next(rule for rule in lexicon.hedges if rule.name == "conditional")
        found = [(rule, Span(start=condition.start("word"), end=condition.end("word"))), *found]
    effects = {rule.effect for rule, _ in found}
    strength = next((effect for effect in _ORDER if effect in effects or f"{effect}NEG" in effects), "CT")
    turned = sum(rule.effect.endswith("NEG") for rule, _ in found) % 2 == 1
    certainty = Certainty.UNCOMMITTED if strength == "UU" else _BY_STRENGTH[strength][turned]
    return ContentReading(
        certainty=certainty,
        words=tuple(span for _, span in found),
        reasons=tuple(f"“{span.slice(text)}”: {rule.name}" for rule, span in found),
    )


def compose_certainty(
    cue: CueReading, content: ContentReading, *, attributed: bool, sourced: bool, score: float
) -> tuple[Commitment, tuple[str, ...]]:
    """Compose certainty along the chain: content in its speaker's words, then the cue, then the outlet.

    The source is as sure as its words, weakened or turned by the cue. An outlet that attributes commits to nothing
    (Uu); in its own voice it is as sure as its own words, and hearsay without a source is the outlet's own hedge.
    """
    value = _apply_cue(cue, content.certainty)
    words = content.words if cue.words is None else tuple(sorted({*content.words, cue.words}))
    reasons = (*content.reasons, cue.reason) if attributed else content.reasons
    if not attributed:
        return Commitment(source=None, outlet=value, words=words, score=score), reasons
    if not sourced:
        outlet = _weaken_hearsay(cue, value)
        reasons = (*reasons, "no source is named: the outlet passes on hearsay")
        return Commitment(source=None, outlet=outlet, words=words, score=score), reasons
    reasons = (*reasons, "the outlet attributes: it commits to nothing itself")
    return Commitment(source=value, outlet=Certainty.UNCOMMITTED, words=words, score=score), reasons


def _weaken_hearsay(cue: CueReading, value: Certainty) -> Certainty:
    """Hearsay that nobody vouches for is uncommitted, unless the cue itself says how likely it is."""
    weak = cue.rule is not None and cue.rule.certainty in _REVERSED
    return value if weak else Certainty.UNCOMMITTED


def _apply_cue(cue: CueReading, certainty: Certainty) -> Certainty:
    rule = cue.rule
    if rule is None:
        return certainty
    if rule.turns:
        return certainty if certainty in {Certainty.CERTAIN_NOT, Certainty.UNCOMMITTED} else _REVERSED[certainty]
    if rule.certainty is None or certainty is Certainty.UNCOMMITTED:
        return certainty
    if rule.certainty not in _RANK:
        return rule.certainty
    negative = certainty in {Certainty.CERTAIN_NOT, Certainty.PROBABLE_NOT, Certainty.POSSIBLE_NOT}
    weaker = min(rule.certainty, certainty, key=lambda c: _RANK[c])
    positive = _REVERSED[weaker] if weaker.value.endswith("-") else weaker
    return _REVERSED[positive] if negative != rule.certainty.value.endswith("-") else positive


def _find_hedges(span: Span, text: str, lexicon: Lexicon) -> list[tuple[HedgeRule, Span]]:
    content = _ASIDE.sub(lambda aside: " " * len(aside.group()), span.slice(text))
    first = _FIRST_CLAUSE.match(content)
    if first is not None:
        content = content[: first.start("rest")] + " " * len(first["rest"]) + content[first.end("rest") :]
    end = _CLAUSE_END.search(content, _LEAST_HEAD)
    head = lower_letters(content[: end.start()] if end else content)
    found: list[tuple[HedgeRule, Span]] = []
    for rule in lexicon.hedges:
        for match in rule.pattern.finditer(head):
            here = Span(start=span.start + match.start(), end=span.start + match.end())
            if not any(here.overlaps(other) for _, other in found):
                found.append((rule, here))
    return sorted(found, key=lambda hit: hit[1].start)

"""From an article to its statements: the room's door."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.extract.attribution import Attribution, find_attributions
from whosays.extract.borders import find_remainder
from whosays.extract.certainty import compose_certainty, read_content, read_cue
from whosays.extract.figures import find_figures
from whosays.extract.grounds import find_evidence, is_nobody
from whosays.extract.happenings import Happenings
from whosays.extract.heads.marks import find_marks
from whosays.extract.nested import Relay, follow_nested
from whosays.extract.propositions import find_propositions
from whosays.extract.quoted import find_quoted
from whosays.extract.relays import carry_relays, find_relay
from whosays.extract.unheard import find_posts, find_unheard
from whosays.extract.voices import Voices, list_house_words
from whosays.model import Name, Quotation, Reading, Span, Stance, Statement, cover_spans, find_overlaps, merge_spans
from whosays.text import find_quotes, split_sentences

if TYPE_CHECKING:
    from whosays.extract.lexicon import Lexicon
    from whosays.model import Article, Calibration, Encoder, Encoding, Figure, Source

EXTRACTOR = "7"
"""Part of every statement's id; raised when the same page would give other statements."""
_LEAST_WORDS, _HEADING_WORDS = 3, 12
_STOP = re.compile(r"[.!?…:;][”’\"')\]]*$")
_QUOTED_ALL = 0.9
_AMOUNTS = frozenset({"date", "money", "quantity"})
"""What the names' head marks that is no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """An article's text with what is asked of it again and again."""

    text: str
    sentences: tuple[Span, ...]
    quotes: tuple[Span, ...]
    figures: tuple[Figure, ...]
    voices: Voices
    happenings: Happenings
    calibration: Calibration
    seed: str
    """What makes an id this page's and this extractor's."""


def extract_statements(
    articles: tuple[tuple[str, Article], ...], *, encoder: Encoder, lexicon: Lexicon
) -> tuple[Reading, ...]:
    """Find the statements of each (page digest, article), in the order of their texts, and all names and places.

    What is attributed is one statement an attribution; a sentence without one is the outlet's own.
    """
    encodings = encoder.encode(tuple(article.text for _, article in articles))
    return tuple(
        _extract(digest, article, encoding, encoder, lexicon)
        for (digest, article), encoding in zip(articles, encodings, strict=True)
    )


def _extract(digest: str, article: Article, encoding: Encoding, encoder: Encoder, lexicon: Lexicon) -> Reading:
    names = tuple(
        Name(span=mark.span, kind=mark.label, score=mark.score)
        for mark in find_marks(encoding, article.text, "entities")
        if mark.label not in _AMOUNTS
    )
    posts = find_posts(article.text)
    text = _Text(
        text=article.text,
        sentences=split_sentences(article.text),
        quotes=merge_spans((*find_quotes(article.text), *(span for post in posts for span in post.contents))),
        figures=find_figures(article.text),
        voices=Voices(
            text=article.text,
            names=names,
            house=list_house_words(article.outlet, article.agency, article.byline, url=article.url),
            lexicon=lexicon,
        ),
        happenings=Happenings(encoding, article.text),
        calibration=encoder.calibration,
        seed=f"{digest} {encoder.version} {EXTRACTOR}",
    )
    attributions = _gather_attributions(encoding, article, text, posts)
    statements = carry_relays(
        (statement for attribution in attributions for statement in _make_attributed(attribution, text, lexicon)),
        article.text,
    )
    told = merge_spans(span for a in attributions for span in (*a.contents, *((a.cue,) if a.cue else ())))
    for sentence in text.sentences:
        if find_overlaps(sentence, told):
            statements += _make_remainder(sentence, attributions, text, lexicon)
            continue
        if not _is_said(sentence.slice(text.text)) or _is_asked(sentence, article):
            continue
        heard = find_quoted(sentence, text.quotes, attributions, text.text) or find_unheard(
            sentence, figures=text.figures, voices=text.voices
        )
        given = _make_attributed(heard, text, lexicon) if heard is not None else ()
        statements += given or (_make_own(sentence, sentence, text, lexicon),)
    ordered = tuple(sorted(statements, key=lambda s: (s.spans[0].start, s.spans[-1].end)))
    return Reading(
        statements=ordered,
        names=names,
        places=text.happenings.places,
        propositions=find_propositions(ordered, article.text, encoding),
    )


def _gather_attributions(
    encoding: Encoding, article: Article, text: _Text, posts: tuple[Attribution, ...]
) -> tuple[Attribution, ...]:
    """Return the posts and what the encoder hears outside them, headings that ask apart, in order."""
    signed = tuple(cover_spans((*post.contents, *((post.source,) if post.source else ()))) for post in posts)
    found = list(posts)
    for one in find_attributions(encoding, article.text, text.sentences):
        whole = cover_spans(one.contents)
        asked = one.source is None and _is_asked(whole, article)
        if not asked and not find_overlaps(whole, signed):
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.contents[0].start))


def _is_said(sentence: str) -> bool:
    """Tell a sentence from a heading or a label: it ends in a stop, or is too long for one."""
    words = len(sentence.split())
    return words >= _LEAST_WORDS and (words > _HEADING_WORDS or _STOP.search(sentence) is not None)


def _is_asked(span: Span, article: Article) -> bool:
    """Tell whether a span is in a short question that is a paragraph alone: a heading, that says nothing."""
    paragraphs = find_overlaps(span, article.paragraphs)
    words = paragraphs[0].slice(article.text).split() if len(paragraphs) == 1 else []
    return 0 < len(words) <= _HEADING_WORDS and words[-1].endswith("?")


def _make_attributed(attribution: Attribution, text: _Text, lexicon: Lexicon) -> tuple[Statement, ...]:
    """Make an attribution's statement, and one for each that its content passes on of others.

    None where its only content is whom somebody cites.
    """
    sentence = _find_sentence(attribution, text)
    if attribution.source is None:
        return (_make_said(None, attribution, sentence, text, lexicon),)
    apart = (*attribution.contents, *((attribution.cue,) if attribution.cue else ()))
    relay = find_relay(text.voices.widen(attribution.source, apart), attribution, sentence, text.voices)
    relays = follow_nested(relay, text.sentences, text.text, cue=attribution.cue) if relay.contents else ()
    return tuple(_make_said(one, attribution, sentence, text, lexicon) for one in relays)


def _make_said(
    relay: Relay | None, attribution: Attribution, sentence: Span, text: _Text, lexicon: Lexicon
) -> Statement:
    """Make the statement of what somebody says, or of what nobody is named for."""
    source, source_reason = (None, "source: none is named")
    through: list[tuple[Source, str]] = []
    contents, said_by = attribution.contents, attribution.cue
    if relay is not None:
        contents, said_by = relay.contents, relay.cue or said_by
        source, source_reason = text.voices.read_source(relay.source)
        through = [text.voices.read_source(span) for span in relay.via]
    happening = text.happenings.pick(contents)
    denied = source is not None and is_nobody(source.span.slice(text.text))
    cue = read_cue(said_by, text.text, lexicon, said=contents[0], denied=denied)
    content = read_content(contents, text.text, lexicon)
    certainty, reasons = compose_certainty(
        cue, content, attributed=True, sourced=source is not None, score=text.calibration.apply(attribution.score)
    )
    evidence, evidence_reason = find_evidence(
        source=source,
        cue=said_by,
        spans=contents,
        sentence=sentence,
        text=text.text,
        lexicon=lexicon,
    )
    return Statement(
        id=_make_id(text.seed, contents, attribution.source, said_by),
        spans=contents,
        sentence=sentence,
        source=source,
        cue=said_by,
        quotation=_name_quotation(contents, text) if source else Quotation.NONE,
        stance=cue.stance,
        evidence=evidence,
        certainty=certainty,
        event=happening.event,
        actors=happening.actors,
        places=happening.places,
        times=happening.times,
        figures=_pick_figures(contents, text),
        via=tuple(one for one, _ in through),
        reasons=(
            source_reason,
            *(f"through whom: {why.removeprefix('source ')}" for _, why in through),
            *reasons,
            evidence_reason,
        ),
    )


def _make_remainder(
    sentence: Span, attributions: tuple[Attribution, ...], text: _Text, lexicon: Lexicon
) -> list[Statement]:
    """Make a statement of the outlet's of what a sentence tells before its speaker, if something happens there."""
    first = bisect_left(attributions, sentence.start, key=lambda one: one.contents[0].start)
    last = bisect_left(attributions, sentence.end, key=lambda one: one.contents[0].start)
    inside = tuple(one for one in attributions[first:last] if sentence.contains(cover_spans(one.contents)))
    span = find_remainder(sentence, inside, text.text) if inside else None
    own = _make_own(span, sentence, text, lexicon) if span is not None else None
    return [own] if own is not None and (own.event is not None or own.figures) else []


def _make_own(span: Span, sentence: Span, text: _Text, lexicon: Lexicon) -> Statement:
    """Make the statement of a sentence, or of a clause of it, in the outlet's own voice; nothing speaks against it."""
    content = read_content((span,), text.text, lexicon)
    happening = text.happenings.pick((span,))
    cue = read_cue(None, text.text, lexicon)
    certainty, reasons = compose_certainty(cue, content, attributed=False, sourced=False, score=1.0)
    evidence, evidence_reason = find_evidence(
        source=None, cue=None, spans=(span,), sentence=sentence, text=text.text, lexicon=lexicon
    )
    return Statement(
        id=_make_id(text.seed, (span,), None, None),
        spans=(span,),
        sentence=sentence,
        source=None,
        cue=None,
        quotation=Quotation.NONE,
        stance=Stance.SAYS,
        evidence=evidence,
        certainty=certainty,
        event=happening.event,
        actors=happening.actors,
        places=happening.places,
        times=happening.times,
        figures=_pick_figures((span,), text),
        reasons=("source: the outlet speaks in its own voice", *reasons, evidence_reason),
    )


def _find_sentence(attribution: Attribution, text: _Text) -> Span:
    """Return the sentence of the first content, widened to the end of the last and to the cue, where they are near."""
    first, last = (
        _sentence_at(attribution.contents[0].start, text),
        _sentence_at(attribution.contents[-1].end - 1, text),
    )
    return cover_spans((first, last, *attribution.contents))


def _sentence_at(at: int, text: _Text) -> Span:
    index = bisect_right(text.sentences, at, key=lambda s: s.start) - 1
    return text.sentences[max(0, index)]


def _name_quotation(contents: tuple[Span, ...], text: _Text) -> Quotation:
    """Direct when nearly all of the content stands in quotation marks, mixed when some does, else indirect."""
    total = sum(len(span) for span in contents)
    quoted = sum(
        min(span.end, quote.end) - max(span.start, quote.start)
        for span in contents
        for quote in find_overlaps(span, text.quotes)
    )
    if quoted >= _QUOTED_ALL * total:
        return Quotation.DIRECT
    return Quotation.MIXED if quoted else Quotation.INDIRECT


def _pick_figures(spans: tuple[Span, ...], text: _Text) -> tuple[Figure, ...]:
    found = []
    for span in spans:
        first = bisect_left(text.figures, span.start, key=lambda figure: figure.span.start)
        last = bisect_left(text.figures, span.end, key=lambda figure: figure.span.start)
        found += [figure for figure in text.figures[first:last] if span.contains(figure.span)]
    return tuple(found)


def _make_id(seed: str, contents: tuple[Span, ...], source: Span | None, cue: Span | None) -> str:
    places = " ".join(f"{s.start}-{s.end}" if s else "none" for s in (*contents, source, cue))
    return hashlib.sha256(f"{seed} {places}".encode()).hexdigest()[:20]

"""Rules against their cases: tables in tests/data, by kind."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.extract import load_lexicon
from whosays.extract.attribution import Attribution
from whosays.extract.borders import find_remainder, settle_borders
from whosays.extract.certainty import compose_certainty, read_content, read_cue
from whosays.extract.figures import find_figures
from whosays.extract.nested import Relay, follow_nested
from whosays.extract.quoted import find_quoted
from whosays.extract.relays import find_relay
from whosays.extract.unheard import find_posts, find_unheard
from whosays.extract.voices import Voices, list_house_words
from whosays.model import Name, Span
from whosays.resolve import resolve_time
from whosays.text import find_quotes, read_number_words, split_sentences

LEXICON = load_lexicon()


def list_cases(name: str) -> list:
    """Read a table; a known failure is expected to fail, strictly."""
    lines = (Path(__file__).parent / "data" / name).read_text("utf-8").splitlines()
    return [
        pytest.param(*row[1:], id=" | ".join(row[1:3]), marks=[pytest.mark.xfail] if row[0] == "known_failures" else [])
        for row in (line.split("\t") for line in lines if not line.startswith("#"))
    ]


def pad(rows: list, width: int) -> list:
    return [pytest.param(*(*p.values, *[""] * (width - len(p.values))), id=p.id, marks=p.marks) for p in rows]


@pytest.mark.parametrize(
    ("text", "span", "low", "best", "high", "approximate", "unit", "outcome"), pad(list_cases("figures.tsv"), 8)
)
def test_figures(text, span, low, best, high, approximate, unit, outcome) -> None:
    found = find_figures(text)
    if span == "none":
        assert [figure.span.slice(text) for figure in found] == []
        return
    (figure,) = (figure for figure in found if figure.span.slice(text) == span)
    bounds = [None if bound == "-" else float(bound) for bound in (low, best, high)]
    assert [figure.low, figure.best, figure.high] == bounds
    assert figure.approximate is (approximate == "yes")
    assert figure.unit == unit
    assert ",".join(figure.outcome) == outcome.replace("-", "")


def test_a_post_is_said_by_who_signed_it() -> None:
    text = (
        "The port was closed – for good, it seemed.\nNo ship leaves today.\n"
        "— Port of Kestrel (@kestrelport) May 3, 2024\n— Harbour Watch (@hw) 4 May 2024\n"
        "Pilots are back at work — Ida Moor (@idamoor) May 5, 2024"
    )
    posts = find_posts(text)
    assert [(post.source.slice(text), post.contents[0].slice(text)) for post in posts if post.source] == [
        ("Port of Kestrel", "No ship leaves today."),
        ("Ida Moor", "Pilots are back at work"),
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "speakers", "whose", "through", "words"), list_cases("relays.tsv")
)
def test_relays(text, source, cue, content, speakers, whose, through, words) -> None:
    def find(words: str) -> Span:
        return Span(start=text.index(words), end=text.index(words) + len(words))

    whole = Span(start=0, end=len(text))
    told = Attribution(source=find(source), cue=None if cue == "-" else find(cue), contents=(find(content),), score=1.0)
    named = () if speakers == "-" else (find(speakers),)
    names = tuple(Name(span=one, kind="person", score=1.0) for one in named)
    voices = Voices(text=text, names=names, house=list_house_words("The Morning Post", url=None), lexicon=LEXICON)
    relay = find_relay(find(source), told, whole, voices)
    inner = follow_nested(relay, (whole,), text)[-1]
    assert inner.source.slice(text) == whose
    assert "; ".join(span.slice(text) for span in inner.via) == through.replace("-", "")
    assert words == "-" or [span.slice(text) for span in inner.contents] == [words]


_PIECES = st.sampled_from(
    "the minister said told that a guard had him quoted as saying citing quoting by through an aide according to which"
    " who , . “ ” ( ) she He in an interview with Radio Sel the Sel Post reported was of edition newspaper".split(" ")
)


@settings(deadline=None, max_examples=400)
@given(words=st.lists(_PIECES, min_size=6, max_size=40), picks=st.lists(st.integers(0, 39), min_size=6, max_size=6))
def test_no_passing_on_is_too_strange(words, picks) -> None:
    text = " ".join(words)
    tokens = [Span(start=m.start(), end=m.end()) for m in re.finditer(r"\S+", text)]
    first, second, third = (
        Span(start=tokens[a].start, end=tokens[b].end)
        for a, b in (sorted(pick % len(tokens) for pick in picks[i : i + 2]) for i in (0, 2, 4))
    )
    whole = Span(start=0, end=len(text))
    named = tuple(Name(span=token, kind="organisation", score=1.0) for token in tokens if token.slice(text).istitle())
    voices = Voices(text=text, names=named, house=frozenset(), lexicon=LEXICON)
    told = Attribution(source=first, cue=second, contents=(third,), score=1.0)
    relay = find_relay(voices.widen(first, (second, third)), told, whole, voices)
    for one in follow_nested(relay, split_sentences(text), text, cue=second) if relay.contents else ():
        for span in (one.source, *one.contents, *one.via):
            assert 0 <= span.start < span.end <= len(text)


def test_what_is_passed_on_is_parted_from_what_is_the_speakers_own() -> None:
    text = "“My wife wrote that they were all in the dining room,” said Nestor Alih. “After that, nothing came.”"
    quotes = find_quotes(text)
    relay = Relay(source=Span(start=text.index("Nestor"), end=text.index(". “")), contents=quotes)
    own, other = follow_nested(relay, split_sentences(text), text)
    assert [span.slice(text) for span in own.contents] == ["“After that, nothing came.”"]
    assert not own.via
    assert other.source.slice(text) == "My wife"
    assert other.via == (own.source,)


@pytest.mark.parametrize(
    ("text", "heard", "sentence", "speaker"),
    [
        ("“It fell. Nobody saw it,” said Ana Brandt.", ("Nobody saw it", "Ana Brandt"), "“It fell.", "Ana Brandt"),
        (
            "“It fell,” said Ana Brandt. “Nobody\n\n“We left then.”",
            ("Nobody", "Ana Brandt"),
            "“We left then.”",
            "Ana Brandt",
        ),
        ("The Sel Post wrote: “It fell on Monday.”", None, "“It fell on Monday.”", "The Sel Post"),
        ("“It fell, the army said. Nobody saw it.”", ("It fell", "the army"), "Nobody saw it.”", None),
        ("She left. “It fell on Monday.”", None, "“It fell on Monday.”", None),
    ],
)
def test_what_is_quoted_is_not_the_outlets(text, heard, sentence, speaker) -> None:
    def find(words: str) -> Span:
        return Span(start=text.index(words), end=text.index(words) + len(words))

    told = [Attribution(source=find(heard[1]), cue=None, contents=(find(heard[0]),), score=1.0)] if heard else []
    quoted = find_quoted(find(sentence), find_quotes(text), told, text)
    assert quoted is not None
    assert (quoted.source.slice(text) if quoted.source else None) == speaker
    assert find_quoted(find(text.split()[0]), (), told, text) is None


@pytest.mark.parametrize(("sentence", "named", "source", "content"), list_cases("unheard.tsv"))
def test_what_the_encoder_does_not_hear(sentence, named, source, content) -> None:
    whole = Span(start=0, end=len(sentence))
    speakers = tuple(
        Span(start=sentence.index(name), end=sentence.index(name) + len(name))
        for name in named.split("; ")
        if name != "-"
    )
    names = tuple(Name(span=one, kind="person", score=1.0) for one in speakers)
    voices = Voices(text=sentence, names=names, house=frozenset(), lexicon=LEXICON)
    heard = find_unheard(whole, figures=find_figures(sentence), voices=voices)
    found = (
        ("-", "-")
        if heard is None or heard.source is None
        else (heard.source.slice(sentence), "; ".join(part.slice(sentence) for part in heard.contents))
    )
    assert found == (source, content)


@pytest.mark.parametrize(("words", "published", "ahead", "value", "earliest", "latest"), list_cases("times.tsv"))
def test_times(words, published, ahead, value, earliest, latest) -> None:
    day = None if published == "-" else date.fromisoformat(published)
    found = resolve_time(words, published=day, ahead=ahead == "yes" or None)
    bounds = [str(bound or "-") for bound in (found.earliest, found.latest)] if found else ["-", "-"]
    assert [found.value if found else "-", *bounds] == [value, earliest, latest]


@settings(deadline=None)
@given(st.text(max_size=40), st.dates())
def test_no_expression_of_time_is_too_strange(words, published) -> None:
    found = resolve_time(words, published=published)
    assert found is None or found.earliest is None or found.latest is None or found.earliest <= found.latest


@pytest.mark.parametrize(("cue", "content", "value", "stance"), list_cases("certainty.tsv"))
def test_certainty(cue, content, value, stance) -> None:
    own = cue == "-"
    text = content if own else f"{cue} {content}"
    cue_span = None if own else Span(start=0, end=len(cue))
    reading = read_cue(cue_span, text, LEXICON)
    spans = (Span(start=len(text) - len(content), end=len(text)),)
    commitment, reasons = compose_certainty(
        reading, read_content(spans, text, LEXICON), attributed=not own, sourced=not own, score=1.0
    )
    assert (commitment.outlet if own else commitment.source).value == value
    assert reading.stance.value == stance
    assert own or commitment.outlet.value == "Uu"
    assert all(word.slice(text) for word in commitment.words)
    assert own or reasons


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Smith said no. He left.", 2),
        ("“We know,” she said. “It is late.” He nodded.", 3),
        ("It rose 3.5 percent in the U.S. market.", 1),
        ("At 2 a.m. the ship sank. Nobody came.", 2),
        ("One line\n\nAnother without stop", 2),
        ("Did it? Yes! It did…", 3),
        ("She beat the odds.The mother was found.Police came.", 3),
        ("He works for Example.Com and Node.JS of U.S.A fame.", 1),
        ("", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    spans = split_sentences(text)
    assert len(spans) == count
    assert "".join("".join(span.slice(text).split()) for span in spans) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("He said “no” twice.", ["“no”"]),
        ('The "end" of it', ['"end"']),
        ("the ship’s ‘last’ trip", ["‘last’"]),
        ("“It is long.\n\n“And goes on.”", ["“It is long.", "“And goes on.”"]),
        ('6 feet 2" tall', []),
    ],
)
def test_quotes(text: str, quotes: list[str]) -> None:
    assert [span.slice(text) for span in find_quotes(text)] == quotes


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twelve", 12),
        ("twenty-one", 21),
        ("two thousand five hundred", 2500),
        ("a hundred and six", 106),
        ("ferry", None),
    ],
)
def test_number_words(words: str, value: float | None) -> None:
    assert read_number_words(words) == value


def attribute(text: str, *, source: str | None, cue: str | None, content: str) -> Attribution:
    def find(words: str | None) -> Span | None:
        return Span(start=text.index(words), end=text.index(words) + len(words)) if words else None

    spans = [span for span in [find(content)] if span]
    return Attribution(source=find(source), cue=find(cue), contents=tuple(spans), score=0.9)


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        # what "she said" closes begins where its sentence does
        (
            "But an army crew killed two men by firing at them, the mayor said.",
            "by firing at them",
            "an army crew killed two men by firing at them",
        ),
        (
            "“It is late.” Two men were killed by firing, the mayor said.",
            "killed by firing",
            "Two men were killed by firing",
        ),
        # what stands before is another's, a question, or not closed
        ("Asked about the war, he was calm, the mayor said.", "he was calm", "he was calm"),
        ("In the long run they will lose the mayor said.", "they will lose", "they will lose"),
        # no phrase is left in the middle
        (
            "The mayor said it completed the release by the end.",
            "it completed the release by the",
            "it completed the release by the end",
        ),
        (
            "The mayor said he dismissed the claim in a ruling that was read out to all who had come in the rain.",
            "he dismissed the claim in",
            "he dismissed the claim",
        ),
    ],
)
def test_contents_begin_and_end_with_their_clauses(text: str, found: str, whole: str) -> None:
    one = attribute(text, source="the mayor" if "the mayor" in text else "The mayor", cue="said", content=found)
    (settled,) = settle_borders((one,), text, split_sentences(text))
    assert [span.slice(text) for span in settled.contents] == [whole]


def test_what_stands_before_a_speaker_is_the_outlet_s() -> None:
    text = "The agency fired nine of its men in August after Israel said that they had been there."
    one = attribute(text, source="Israel", cue="said", content="that they had been there")
    (sentence,) = split_sentences(text)
    remainder = find_remainder(sentence, (one,), text)
    assert remainder is not None
    assert remainder.slice(text) == "The agency fired nine of its men in August"
    late = attribute(text, source="Israel", cue="said", content="The agency fired nine of its men in August")
    assert find_remainder(sentence, (late,), text) is None


def test_what_goes_on_without_a_stop_is_cut_at_a_blank() -> None:
    text = "and so it went on " * 400
    parts = split_sentences(text)
    assert len(parts) > 1
    assert all(len(part) <= 2000 for part in parts)
    assert " ".join(part.slice(text) for part in parts).split() == text.split()

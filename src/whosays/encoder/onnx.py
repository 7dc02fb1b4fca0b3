"""Run the shipped network with ONNX Runtime."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from whosays.encoder.pieces import Pieces, Window, cut_pieces, cut_windows
from whosays.errors import ModelError
from whosays.model import TAGS, Encoding

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

INTERFACE = 1
"""Raised when inputs, outputs or their meaning change; a model of another interface is refused."""
SHIPPED = Path(__file__).parent / "weights"
_CLS, _SEP = 101, 102
_BATCH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a model says of itself (`card.json`): its window, its link width, and prose for `whosays info`."""

    name: str
    interface: int
    window: int
    context: int
    link: int
    notes: dict[str, Any]


class OnnxEncoder:
    """An `Encoder` over a folder with `model.onnx`, `tokenizer.json` and `card.json`."""

    def __init__(self, folder: Path = SHIPPED, *, threads: int | None = None) -> None:
        self.card = read_card(folder)
        self._tokenizer = _load_tokenizer(folder)
        self._session = _load_session(folder, threads)
        self._version = f"{self.card.name}-{_digest(folder / 'model.onnx')[:12]}"

    @property
    def version(self) -> str:
        """The card's name and the first digits of the weights' SHA-256."""
        return self._version

    def encode(self, texts: tuple[str, ...]) -> tuple[Encoding, ...]:
        """Encode each text: cut it in pieces and windows, run windows of like length together, join the answers."""
        cut = [cut_pieces(text, tokenizer=self._tokenizer) for text in texts]
        tags = [np.zeros((len(pieces), len(TAGS)), dtype=np.float32) for pieces in cut]
        links = [np.zeros((len(pieces), 4, self.card.link), dtype=np.float32) for pieces in cut]
        jobs = [
            (i, window)
            for i, pieces in enumerate(cut)
            for window in cut_windows(pieces, size=self.card.window, context=self.card.context)
        ]
        jobs.sort(key=lambda job: job[1].end - job[1].context)
        for first in range(0, len(jobs), _BATCH):
            batch = jobs[first : first + _BATCH]
            answers = self._run([(cut[i], window) for i, window in batch])
            for (i, window), (window_tags, window_links) in zip(batch, answers, strict=True):
                tags[i][window.start : window.end] = window_tags
                links[i][window.start : window.end] = window_links
        return tuple(
            Encoding(starts=pieces.starts, ends=pieces.ends, tags=t, links=k)
            for pieces, t, k in zip(cut, tags, links, strict=True)
        )

    def _run(self, batch: list[tuple[Pieces, Window]]) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """Return, for each window, tags (n, 7) and links (n, 4, d) for its own pieces, context left out."""
        length = max(window.end - window.context for _, window in batch) + 2
        ids, shapes, mask = (np.zeros((len(batch), length), dtype=np.int64) for _ in range(3))
        for row, (pieces, window) in enumerate(batch):
            n = window.end - window.context
            ids[row, : n + 2] = [_CLS, *pieces.ids[window.context : window.end], _SEP]
            shapes[row, 1 : n + 1] = pieces.shapes[window.context : window.end]
            mask[row, : n + 2] = 1
        tags, links = self._session.run(["tags", "links"], {"ids": ids, "shapes": shapes, "mask": mask})
        return [
            (tags[row, own], links[row, own])
            for row, (_, window) in enumerate(batch)
            for own in [slice(1 + window.start - window.context, 1 + window.end - window.context)]
        ]


def read_card(folder: Path) -> Card:
    """Read a model's card; raises `ModelError` on a card that is missing, damaged, or of another interface."""
    path = folder / "card.json"
    try:
        data = json.loads(path.read_text("utf-8"))
        card = Card(
            name=data["name"],
            interface=data["interface"],
            window=data["window"],
            context=data["context"],
            link=data["link"],
            notes=data.get("notes", {}),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(path=str(path), detail=f"the card cannot be read ({error})") from error
    if card.interface != INTERFACE:
        raise ModelError(path=str(path), detail=f"interface {card.interface}, this whosays runs {INTERFACE}")
    return card


def _load_tokenizer(folder: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    path = folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelError(path=str(path), detail=f"the tokenizer cannot be read ({error})") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _load_session(folder: Path, threads: int | None) -> InferenceSession:
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    if threads is not None:
        options.intra_op_num_threads = threads
    path = folder / "model.onnx"
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises classes of its C layer that share no public base
        raise ModelError(path=str(path), detail=f"the network cannot be loaded ({error})") from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Run the shipped network with ONNX Runtime."""

from __future__ import annotations

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from whosays.encoder.pieces import CLS, SEP, Pieces, Window, cut_pieces, cut_windows
from whosays.errors import ModelError
from whosays.model import HEADS, TAGS, Calibration, Encoding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

INTERFACE = 3
"""Raised when inputs, outputs or their meaning change; a model of another interface is refused."""
SHIPPED = Path(__file__).parent / "weights"
_SLOWER = ["SkipLayerNormFusion"]
"""What ONNX Runtime would fuse at a loss: sum and norm in one took 0.46 ms a window, one after the other 0.09."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a model says of itself (`card.json`): its window, the widths of its vectors, prose for `whosays info`."""

    name: str
    interface: int
    window: int
    context: int
    link: int
    width: int
    calibration: Calibration
    notes: dict[str, Any]


class OnnxEncoder:
    """An `Encoder` over a folder with `model.onnx`, `tokenizer.json` and `card.json`."""

    def __init__(self, folder: Path = SHIPPED, *, threads: int | None = None) -> None:
        self.card = read_card(folder)
        self._tokenizer = load_tokenizer(folder)
        self._session = load_session(folder)
        self._names = [output.name for output in self._session.get_outputs()]
        self._threads = threads or os.cpu_count() or 1
        self._callers, self._lock = 0, Lock()
        self._version = f"{self.card.name}-{_digest(folder / 'model.onnx')[:12]}"

    @property
    def version(self) -> str:
        """The card's name and the first digits of the weights' SHA-256."""
        return self._version

    @property
    def calibration(self) -> Calibration:
        """The card's; fitted by `python -m train calibrate`."""
        return self.card.calibration

    def encode(self, texts: tuple[str, ...]) -> tuple[Encoding, ...]:
        """Encode each text: cut it in pieces and windows, run every window, join the answers.

        A window is run alone, on one core, several at a time: as fast as batches on a CPU, and what is said of a text
        does not depend on the texts beside it (in 8 bits, a batch shares its scale).
        """
        cut = [cut_pieces(text, tokenizer=self._tokenizer) for text in texts]
        answers = [self._make_room(len(pieces)) for pieces in cut]
        jobs = [
            (pieces, window, room)
            for pieces, room in zip(cut, answers, strict=True)
            for window in cut_windows(pieces, size=self.card.window, context=self.card.context)
        ]
        with self._share_cores() as threads, ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda job: self._run(*job), jobs))
        return tuple(
            Encoding(
                starts=pieces.starts,
                ends=pieces.ends,
                tags=room["tags"],
                links=room["links"],
                heads={name: room[name] for name in HEADS},
                factuality=room["factuality"],
                vectors=room["vectors"],
            )
            for pieces, room in zip(cut, answers, strict=True)
        )

    @contextmanager
    def _share_cores(self) -> Iterator[int]:
        """Give each of those who encode at the same time its share of the threads: more of them only get in the way."""
        with self._lock:
            self._callers += 1
            share = max(1, self._threads // self._callers)
        try:
            yield share
        finally:
            with self._lock:
                self._callers -= 1

    def _make_room(self, n: int) -> dict[str, NDArray[Any]]:
        """Make arrays for the answers about n pieces, by output name."""
        room: dict[str, NDArray[Any]] = {
            "tags": np.zeros((n, len(TAGS)), dtype=np.float32),
            "links": np.zeros((n, 4, self.card.link), dtype=np.float32),
            "factuality": np.zeros(n, dtype=np.float32),
            "vectors": np.zeros((n, self.card.width), dtype=np.float16),
        }
        return room | {name: np.zeros((n, len(tags)), dtype=np.float32) for name, tags in HEADS.items()}

    def _run(self, pieces: Pieces, window: Window, room: dict[str, NDArray[Any]]) -> None:
        """Write the network's answers for a window's own pieces into their places in `room`."""
        inside = slice(window.context, window.end)
        ids = np.array([[CLS, *pieces.ids[inside], SEP]], dtype=np.int64)
        shapes = np.array([[0, *pieces.shapes[inside], 0]], dtype=np.int64)
        said = self._session.run(self._names, {"ids": ids, "shapes": shapes})
        own = slice(1 + window.start - window.context, 1 + window.end - window.context)
        for name, values in zip(self._names, said, strict=True):
            room[name][window.start : window.end] = values[0, own]


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
            width=data["width"],
            calibration=Calibration(**data.get("calibration", {})),
            notes=data.get("notes", {}),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(path=str(path), detail=f"the card cannot be read ({error})") from error
    if card.interface != INTERFACE:
        raise ModelError(path=str(path), detail=f"interface {card.interface}, this whosays runs {INTERFACE}")
    return card


def load_tokenizer(folder: Path) -> Tokenizer:
    """Load a model's vocabulary; raises `ModelError` on one that is missing or damaged."""
    from tokenizers import Tokenizer

    path = folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelError(path=str(path), detail=f"the tokenizer cannot be read ({error})") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def load_session(folder: Path) -> InferenceSession:
    """Load a model's network, to be run on one core a call; raises `ModelError` on one that is missing or damaged."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before the import: the library counts its uses from there on
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    path = folder / "model.onnx"
    try:
        return onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
    except Exception as error:  # onnxruntime raises classes of its C layer that share no public base
        raise ModelError(path=str(path), detail=f"the network cannot be loaded ({error})") from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

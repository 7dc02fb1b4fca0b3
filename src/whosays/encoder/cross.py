"""Run the cross-encoder, which reads two things said side by side, with ONNX Runtime."""

from __future__ import annotations

import json
import os
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from whosays.encoder.onnx import SHIPPED, load_session, load_tokenizer
from whosays.encoder.pieces import CLS, SEP
from whosays.errors import ModelError
from whosays.model import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    Floats = NDArray[np.float32]

SHIPPED_CROSS = Path(__file__).parent / "cross"
_SIDE, _LONGEST = 120, 1000
"""Word pieces that are read of either side: who says so, and some eighty words; and the characters they lie in."""
_KEPT = 100_000
"""Answers that are kept, the latest, so that a story that grows is not read again: some 30 MB."""


class OnnxCrossEncoder:
    """A `CrossEncoder` over a folder with `model.onnx`; it is loaded when it is first asked.

    The vocabulary is that of the encoder in `tokenizer`. Threads may share one.
    """

    def __init__(self, folder: Path = SHIPPED_CROSS, *, tokenizer: Path = SHIPPED, threads: int | None = None) -> None:
        self._folder = folder
        self._vocabulary = tokenizer
        self._threads = threads or os.cpu_count() or 1
        self._known: OrderedDict[tuple[str, str, int], Floats] = OrderedDict()
        self._lock = Lock()

    def compare(self, pairs: Sequence[tuple[str, str]], gaps: Sequence[int]) -> Floats:
        """Return (n, 4) probabilities over `RELATIONS`; each pair is read alone, in one order, or not again."""
        cut = [(left[:_LONGEST], right[:_LONGEST]) for left, right in pairs]
        ordered = [(min(pair), max(pair), gap) for pair, gap in zip(cut, gaps, strict=True)]
        with self._lock:
            new = [pair for pair in dict.fromkeys(ordered) if pair not in self._known]
        with ThreadPoolExecutor(self._threads) as pool:
            read = dict(zip(new, pool.map(self._read, new), strict=True))
        with self._lock:
            found = [read.get(pair, self._known.get(pair)) for pair in ordered]
            self._known |= read
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return np.array(
            [self._read(pair) if row is None else row for pair, row in zip(ordered, found, strict=True)],
            dtype=np.float32,
        ).reshape(-1, len(RELATIONS))

    def _read(self, pair: tuple[str, str, int]) -> Floats:
        left, right, gap = pair
        ids, sides = cut_pair(left, right, tokenizer=self._tokenizer)
        (said,) = self._session.run(None, {"ids": ids[None], "sides": sides[None], "gap": np.array([gap])})
        probabilities: Floats = np.exp(said[0])
        return probabilities

    @cached_property
    def _session(self) -> InferenceSession:
        return load_session(self._folder)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer(self._vocabulary)


def read_cross_notes(folder: Path = SHIPPED_CROSS) -> dict[str, str]:
    """Return what a cross-encoder's card says for people; raises `ModelError` where there is none."""
    path = folder / "card.json"
    try:
        notes: dict[str, str] = json.loads(path.read_text("utf-8"))["notes"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(path=str(path), detail=f"the card cannot be read ({error})") from error
    return notes


def cut_pair(left: str, right: str, *, tokenizer: Tokenizer) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the ids of two texts joined, and 0 or 1 for the side each piece is of, (length,) both.

    Training and run time both come through here.
    """
    first, second = (tokenizer.encode(side, add_special_tokens=False).ids[:_SIDE] for side in (left, right))
    ids = np.array([CLS, *first, SEP, *second, SEP], dtype=np.int64)
    sides = np.zeros(len(ids), dtype=np.int64)
    sides[len(first) + 2 :] = 1
    return ids, sides

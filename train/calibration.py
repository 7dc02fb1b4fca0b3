"""Fit what an attribution's score is worth: the chance that it is right."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from train.score_attribution import measure_calibration, score_attributions
from whosays.encoder import OnnxEncoder
from whosays.model import Calibration

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from train.corpora.polnear import GoldArticle

_STEPS, _RATE = 4000, 0.5


def calibrate_model(articles: Iterable[GoldArticle], folder: Path) -> tuple[Calibration, float, float]:
    """Fit on all articles and write it into the folder's card.

    Returns the calibration, and the expected calibration error without it and with it, each half of the articles judged
    with what was fitted on the other.
    """
    encoder = OnnxEncoder(folder)
    if encoder.calibration != Calibration():
        raise ValueError(f"{folder / 'card.json'} is calibrated already; export it anew first")
    judged: list[list[tuple[float, bool]]] = [[], []]
    for number, article in enumerate(articles):
        judged[number % 2] += score_attributions([article], encoder).judged
    halves = [fit_calibration(judged[1]), fit_calibration(judged[0])]
    mended = [(half.apply(s), right) for half, rows in zip(halves, judged, strict=True) for s, right in rows]
    whole = fit_calibration([*judged[0], *judged[1]])
    path = folder / "card.json"
    card = json.loads(path.read_text("utf-8"))
    card["calibration"] = {"slope": round(whole.slope, 4), "offset": round(whole.offset, 4)}
    path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return whole, measure_calibration([*judged[0], *judged[1]]), measure_calibration(mended)


def fit_calibration(judged: list[tuple[float, bool]]) -> Calibration:
    """Return the slope and offset that make the scores likeliest (logistic regression, by gradient descent)."""
    odds = [math.log(max(score, 1e-6) / max(1 - score, 1e-6)) for score, _ in judged]
    slope, offset = 1.0, 0.0
    for _ in range(_STEPS):
        errors = [1 / (1 + math.exp(-(slope * x + offset))) - right for x, (_, right) in zip(odds, judged, strict=True)]
        slope -= _RATE * sum(e * x for e, x in zip(errors, odds, strict=True)) / (10 * len(judged))
        offset -= _RATE * sum(errors) / len(judged)
    return Calibration(slope=slope, offset=offset)

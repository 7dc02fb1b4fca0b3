"""The measures themselves: agreement beyond chance, and how honest scores are."""

from __future__ import annotations

from collections import Counter

import pytest

pytest.importorskip("torch", reason="torch is not installed; .ci/run installs it")

from train.calibration import fit_calibration  # after the skip
from train.score_attribution import measure_alpha, measure_calibration
from whosays.model import Calibration


def test_alpha_is_one_for_agreement_and_near_zero_for_chance() -> None:
    assert measure_alpha(Counter({("cue", "cue"): 10, ("", ""): 90})) == 1.0
    chance = Counter({("a", "a"): 250, ("a", "b"): 250, ("b", "a"): 250, ("b", "b"): 250})
    assert measure_alpha(chance) == pytest.approx(0.0, abs=0.01)


def test_alpha_of_krippendorffs_example() -> None:
    # two coders, ten binary units, four disagreements (Krippendorff 2011, "Computing Krippendorff's Alpha", A)
    pairs = Counter({("0", "0"): 5, ("0", "1"): 3, ("1", "0"): 1, ("1", "1"): 1})
    assert measure_alpha(pairs) == pytest.approx(0.095, abs=0.001)


def test_scores_that_keep_their_promise_have_no_calibration_error() -> None:
    honest = [(0.75, True)] * 75 + [(0.75, False)] * 25
    assert measure_calibration(honest) == pytest.approx(0.0)
    assert measure_calibration([(0.95, False)] * 10) == pytest.approx(0.95)


def test_a_calibration_that_was_not_fitted_changes_nothing() -> None:
    assert Calibration().apply(0.3) == pytest.approx(0.3)
    assert 0 < Calibration(slope=2.0, offset=-1.0).apply(1.0) <= 1


def test_scores_that_are_too_sure_are_taken_back() -> None:
    judged = [(0.9, number % 2 == 0) for number in range(100)] + [(0.6, number % 4 == 0) for number in range(100)]
    fitted = fit_calibration(judged)
    mended = [(fitted.apply(score), right) for score, right in judged]
    assert measure_calibration(judged) > 0.3
    assert measure_calibration(mended) < 0.05

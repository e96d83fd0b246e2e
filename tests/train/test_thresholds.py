"""Which thresholds held-out lines give: each policy's own promise, and what bounds it."""

import numpy as np
import pytest

from hansift.model.linear import log_odds
from hansift.train.thresholds import BODY_LOST, MOST_LOST, NOISE_LEFT, WIDEST, calibration, thresholds


def drawn(lines: int, apart: float, seed: int = 3):
    """Margins (m, 2) of body and noise `apart` from each other, with truth and characters of each."""
    rng = np.random.default_rng(seed)
    truth = (rng.random(lines) < 0.5).astype(np.int64)
    body = rng.normal(np.where(truth == 0, apart, -apart), 1)
    return np.stack([body, np.full(lines, -9.0)], axis=1), truth, rng.integers(1, 90, lines)


def left(margins, truth, visible, threshold):
    """Which share of the body a threshold loses, and of noise it leaves in what it keeps."""
    kept = log_odds(margins)[0] >= threshold
    return visible[(truth == 0) & ~kept].sum() / visible[truth == 0].sum(), (
        visible[(truth != 0) & kept].sum() / visible[kept].sum()
    )


def test_each_policy_keeps_its_promise_where_both_can_be_kept():
    margins, truth, visible = drawn(20_000, 2.0)
    precision, balanced, recall = thresholds(margins, truth, visible)
    assert recall < balanced < precision
    lost, noise = left(margins, truth, visible, precision)
    assert noise <= NOISE_LEFT
    assert lost < MOST_LOST
    assert left(margins, truth, visible, precision - 0.05)[1] > NOISE_LEFT
    assert left(margins, truth, visible, recall)[0] <= BODY_LOST
    assert left(margins, truth, visible, recall + 0.05)[0] > BODY_LOST


def test_precision_gives_back_half_of_the_body_whatever_noise_that_leaves():
    margins, truth, visible = drawn(20_000, 0.4)
    precision, _, _ = thresholds(margins, truth, visible)
    lost, noise = left(margins, truth, visible, precision)
    assert MOST_LOST - 0.01 < lost <= MOST_LOST
    assert noise > NOISE_LEFT


@pytest.mark.parametrize("worth", [0.5, 1.0, 2.0, 4.0])
def test_balanced_keeps_a_line_that_is_worth_its_noise(worth):
    assert thresholds(*drawn(100, 1.0), worth)[1] == pytest.approx(-np.log(worth))


@pytest.mark.parametrize("label", [0, 1, 2])
def test_lines_of_one_label_give_thresholds_all_the_same(label):
    margins, _, visible = drawn(50, 1.0)
    found = thresholds(margins, np.full(50, label), visible)
    assert np.isfinite(found).all()
    assert (np.abs(found) <= WIDEST).all()


@pytest.mark.parametrize("worth", [0.5, 2.0])
def test_no_policy_passes_another_where_lines_are_told_apart_with_ease(worth):
    precision, balanced, recall = thresholds(*drawn(2000, 4.0), worth)
    assert recall <= balanced <= precision


def test_margins_too_sure_are_made_less_so():
    margins, truth, _ = drawn(20_000, 0.5)
    # of two normals `apart` to each side of 0 the log-odds are twice `apart` times the place
    assert calibration(margins * [1.0, 1.0], truth) == pytest.approx(1.0, abs=0.1)
    assert calibration(margins / 3, truth) == pytest.approx(3.0, rel=0.1)

"""What held-out lines say of a model's certainty: how sharp its log-odds should be, and from which lines are kept."""

from __future__ import annotations

import numpy as np

from hansift.features.batch import Ints
from hansift.features.context import Floats
from hansift.model.linear import log_odds
from hansift.page import LABELS, Label

BODY = LABELS.index(Label.BODY)


def calibration(margins: Floats, truth: Ints) -> float:
    """The factor on held-out margins under which their probabilities fit the truth best: temperature scaling.

    Guo et al., On Calibration of Modern Neural Networks, 2017, for one temperature.
    """
    logits = np.stack([margins[:, 0], np.zeros(len(margins)), margins[:, 1]], axis=1)

    def loss(factor: float) -> float:
        scaled = logits * factor
        return float((np.logaddexp.reduce(scaled, axis=1) - scaled[np.arange(len(truth)), truth]).mean())

    factors = np.geomspace(0.5, 4, 61)
    return float(factors[np.argmin([loss(factor) for factor in factors])])


BODY_LOST, NOISE_LEFT = 0.002, 0.005
"""What `recall` may lose of the body's characters, and `precision` may leave of noise in what it keeps."""
MOST_LOST = 0.5
"""What `precision` may lose of the body's characters, whatever noise that leaves: a policy that gives back less than
half of a body is of no use to anybody.
"""
BODY_WORTH = 2.0
"""Noise can still be taken out of a page later; what is lost of its body is gone. A word on what the tool is for, and
no figure's best.
"""
WIDEST = 6.0


def thresholds(margins: Floats, truth: Ints, visible: Ints, worth: float = BODY_WORTH) -> Floats:
    """The log-odds of body from which a line is kept, of each of POLICIES, (3,), chosen on held-out lines.

    `recall` is the highest that loses at most BODY_LOST, `precision` the lowest that leaves at most NOISE_LEFT or the
    highest that loses at most MOST_LOST, whichever is lower, both within WIDEST; `balanced` keeps what is worth it when
    a line of body lost costs `worth` lines of noise left. On lines that are told apart with ease the three may be one.
    """
    odds, _ = log_odds(margins)
    order = np.argsort(-odds, kind="stable")
    body = np.cumsum(np.where(truth == BODY, visible, 0)[order])
    kept = np.cumsum(visible[order])
    recall, precision = body / max(1, int(body[-1])), body / kept
    pure = np.flatnonzero(precision >= 1 - NOISE_LEFT)
    # no line is body: nothing can be lost
    least, whole = (int(np.argmax(recall >= 1 - lost)) for lost in (MOST_LOST, BODY_LOST))
    strict = odds[order[max(least, pure[-1] if len(pure) else 0)]]
    lenient = odds[order[whole]]
    balanced = -np.log(worth)
    cut: Floats = np.clip([max(strict, balanced), balanced, min(lenient, balanced)], -WIDEST, WIDEST)
    return cut

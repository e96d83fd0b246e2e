"""From scores to labels."""

from __future__ import annotations

from typing import Literal

import numpy as np

from hansift.features.batch import Bytes
from hansift.features.context import Floats

Policy = Literal["precision", "balanced", "recall"]
POLICIES: tuple[Policy, ...] = ("precision", "balanced", "recall")


def decode(scores: Floats, threshold: float | Floats) -> Bytes:
    """The label number of each line, (m,): body where its log-odds reach the threshold, which may be one a line, else
    the likelier other.
    """
    body = scores[:, 0] >= 1 / (1 + np.exp(-threshold))
    return np.where(body, 0, 1 + (scores[:, 2] > scores[:, 1])).astype(np.uint8)

"""From scores to labels."""

from __future__ import annotations

from typing import Literal

import numpy as np

from hansift.features.batch import Bytes
from hansift.features.context import Floats

Policy = Literal["precision", "balanced", "recall"]
POLICIES: tuple[Policy, ...] = ("precision", "balanced", "recall")


def decode(scores: Floats, policy: str) -> Bytes:
    """The label number of each line, (m,), by the policy's threshold."""
    return scores.argmax(axis=1).astype(np.uint8)

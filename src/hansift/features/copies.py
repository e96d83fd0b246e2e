"""What stands in a page more than once."""

from __future__ import annotations

import numpy as np

from hansift.features.batch import Ints
from hansift.features.block import run_lengths
from hansift.features.kernels.plain import repeated

MIX = 0x9E3779B97F4A7C15 >> 1
"""Brings what is in the low bits of a key to the high ones."""


def copies_of(page: Ints, key: Ints) -> Ints:
    """How many others of its page have each one's key, (m,)."""
    out = np.zeros(len(key), dtype=np.int64)
    # most have no copy; the others are sorted
    again = repeated(((key ^ page << 40) * MIX >> 32).astype(np.uint32))
    own, home = key.take(again), page.take(again)
    order = np.lexsort((own, home))
    own, home = own.take(order), home.take(order)
    same = np.zeros(len(order), dtype=bool)
    same[1:] = (own[1:] == own[:-1]) & (home[1:] == home[:-1])
    out[again.take(order)] = run_lengths(same) - 1
    return out

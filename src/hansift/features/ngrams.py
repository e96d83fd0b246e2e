"""Hashed character n-grams: which bucket of each order's table every position of a buffer falls into."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

ORDERS = 3
BUCKETS = 1 << 16
"""Buckets an order; a unigram's bucket is its folded unit, so that order 1 has no collisions."""

Units = npt.NDArray[np.uint16]

# Odd multipliers: products modulo 2^16 are then one-to-one in each unit. Fixed for good: model files depend on them.
_MULTIPLIERS = (np.uint16(0x9E35), np.uint16(0x6A6D))


def buckets(units: Units, starts: npt.NDArray[np.int64]) -> Iterator[Units]:
    """The bucket at every position, (u,) uint16, for order 1, 2, 3 in turn; `units` are folded.

    An n-gram belongs to the position of its last unit. The line break before a line counts as its first unit, its
    own as its last; an n-gram that would reach further back, into the line before, falls into bucket 0.
    """
    yield units
    hashed = units
    for order in range(2, ORDERS + 1):
        longer = np.zeros_like(units)
        # hash of units i-order+1..i = mix(hash of i-order+1..i-1 standing at i-1) + unit i
        np.multiply(hashed[:-1], _MULTIPLIERS[order - 2], out=longer[1:])
        longer[1:] ^= longer[1:] >> np.uint16(7)
        longer[1:] += units[1:]
        hashed = longer
        for back in range(order - 2):
            at = starts + back
            hashed[at[at < len(units)]] = 0
        yield hashed

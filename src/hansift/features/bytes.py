"""Numbers of any size as bytes: logarithms, shares, halves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from hansift.features.batch import Bytes, Ints

TABLED = 4096
"""Numbers below this one have their logarithm looked up."""


def log_byte(values: Ints, steps: int = 8) -> Bytes:
    """log2(1 + value) in parts of 1/steps, at most 255; values are 0 or more.

    >>> log_byte(np.array([0, 1, 1000])).tolist()
    [0, 8, 79]
    """
    out: Bytes = _logarithms(steps).take(values, mode="clip")
    if values.max(initial=0) >= TABLED:
        large = np.flatnonzero(values >= TABLED)
        out[large] = _log_byte(values[large], steps)
    return out


@cache
def _logarithms(steps: int) -> Bytes:
    return _log_byte(np.arange(TABLED), steps)


def _log_byte(values: Ints, steps: int) -> Bytes:
    out: Bytes = np.minimum(np.log2(values + 1.0) * steps, 255).astype(np.uint8)
    return out


def quotient(part: Ints, whole: Ints) -> Ints:
    """Part / whole rounded down, 0 or more each; a whole of 0 counts as 1.

    By floats, which is several times faster than by whole numbers and exact while part stays below 2^52: a quotient
    that is not whole is at least 1 / whole away from one.
    """
    out: Ints = (part / np.maximum(whole, 1)).astype(np.int64)
    return out


def share_byte(part: Ints, whole: Ints, steps: int) -> Bytes:
    """The share part / whole in parts of 1/steps, at most 255; 0 where the whole is 0."""
    return np.minimum(part * steps / np.maximum(whole, 1), 255).astype(np.uint8)


def nibbles(high: npt.NDArray[np.integer], low: npt.NDArray[np.integer]) -> Bytes:
    """Two numbers in one byte, each at most 15.

    >>> nibbles(np.array([2, 99]), np.array([3, 0])).tolist()
    [35, 240]
    """
    out: Bytes = (np.minimum(high, 15).astype(np.uint8) << 4) | np.minimum(low, 15).astype(np.uint8)
    return out


def odds_byte(odds: npt.NDArray[np.float64]) -> Bytes:
    """Log-odds in twelfths around 128: a byte says -10.6 to 10.6."""
    return np.minimum(np.maximum(np.floor(odds * 12 + 128), 0), 255).astype(np.uint8)


def stacked(columns: Sequence[npt.NDArray[np.integer]]) -> Bytes:
    """The columns, whose values are bytes whatever their type, as the rows of one array: (f, m) uint8."""
    out = np.empty((len(columns), len(columns[0])), dtype=np.uint8)
    for row, column in zip(out, columns, strict=True):
        row[:] = column
    return out

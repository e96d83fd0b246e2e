"""Numbers of any size as bytes: logarithms, shares, halves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from hansift.features.batch import Bytes, Ints

TABLED = 4096
"""Numbers below this one have their logarithm looked up."""
LARGEST = 1 << 62
"""Above any number that is asked for."""


def log_byte(values: Ints, steps: int = 8) -> Bytes:
    """log2(1 + value) in parts of 1/steps, at most 255; values are 0 or more.

    >>> log_byte(np.array([0, 1, 1000])).tolist()
    [0, 8, 79]
    """
    out: Bytes = logarithms(steps).take(values, mode="clip")
    if values.max(initial=0) >= TABLED:
        large = np.flatnonzero(values >= TABLED)
        out[large] = bounds(steps).searchsorted(values[large], side="right") - 1
    return out


@cache
def logarithms(steps: int) -> Bytes:
    """The bytes of the numbers below TABLED."""
    out: Bytes = np.minimum(np.log2(np.arange(TABLED) + 1.0) * steps, 255).astype(np.uint8)
    return out


@cache
def bounds(steps: int) -> Ints:
    """The least number of each byte, (256,): the least whose next one has 2^byte or more as its power of `steps`."""
    roots = [2.0 ** (byte / steps) for byte in range(256)]
    found = [
        bisect_left(range(LARGEST), 1 << byte, int(root * (1 - 1e-9)), int(root * (1 + 1e-9)) + 2, key=power(steps)) - 1
        if root < LARGEST / 2
        else LARGEST
        for byte, root in enumerate(roots)
    ]
    return np.array(found, dtype=np.int64)


def power(exponent: int) -> Callable[[int], int]:
    """The function that raises to a power."""
    return lambda number: int(number**exponent)


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


CHANCES: Ints = np.round(255 / (1 + np.exp((127.5 - np.arange(256)) / 12))).astype(np.int64)


def chance(odds: Bytes) -> Ints:
    """The probabilities, in 1/255, of log-odds that are given as `odds_byte`.

    >>> chance(odds_byte(np.array([-9.0, 0, 2]))).tolist()
    [0, 130, 226]
    """
    return CHANCES.take(odds)


def stacked(columns: Sequence[npt.NDArray[np.integer]]) -> Bytes:
    """The columns, whose values are bytes whatever their type, as the rows of one array: (f, m) uint8."""
    out = np.empty((len(columns), len(columns[0])), dtype=np.uint8)
    for row, column in zip(out, columns, strict=True):
        row[:] = column
    return out

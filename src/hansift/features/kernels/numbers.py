"""The numbers of `features.bytes` by numba, one at a time: each function does what that of its name there says.

A cached kernel keeps what it was compiled with: after a change here, or of a constant that a kernel takes from
elsewhere, touch the kernel's file or empty `__pycache__`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

from hansift.features.bytes import TABLED, bounds, logarithms

F = TypeVar("F", bound=Callable[..., object])
Number = Any
"""A whole number of any width."""


def compiled(function: F) -> F:
    """The function compiled when it is called, and kept on the disk: beside this file, or among the user's caches."""
    try:
        made: Any = njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # there is no place that can be written
        made = njit(nogil=True, error_model="numpy")(function)
    return cast(F, made)


def inner(function: F) -> F:
    """The function for compiled ones to call; Python itself cannot, which halves the time that it takes to compile."""
    options: Any = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    made: Any = njit(nogil=True, error_model="numpy", **options)(function)
    return cast(F, made)


STEPS = (1, 2, 3, 8, 12, 16)
"""What log_byte is asked for; row by row in the tables."""
ROW = tuple(STEPS.index(steps) if steps in STEPS else -1 for steps in range(max(STEPS) + 1))
LOGARITHMS = np.stack([logarithms(steps) for steps in STEPS])
BOUNDS = np.stack([bounds(steps) for steps in STEPS])


@inner
def log_byte(value: Number, steps: Number) -> Number:
    row = ROW[steps]
    byte = np.int64(LOGARITHMS[row, min(value, TABLED - 1)])
    if value >= TABLED:
        while byte < 255 and BOUNDS[row, byte + 1] <= value:
            byte += 1
    return byte


@inner
def quotient(part: Number, whole: Number) -> Number:
    return np.int64(part / max(whole, 1))


@inner
def share_byte(part: Number, whole: Number, steps: Number) -> Number:
    return np.int64(min(part * steps / max(whole, 1), 255.0))


@inner
def nibbles(high: Number, low: Number) -> Number:
    upper: Number = min(np.int64(high), 15)
    lower: Number = min(np.int64(low), 15)
    return upper << 4 | lower

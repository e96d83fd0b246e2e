"""Tables of whole numbers, one entry a value of a feature, and the sums that they make."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt

from hansift.features.batch import Bytes
from hansift.features.kernels import loops

UNIT = 4096
"""Whole numbers in a table of bytes that make 1 of log-odds."""

Tables = npt.NDArray[np.int32]


class Weights:
    """Weights, pickled without the tables that are made of them."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """What it is made of again."""
        own = fields(self)  # type: ignore[arg-type]  # those who inherit are dataclasses
        return type(self), tuple(getattr(self, each.name) for each in own if each.init)


def paired(weights: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Two columns of weights in one integer each, so that one sum makes both: (n, c) to (ceil(c / 2), n).

    Their sums stay far below 2^31; `parted` takes them apart.
    """
    wide = weights.astype(np.int64)
    if wide.shape[1] % 2:
        wide = np.concatenate([wide, np.zeros_like(wide[:, :1])], axis=1)
    pairs: npt.NDArray[np.int64] = (wide[:, ::2] << 32) + wide[:, 1::2]
    return np.ascontiguousarray(pairs.T)


def paired_tables(tables: Tables) -> npt.NDArray[np.int64]:
    """The tables (f, 256, c) with two columns in one integer each: (ceil(c / 2), f, 256)."""
    f, values, columns = tables.shape
    return paired(tables.reshape(-1, columns)).reshape(-1, f, values)


def parted(sums: npt.NDArray[np.int64], columns: int) -> npt.NDArray[np.int64]:
    """The sums of the single columns, (columns, m), from those of the pairs, (ceil(columns / 2), m)."""
    out = np.empty((2 * len(sums), sums.shape[1]), dtype=np.int64)
    np.right_shift(sums << 32, 32, out=out[1::2])
    np.right_shift(sums - out[1::2], 32, out=out[::2])
    return out[:columns]


def table_sums(pairs: npt.NDArray[np.int64], columns: Bytes, margins: int) -> npt.NDArray[np.int64]:
    """The sums over features of each row's table entries: (m, margins), from columns (f, m) and the tables, which are
    `paired`: (ceil(margins / 2), f, 256).
    """
    return parted(loops().table_sums(pairs, columns), margins).T

"""What is counted in every line of a batch: characters by class, first and last visible one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hansift.features.batch import Batch, Ints
from hansift.features.chars import COUNTER_BITS, COUNTERS, LONGEST_SUM, tables


class Measures:
    """Of each line (n,) int64: how many visible, han, digit … characters it has, `size` in units, and the positions
    in the buffer of its `head` and `tail`, the first and last visible units (its line break where it has none).
    """

    visible: Ints
    han: Ints
    digit: Ints
    latin: Ints
    stop: Ints
    comma: Ints
    colon: Ints
    separator: Ints
    bracket: Ints
    quote: Ints
    function: Ints
    traditional: Ints
    simplified: Ints
    kana: Ints
    date: Ints

    def __init__(self, batch: Batch) -> None:
        cut, owner = pieces(batch)
        for table, names in zip(tables().counters, COUNTERS, strict=True):
            sums = np.add.reduceat(table[batch.units], cut)[1:]
            for i, name in enumerate(names):
                column = (sums >> (COUNTER_BITS * i)) & LONGEST_SUM
                setattr(self, name, column if owner is None else summed(column, owner, len(batch.starts)))
        self.size = batch.ends - batch.starts
        self.head, self.tail = edges(batch)


def pieces(batch: Batch) -> tuple[Ints, Ints | None]:
    """Where to cut the buffer so that no sum can overflow, and each piece's line, None where pieces are lines.

    The first piece is the break that opens the buffer.
    """
    longest = int((batch.ends - batch.starts).max(initial=0)) + 1
    if longest <= LONGEST_SUM:
        return np.concatenate(([0], batch.starts)), None
    number = (batch.ends - batch.starts) // LONGEST_SUM + 1
    owner = np.repeat(np.arange(len(number)), number)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(number) - number, number)
    return np.concatenate(([0], np.repeat(batch.starts, number) + within * LONGEST_SUM)), owner


def summed(values: Ints, owner: Ints, n: int) -> Ints:
    """The sums of the values by owner, (n,): owners ascend and none is missing."""
    return np.add.reduceat(values, np.searchsorted(owner, np.arange(n)))


def edges(batch: Batch) -> tuple[Ints, Ints]:
    """The positions of each line's first and last visible unit."""
    visible: npt.NDArray[np.int64] = np.flatnonzero(~tables().space[batch.units])
    if not len(visible):
        return batch.ends, batch.ends
    after = np.searchsorted(visible, batch.starts)
    before = np.searchsorted(visible, batch.ends) - 1
    blank = before < after
    first = np.where(blank, batch.ends, visible[np.minimum(after, len(visible) - 1)])
    return first, np.where(blank, batch.ends, visible[np.maximum(before, 0)])

"""What is counted in every line of a batch: characters by class, pieces between marks, first and last visible one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hansift.features.batch import NEWLINE, Batch, Bytes, Ints, blocks
from hansift.features.chars import COUNTED, COUNTER_BITS, COUNTERS, LONGEST_SUM, tables


@dataclass(frozen=True, slots=True)
class Measures:
    """What is counted in the n lines of a batch.

    `counts` (15, n) int64 are characters, a row a name of COUNTED; `head`, `tail` (n,) the positions in the buffer of
    the first and last visible unit, that of the line break where there is none; `pieces` (4, n) the number of pieces
    between marks, the sum of their sizes, of the squares of their sizes, and the largest size.
    """

    counts: Ints
    head: Ints
    tail: Ints
    pieces: Ints

    def __getitem__(self, name: str) -> Ints:
        """How many characters of that name each line has, (n,)."""
        values: Ints = self.counts[COUNTED.index(name)]
        return values


def measured(batch: Batch, kinds: Bytes) -> Measures:
    """The measures of a batch, of whose units `kinds` (u,) are the kinds."""
    head, tail = edges(batch, kinds)
    return Measures(counts(batch, kinds), head, tail, pieces(batch, kinds))


def counts(batch: Batch, kinds: Bytes) -> Ints:
    """How many characters of each name of COUNTED the lines have, (15, n)."""
    begins, owners = stretches(batch, LONGEST_SUM)
    sums = np.empty((len(COUNTERS), len(begins)), dtype=np.int64)
    for units, segments, starts in blocks(batch, begins):
        at = kinds[units].astype(np.intp)
        for row, table in zip(sums, tables().counters, strict=True):
            np.add.reduceat(table.take(at), starts, out=row[segments])
    found = np.empty((len(COUNTED), len(begins)), dtype=np.int64)
    for number in range(len(COUNTED)):
        group, place = divmod(number, len(COUNTERS[0]))
        np.right_shift(sums[group], COUNTER_BITS * place, out=found[number])
    found &= LONGEST_SUM
    return found if owners is None else np.add.reduceat(found, owners, axis=1)


def stretches(batch: Batch, longest: int) -> tuple[Ints, Ints | None]:
    """Where to cut the buffer so that no stretch is longer than that many units, a line's break included; and the
    number of each line's first stretch, None where stretches are lines.

    Sums over the stretches, by `reduceat`, then fit small fields.
    """
    size = batch.ends - batch.starts + 1
    if size.max(initial=0) <= longest:
        return batch.starts, None
    number = (size - 1) // longest + 1
    owners = np.cumsum(number) - number
    within = np.arange(int(number.sum())) - np.repeat(owners, number)
    return np.repeat(batch.starts, number) + within * longest, owners


def pieces(batch: Batch, kinds: Bytes) -> Ints:
    """Of the pieces between marks of each line, (4, n): number, sum of sizes, sum of their squares, largest size."""
    at = np.flatnonzero(kinds >= tables().first_mark)
    # a line break is a mark, so that no piece crosses lines
    size = np.diff(at) - 1
    begins = np.flatnonzero(batch.units.take(at) == NEWLINE)[:-1]
    number = np.add.reduceat((size > 0).astype(np.int64), begins)
    largest = np.maximum.reduceat(size, begins)
    return np.stack([number, np.add.reduceat(size, begins), np.add.reduceat(size * size, begins), largest])


def edges(batch: Batch, kinds: Bytes) -> tuple[Ints, Ints]:
    """The positions of each line's first and last visible unit."""
    head, tail = batch.starts.copy(), np.maximum(batch.ends - 1, batch.starts)
    first_space = tables().first_space
    outside = (kinds.take(head) >= first_space) | (kinds.take(tail) >= first_space)
    bare = np.flatnonzero(outside & (batch.ends > batch.starts))
    if len(bare):
        visible = np.flatnonzero(kinds < first_space)
        visible = np.append(visible, len(kinds))
        start, end = batch.starts[bare], batch.ends[bare]
        after, before = np.searchsorted(visible, start), np.searchsorted(visible, end) - 1
        blank = before < after
        head[bare] = np.where(blank, end, visible[after])
        tail[bare] = np.where(blank, end, visible[before])
    return head, tail

"""What is counted in every line of a batch: characters by class, pieces between marks, first and last visible one."""

from __future__ import annotations

from dataclasses import dataclass

from hansift.features.batch import Batch, Bytes, Ints
from hansift.features.chars import COUNTED, tables
from hansift.features.kernels import plain


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
    known = tables()
    lines = kinds, batch.starts, batch.ends
    head, tail = plain.edges(*lines, known.first_space)
    counts = plain.counted(*lines, known.counters, len(COUNTED))
    return Measures(counts, head, tail, plain.parted(*lines, known.first_mark))

"""Many pages as one buffer of code units: what every vector operation runs over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

T = TypeVar("T", bound=np.generic)

NEWLINE = ord("\n")

BLOCK = 1 << 13
"""Units worked on in one go: numbers of eight bytes for each of them then stay in the processor's cache."""

# The C library of Linux hands back to the system every large block that is freed, and pays for it page by page when
# the next array is made; once a block has been freed that was larger than any array here, it keeps them.
np.empty(24 << 20, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Batch:
    """Pages side by side; line i of the batch is `units[starts[i]:ends[i]]`, and `units[ends[i]]` is its line break.

    `units` (u,) uint16 holds UTF-16 code units: a line break, then every line with its own. `starts`, `ends`, `page`
    (n,) int64 speak of lines, `first` (p + 1,) int64 of pages: page k's lines are `first[k]` to `first[k + 1]`.
    """

    units: npt.NDArray[np.uint16]
    starts: Ints
    ends: Ints
    page: Ints
    first: Ints


def batch_of(texts: Sequence[str]) -> Batch:
    r"""The texts as one batch. A character above U+FFFF takes two units, a lone surrogate one; nothing is lost.

    >>> batch_of(["甲\n乙", ""]).first.tolist()
    [0, 2, 3]
    """
    joined = "\n".join(("", *texts, ""))
    units = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    breaks = np.flatnonzero(units == NEWLINE)
    starts, ends = breaks[:-1] + 1, breaks[1:]
    lines_of_page = np.fromiter((text.count("\n") + 1 for text in texts), dtype=np.int64, count=len(texts))
    first = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(lines_of_page, out=first[1:])
    page = np.repeat(np.arange(len(texts)), lines_of_page)
    return Batch(units, starts, ends, page, first)


def looked_up(table: npt.NDArray[T], at: npt.NDArray[np.integer]) -> npt.NDArray[T]:
    """The table's entries at the indices: `table.take(at)`, block by block."""
    out = np.empty(len(at), dtype=table.dtype)
    for low in range(0, len(at), BLOCK):
        out[low : low + BLOCK] = table.take(at[low : low + BLOCK])
    return out


def blocks(batch: Batch, begins: Ints) -> Iterator[tuple[slice, slice, Ints]]:
    """Some of the segments of the buffer that begin at `begins`, the last of them at its end, so that a block has BLOCK
    units or one segment: which units, which segments, and where each begins in the block.
    """
    low = 0
    while low < len(begins):
        high = max(int(np.searchsorted(begins, begins[low] + BLOCK)), low + 1)
        start = int(begins[low])
        end = int(begins[high]) if high < len(begins) else len(batch.units)
        yield slice(start, end), slice(low, high), begins[low:high] - start
        low = high

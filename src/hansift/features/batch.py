"""Many pages as one buffer of code units: what every vector operation runs over."""

from __future__ import annotations

from codecs import utf_16_le_encode
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

NEWLINE = ord("\n")
BREAK = "\n".encode("utf-16-le")
HIGH, LOW = 0xD800 >> 10, 0xDC00 >> 10
"""The upper six bits of the two units of a character above U+FFFF."""


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
    parts = [utf_16_le_encode(text, "surrogatepass")[0] for text in texts]
    units = np.frombuffer(BREAK.join((b"", *parts, b"")), dtype="<u2")
    breaks = np.flatnonzero(units == NEWLINE)
    sizes = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))
    first = np.zeros(len(parts) + 1, dtype=np.int64)
    first[1:] = breaks.searchsorted(np.cumsum(sizes // 2 + 1))
    page = np.repeat(np.arange(len(parts)), np.diff(first))
    return Batch(units, breaks[:-1] + 1, breaks[1:], page, first)


def characters_before(batch: Batch, texts: Sequence[str], positions: Ints) -> Ints:
    """How many characters of the texts, the breaks around them counted, stand before these positions of their batch."""
    more = len(batch.units) - 1 - len(texts) - sum(map(len, texts))
    if not more:
        return positions
    surrogate = batch.units >> 10
    pairs = np.flatnonzero((surrogate[:-1] == HIGH) & (surrogate[1:] == LOW)) + 1
    if len(pairs) != more:
        # two lone surrogates that follow each other look like a pair
        joined = "\n".join(("", *texts, ""))
        wide = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4") > 0xFFFF
        pairs = np.flatnonzero(wide) + np.arange(1, more + 1)
    return positions - np.searchsorted(pairs, positions)

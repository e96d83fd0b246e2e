"""The hot loops in numpy; `starts` and `ends` are those of the lines of a buffer of units, as in Batch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Units = npt.NDArray[np.uint16]
Bools = npt.NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)

BLOCK = 1 << 16
"""Units worked on in one go: numbers of eight bytes for each of them then stay near the processor. Judging took 13.6 ms
a MB of the seeds' lengths and 26.9 of short lines, with 2^14 15.6 and 30.9, with 2^17 13.0 and 28.1, where the cache of
a core has 512 KB.
"""
COUNTER_BITS = 8
"""Bits of a counter of characters; eight counters share one 64-bit integer."""
LONGEST_COUNTED = (1 << COUNTER_BITS) - 1
"""Units that may be counted before a counter could overflow."""
FIELD = 16
"""Bits of one weight of an n-gram; four share one 64-bit integer."""
EVEN_FIELDS = 0x0000FFFF0000FFFF
LONGEST_PACKED = 1 << 14
"""Units whose weights can be summed in fields of twice that size."""
MULTIPLIERS = (0x9E35, 0x6A6D)
"""Of the hashes of n-grams; odd, so that products modulo 2^16 are one-to-one. Fixed for good: model files depend on
them.
"""
SPREAD = np.uint32(0x9E3779B1)
"""Spreads keys over slots by its product, Knuth's multiplicative hashing."""

MOST_SLOTS = 20
"""Bits of the number of slots: one page has 2^16 different keys, and slots should stay in the processor's cache."""

# The C library of Linux hands back to the system every large block that is freed, and pays for it page by page when
# the next array is made; once a block has been freed that was larger than any array here, it keeps them.
np.empty(24 << 20, dtype=np.uint8)


def looked_up(table: npt.NDArray[T], at: npt.NDArray[np.integer]) -> npt.NDArray[T]:
    """The table's entries at the indices, all of which it has: `table.take(at)`, block by block."""
    out = np.empty(len(at), dtype=table.dtype)
    for low in range(0, len(at), BLOCK):
        table.take(at[low : low + BLOCK], out=out[low : low + BLOCK], mode="clip")
    return out


def blocks(begins: Ints, end: int) -> Iterator[tuple[slice, slice, Ints]]:
    """The segments of a buffer that begin at `begins`, the last of them at its end, so that a block has BLOCK units or
    one segment: which units, which segments, and where each begins in the block.
    """
    low = 0
    while low < len(begins):
        high = max(int(np.searchsorted(begins, begins[low] + BLOCK)), low + 1)
        start, stop = int(begins[low]), int(begins[high]) if high < len(begins) else end
        yield slice(start, stop), slice(low, high), begins[low:high] - start
        low = high


def stretches(starts: Ints, ends: Ints, longest: int) -> tuple[Ints, Ints | None]:
    """Where to cut the buffer so that no stretch is longer than that many units, a line's break included; and the
    number of each line's first stretch, None where stretches are lines.

    Sums over the stretches, by `reduceat`, then fit small fields.
    """
    size = ends - starts + 1
    if size.max(initial=0) <= longest:
        return starts, None
    number = (size - 1) // longest + 1
    owners = np.cumsum(number) - number
    within = np.arange(int(number.sum())) - np.repeat(owners, number)
    return np.repeat(starts, number) + within * longest, owners


def scanned(units: Units, starts: Ints, kind: Bytes, fold: Units) -> tuple[Bytes, Units, Units, Units]:
    """The kind of each unit, and the bucket of the n-gram that ends there, of order 1 to 3, (u,) each.

    A bucket of order 1 is the folded unit. The break that opens the buffer and an n-gram that would reach over the
    break before a line fall into bucket 0 of the other orders.
    """
    kinds, folded = np.empty(len(units), dtype=np.uint8), np.empty_like(units)
    for low in range(0, len(units), BLOCK):
        block = units[low : low + BLOCK].astype(np.intp)
        kind.take(block, out=kinds[low : low + BLOCK], mode="clip")
        fold.take(block, out=folded[low : low + BLOCK], mode="clip")
    pairs = longer(folded, folded, MULTIPLIERS[0])
    triples = longer(pairs, folded, MULTIPLIERS[1])
    triples[starts] = 0
    return kinds, folded, pairs, triples


def longer(hashed: Units, units: Units, multiplier: int) -> Units:
    """The hashes of n-grams one unit longer: of units i - n to i, from that of i - n to i - 1 and unit i."""
    out = np.zeros_like(units)
    np.multiply(hashed[:-1], np.uint16(multiplier), out=out[1:])
    out[1:] ^= out[1:] >> np.uint16(7)
    out[1:] += units[1:]
    return out


def counted(kinds: Bytes, starts: Ints, ends: Ints, counters: Ints, total: int) -> Ints:
    """The sums over each line of `total` counters, (total, n): `counters` (w, k) has eight of each kind in a word."""
    begins, owners = stretches(starts, ends, LONGEST_COUNTED)
    sums = np.empty((len(counters), len(begins)), dtype=np.int64)
    for units, segments, at in blocks(begins, len(kinds)):
        block = kinds[units].astype(np.intp)
        for row, table in zip(sums, counters, strict=True):
            np.add.reduceat(table.take(block, mode="clip"), at, out=row[segments])
    found = np.empty((total, len(begins)), dtype=np.int64)
    for number, row in enumerate(found):
        np.right_shift(sums[number // 8], COUNTER_BITS * (number % 8), out=row)
    found &= LONGEST_COUNTED
    return found if owners is None else np.add.reduceat(found, owners, axis=1)


def parted(kinds: Bytes, starts: Ints, ends: Ints, first_mark: int) -> Ints:
    """Of the pieces between marks of each line, (4, n): number, sum of sizes, sum of their squares, largest size.

    Marks are the kinds from `first_mark` on; a line break is one, so that no piece crosses lines.
    """
    at = np.flatnonzero(kinds >= first_mark)
    opens = np.zeros(len(kinds), dtype=bool)
    opens[starts - 1] = True
    begins = np.flatnonzero(opens.take(at, mode="clip"))
    size = np.diff(at) - 1
    total = ends - starts + 1 - np.diff(begins, append=len(size))
    number = np.add.reduceat((size > 0).astype(np.int64), begins)
    largest = np.maximum.reduceat(size, begins)
    size *= size
    return np.stack([number, total, np.add.reduceat(size, begins), largest])


NEAR = 4
"""Blanks at a line's edge that are stepped over one by one; where there are more, all of the line is looked through."""


def edges(kinds: Bytes, starts: Ints, ends: Ints, first_space: int) -> tuple[Ints, Ints]:
    """The positions of each line's first and last unit that is no blank, that of its break where there is none.

    Blanks are the kinds from `first_space` on, a line break among them.
    """
    head, tail = starts.copy(), ends - 1
    far = []
    for at, step in ((head, 1), (tail, -1)):
        left = np.arange(len(at))
        for _ in range(NEAR + 1):
            here = at.take(left)
            blank = (kinds.take(here) >= first_space) & (here >= starts.take(left)) & (here < ends.take(left))
            left = left[blank]
            at[left] += step
        far.append(left)
    lines = np.union1d(*far)
    if len(lines):
        size = (ends - starts).take(lines)
        begins = np.cumsum(size) - size
        at = np.arange(int(size.sum())) + np.repeat(starts.take(lines) - begins, size)
        blank = kinds.take(at) >= first_space
        head[lines] = np.minimum.reduceat(np.where(blank, len(kinds), at), begins)
        tail[lines] = np.maximum.reduceat(np.where(blank, -1, at), begins)
    empty = head > tail
    head[empty] = tail[empty] = ends[empty]
    return head, tail


def gram_sums(words: Ints, grams: tuple[Units, ...], starts: Ints, ends: Ints, index: Ints) -> Ints:
    """The sums over each line of `index` (m,) and its n-grams of four weights, (4, m): `words` (orders, 65536) has the
    four of each bucket, 0 or more, so that those of all orders fit a field.
    """
    begins, owners = stretches(starts, ends, LONGEST_PACKED)
    sums = np.empty((4, len(begins)), dtype=np.int64)
    for units, segments, at in blocks(begins, len(grams[0])):
        word = words[0].take(grams[0][units], mode="clip")
        for table, gram in zip(words[1:], grams[1:], strict=True):
            word += table.take(gram[units], mode="clip")
        for pair in range(2):
            two = np.add.reduceat(word & EVEN_FIELDS, at)
            np.bitwise_and(two, (1 << 2 * FIELD) - 1, out=sums[pair, segments])
            np.right_shift(two, 2 * FIELD, out=sums[pair + 2, segments])
            word >>= FIELD
    return (sums if owners is None else np.add.reduceat(sums, owners, axis=1)).take(index, axis=1)


def table_sums(tables: Ints, columns: Bytes) -> Ints:
    """The sums over features of the table entries, (w, m), from columns (f, m) and tables (w, f, 256)."""
    sums = np.zeros((len(tables), columns.shape[1]), dtype=np.int64)
    found = np.empty(columns.shape[1], dtype=np.int64)
    for feature, column in enumerate(columns):
        at = column.astype(np.intp)
        for total, table in zip(sums, tables, strict=True):
            table[feature].take(at, out=found, mode="clip")
            total += found
    return sums


def repeated(keys: npt.NDArray[np.uint32]) -> Ints:
    """The indices, ascending, of all keys that occur more than once, and by chance of some that do not.

    Equal keys fall into one slot, where the last of them stays: what comes before it and does not find itself there
    is repeated, and so is what it finds.
    """
    slots = min(max(len(keys) - 1, 1).bit_length() + 3, MOST_SLOTS)
    slot = ((keys * SPREAD) >> np.uint32(32 - slots)).astype(np.intp)
    here = np.arange(len(keys), dtype=np.int32)
    last = np.empty(1 << slots, dtype=np.int32)
    last[slot] = here
    found = last.take(slot)
    lost = found != here
    lost[found[lost]] = True
    return np.flatnonzero(lost)


def heaviest(weight: Ints, page: Ints, first: Ints) -> tuple[Ints, Ints]:
    """First and last row of the stretch of each page with the largest sum of weights, of equal ones the one that ends
    first, by Kadane's scan over all pages at once; (p,) each, 0 for a page without rows.
    """
    after = np.cumsum(weight)
    before = after - weight
    # each page is lowered below all pages before it, so that a running minimum starts anew with it
    lowered = before - page * (2 * int(np.abs(after).max(initial=0)) + int(np.abs(weight).max(initial=0)) + 1)
    lowest = np.minimum.accumulate(lowered)
    here = np.arange(len(weight))
    start = np.maximum.accumulate(np.where(lowered == lowest, here, 0))
    gain = weight + lowered - lowest
    filled = np.flatnonzero(first[1:] > first[:-1])
    most = np.zeros(len(first) - 1, dtype=np.int64)
    most[filled] = np.maximum.reduceat(gain, first[filled])
    best = np.flatnonzero(gain == most.take(page))[::-1]
    last = np.zeros(len(first) - 1, dtype=np.int64)
    # of several writes to one place the last stays: the page's first
    last[page[best]] = best
    return start.take(last) if len(start) else last, last

"""What a page is about, by numba: what `features.topic` does with `rare_pairs` and `recurring`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hansift.features.chars import tables
from hansift.features.kernels.numbers import compiled
from hansift.features.kernels.plain import Bytes, Ints, Units
from hansift.features.topic import Topic

if TYPE_CHECKING:
    from hansift.features import Features


def topic_of(features: Features, rarity: Bytes) -> Topic:
    """The topic of the pages of these features."""
    rows, batch = features.rows, features.batch
    spans = batch.starts.take(rows.index), batch.ends.take(rows.index)
    row, bucket, total = rare_pairs(features.kinds, *spans, features.grams[1], rarity, tables().first_other)
    again, number, numbers = recurring(row, bucket, rows.first)
    return Topic(total, row.take(again).astype(np.int64), rarity.take(bucket.take(again)), number, numbers)


@compiled
def rare_pairs(
    kinds: Bytes, starts: Ints, ends: Ints, pairs: Units, rarity: Bytes, first_other: int
) -> tuple[npt.NDArray[np.int32], Units, Ints]:
    """With the weight of each row's."""
    row, bucket = np.empty(len(kinds) + 1, np.int32), np.empty(len(kinds) + 1, np.uint16)
    total = np.zeros(len(starts), np.int64)
    found = 0
    for line in range(len(starts)):
        weights, before = np.int64(0), False
        for i in range(starts[line], ends[line]):
            han, pair = kinds[i] < first_other, pairs[i]
            weight = np.int64(rarity[pair]) * (han & before)
            before = han
            weights += weight
            # written always and kept by a step: there is nothing to guess for the processor
            row[found] = line
            bucket[found] = pair
            found += weight > 0
        total[line] = weights
    return row[:found], bucket[:found], total


@compiled
def recurring(row: npt.NDArray[np.int32], bucket: Units, first: Ints) -> tuple[Ints, Ints, int]:
    many = len(row)
    last = np.full(1 << 16, -1, np.int32)  # the place where a bucket was met last
    begin = np.empty(many, np.int32)  # the place where it was first met on the page
    several = np.zeros(many, np.bool_)  # there: whether it was met again
    low = count = page = 0
    for i in range(many):
        while row[i] >= first[page + 1]:
            page += 1
            low = i
        before = last[bucket[i]]
        last[bucket[i]] = i
        if before < low:
            begin[i] = i
        else:
            begin[i] = begin[before]
            several[begin[i]] = True
    for i in range(many):
        count += several[begin[i]]
    again, number, names = np.empty(count, np.int64), np.empty(count, np.int64), last
    count = numbers = 0
    for i in range(many):
        if several[begin[i]]:
            if begin[i] == i:
                names[bucket[i]] = numbers
                numbers += 1
            again[count] = i
            number[count] = names[bucket[i]]
            count += 1
    return again, number, numbers

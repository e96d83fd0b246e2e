"""The hot loops by numba: each does what the function of that name in `plain` says, number for number."""

from __future__ import annotations

import numpy as np

from hansift.features.kernels import plain
from hansift.features.kernels.numbers import compiled
from hansift.features.kernels.plain import Bytes, Ints, Units

FIELD, EVEN_FIELDS, TWO_FIELDS = plain.FIELD, plain.EVEN_FIELDS, (1 << 2 * plain.FIELD) - 1
LONGEST_PACKED = plain.LONGEST_PACKED
SPREAD = 0x9E3779B97F4A7C15
FIRST, SECOND = plain.MULTIPLIERS
ROWS = 1 << 9
"""Rows whose sums are held while all features are added to them."""


@compiled
def scanned(units: Units, starts: Ints, kind: Bytes, fold: Units) -> tuple[Bytes, Units, Units, Units]:
    size = len(units)
    kinds = np.empty(size, np.uint8)
    folded, pairs, triples = np.empty(size, np.uint16), np.zeros(size, np.uint16), np.zeros(size, np.uint16)
    # one loop for both took twice as long
    for i in range(size):
        kinds[i] = kind[units[i]]
    for i in range(size):
        folded[i] = fold[units[i]]
    for i in range(1, size):
        pair = np.uint16(folded[i - 1] * np.uint16(FIRST))
        pairs[i] = np.uint16(pair ^ (pair >> np.uint16(7))) + folded[i]
    for i in range(1, size):
        triple = np.uint16(pairs[i - 1] * np.uint16(SECOND))
        triples[i] = np.uint16(triple ^ (triple >> np.uint16(7))) + folded[i]
    for start in starts:
        triples[start] = 0
    return kinds, folded, pairs, triples


@compiled
def _gram_sums(words: Ints, first: Units, second: Units, third: Units, spans: tuple[Ints, Ints], index: Ints) -> Ints:
    sums = np.zeros((4, len(index)), np.int64)
    for row in range(len(index)):
        begin, stop = spans[0][index[row]], spans[1][index[row]] + 1
        while begin < stop:
            end = min(begin + LONGEST_PACKED, stop)
            even = odd = np.int64(0)
            for i in range(begin, end):
                word = words[0, first[i]] + words[1, second[i]] + words[2, third[i]]
                even += word & EVEN_FIELDS
                odd += (word >> FIELD) & EVEN_FIELDS
            sums[0, row] += even & TWO_FIELDS
            sums[1, row] += odd & TWO_FIELDS
            sums[2, row] += even >> 2 * FIELD
            sums[3, row] += odd >> 2 * FIELD
            begin = end
    return sums


def gram_sums(words: Ints, grams: tuple[Units, ...], starts: Ints, ends: Ints, index: Ints) -> Ints:
    first, second, third = grams
    return _gram_sums(words, first, second, third, (starts, ends), index)


@compiled
def table_sums(tables: Ints, columns: Bytes) -> Ints:
    features, rows = columns.shape
    sums = np.zeros((len(tables), rows), np.int64)
    for low in range(0, rows, ROWS):
        high = min(low + ROWS, rows)
        for word in range(len(tables)):
            for feature in range(features):
                for row in range(low, high):
                    sums[word, row] += tables[word, feature, columns[feature, row]]
    return sums


@compiled
def copies_of(page: Ints, key: Ints) -> Ints:
    """How many others of its page have each one's key, (m,)."""
    bits = 4
    while 1 << bits < 2 * len(key):
        bits += 1
    slots, same = np.full(1 << bits, -1, np.int32), np.empty(len(key), np.int32)
    count = np.zeros(len(key), np.int64)
    for row in range(len(key)):
        mixed = np.uint64(key[row] ^ page[row] << 40) * np.uint64(SPREAD) >> np.uint64(64 - bits)
        slot = np.int64(mixed)
        # the first row of the page with the key stands for all
        while slots[slot] >= 0 and (key[slots[slot]] != key[row] or page[slots[slot]] != page[row]):
            slot = (slot + 1) & ((1 << bits) - 1)
        if slots[slot] < 0:
            slots[slot] = row
        same[row] = slots[slot]
        count[same[row]] += 1
    copies = np.empty(len(key), np.int64)
    for row in range(len(key)):
        copies[row] = count[same[row]] - 1
    return copies

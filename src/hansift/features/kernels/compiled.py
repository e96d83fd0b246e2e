"""The hot loops by numba: each does what the function of that name in `plain` says, number for number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

from hansift.features.kernels import plain
from hansift.features.kernels.plain import Bools, Bytes, Ints, Units

F = TypeVar("F", bound=Callable[..., object])

COUNTER_BITS, COUNTER = plain.COUNTER_BITS, plain.LONGEST_COUNTED
FIELD, EVEN_FIELDS, TWO_FIELDS = plain.FIELD, plain.EVEN_FIELDS, (1 << 2 * plain.FIELD) - 1
LONGEST_PACKED = plain.LONGEST_PACKED
FIRST, SECOND = plain.MULTIPLIERS
ROWS = 1 << 9
"""Rows whose sums are held while all features are added to them."""


def compiled(function: F) -> F:
    """The function compiled when it is called, and kept on the disk: beside this file, or among the user's caches."""
    try:
        made: Any = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # there is no place that can be written
        made = njit(nogil=True)(function)
    return cast(F, made)


@compiled
def scanned(units: Units, starts: Ints, kind: Bytes, fold: Units) -> tuple[Bytes, Units, Units, Units]:
    size = len(units)
    kinds = np.empty(size, np.uint8)
    folded, pairs, triples = np.empty(size, np.uint16), np.zeros(size, np.uint16), np.zeros(size, np.uint16)
    for i in range(size):
        kinds[i] = kind[units[i]]
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
def counted(kinds: Bytes, starts: Ints, ends: Ints, counters: Ints, total: int) -> Ints:
    found = np.zeros((total, len(starts)), np.int64)
    for line in range(len(starts)):
        begin, stop = starts[line], ends[line] + 1
        while begin < stop:
            end = min(begin + COUNTER, stop)
            low = high = np.int64(0)
            for i in range(begin, end):
                low += counters[0, kinds[i]]
                high += counters[1, kinds[i]]
            for number in range(8):
                found[number, line] += (low >> COUNTER_BITS * number) & COUNTER
            for number in range(8, total):
                found[number, line] += (high >> COUNTER_BITS * (number - 8)) & COUNTER
            begin = end
    return found


@compiled
def parted(kinds: Bytes, starts: Ints, ends: Ints, first_mark: int) -> Ints:
    found = np.zeros((4, len(starts)), np.int64)
    for line in range(len(starts)):
        number = total = squares = largest = 0
        last = starts[line] - 1
        for i in range(starts[line], ends[line] + 1):
            if kinds[i] >= first_mark:
                size = i - last - 1
                last = i
                number += size > 0
                total += size
                squares += size * size
                largest = max(largest, size)
        found[0, line] = number
        found[1, line] = total
        found[2, line] = squares
        found[3, line] = largest
    return found


@compiled
def edges(kinds: Bytes, starts: Ints, ends: Ints, first_space: int) -> tuple[Ints, Ints]:
    head, tail = starts.copy(), ends.copy()
    for line in range(len(starts)):
        end = ends[line]
        first = starts[line]
        while first < end and kinds[first] >= first_space:
            first += 1
        head[line] = first
        if first < end:
            last = end - 1
            while kinds[last] >= first_space:
                last -= 1
            tail[line] = last
    return head, tail


@compiled
def keys(pairs: Units, starts: Ints, ends: Ints) -> Ints:
    found = np.empty(len(starts), np.int64)
    for line in range(len(starts)):
        total = np.int64(0)
        for i in range(starts[line], ends[line] + 1):
            wide = np.int64(pairs[i])
            total += wide * wide * wide
        found[line] = total
    return found


@compiled
def _gram_sums(words: Ints, first: Units, second: Units, third: Units, starts: Ints, ends: Ints) -> Ints:
    sums = np.zeros((4, len(starts)), np.int64)
    for line in range(len(starts)):
        begin, stop = starts[line], ends[line] + 1
        while begin < stop:
            end = min(begin + LONGEST_PACKED, stop)
            even = odd = np.int64(0)
            for i in range(begin, end):
                word = words[0, first[i]] + words[1, second[i]] + words[2, third[i]]
                even += word & EVEN_FIELDS
                odd += (word >> FIELD) & EVEN_FIELDS
            sums[0, line] += even & TWO_FIELDS
            sums[1, line] += odd & TWO_FIELDS
            sums[2, line] += even >> 2 * FIELD
            sums[3, line] += odd >> 2 * FIELD
            begin = end
    return sums


def gram_sums(words: Ints, grams: tuple[Units, ...], starts: Ints, ends: Ints) -> Ints:
    first, second, third = grams
    return _gram_sums(words, first, second, third, starts, ends)


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
def rare_pairs(kinds: Bytes, ends: Ints, pairs: Units, rarity: Bytes, first_other: int) -> tuple[Ints, Units]:
    row, bucket = np.empty(len(kinds), np.int64), np.empty(len(kinds), np.uint16)
    found = 0
    begin = 1
    for line in range(len(ends)):
        before = False
        for i in range(begin, ends[line]):
            han = kinds[i] < first_other
            if han and before and rarity[pairs[i]]:
                row[found] = line
                bucket[found] = pairs[i]
                found += 1
            before = han
        begin = ends[line]
    return row[:found], bucket[:found]


@compiled
def recurring(row: Ints, bucket: Units, first: Ints) -> tuple[Ints, Ints, int]:
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


@compiled
def shared(row: Ints, number: Ints, numbers: int, weight: Ints, member: Bools) -> Ints:
    first, last = np.full(numbers, len(member), np.int64), np.full(numbers, -1, np.int64)
    for i in range(len(row)):
        if member[row[i]]:
            last[number[i]] = row[i]
            first[number[i]] = min(first[number[i]], row[i])
    sums = np.zeros(len(member), np.int64)
    for i in range(len(row)):
        if first[number[i]] < row[i] or last[number[i]] > row[i]:
            sums[row[i]] += weight[i]
    return sums


@compiled
def window_sums(values: Ints, above: Ints, below: Ints, reach: int) -> Ints:
    sums = np.empty(len(values), np.int64)
    low = high = 0
    total = np.int64(0)
    for row in range(len(values)):
        stop = row + min(below[row], reach) + 1
        start = row - min(above[row], reach)
        while high < stop:
            total += values[high]
            high += 1
        while low < start:
            total -= values[low]
            low += 1
        sums[row] = total
    return sums


@compiled
def heaviest(weight: Ints, page: Ints, first: Ints) -> tuple[Ints, Ints]:
    start, last = np.zeros(len(first) - 1, np.int64), np.zeros(len(first) - 1, np.int64)
    for number in range(len(first) - 1):
        most = total = np.int64(0)
        begin = first[number]
        for row in range(first[number], first[number + 1]):
            if total <= 0:
                total, begin = np.int64(0), row
            total += weight[row]
            if row == first[number] or total > most:
                most = total
                start[number], last[number] = begin, row
    return start, last

"""Lines and what they look like, by numba: each function does what that of its name does in `features.measure`, `rows`
and `shape`, for one line or for all at once.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from hansift.features.chars import COUNTED, tables
from hansift.features.kernels.numbers import compiled, log_byte, nibbles, share_byte
from hansift.features.kernels.plain import COUNTER_BITS, LONGEST_COUNTED, Bytes, Ints, Units
from hansift.features.rows import LENGTHS, PARAGRAPH, SENTENCE, Rows
from hansift.features.shape import SHAPE

if TYPE_CHECKING:
    from hansift.features.batch import Batch

VISIBLE, HAN, DIGIT, LATIN, STOP, COMMA, COLON, SEPARATOR = (COUNTED.index(name) for name in COUNTED[:8])
BRACKET, QUOTE, FUNCTION, TRADITIONAL, SIMPLIFIED, KANA, DATE = (COUNTED.index(name) for name in COUNTED[8:])
NUMBER, TOTAL, SQUARES, LARGEST = range(len(COUNTED), len(COUNTED) + 4)
"""Where a line's pieces stand, behind its counters."""
KEY = LARGEST + 1
FEATURES = len(SHAPE)
SPREAD = 0x9E3779B97F4A7C15
ELLIPSIS, DOT = ord("…"), ord(".")


def lines_of(batch: Batch, kinds: Bytes, pairs: Units) -> tuple[Rows, Bytes, Ints, Ints]:
    """The rows of a batch, their shape, (f, m), the number of their n-gram positions and a key of their text, (m,)."""
    known, spans = tables(), (batch.starts, batch.ends)
    counts, head, tail = measured(kinds, pairs, *spans, known.counters, known.first_mark, known.first_space)
    (first, filled, index, page, above, below, gap, keys), bytes_, flags, numbers = rows_of(
        counts, head, tail, *spans, batch.page, batch.first, batch.units, kinds, known.fold, known.classes
    )
    visible, indent, traditional, simplified, opening, closing, size = numbers
    length, head_class, tail_class, digits = bytes_
    sentence, paragraph, trailing = flags
    rows = Rows(
        index, page, first, filled, above, below, gap, visible, length, head_class, tail_class, indent, traditional,
        simplified, digits, sentence, paragraph, opening, closing, trailing,
    )  # fmt: skip
    return rows, shape(counts, head, tail, index, indent, bytes_), size, keys


@compiled
def measured(
    kinds: Bytes, pairs: Units, starts: Ints, ends: Ints, counters: Ints, first_mark: int, first_space: int
) -> tuple[Ints, Ints, Ints]:
    counts = np.zeros((len(starts), KEY + 1), np.int64)
    head, tail = np.empty(len(starts), np.int64), np.empty(len(starts), np.int64)
    for line in range(len(starts)):
        begin, stop, end = starts[line], ends[line] + 1, ends[line]
        own = counts[line]
        last = begin - 1
        number = total = squares = largest = key = np.int64(0)
        while begin < stop:
            until = min(begin + LONGEST_COUNTED, stop)
            low = high = np.int64(0)
            for i in range(begin, until):
                kind = kinds[i]
                low += counters[0, kind]
                high += counters[1, kind]
                wide = np.int64(pairs[i])
                key += wide * wide * wide
                if kind >= first_mark:
                    size = i - last - 1
                    last = i
                    number += size > 0
                    total += size
                    squares += size * size
                    largest = max(largest, size)
            for each in range(8):
                own[each] += (low >> COUNTER_BITS * each) & LONGEST_COUNTED
            for each in range(8, NUMBER):
                own[each] += (high >> COUNTER_BITS * (each - 8)) & LONGEST_COUNTED
            begin = until
        own[NUMBER] = number
        own[TOTAL] = total
        own[SQUARES] = squares
        own[LARGEST] = largest
        own[KEY] = key
        at = starts[line]
        while at < end and kinds[at] >= first_space:
            at += 1
        head[line] = at
        if at < end:
            at = end - 1
            while kinds[at] >= first_space:
                at -= 1
        tail[line] = at
    return counts, head, tail


@compiled
def rows_of(
    counts: Ints,
    heads: Ints,
    tails: Ints,
    starts: Ints,
    ends: Ints,
    pages: Ints,
    first_line: Ints,
    units: Units,
    kinds: Bytes,
    fold: Units,
    classes: Bytes,
) -> Any:
    begins = np.zeros(len(first_line), np.int64)
    for number in range(len(first_line) - 1):
        begins[number + 1] = begins[number]
        for line in range(first_line[number], first_line[number + 1]):
            begins[number + 1] += counts[line, VISIBLE] > 0
    filled = np.flatnonzero(begins[1:] > begins[:-1])
    m = begins[-1]
    index, page, above, below = (np.empty(m, np.int64), np.empty(m, np.int64), np.empty(m, np.int64), np.empty(m, np.int64))
    gap, keys = np.empty(m, np.int64), np.empty(m, np.int64)
    numbers, bytes_, flags = np.empty((7, m), np.int64), np.empty((4, m), np.uint8), np.empty((3, m), np.bool_)
    row = 0
    for number in filled:
        before = first_line[number] - 1
        for line in range(first_line[number], first_line[number + 1]):
            own = counts[line]
            visible = own[VISIBLE]
            if not visible:
                continue
            index[row] = line
            page[row] = number
            above[row] = row - begins[number]
            below[row] = begins[number + 1] - 1 - row
            gap[row] = line - before - 1
            keys[row] = own[KEY]
            before = line
            head, tail, marks = heads[line], tails[line], own[STOP] + own[COMMA]
            last, last_but_one = units[tail], units[max(tail - 1, head)]
            numbers[0, row] = visible
            numbers[1, row] = head - starts[line]
            numbers[2, row] = own[TRADITIONAL]
            numbers[3, row] = own[SIMPLIFIED]
            numbers[4, row] = np.int64(fold[units[head]]) << 16 | fold[units[min(head + 1, tail)]]
            numbers[5, row] = np.int64(fold[last_but_one]) << 16 | fold[last]
            numbers[6, row] = ends[line] - starts[line] + 1
            bytes_[0, row] = LENGTHS[min(visible, len(LENGTHS) - 1)]
            bytes_[1, row] = classes[kinds[head]]
            bytes_[2, row] = classes[kinds[tail]]
            bytes_[3, row] = log_byte(own[DIGIT], 3)
            flags[0, row] = visible >= SENTENCE and marks > 0
            flags[1, row] = visible >= PARAGRAPH and marks > 1
            flags[2, row] = last == ELLIPSIS or (last == DOT and last_but_one == DOT)
            row += 1
    return (begins, filled, index, page, above, below, gap, keys), bytes_, flags, numbers


@compiled
def shape(counts: Ints, heads: Ints, tails: Ints, index: Ints, indent: Ints, bytes_: Bytes) -> Bytes:
    out = np.empty((FEATURES, len(index)), np.uint8)
    for row in range(len(index)):
        line = index[row]
        m = counts[line]
        visible, length = m[VISIBLE], bytes_[0, row]
        inner = max(tails[line] - heads[line] + 1 - visible, 0)
        number, mean, variation, longest = rhythm(m)
        out[0, row] = log_byte(visible, 8)
        out[1, row] = nibbles(length, m[STOP])
        out[2, row] = nibbles(length, m[COMMA])
        out[3, row] = nibbles(bytes_[1, row], bytes_[2, row])
        out[4, row] = nibbles(indent[row], length)
        out[5, row] = share_byte(m[FUNCTION], m[HAN], 128)
        out[6, row] = share_byte(m[HAN], visible, 64)
        out[7, row] = share_byte(m[DIGIT], visible, 64)
        out[8, row] = share_byte(m[LATIN], visible, 64)
        out[9, row] = share_byte(m[KANA], visible, 64)
        out[10, row] = nibbles(log_byte(m[SEPARATOR], 2), log_byte(inner, 2))
        out[11, row] = nibbles(m[COLON], length)
        out[12, row] = nibbles(m[BRACKET], m[QUOTE])
        out[13, row] = nibbles(m[DATE], bytes_[3, row])
        out[14, row] = share_byte(m[STOP] + m[COMMA], visible, 128)
        out[15, row] = nibbles(log_byte(mean, 3), variation)
        out[16, row] = nibbles(log_byte(longest, 2), log_byte(number, 2))
    return out


@compiled
def rhythm(m: Ints) -> tuple[int, int, int, int]:
    number = max(m[NUMBER], 1)
    mean = m[TOTAL] / number
    deviation = math.sqrt(max(m[SQUARES] / number - mean * mean, 0.0))
    return m[NUMBER], int(mean), int(deviation * 8 / max(mean, 1.0)), m[LARGEST]


@compiled
def copies_of(page: Ints, key: Ints) -> Ints:
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

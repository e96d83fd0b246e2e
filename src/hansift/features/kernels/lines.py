"""Lines and what they look like, by numba: each function does what that of its name does in `features.measure`, `rows`
and `shape`, for one line or for all at once.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from hansift.features.chars import COUNTED, tables
from hansift.features.kernels.numbers import Number, compiled, inner, log_byte, nibbles, share_byte
from hansift.features.kernels.plain import COUNTER_BITS, LONGEST_COUNTED, Bytes, Ints
from hansift.features.rows import LENGTHS, PARAGRAPH, SENTENCE, Rows
from hansift.features.shape import SHAPE

if TYPE_CHECKING:
    from hansift.features.batch import Batch

VISIBLE, HAN, DIGIT, LATIN, STOP, COMMA, COLON, SEPARATOR = (COUNTED.index(name) for name in COUNTED[:8])
BRACKET, QUOTE, FUNCTION, TRADITIONAL, SIMPLIFIED, KANA, DATE = (COUNTED.index(name) for name in COUNTED[8:])
NUMBER, TOTAL, SQUARES, LARGEST = range(len(COUNTED), len(COUNTED) + 4)
"""Where a line's pieces stand, behind its counters."""
FEATURES = len(SHAPE)


def lines_of(batch: Batch, kinds: Bytes) -> tuple[Rows, Bytes, Ints]:
    """The rows of a batch, their shape, (f, m), and the number of their n-gram positions, (m,)."""
    known, spans = tables(), (batch.starts, batch.ends)
    marks = known.counters, known.classes, known.first_mark, known.first_space
    first, filled, places, numbers, bytes_, flags, shapes = lines(
        kinds, spans, (batch.first, edges(kinds, *spans, known.first_space)), marks
    )
    index, page, above, below, gap = places
    visible, indent, traditional, simplified, size = numbers
    length, head, tail, digits = bytes_
    sentence, paragraph = flags
    rows = Rows(
        index, page, first, filled, above, below, gap, visible, length, head, tail, indent, traditional, simplified,
        digits, sentence, paragraph,
    )  # fmt: skip
    return rows, shapes, size


@compiled
def edges(kinds: Bytes, starts: Ints, ends: Ints, first_space: int) -> Ints:
    """The first of the two alone."""
    heads = np.empty(len(starts), np.int64)
    for line in range(len(starts)):
        at = starts[line]
        while at < ends[line] and kinds[at] >= first_space:
            at += 1
        heads[line] = at
    return heads


@compiled
def lines(
    kinds: Bytes,
    spans: tuple[Ints, Ints],
    begins: tuple[Ints, Ints],
    marks: tuple[Ints, Bytes, int, int],
) -> Any:
    (starts, ends), (lines_first, heads), (counters, classes, first_mark, first_space) = spans, begins, marks
    first = np.zeros(len(lines_first), np.int64)
    for page in range(len(lines_first) - 1):
        first[page + 1] = first[page]
        for line in range(lines_first[page], lines_first[page + 1]):
            first[page + 1] += heads[line] < ends[line]
    filled, m = np.flatnonzero(first[1:] > first[:-1]), first[-1]
    places, numbers = np.empty((5, m), np.int64), np.empty((5, m), np.int64)
    bytes_, flags, shapes = np.empty((4, m), np.uint8), np.empty((2, m), np.bool_), np.empty((FEATURES, m), np.uint8)
    own = np.empty(LARGEST + 1, np.int64)
    row = 0
    for number in filled:
        before = lines_first[number] - 1
        for line in range(lines_first[number], lines_first[number + 1]):
            head, tail = heads[line], ends[line] - 1
            if head > tail:
                continue
            while kinds[tail] >= first_space:
                tail -= 1
            measured(kinds, starts[line], ends[line] + 1, counters, first_mark, own)
            places[0, row] = line
            places[1, row] = number
            places[2, row] = row - first[number]
            places[3, row] = first[number + 1] - 1 - row
            places[4, row] = line - before - 1
            before = line
            visible, commas = own[VISIBLE], own[STOP] + own[COMMA]
            numbers[0, row] = visible
            numbers[1, row] = head - starts[line]
            numbers[2, row] = own[TRADITIONAL]
            numbers[3, row] = own[SIMPLIFIED]
            numbers[4, row] = ends[line] - starts[line] + 1
            bytes_[0, row] = LENGTHS[min(visible, len(LENGTHS) - 1)]
            bytes_[1, row] = classes[kinds[head]]
            bytes_[2, row] = classes[kinds[tail]]
            bytes_[3, row] = log_byte(own[DIGIT], 3)
            flags[0, row] = visible >= SENTENCE and commas > 0
            flags[1, row] = visible >= PARAGRAPH and commas > 1
            shape(own, bytes_[:, row], head - starts[line], tail - head + 1, shapes[:, row])
            row += 1
    return first, filled, places, numbers, bytes_, flags, shapes


@inner
def measured(kinds: Bytes, begin: Number, stop: Number, counters: Ints, first_mark: int, own: Ints) -> None:
    last = begin - 1
    number = total = squares = largest = np.int64(0)
    own[:] = 0
    while begin < stop:
        until = min(begin + LONGEST_COUNTED, stop)
        low = high = np.int64(0)
        for i in range(begin, until):
            kind = kinds[i]
            low += counters[0, kind]
            high += counters[1, kind]
            mark = np.int64(kind >= first_mark)
            size = (i - last - 1) * mark
            last = i if mark else last
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


@inner
def shape(m: Ints, bytes_: Bytes, indent: Number, span: Number, out: Bytes) -> None:
    visible = m[VISIBLE]
    length, head, tail, digits = bytes_[0], bytes_[1], bytes_[2], bytes_[3]
    number, mean, variation, longest = rhythm(m)
    out[0] = log_byte(visible, 8)
    out[1] = nibbles(length, m[STOP])
    out[2] = nibbles(length, m[COMMA])
    out[3] = nibbles(head, tail)
    out[4] = nibbles(indent, length)
    out[5] = share_byte(m[FUNCTION], m[HAN], 128)
    out[6] = share_byte(m[HAN], visible, 64)
    out[7] = share_byte(m[DIGIT], visible, 64)
    out[8] = share_byte(m[LATIN], visible, 64)
    out[9] = share_byte(m[KANA], visible, 64)
    out[10] = nibbles(log_byte(m[SEPARATOR], 2), log_byte(max(span - visible, 0), 2))
    out[11] = nibbles(m[COLON], length)
    out[12] = nibbles(m[BRACKET], m[QUOTE])
    out[13] = nibbles(m[DATE], digits)
    out[14] = share_byte(m[STOP] + m[COMMA], visible, 128)
    out[15] = nibbles(log_byte(mean, 3), variation)
    out[16] = nibbles(log_byte(longest, 2), log_byte(number, 2))
    out[17] = nibbles(tail, length)


@inner
def rhythm(m: Ints) -> tuple[Number, Number, Number, Number]:
    number = max(m[NUMBER], 1)
    mean = m[TOTAL] / number
    deviation = math.sqrt(max(m[SQUARES] / number - mean * mean, 0.0))
    return m[NUMBER], int(mean), int(deviation * 8 / max(mean, 1.0)), m[LARGEST]

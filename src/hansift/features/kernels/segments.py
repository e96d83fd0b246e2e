"""The segments of lines by numba: what `model.segments` finds by passes over whole buffers, line by line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hansift.features.kernels.compiled import FIRST, SECOND, SPREAD
from hansift.features.kernels.numbers import compiled
from hansift.features.kernels.plain import Bools, Ints, Units

Weights = npt.NDArray[np.int32]


@compiled
def scanned(
    units: Units, starts: Ints, ends: Ints, fold: Units, weights: Weights, least: int
) -> tuple[Ints, Ints, Ints]:
    """Of each stretch of a buffer the heaviest run, (2, n) of first and one past the last, the same for none; the
    number of pieces of `least` units before it, (n + 1,); and the keys of the pieces, (p,).
    """
    runs = np.zeros((2, len(starts)), np.int64)
    before = np.zeros(len(starts) + 1, np.int64)
    for line in range(len(starts)):
        before[line + 1] = before[line] + max(ends[line] - starts[line] - least + 1, 0)
    keys = np.empty(before[-1], np.int64)
    for line in range(len(starts)):
        begin, end = starts[line], ends[line]
        last = fold[units[begin - 1]]
        pair = np.uint16(0)
        triple = np.uint16(0)
        total = most = np.int64(0)
        origin = begin
        first = past = begin
        number = before[line]
        for i in range(begin, end):
            unit = fold[units[i]]
            earlier = triple
            triple = np.uint16(pair * np.uint16(SECOND))
            triple = np.uint16(np.uint16(triple ^ (triple >> np.uint16(7))) + unit)
            if i == begin:
                triple = np.uint16(0)
            pair = np.uint16(last * np.uint16(FIRST))
            pair = np.uint16(np.uint16(pair ^ (pair >> np.uint16(7))) + unit)
            last = unit
            if total <= 0:
                total, origin = np.int64(0), i
            total += weights[0, unit] + weights[1, pair] + weights[2, triple]
            if total > most:
                most, first, past = total, origin, i + 1
            if i - begin >= least - 1:
                keys[number] = np.int64(earlier) << 16 | np.int64(triple)
                number += 1
        runs[0, line], runs[1, line] = first, past
    return runs, before, keys


@compiled
def listed(
    starts: Ints, ends: Ints, runs: Ints, before: Ints, often: Bools, second: Bools, shortest: int, least: int
) -> tuple[Ints, int]:
    """The segments in order, (3, k) of stretch, first, one past the last: of each stretch itself, its heaviest run and
    the runs of its pieces that stand `often`, (p,). `second` (u,) says which units are the second of a character.
    """
    found = np.empty((3, 2 * len(starts) + often.sum()), np.int64)
    count = 0
    for line in range(len(starts)):
        begin, end = starts[line], ends[line]
        whole = characters(begin, end, second)
        low = count
        found[0, count], found[1, count], found[2, count] = line, begin, end
        count += 1
        count = added(found, count, low, (line, runs[0, line], runs[1, line]), (whole, shortest), second)
        first = -1
        for number in range(before[line], before[line + 1] + 1):
            if number < before[line + 1] and often[number]:
                if first < 0:
                    first = begin + number - before[line]
            elif first >= 0:
                past = begin + number - before[line] + least - 1
                count = added(found, count, low, (line, first, past), (whole, shortest), second)
                first = -1
    return found, count


@compiled
def characters(begin: int, end: int, second: Bools) -> int:
    """How many characters the units are."""
    size = end - begin
    if len(second):
        for i in range(begin, end):
            size -= second[i]
    return size


@compiled
def added(found: Ints, count: int, low: int, run: tuple[int, int, int], bounds: tuple[int, int], second: Bools) -> int:
    """Puts a run in its place among those of its stretch, from `low` on, once, if it is a part of the stretch and long
    enough; how many there are then.
    """
    line, first, past = run
    if past <= first:
        return count
    if len(second):
        first += second[first]
        past += second[past]
    size = characters(first, past, second)
    if size < bounds[1] or size >= bounds[0]:
        return count
    at = count
    while at > low and (found[1, at - 1] > first or (found[1, at - 1] == first and found[2, at - 1] > past)):
        at -= 1
    if at > low and found[1, at - 1] == first and found[2, at - 1] == past:
        return count
    for i in range(count, at, -1):
        found[1, i], found[2, i] = found[1, i - 1], found[2, i - 1]
    found[0, count] = line
    found[1, at], found[2, at] = first, past
    return count + 1


@compiled
def text_keys(units: Units, start: Ints, end: Ints) -> Ints:
    """A number of each stretch of units, (k,): the same for the same text, for others practically never."""
    found = np.empty(len(start), np.int64)
    for i in range(len(start)):
        key = np.uint64(0)
        for at in range(start[i], end[i]):
            key = key * np.uint64(SPREAD) + np.uint64(units[at])
        found[i] = np.int64(key)
    return found

"""The segments of lines by numba: what `model.segments` and `runs` find by passes over whole buffers, line by line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hansift.features.kernels.compiled import FIRST, SECOND, SPREAD
from hansift.features.kernels.numbers import compiled
from hansift.features.kernels.plain import Bools, Ints, Units

Weights = npt.NDArray[np.int32]
Doubled = tuple[Bools, npt.NDArray[np.int32]]


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
    starts: Ints, ends: Ints, runs: Ints, pieces: tuple[Ints, Bools], doubled: Doubled, shortest: tuple[int, int]
) -> tuple[Ints, int]:
    """The segments in order, (3, k) of stretch, first, one past the last, and how many of the k there are: of each
    stretch itself, its heaviest run and the runs of its pieces that stand often.

    `pieces` are how many stand before each stretch, (n + 1,), and which stand often, (p,); `doubled` which units are
    the second of a character, and how many up to each, (u,) or (0,) where none is; `shortest` the characters of a run
    and the units of a piece.
    """
    before, often = pieces
    found = np.empty((3, 2 * len(starts) + often.sum()), np.int64)
    count = 0
    for line in range(len(starts)):
        begin, end = starts[line], ends[line]
        low = count
        found[0, count], found[1, count], found[2, count] = line, begin, end
        count += 1
        if runs[0, line] < runs[1, line]:
            count = added(found, count, (low, begin, end), (runs[0, line], runs[1, line]), doubled, shortest[0])
        first = -1
        for number in range(before[line], before[line + 1]):
            if not often[number]:
                continue
            if first < 0:
                first = begin + number - before[line]
            if number + 1 == before[line + 1] or not often[number + 1]:
                past = begin + number - before[line] + shortest[1]
                count = added(found, count, (low, begin, end), (first, past), doubled, shortest[0])
                first = -1
    return found, count


@compiled
def characters(begin: int, end: int, doubled: Doubled) -> int:
    """How many characters the units are; none but the last of them is the first of two."""
    return end - begin - (doubled[1][end - 1] - doubled[1][begin - 1] if len(doubled[1]) else 0)


@compiled
def added(
    found: Ints, count: int, stretch: tuple[int, int, int], run: tuple[int, int], doubled: Doubled, shortest: int
) -> int:
    """Puts a run in its place among those of its stretch, from `stretch[0]` on, once, if it is a part of the stretch,
    which has those units, and long enough; how many there are then.
    """
    low, begin, end = stretch
    first, past = run
    if len(doubled[0]):
        first += doubled[0][first]
        past += doubled[0][past]
    size = characters(first, past, doubled)
    if size < shortest or size >= characters(begin, end, doubled):
        return count
    at = count
    while at > low and (found[1, at - 1] > first or (found[1, at - 1] == first and found[2, at - 1] > past)):
        at -= 1
    if at > low and found[1, at - 1] == first and found[2, at - 1] == past:
        return count
    for i in range(count, at, -1):
        found[1, i], found[2, i] = found[1, i - 1], found[2, i - 1]
    found[0, count] = found[0, low]
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

"""Runs of characters within the stretches between a line's marks: those that speak most for spam, and those that stand
often in the page.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from hansift.features.batch import HIGH, LOW, Ints
from hansift.features.chars import tables
from hansift.features.copies import copies_of
from hansift.features.kernels import loops
from hansift.features.kernels.plain import MULTIPLIERS, SPREAD, Units, longer, looked_up
from hansift.model.linear import Model

SHORTEST = 2
"""Visible characters of a run that can be cut, at least."""


def runs_of(model: Model, units: Units, stretches: tuple[Ints, Ints, Ints], page: Ints) -> Ints:
    """The segments of the stretches of a buffer, in order, (3, k) of stretch, first, one past the last; the stretches
    are the `breaks` (b,), and the `starts` and `ends` (n,) of those that are not empty, `page` (n,) their pages.
    """
    breaks, starts, ends = stretches
    grams = buckets(units, starts)
    runs = [suspects(model, grams, breaks, starts, ends), repeats(grams[-1], starts, ends, page)]
    part, start, end = np.concatenate([[np.arange(len(starts)), starts, ends], *runs], axis=1)
    second = seconds(units)
    if len(second):
        start, end = start + second.take(start), end + second.take(end)
        before = np.cumsum(second)
        size = end - start - before.take(end) + before.take(start)
        whole = ends - starts - before.take(ends) + before.take(starts)
        wanted = (size >= SHORTEST) & (size < whole.take(part))
        wanted[: len(starts)] = True
        part, start, end = part[wanted], start[wanted], end[wanted]
    key = start * len(units) + end
    order = np.argsort(key, kind="stable")
    k = order[np.diff(key.take(order), prepend=-1) > 0]
    return np.stack([part.take(k), start.take(k), end.take(k)])


def compiled_runs_of(model: Model, units: Units, stretches: tuple[Ints, Ints], page: Ints) -> Ints:
    """The same by numba."""
    from hansift.features.kernels import segments as use

    runs, before, keys = use.scanned(units, *stretches, tables().fold, model.spam_grams, SHORTEST_REPEAT)
    often = loops().copies_of(np.repeat(page, np.diff(before)), keys) >= REPEATED - 1
    second = seconds(units)
    doubled = second, np.cumsum(second, dtype=np.int32)
    found, count = use.listed(*stretches, runs, (before, often), doubled, (SHORTEST, SHORTEST_REPEAT))
    return found[:, :count]


def buckets(units: Units, starts: Ints) -> tuple[Units, Units, Units]:
    """The buckets of the n-grams of order 1 to 3 that end at each unit, (u,) each, for lines that begin at `starts`."""
    folded = looked_up(tables().fold, units)
    pairs = longer(folded, folded, MULTIPLIERS[0])
    triples = longer(pairs, folded, MULTIPLIERS[1])
    triples[starts] = 0
    return folded, pairs, triples


def seconds(units: Units) -> npt.NDArray[np.bool_]:
    """Which units are the second of two that are one character, (u,), or (0,) where none is."""
    found: npt.NDArray[np.bool_] = units >> 10 == LOW
    if not found.any():
        return found[:0]
    found[1:] &= units[:-1] >> 10 == HIGH
    return found


def suspects(model: Model, grams: Sequence[Units], breaks: Ints, starts: Ints, ends: Ints) -> Ints:
    """Of the lines of a buffer the runs of units with the largest sum of weights for spam against prose, of equal ones
    in a line that which ends first: (3, k) of line, first, one past the last. Runs of less than SHORTEST units are left
    out, and lines that are one run.
    """
    if not len(starts):
        return np.zeros((3, 0), dtype=np.int64)
    first, second, third = (looked_up(table, at) for table, at in zip(model.spam_grams, grams, strict=True))
    first += second
    first += third
    weight = first.astype(np.int64)
    # what a line has gained it loses at its end: the lowest sum so far, from which a run starts, is then the line's own
    weight[breaks] = -FALL
    weight[ends] = -FALL * (ends - starts + 1)
    after = np.cumsum(weight)
    before, after = after[:-1], after[1:]
    lowest = np.minimum.accumulate(before)
    gain = after - lowest
    most = np.maximum.reduceat(gain, starts - 1)
    line = np.repeat(np.arange(len(starts), dtype=np.int32), np.diff(starts, append=len(weight)))
    best = np.flatnonzero(gain[starts[0] - 1 :] == most.take(line))
    number = line.take(best)
    only = (np.diff(number, prepend=-1) > 0) & (most.take(number) > 0)
    last, number = best[only] + starts[0] - 1, number[only]
    lows = np.flatnonzero(before == lowest)
    first = lows.take(np.searchsorted(lows, last, side="right") - 1)
    size = last + 1 - first
    some = (size >= SHORTEST) & (size < (ends - starts).take(number))
    return np.stack([number[some].astype(np.int64), first[some] + 1, last[some] + 2])


FALL = 3 << 17
"""More than the weights of one unit's n-grams against each other."""

REPEATED, SHORTEST_REPEAT = 3, 4
"""How often a run of characters must stand in the lines of a page to be one that repeats, and its least length."""
MIX = np.uint32(0x85EBCA6B)
"""Tells the keys of pages apart."""


def repeats(triples: Units, starts: Ints, ends: Ints, page: Ints) -> Ints:
    """The runs of units that stand REPEATED times or more in the lines of their page: (3, k) of line, first, one past
    the last; `triples` (u,) are the buckets of order 3, `page` (n,) the lines' pages.

    They are where pieces of SHORTEST_REPEAT units that stand so often follow each other.
    """
    long = np.flatnonzero(ends - starts >= SHORTEST_REPEAT)
    number = (ends - starts).take(long) - (SHORTEST_REPEAT - 1)
    before = np.cumsum(number) - number
    last = np.arange(int(number.sum())) + np.repeat(starts.take(long) + (SHORTEST_REPEAT - 1) - before, number)
    home = np.repeat(page.take(long).astype(np.uint32), number)
    key = triples.take(last).astype(np.uint32)
    key |= triples.take(last - 1).astype(np.uint32) << np.uint32(16)
    often = frequent(home, key, REPEATED)
    last = last.take(often)
    line = np.searchsorted(starts, last, side="right") - 1
    begins = np.flatnonzero((np.diff(last, prepend=-1) > 1) | (np.diff(line, prepend=-1) > 0))
    past = np.append(begins[1:], len(last)) - 1 if len(begins) else begins
    return np.stack([line.take(begins), last.take(begins) - (SHORTEST_REPEAT - 1), last.take(past) + 1])


def frequent(page: npt.NDArray[np.uint32], key: npt.NDArray[np.uint32], times: int) -> Ints:
    """The indices, ascending, of those keys that their page has so many times or more."""
    bits = max(len(key), 1).bit_length() + 1
    slot = ((key ^ page * MIX) * SPREAD) >> np.uint32(32 - bits)
    often = np.flatnonzero(np.bincount(slot, minlength=1 << bits).take(slot) >= times)
    return often[copies_of(page.take(often).astype(np.int64), key.take(often).astype(np.int64)) >= times - 1]

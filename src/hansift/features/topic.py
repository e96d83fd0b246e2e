"""What a page is about: the rare pairs of characters that its lines share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansift.features.batch import Batch, Bytes, Ints, looked_up
from hansift.features.chars import tables
from hansift.features.ngrams import BUCKETS
from hansift.features.rows import Rows

SPREAD = 0x9E3779B97F4A7C15 >> 1
"""Spreads keys over slots by its product, Knuth's multiplicative hashing."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The rare pairs of Han characters: `row` (k,) ascending, `key` (k,) page and bucket, `weight` (k,) rarity."""

    row: Ints
    key: Ints
    weight: Ints


@dataclass(frozen=True, slots=True)
class Topic:
    """The pieces of a batch of m rows: the weight of all of each row's, `total` (m,), and those that may stand
    elsewhere in their page: `row` (k,) ascending, `weight` (k,), and `number` (k,), the same for the same piece of
    the same page, below `numbers`.
    """

    total: Ints
    row: Ints
    weight: Ints
    number: Ints
    numbers: int


def pieces(
    batch: Batch, kinds: Bytes, rows: Rows, pairs: npt.NDArray[np.uint16], rarity: npt.NDArray[np.uint8]
) -> Pieces:
    """The pieces of a batch of whose units `kinds` (u,) are the kinds: `pairs` (u,) are the buckets of order 2,
    `rarity` (65536,) their weights, 0 for common.
    """
    han = kinds < tables().first_other
    weights = looked_up(rarity, pairs)
    both = weights > 0
    both[0] = False
    both[1:] &= han[1:]
    both[1:] &= han[:-1]
    at = np.flatnonzero(both)
    ends = np.searchsorted(at, batch.ends.take(rows.index))
    row = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
    return Pieces(row, rows.page.take(row) * BUCKETS + pairs.take(at), weights.take(at).astype(np.int64))


def topic_of(pieces: Pieces, m: int) -> Topic:
    """The topic of a batch of m rows."""
    total = np.bincount(pieces.row, weights=pieces.weight, minlength=m).astype(np.int64)
    again = repeated(pieces.key)
    row, weight = pieces.row.take(again), pieces.weight.take(again)
    keys, number = np.unique(pieces.key.take(again), return_inverse=True)
    return Topic(total, row, weight, number, len(keys))


def repeated(keys: Ints) -> Ints:
    """The indices, ascending, of all keys that occur more than once, and by chance of some that do not.

    Equal keys fall into one slot, where the last of them stays: what comes before it and does not find itself there
    is repeated, and so is what it finds.
    """
    slots = max(len(keys) - 1, 1).bit_length() + 2
    slot = (keys * SPREAD >> 20) & ((1 << slots) - 1)
    here = np.arange(len(keys), dtype=np.int32)
    last = np.empty(1 << slots, dtype=np.int32)
    last[slot] = here
    found = last.take(slot)
    lost = found != here
    lost[found[lost]] = True
    return np.flatnonzero(lost)


def shared(topic: Topic, member: npt.NDArray[np.bool_]) -> Ints:
    """The weight of each row's pieces that stand in another member row of its page, (m,)."""
    row, number = topic.row, topic.number
    inside = np.flatnonzero(member.take(row))
    rows, numbers = row.take(inside), number.take(inside)
    first = np.full(topic.numbers, len(member))
    last = np.full(topic.numbers, -1)
    # rows ascend: of several writes to one place the last stays
    last[numbers] = rows
    first[numbers[::-1]] = rows[::-1]
    elsewhere = (first.take(number) < row) | (last.take(number) > row)
    return np.bincount(row, weights=topic.weight * elsewhere, minlength=len(member)).astype(np.int64)


def rarity_table(pieces: Pieces, pages: int) -> npt.NDArray[np.uint8]:
    """How rare each bucket is among `pages` pages, (65536,) uint8: 0 for what a fifth of them have, to 16."""
    seen = np.bincount(np.unique(pieces.key) % BUCKETS, minlength=BUCKETS)
    weight = np.maximum(np.round(16 * np.log((pages + 1) / (seen + 1)) / np.log(pages + 1)), 1)
    return np.where(seen * 5 > pages, 0, weight).astype(np.uint8)

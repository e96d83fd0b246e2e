"""What a page is about: the rare pairs of characters that its lines share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansift.features.batch import Batch, Bytes, Ints
from hansift.features.chars import tables
from hansift.features.kernels import plain
from hansift.features.ngrams import BUCKETS
from hansift.features.rows import Rows


@dataclass(frozen=True, slots=True)
class Pieces:
    """The rare pairs of Han characters: `row` (k,) ascending, `bucket` (k,), `weight` (k,) rarity."""

    row: Ints
    bucket: npt.NDArray[np.uint16]
    weight: npt.NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Topic:
    """The pieces of a batch of m rows: the weight of all of each row's, `total` (m,), and those that stand in their
    page more than once, and perhaps some others: `row` (k,) ascending, `weight` (k,), and `number` (k,), the same for
    the same piece of the same page, below `numbers`.
    """

    total: Ints
    row: Ints
    weight: npt.NDArray[np.integer]
    number: Ints
    numbers: int


def pieces(
    batch: Batch, kinds: Bytes, rows: Rows, pairs: npt.NDArray[np.uint16], rarity: npt.NDArray[np.uint8]
) -> Pieces:
    """The pieces of a batch of whose units `kinds` (u,) are the kinds: `pairs` (u,) are the buckets of order 2,
    `rarity` (65536,) their weights, 0 for common.
    """
    ends = batch.ends.take(rows.index)
    row, bucket = plain.rare_pairs(kinds, ends, pairs, rarity, tables().first_other)
    return Pieces(row, bucket, rarity.take(bucket))


def topic_of(pieces: Pieces, rows: Rows) -> Topic:
    """The topic of a batch of these rows."""
    total = np.bincount(pieces.row, weights=pieces.weight, minlength=len(rows.index)).astype(np.int64)
    again, number, numbers = plain.recurring(pieces.row, pieces.bucket, rows.first)
    return Topic(total, pieces.row.take(again), pieces.weight.take(again), number, numbers)


def shared(topic: Topic, member: npt.NDArray[np.bool_]) -> Ints:
    """The weight of each row's pieces that stand in another member row of its page, (m,)."""
    found: Ints = plain.shared(topic.row, topic.number, topic.numbers, topic.weight, member)
    return found


def commonest(topic: Topic) -> Ints:
    """How often the commonest of each row's pieces stands in its page, (m,); 0 for a row without pieces."""
    most = (topic.total > 0).astype(np.int64)
    if len(topic.row):
        often = np.bincount(topic.number, minlength=topic.numbers).take(topic.number)
        begins = np.flatnonzero(np.diff(topic.row, prepend=-1))
        most[topic.row.take(begins)] = np.maximum.reduceat(often, begins)
    return most


ONE_OF = 3
"""Of so many buckets one weighs: as much is then known of what a page is about, for a third of the work."""


def rarity_table(pieces: Pieces, rows: Rows) -> npt.NDArray[np.uint8]:
    """How rare each bucket is among the rows' pages, (65536,) uint8, of those that weigh: 0 for what a fifth of the
    pages have, to 16.
    """
    pages = len(rows.first) - 1
    key = rows.page.take(pieces.row) * BUCKETS + pieces.bucket
    seen = np.bincount(np.unique(key) % BUCKETS, minlength=BUCKETS)
    weight = np.maximum(np.round(16 * np.log((pages + 1) / (seen + 1)) / np.log(pages + 1)), 1)
    idle = (seen * 5 > pages) | (np.arange(BUCKETS) % ONE_OF > 0)
    return np.where(idle, 0, weight).astype(np.uint8)

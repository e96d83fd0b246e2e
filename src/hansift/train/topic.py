"""What a page is about, by the pieces of text that its lines share: measured by `hansift.train.ablate`, and not part of
the model, for it did not pay on held-out sites.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansift.features import Features
from hansift.features.batch import Bytes, Ints
from hansift.features.block import main_block
from hansift.features.bytes import log_byte, nibbles, share_byte
from hansift.features.chars import tables
from hansift.features.ngrams import BUCKETS
from hansift.features.rows import Rows
from hansift.features.spec import grid

TOPIC = (
    grid("topic", "share of the line's pieces found elsewhere in the main block, by their number", "topic"),
    grid("topic_page", "share of the line's pieces found elsewhere in the page, by their number", "topic"),
)
COMMON = 5
"""Pieces of one page in so many weigh nothing."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of lines: `row` (k,) ascending, and `bucket` (k,), which equal pieces share."""

    row: Ints
    bucket: npt.NDArray[np.integer]


def pairs_of(features: Features) -> Pieces:
    """The pairs of Han characters of the lines."""
    han = features.kinds < tables().first_other
    at = np.flatnonzero(han[1:] & han[:-1]) + 1
    ends = features.batch.ends.take(features.rows.index)
    return Pieces(ends.searchsorted(at), features.grams[1].take(at))


def rarity(pieces: Pieces, rows: Rows) -> Ints:
    """How rare each piece is among the rows' pages, (k,): 0 for what many of the pages have, 1 to 16 for the others."""
    pages = len(rows.first) - 1
    key = np.unique(rows.page.take(pieces.row) * BUCKETS + pieces.bucket)
    seen = np.bincount(key % BUCKETS, minlength=BUCKETS)
    weight = np.maximum(np.round(16 * np.log((pages + 1) / (seen + 1)) / np.log(pages + 1)), 1)
    found: Ints = np.where(seen * COMMON > pages, 0, weight).astype(np.int64).take(pieces.bucket)
    return found


def topic(pieces: Pieces, rows: Rows, likely: Ints) -> Bytes:
    """The features of TOPIC, (2, m), by each line's probability of body in 1/255, (m,)."""
    weight, here = rarity(pieces, rows), np.arange(len(rows.page))
    _, number = np.unique(rows.page.take(pieces.row) * BUCKETS + pieces.bucket, return_inverse=True)
    total = np.bincount(pieces.row, weights=weight, minlength=len(here)).astype(np.int64)
    top, bottom = main_block(rows, likely)
    members = (here >= top) & (here <= bottom), np.ones(len(here), dtype=bool)
    shares = (share_byte(shared(pieces.row, number, weight, member), total, 15) for member in members)
    return np.stack([nibbles(share, log_byte(total, 1)) for share in shares])


def shared(row: Ints, number: Ints, weight: Ints, member: npt.NDArray[np.bool_]) -> Ints:
    """The weight of each row's pieces of which another, of the same number, stands in another row that is a member,
    (m,).
    """
    inside = np.flatnonzero(member.take(row))
    rows, held = row.take(inside), number.take(inside)
    first, last = np.full(number.max(initial=-1) + 1, len(member)), np.full(number.max(initial=-1) + 1, -1)
    # rows ascend: of several writes to one place the last stays
    last[held] = rows
    first[held[::-1]] = rows[::-1]
    elsewhere = (first.take(number) < row) | (last.take(number) > row)
    return np.bincount(row, weights=weight * elsewhere, minlength=len(member)).astype(np.int64)

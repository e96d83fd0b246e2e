"""What a page is about: the rare pairs of characters that its lines share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansift.features.batch import Batch, Ints
from hansift.features.chars import CLASSES, tables
from hansift.features.ngrams import BUCKETS
from hansift.features.rows import Rows

HAN = CLASSES.index("han")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The rare pairs of Han characters: `row` (k,) ascending, `key` (k,) page and bucket, `weight` (k,) rarity."""

    row: Ints
    key: Ints
    weight: Ints


def pieces(batch: Batch, rows: Rows, pairs: npt.NDArray[np.uint16], rarity: npt.NDArray[np.uint8]) -> Pieces:
    """The pieces of a batch: `pairs` (u,) are the buckets of order 2, `rarity` (65536,) their weights, 0 for common."""
    han = tables().classes[batch.units] == HAN
    weight = rarity[pairs]
    both = np.zeros(len(han), dtype=bool)
    both[1:] = han[1:] & han[:-1] & (weight[1:] > 0)
    at = np.flatnonzero(both)
    row = np.searchsorted(batch.ends[rows.index], at)
    return Pieces(row, rows.page[row] * BUCKETS + pairs[at], weight[at].astype(np.int64))


def shared(pieces: Pieces, member: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """The weight of each row's pieces that stand in another member row of its page, and of all its pieces: (m,)."""
    m = len(member)
    keys, at = np.unique(pieces.key, return_inverse=True)
    inside = member[pieces.row]
    first = np.full(len(keys), m)
    last = np.full(len(keys), -1)
    # rows ascend: of several writes to one place the last stays
    last[at[inside]] = pieces.row[inside]
    first[at[inside][::-1]] = pieces.row[inside][::-1]
    elsewhere = (first[at] < pieces.row) | (last[at] > pieces.row)
    found = np.bincount(pieces.row, weights=pieces.weight * elsewhere, minlength=m)
    total = np.bincount(pieces.row, weights=pieces.weight, minlength=m)
    return found.astype(np.int64), total.astype(np.int64)


def commonest(pieces: Pieces, m: int) -> Ints:
    """How often the commonest of each row's pieces stands in its page, (m,); 0 for a row without pieces."""
    _, at, number = np.unique(pieces.key, return_inverse=True, return_counts=True)
    most = np.zeros(m, dtype=np.int64)
    np.maximum.at(most, pieces.row, number[at])
    return most


def rarity_table(pieces: Pieces, pages: int) -> npt.NDArray[np.uint8]:
    """How rare each bucket is among `pages` pages, (65536,) uint8: 0 for what a fifth of them have, to 16."""
    seen = np.bincount(np.unique(pieces.key) % BUCKETS, minlength=BUCKETS)
    weight = np.maximum(np.round(16 * np.log((pages + 1) / (seen + 1)) / np.log(pages + 1)), 1)
    return np.where(seen * 5 > pages, 0, weight).astype(np.uint8)

"""Numbers said of lines: `features_of` gives all that does not depend on a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansift.features import chars
from hansift.features.batch import Batch, Bytes, Ints, batch_of
from hansift.features.context import CONTEXT, copies_of
from hansift.features.marks import MARKS
from hansift.features.measure import Measures
from hansift.features.ngrams import BUCKETS, buckets
from hansift.features.rows import Rows, rows_of
from hansift.features.shape import SHAPE, shape

__all__ = ["CONTEXT", "MARKS", "SHAPE", "Features", "features_of"]

# Any table of large, spread numbers will do: equal texts get equal sums, others practically never.
_MIX = (np.arange(1, BUCKETS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) ** np.uint64(3) >> np.uint64(8)
MIX: Ints = _MIX.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Features:
    """What is said of the m lines of some pages that are not blank.

    `shape` (f, m) uint8, a row a feature of SHAPE; `size` (m,) the number of n-gram positions of a line; `grams` the
    buckets of order 1 to 4 at every position of the buffer, (u,) uint16 each; `copies` (m,) other lines of the page
    with the same text.
    """

    batch: Batch
    rows: Rows
    shape: Bytes
    size: Ints
    grams: tuple[npt.NDArray[np.uint16], ...]
    copies: Ints


def features_of(texts: Sequence[str]) -> Features:
    """The features of the pages' lines, as far as no model is needed."""
    batch = batch_of(texts)
    measures = Measures(batch)
    rows = rows_of(batch, measures)
    grams = tuple(buckets(chars.tables().fold[batch.units], batch.starts))
    key = np.add.reduceat(MIX[grams[1]], batch.starts)[rows.index] if len(texts) else rows.index
    return Features(
        batch, rows, shape(batch, measures, rows), measures.size[rows.index] + 1, grams, copies_of(rows, key)
    )

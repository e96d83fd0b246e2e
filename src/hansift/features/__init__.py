"""Numbers said of lines: `features_of` gives all that does not depend on a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansift.features import chars
from hansift.features.batch import Batch, Bytes, Ints, batch_of
from hansift.features.context import CONTEXT
from hansift.features.kernels import loops, plain
from hansift.features.measure import measured
from hansift.features.rows import Rows, rows_of
from hansift.features.shape import SHAPE, shape
from hansift.features.weighed import MARKS

__all__ = ["CONTEXT", "MARKS", "SHAPE", "Features", "features_in", "features_of"]


@dataclass(frozen=True, slots=True)
class Features:
    """What is said of the m lines of some pages that are not blank.

    `kinds` (u,) uint8 are the kinds of the batch's units, see `chars`; `shape` (f, m) uint8, a row a feature of SHAPE;
    `size` (m,) the number of n-gram positions of a line; `grams` the buckets of order 1 to 3 at every position of the
    buffer, (u,) uint16 each.
    """

    batch: Batch
    kinds: Bytes
    rows: Rows
    shape: Bytes
    size: Ints
    grams: tuple[npt.NDArray[np.uint16], ...]


def features_of(texts: Sequence[str]) -> Features:
    """The features of the pages' lines, as far as no model is needed."""
    return features_in(batch_of(texts))


def features_in(batch: Batch) -> Features:
    """The features of a batch's lines, as far as no model is needed."""
    known, use = chars.tables(), loops(len(batch.units))
    kinds, *grams = use.scanned(batch.units, batch.starts, known.kind, known.fold)
    if use is not plain:
        from hansift.features.kernels import lines

        rows, shapes, size = lines.lines_of(batch, kinds)
        return Features(batch, kinds, rows, shapes, size, tuple(grams))
    measures = measured(batch, kinds)
    rows = rows_of(batch, measures, kinds)
    size = (batch.ends - batch.starts + 1).take(rows.index)
    return Features(batch, kinds, rows, shape(measures, rows), size, tuple(grams))

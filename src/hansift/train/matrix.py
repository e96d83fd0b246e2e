"""The n-grams of lines as a sparse matrix."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from hansift.features import Features
from hansift.features.ngrams import BUCKETS
from hansift.model.lines import gram_norm

GRAM_SCALE = 2.0
"""Brings n-gram counts to the size of the indicators beside them, so that one penalty fits both."""


def gram_matrix(features: Features) -> sp.csr_matrix:
    """How often each bucket stands in each line, over the line's norm: (m, 3 * 65536) float32."""
    batch, rows = features.batch, features.rows
    length = batch.ends - batch.starts + 1
    row_of_line = np.full(len(length), -1)
    row_of_line[rows.index] = np.arange(len(rows.index))
    row = np.repeat(row_of_line, length)
    real = row >= 0
    row = row[real]
    # the buffer opens with a line break that belongs to no line
    columns = [gram[1:][real].astype(np.int64) + order * BUCKETS for order, gram in enumerate(features.grams)]
    norm = (GRAM_SCALE / gram_norm(features.size)).astype(np.float32)
    matrix = sp.csr_matrix(
        (np.tile(norm[row], len(columns)), (np.tile(row, len(columns)), np.concatenate(columns))),
        shape=(len(rows.index), len(columns) * BUCKETS),
    )
    matrix.sum_duplicates()
    return matrix

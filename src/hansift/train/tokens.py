"""The words of lines by jieba, as counts and as pieces of what a page is about: measured by `hansift.train.ablate`."""

from __future__ import annotations

import time
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from hansift.features import Features
from hansift.features.batch import Ints
from hansift.features.chars import tables
from hansift.features.ngrams import BUCKETS
from hansift.model.lines import gram_norm
from hansift.text.words import words
from hansift.train.matrix import GRAM_SCALE
from hansift.train.topic import Pieces


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of some lines: `row` (t,) ascending, `end` (t,) the buffer position of a word's last unit, `size`
    (t,) in units, `key` (t,) a hash of it; and the `seconds` that jieba took.
    """

    row: Ints
    end: Ints
    size: Ints
    key: Ints
    seconds: float


def tokens_of(features: Features, chosen_rows: npt.NDArray[np.bool_]) -> Tokens:
    """The words of the chosen lines, in Simplified characters, that hold a letter or a digit."""
    batch = features.batch
    buffer = tables().fold[batch.units].astype("<u2").tobytes()
    found: list[tuple[int, int, int, int]] = []
    began = time.process_time()
    for r in np.flatnonzero(chosen_rows).tolist():
        number = features.rows.index[r]
        at, stop = int(batch.starts[number]), int(batch.ends[number])
        for word in words(buffer[2 * at : 2 * stop].decode("utf-16-le", "replace")):
            length = len(word.encode("utf-16-le")) // 2
            at += length
            if word.isalnum():
                found.append((r, at - 1, length, crc32(word.encode()) % BUCKETS))
    seconds = time.process_time() - began
    row, end, size, key = (column for column in np.array(found, dtype=np.int64).reshape(-1, 4).T)
    return Tokens(row=row, end=end, size=size, key=key, seconds=seconds)


def word_counts(features: Features, tokens: Tokens) -> sp.csr_matrix:
    """How often each hashed word stands in each line, over the line's norm: (m, 65536)."""
    norm = GRAM_SCALE / gram_norm(features.size)
    matrix = sp.csr_matrix((norm[tokens.row], (tokens.row, tokens.key)), shape=(len(features.size), BUCKETS))
    matrix.sum_duplicates()
    return matrix


def word_pieces(tokens: Tokens) -> Pieces:
    """The words of two characters or more as the pieces of a page's topic, in place of pairs of characters."""
    real = tokens.size > 1
    return Pieces(tokens.row[real], tokens.key[real])

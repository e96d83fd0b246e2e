"""A page's main block: the stretch of lines that holds most of what looks like body."""

from __future__ import annotations

import numpy as np

from hansift.features.batch import Bytes, Ints
from hansift.features.kernels import plain
from hansift.features.rows import Rows

LONGEST_VOTE = 256
"""Characters of one line that count: one long line shall not outvote a page."""
GAP = 20
"""Characters of sentences that a line between them must be worth to be bridged."""


def main_block(rows: Rows, chance: Ints) -> tuple[Ints, Ints]:
    """First and last row of each row's page's main block, (m,) each: the stretch with the largest sum of characters
    times (probability of body - 1/2); `chance` (m,) is the probability in 1/255.
    """
    return heaviest(rows, np.minimum(rows.visible, LONGEST_VOTE) * (2 * chance - 255))


def sentence_block(rows: Rows) -> tuple[Ints, Ints]:
    """First and last row of each row's page's block of sentences, (m,) each: their characters count for it, every
    other line GAP characters against it.
    """
    return heaviest(rows, np.where(rows.sentence, np.minimum(rows.visible, LONGEST_VOTE), -GAP))


def heaviest(rows: Rows, weight: Ints) -> tuple[Ints, Ints]:
    """First and last row of the stretch of each row's page with the largest sum of weights, (m,) each."""
    start, last = plain.heaviest(weight, rows.page, rows.first)
    return start.take(rows.page), last.take(rows.page)


def barrier(rows: Rows, odds: Bytes, top: Ints, bottom: Ints) -> Bytes:
    """The lowest odds on the way from each row to the main block, itself included; 255 within the block."""
    here = np.arange(len(odds))
    value = odds.astype(np.int64)
    lift = rows.page * 256
    below = np.minimum.accumulate(np.where(here > bottom, value, 255) - lift) + lift
    above = np.minimum.accumulate((np.where(here < top, value, 255) + lift)[::-1])[::-1] - lift
    return np.minimum(below, above).astype(np.uint8)


def run_lengths(continues: np.typing.NDArray[np.bool_]) -> Ints:
    """For each row the number of rows in its run, where `continues` says that a row goes on with the one before."""
    begins = np.flatnonzero(~continues)
    lengths = np.diff(begins, append=len(continues))
    return np.repeat(lengths, lengths)

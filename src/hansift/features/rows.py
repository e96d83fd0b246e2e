"""The lines that carry text, page by page: what the features of a line in its page are computed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from hansift.features.batch import Batch, Bytes, Ints
from hansift.features.bytes import log_byte, quotient
from hansift.features.chars import tables
from hansift.features.measure import Measures

SENTENCE = 15
"""Visible characters from which a line with a stop or comma reads like a sentence."""

PARAGRAPH = 40
"""Visible characters from which a line with two stops or commas reads like a paragraph."""

T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Rows:
    """The m lines of a batch that are not blank.

    `index` (m,) their numbers in the batch; `page` (m,) and `first` (p + 1,) as in Batch, but counting rows; `filled`
    (q,) the pages that have rows; `above`, `below` (m,) rows of the page before and after; `gap` (m,) blank lines
    just before; `visible` (m,) characters; `length` (m,) its byte; `head`, `tail` (m,) classes of the first and last
    visible character; `indent` (m,) leading blanks; `traditional`, `simplified` (m,) characters of that script only;
    `digits` (m,) how many, in thirds of an octave; `sentence`, `paragraph` (m,) whether it reads like one.
    """

    index: Ints
    page: Ints
    first: Ints
    filled: Ints
    above: Ints
    below: Ints
    gap: Ints
    visible: Ints
    length: Bytes
    head: Bytes
    tail: Bytes
    indent: Ints
    traditional: Ints
    simplified: Ints
    digits: Bytes
    sentence: npt.NDArray[np.bool_]
    paragraph: npt.NDArray[np.bool_]

    def shift(self, values: npt.NDArray[T], by: int, fill: int) -> npt.NDArray[T]:
        """The value of the row `by` rows further down, `fill` where the page has none."""
        out = np.empty_like(values)
        if by > 0:
            out[:-by] = values[by:]
            beyond = np.maximum(self.first[self.filled + 1] - 1 - np.arange(by)[:, None], 0)
        else:
            out[-by:] = values[:by]
            beyond = np.minimum(self.first[self.filled] + np.arange(-by)[:, None], len(values) - 1)
        out[beyond] = fill
        return out

    def windows(self, values: Ints, reaches: tuple[int, ...]) -> Iterator[Ints]:
        """For each reach the mean of the values from so many rows above to so many rows below, within the page,
        rounded down.
        """
        total, here = running(values), np.arange(len(values))
        for reach in reaches:
            low, high = here - np.minimum(self.above, reach), here + np.minimum(self.below, reach) + 1
            yield quotient(total.take(high) - total.take(low), high - low)

    def by_page(self, values: Ints) -> Ints:
        """The sum of the values over each page, (p,)."""
        out = np.zeros(len(self.first) - 1, dtype=np.int64)
        out[self.filled] = np.add.reduceat(values, self.first[self.filled])
        return out

    def most(self, values: Ints) -> Ints:
        """The largest of the values of each page, (p,), 0 for a page without rows."""
        out = np.zeros(len(self.first) - 1, dtype=np.int64)
        out[self.filled] = np.maximum.reduceat(values, self.first[self.filled])
        return out


def running(values: Ints) -> Ints:
    """The sums of the first 0, 1, 2 … values: (m + 1,)."""
    total = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=total[1:])
    return total


def length_byte(visible: Ints) -> Bytes:
    """The length in sixteen steps, half octaves from 1 to 256."""
    out: Bytes = LENGTHS.take(visible, mode="clip")
    return out


LENGTHS: Bytes = np.minimum(np.log2(np.maximum(np.arange(257), 1)) * 2, 15).astype(np.uint8)


def rows_of(batch: Batch, measures: Measures, kinds: Bytes) -> Rows:
    """The rows of a batch, of whose units `kinds` (u,) are the kinds."""
    index = np.flatnonzero(measures["visible"])
    page = batch.page.take(index)
    count = np.bincount(page, minlength=len(batch.first) - 1)
    begins = running(count)
    before = np.full(len(index), -1, dtype=np.int64)
    before[1:] = index[:-1]
    before = np.maximum(before, batch.first.take(page) - 1)
    here = np.arange(len(index))
    head, tail = measures.head.take(index), measures.tail.take(index)
    visible = measures["visible"].take(index)
    marks = (measures["stop"] + measures["comma"]).take(index)
    classes = tables().classes
    return Rows(
        index=index,
        page=page,
        first=begins,
        filled=np.flatnonzero(count),
        above=here - begins.take(page),
        below=begins.take(page + 1) - 1 - here,
        gap=index - before - 1,
        visible=visible,
        length=length_byte(visible),
        head=classes.take(kinds.take(head)),
        tail=classes.take(kinds.take(tail)),
        indent=head - batch.starts.take(index),
        traditional=measures["traditional"].take(index),
        simplified=measures["simplified"].take(index),
        digits=log_byte(measures["digit"].take(index), 3),
        sentence=(visible >= SENTENCE) & (marks > 0),
        paragraph=(visible >= PARAGRAPH) & (marks > 1),
    )

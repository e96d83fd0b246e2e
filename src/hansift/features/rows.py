"""The lines that carry text, page by page: what the features of a line in its page are computed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from hansift.features.batch import Batch, Bytes, Ints
from hansift.features.bytes import log_byte
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

    `index` (m,) their numbers in the batch; `page` (m,) and `first` (p + 1,) as in Batch, but counting rows; `gap`
    (m,) blank lines just before; `visible` (m,) characters; `length` (m,) its byte; `head`, `tail` (m,) classes of
    the first and last visible character; `indent` (m,) leading blanks; `traditional`, `simplified` (m,) characters
    of that script only; `digits` (m,) how many, in thirds of an octave; `sentence`, `paragraph` (m,) whether it reads
    like one; `opening`, `closing` (m,) its first and last two folded units as one number; `trailing` (m,) whether it
    ends in dots.
    """

    index: Ints
    page: Ints
    first: Ints
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
    opening: Ints
    closing: Ints
    trailing: npt.NDArray[np.bool_]

    def shift(self, values: npt.NDArray[T], by: int, fill: int) -> npt.NDArray[T]:
        """The value of the row `by` rows further down, `fill` where the page has none."""
        out = np.full_like(values, fill)
        if by > 0:
            out[:-by] = np.where(self.page[by:] == self.page[:-by], values[by:], fill)
        else:
            out[-by:] = np.where(self.page[:by] == self.page[-by:], values[:by], fill)
        return out

    def window(self, values: Ints, reach: int) -> Ints:
        """The mean of the values from `reach` rows above to `reach` rows below, within the page, rounded down."""
        total = running(values)
        here = np.arange(len(values))
        low = np.maximum(here - reach, self.first[self.page])
        high = np.minimum(here + reach + 1, self.first[self.page + 1])
        mean: Ints = (total[high] - total[low]) // np.maximum(high - low, 1)
        return mean

    def by_page(self, values: Ints) -> Ints:
        """The sum of the values over each page, (p,)."""
        total = running(values)
        return total[self.first[1:]] - total[self.first[:-1]]

    def most(self, values: Ints) -> Ints:
        """The largest of the values of each row's page, (m,); a page without rows has none, wherever it stands."""
        begins = np.flatnonzero(np.diff(self.page, prepend=-1))
        return np.repeat(np.maximum.reduceat(values, begins), np.diff(begins, append=len(values)))


def running(values: Ints) -> Ints:
    """The sums of the first 0, 1, 2 … values: (m + 1,)."""
    total = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=total[1:])
    return total


def length_byte(visible: Ints) -> Bytes:
    """The length in sixteen steps, half octaves from 1 to 256."""
    out: Bytes = np.minimum(np.log2(np.maximum(visible, 1)) * 2, 15).astype(np.uint8)
    return out


def rows_of(batch: Batch, measures: Measures) -> Rows:
    """The rows of a batch."""
    index = np.flatnonzero(measures.visible)
    page = batch.page[index]
    above = np.full(len(index), -1, dtype=np.int64)
    above[1:] = index[:-1]
    above = np.maximum(above, batch.first[page] - 1)
    head, tail = measures.head[index], measures.tail[index]
    visible, marks = measures.visible[index], (measures.stop + measures.comma)[index]
    kinds, folded = tables().classes, tables().fold
    first, second = batch.units[head], batch.units[np.minimum(head + 1, tail)]
    last, last_but_one = batch.units[tail], batch.units[np.maximum(tail - 1, head)]
    return Rows(
        index=index,
        page=page,
        first=np.searchsorted(page, np.arange(len(batch.first))),
        gap=index - above - 1,
        visible=visible,
        length=length_byte(visible),
        head=kinds[batch.units[head]],
        tail=kinds[batch.units[tail]],
        indent=head - batch.starts[index],
        traditional=measures.traditional[index],
        simplified=measures.simplified[index],
        digits=log_byte(measures.digit[index], 3),
        sentence=(visible >= SENTENCE) & (marks > 0),
        paragraph=(visible >= PARAGRAPH) & (marks > 1),
        opening=folded[first].astype(np.int64) << 16 | folded[second],
        closing=folded[last_but_one].astype(np.int64) << 16 | folded[last],
        trailing=(last == ord("…")) | (last == ord(".")) & (last_but_one == ord(".")),
    )

"""What a line's own characters say: sums of the weights of its n-grams and of its shape."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from hansift.features import Features
from hansift.features.batch import Ints
from hansift.features.context import Floats
from hansift.features.kernels import loops
from hansift.features.ngrams import ORDERS
from hansift.model.tables import UNIT, Tables, Weights, paired_tables, table_sums

LINE_MARGINS = 4
"""Of five groups of lines four margins, each against the fifth: what one look-up of an n-gram finds."""

GRAM_BIAS = 1 << 13
"""What makes a weight of an n-gram a positive number; three of them then fit a field of sixteen bits."""
MOST_GRAM = GRAM_BIAS - 1
"""The largest weight of an n-gram, either way, that needs no second sum."""


def summable(grams: npt.NDArray[np.int16]) -> tuple[npt.NDArray[np.int16], ...]:
    """The weights of n-grams as numbers within ±MOST_GRAM: themselves, or where they are larger their lower and upper
    bytes, of which the upper counts 256 times.
    """
    if max(int(grams.max()), -int(grams.min())) <= MOST_GRAM:
        return (grams,)
    return grams & 255, grams >> 8


def packed(grams: npt.NDArray[np.int16]) -> npt.NDArray[np.int64]:
    """The weights of n-grams, (3, 65536, 4), one bucket's four in one integer: (3, 65536).

    One look-up an order then finds all, and the words of the three orders can be added before they are taken apart.
    """
    fields = np.ascontiguousarray(grams + np.int16(GRAM_BIAS), dtype="<i2")  # FIELD bits each, the first the lowest
    words: npt.NDArray[np.int64] = fields.view("<i8")[..., 0].astype(np.int64, copy=False)
    return words


@dataclass(frozen=True, slots=True)
class LineModel(Weights):
    """Weights that judge a line by itself, four margins each: `grams` (3, 65536, 4) int16 or int8, in units of `unit`
    over `gram_norm` of the line's size, summed in one go if they are within ±MOST_GRAM; `tables` (f, 256, 4) int32 in
    1/4096 of log-odds, for the features of SHAPE, and `bias` (4,) int32. `words`, (3, 65536) each, and `pairs` (2, f,
    256) int64 are the weights once more, `packed` and `paired`.
    """

    grams: npt.NDArray[np.signedinteger]
    unit: float
    tables: Tables
    bias: Tables
    words: tuple[npt.NDArray[np.int64], ...] = field(init=False, repr=False, compare=False)
    pairs: npt.NDArray[np.int64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Makes the tables that the sums run over."""
        object.__setattr__(self, "words", tuple(packed(part) for part in summable(self.grams.astype(np.int16))))
        object.__setattr__(self, "pairs", paired_tables(self.tables))


def gram_sums(model: LineModel, features: Features) -> npt.NDArray[np.int64]:
    """The sums of each row's n-gram weights: (m, 4)."""
    batch, index, use = features.batch, features.rows.index, loops()
    bias = ORDERS * GRAM_BIAS * features.size
    found = (use.gram_sums(words, features.grams, batch.starts, batch.ends, index) - bias for words in model.words)
    total: Ints = next(found)
    for number, upper in enumerate(found, 1):
        total += upper << 8 * number
    return total.T


def gram_norm(size: Ints) -> Floats:
    """What a line's n-gram sums are divided by: its size to the power 3/4.

    Between the root, with which long lines are judged far too surely, and the mean, with which short ones tell
    little: of 1/2, 13/20, 4/5 and 1 the middle ones lost least on held-out sites, for long lines and for all.
    """
    norm: Floats = np.sqrt(size * np.sqrt(size))
    return norm


def line_margins(model: LineModel, features: Features) -> Floats:
    """The margins (m, 4), in log-odds: what each line's own characters say."""
    margins: Floats = gram_sums(model, features).T * (model.unit / gram_norm(features.size))
    margins += (table_sums(model.pairs, features.shape, LINE_MARGINS) + model.bias).T / UNIT
    return margins.T

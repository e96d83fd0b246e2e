"""A linear model of lines: tables of whole numbers, and the sums that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from hansift.features import Features, topic_in
from hansift.features.batch import Bytes, Ints
from hansift.features.context import Floats, context
from hansift.features.kernels import loops
from hansift.features.marks import Marked, marked_of, weighed
from hansift.features.ngrams import ORDERS
from hansift.features.topic import Topic
from hansift.text.html import Markup

UNIT = 4096
"""Whole numbers in a table of bytes that make 1 of log-odds."""

MARGINS = 2
"""Body and spam, each against navigation: of three classes two margins are free."""

GROUPS = ("prose", "short", "nav", "list", "spam")
"""What the first step tells apart: body in sentences and body in headlines, rows and verse; the site's own words and
the headlines, teasers and comments that it lists; spam. Its page then decides which headline is whose."""
GROUP_MARGINS = 4
"""Prose, short, list and spam, each against nav."""
PROSE, SPAM = 0, 3
"""The columns of those two."""

Tables = npt.NDArray[np.int32]


class Weights:
    """Weights, pickled without the tables that are made of them."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """What it is made of again."""
        own = fields(self)  # type: ignore[arg-type]  # those who inherit are dataclasses
        return type(self), tuple(getattr(self, each.name) for each in own if each.init)


@dataclass(frozen=True, slots=True)
class CutModel(Weights):
    """Weights for planted text inside lines: `tables` (f, 256, 1) int32 for the features of SEGMENT, `bias`, the
    `threshold` on the log-odds, and `least`, the probability of spam from which a line is looked into. `pairs` are the
    tables once more, `paired`.
    """

    tables: Tables
    bias: int
    threshold: float
    least: float
    pairs: npt.NDArray[np.int64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Makes the tables that the sums run over."""
        object.__setattr__(self, "pairs", paired_tables(self.tables))


@dataclass(frozen=True, slots=True)
class MarkedModel(Weights):
    """A second head of the page step, for pages whose markup is known: `stages`, each (f, 256, 2) int32, for the
    features of SHAPE, CONTEXT and MARKS, `bias` (stages, 2) int32, and `thresholds` (3,) float64, all as in Model.
    `pairs` are the stages once more, `paired`.
    """

    stages: tuple[Tables, ...]
    bias: Tables
    thresholds: Floats
    pairs: tuple[npt.NDArray[np.int64], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Makes the tables that the sums run over."""
        object.__setattr__(self, "pairs", tuple(paired_tables(tables) for tables in self.stages))


@dataclass(frozen=True, slots=True)
class Model(Weights):
    """Weights. Every decision is a sum of them.

    `grams` (3, 65536, 4) int16, in units of `gram_unit` over `gram_norm` of the line's size, summed in one go if they
    are within ±MOST_GRAM; `alone` (f, 256, 4) int32 in 1/4096 of log-odds, for the features of SHAPE; `stages`, each
    (g, 256, 2) int32, for those of SHAPE and CONTEXT: a stage judges each line anew by what the step before made of its
    page; `rarity` (65536,) uint8 weighs the pieces of the page's topic; `alone_bias` (4,) and `bias` (stages, 2) int32;
    `thresholds` (3,) float64 are the log-odds of body from which a line is kept, a policy each. `header` is what the
    file says of itself. `gram_words`, (3, 65536) each, `alone_pairs` (2, f, 256) and `stage_pairs` (1, g, 256) int64
    are the weights once more, `packed` and `paired`; `spam_grams` (3, 65536) int32 those of n-grams for spam against
    prose.
    """

    grams: npt.NDArray[np.int16]
    gram_unit: float
    alone: Tables
    stages: tuple[Tables, ...]
    alone_bias: Tables
    bias: Tables
    rarity: npt.NDArray[np.uint8]
    thresholds: Floats = field(default_factory=lambda: np.zeros(3))
    cut: CutModel | None = None
    marked: MarkedModel | None = None
    header: Mapping[str, Any] = field(default_factory=dict)
    gram_words: tuple[npt.NDArray[np.int64], ...] = field(init=False, repr=False, compare=False)
    alone_pairs: npt.NDArray[np.int64] = field(init=False, repr=False, compare=False)
    stage_pairs: tuple[npt.NDArray[np.int64], ...] = field(init=False, repr=False, compare=False)
    spam_grams: npt.NDArray[np.int32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Makes the tables that the sums run over."""
        object.__setattr__(self, "gram_words", tuple(packed(part) for part in summable(self.grams)))
        object.__setattr__(self, "alone_pairs", paired_tables(self.alone))
        object.__setattr__(self, "stage_pairs", tuple(paired_tables(tables) for tables in self.stages))
        object.__setattr__(
            self, "spam_grams", np.subtract(self.grams[..., SPAM], self.grams[..., PROSE], dtype=np.int32)
        )


def probabilities(margins: Floats) -> Floats:
    """Probabilities of body, nav, spam, (m, 3), from (m, 2) log-odds of body and of spam against nav."""
    body, spam = margins.T
    top = np.maximum(np.maximum(body, spam), 0.0)
    power = np.exp(np.stack([body - top, -top, spam - top]))
    scores: Floats = (power / power.sum(axis=0)).T
    return scores


def joined(one: Floats, other: Floats | float) -> Floats:
    """The logarithm of the sum of the powers of both, to a last digit; several times as fast as `logaddexp`, for numpy
    has vectors for these functions.
    """
    power: Floats = np.abs(one - other)
    np.exp(np.negative(power, out=power), out=power)
    np.log1p(power, out=power)
    power += np.maximum(one, other)
    return power


def log_odds(margins: Floats) -> tuple[Floats, Floats]:
    """Log-odds of body against the rest, and of spam against the rest, (m,) each."""
    body, spam = margins.T
    return body - joined(spam, 0), spam - joined(body, 0)


def merged(margins: Floats) -> Floats:
    """Log-odds of body and of spam against nav, (m, 2), from those of the first step's groups, (m, 4)."""
    prose, short, listed, spam = margins.T
    nav = joined(listed, 0)
    return np.stack([joined(prose, short) - nav, spam - nav]).T


def list_odds(margins: Floats) -> Floats:
    """Log-odds, (m,), that a line is one of a list of headlines, teasers or comments; from (m, 4)."""
    prose, short, listed, spam = margins.T
    odds: Floats = listed - joined(joined(prose, short), joined(spam, 0))
    return odds


def paired(weights: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Two columns of weights in one integer each, so that one sum makes both: (n, c) to (ceil(c / 2), n).

    Their sums stay far below 2^31; `parted` takes them apart.
    """
    wide = weights.astype(np.int64)
    if wide.shape[1] % 2:
        wide = np.concatenate([wide, np.zeros_like(wide[:, :1])], axis=1)
    pairs: npt.NDArray[np.int64] = (wide[:, ::2] << 32) + wide[:, 1::2]
    return np.ascontiguousarray(pairs.T)


def paired_tables(tables: Tables) -> npt.NDArray[np.int64]:
    """The tables (f, 256, c) with two columns in one integer each: (ceil(c / 2), f, 256)."""
    f, values, columns = tables.shape
    return paired(tables.reshape(-1, columns)).reshape(-1, f, values)


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


def parted(sums: npt.NDArray[np.int64], columns: int) -> npt.NDArray[np.int64]:
    """The sums of the single columns, (columns, m), from those of the pairs, (ceil(columns / 2), m)."""
    out = np.empty((2 * len(sums), sums.shape[1]), dtype=np.int64)
    np.right_shift(sums << 32, 32, out=out[1::2])
    np.right_shift(sums - out[1::2], 32, out=out[::2])
    return out[:columns]


def table_sums(pairs: npt.NDArray[np.int64], columns: Bytes, margins: int) -> npt.NDArray[np.int64]:
    """The sums over features of each row's table entries: (m, margins), from columns (f, m) and the tables, which are
    `paired`: (ceil(margins / 2), f, 256).
    """
    return parted(loops().table_sums(pairs, columns), margins).T


def gram_sums(model: Model, features: Features) -> npt.NDArray[np.int64]:
    """The sums of each row's n-gram weights: (m, 4)."""
    batch, index, use = features.batch, features.rows.index, loops()
    bias = ORDERS * GRAM_BIAS * features.size
    total = np.zeros((GROUP_MARGINS, len(index)), dtype=np.int64)
    for number, words in enumerate(model.gram_words):
        sums = use.gram_sums(words, features.grams, batch.starts, batch.ends, index)
        total += (sums - bias) << 8 * number
    return total.T


def gram_norm(size: Ints) -> Floats:
    """What a line's n-gram sums are divided by: its size to the power 3/4.

    Between the root, with which long lines are judged far too surely, and the mean, with which short ones tell
    little: of 1/2, 13/20, 4/5 and 1 the middle ones lost least on held-out sites, for long lines and for all.
    """
    norm: Floats = np.sqrt(size * np.sqrt(size))
    return norm


def alone_margins(model: Model, features: Features) -> Floats:
    """Log-odds of the groups against nav, (m, 4): what each line's own characters say."""
    margins: Floats = gram_sums(model, features).T * (model.gram_unit / gram_norm(features.size))
    margins += (table_sums(model.alone_pairs, features.shape, GROUP_MARGINS) + model.alone_bias).T / UNIT
    return margins.T


def page_columns(features: Features, topic: Topic, margins: Floats, listed: Floats) -> Bytes:
    """What a later step sees, (f, m) uint8: shape and context, by the margins (m, 2) of the step before."""
    return np.concatenate([features.shape, context(features.rows, topic, features.copies, *log_odds(margins), listed)])


def marked_columns(marked: Marked, columns: Bytes, margins: Floats, alone: Floats) -> Bytes:
    """What the head for pages with markup sees, (f, m) uint8: the `columns` of the page step, and MARKS; by what the
    step before made of each line, (m, 2), and what the line does by itself, `alone`, (m, 2).
    """
    chance, own = (np.floor(255 / (1 + np.exp(-log_odds(each)[0]))).astype(np.int64) for each in (margins, alone))
    return np.concatenate([columns, weighed(marked, chance, own)])


def marked_in(features: Features, markups: Sequence[Markup | None]) -> Marked:
    """What the markup of these pages says by itself."""
    return marked_of(features.batch, features.rows, markups)


def marked_margins(
    model: Model, features: Features, margins: Floats, listed: Floats, markups: Sequence[Markup | None]
) -> Floats:
    """Log-odds as those of `page_margins`, of pages whose markup is known; for a model that has weights for it."""
    assert model.marked is not None
    topic, marked, alone = topic_in(features, model.rarity), marked_in(features, markups), margins
    for pairs, bias in zip(model.marked.pairs, model.marked.bias, strict=True):
        columns = marked_columns(marked, page_columns(features, topic, margins, listed), margins, alone)
        margins = (table_sums(pairs, columns, MARGINS) + bias) / UNIT
    return margins


def page_margins(model: Model, features: Features, margins: Floats, listed: Floats) -> Floats:
    """Log-odds of body and of spam against nav, (m, 2), in their page; from those of each line alone, and from its
    log-odds of a list, (m,).
    """
    topic = topic_in(features, model.rarity)
    for pairs, bias in zip(model.stage_pairs, model.bias, strict=True):
        margins = (table_sums(pairs, page_columns(features, topic, margins, listed), MARGINS) + bias) / UNIT
    return margins

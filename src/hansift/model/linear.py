"""A linear model of lines: tables of whole numbers, and the sums that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from hansift.features import Features
from hansift.features.batch import Bytes, Ints
from hansift.features.context import Floats, context
from hansift.features.marks import marks
from hansift.features.topic import Pieces, pieces
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

MOST_GRAM = (1 << 13) - 1
"""The largest weight of an n-gram, either way: three of them fit a field of sixteen bits."""

Tables = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class CutModel:
    """Weights for planted text inside lines: `tables` (f, 256, 1) int32 for the features of SEGMENT, `bias`, the
    `threshold` on the log-odds, and `least`, the probability of spam from which a line is looked into.
    """

    tables: Tables
    bias: int
    threshold: float
    least: float


@dataclass(frozen=True, slots=True)
class MarkedModel:
    """A second head of the page step, for pages whose markup is known: `tables` (f, 256, 2) int32 for the features of
    SHAPE, CONTEXT and MARKS, `bias` (2,) int32, and `thresholds` (3,) float64 as in Model.
    """

    tables: Tables
    bias: Tables
    thresholds: Floats


@dataclass(frozen=True, slots=True)
class Model:
    """Weights. Every decision is a sum of them.

    `grams` (3, 65536, 4) int16, in units of `gram_unit` over `gram_norm` of the line's size; `alone` (f, 256, 4) int32
    in 1/4096 of log-odds, for the features of SHAPE; `stages`, each (g, 256, 2) int32, for those of SHAPE and
    CONTEXT: a stage judges each line anew by what the step before made of its page,; `rarity` (65536,) uint8 weighs
    the pieces of the page's topic; `alone_bias` (4,) and `bias` (stages, 2) int32; `thresholds` (3,) float64 are the
    log-odds of body from which a line is kept, a policy each. `header` is what the file says of itself.
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


def probabilities(margins: Floats) -> Floats:
    """Probabilities of body, nav, spam, (m, 3), from (m, 2) log-odds of body and of spam against nav."""
    logits = np.stack([margins[:, 0], np.zeros(len(margins)), margins[:, 1]], axis=1)
    power = np.exp(logits - logits.max(axis=1, keepdims=True))
    scores: Floats = power / power.sum(axis=1, keepdims=True)
    return scores


def log_odds(margins: Floats) -> tuple[Floats, Floats]:
    """Log-odds of body against the rest, and of spam against the rest, (m,) each."""
    body, spam = margins[:, 0], margins[:, 1]
    return body - np.logaddexp(0, spam), spam - np.logaddexp(0, body)


def merged(margins: Floats) -> Floats:
    """Log-odds of body and of spam against nav, (m, 2), from those of the first step's groups, (m, 4)."""
    prose, short, listed, spam = margins.T
    nav = np.logaddexp(0, listed)
    return np.stack([np.logaddexp(prose, short) - nav, spam - nav], axis=1)


def list_odds(margins: Floats) -> Floats:
    """Log-odds, (m,), that a line is one of a list of headlines, teasers or comments; from (m, 4)."""
    prose, short, listed, spam = margins.T
    odds: Floats = listed - np.logaddexp(np.logaddexp(prose, short), np.logaddexp(0, spam))
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


def parted(sums: npt.NDArray[np.int64], columns: int) -> npt.NDArray[np.int64]:
    """The sums of the single columns, (m, columns), from those of the pairs, (ceil(columns / 2), m)."""
    low = sums << 32 >> 32
    return (
        np.stack([(sums - low) >> 32, low], axis=2)
        .transpose(1, 0, 2)
        .reshape(sums.shape[1], 2 * len(sums))[:, :columns]
    )


def table_sums(tables: Tables, columns: Bytes) -> npt.NDArray[np.int64]:
    """The sums over features of each row's table entries: (m, c), from tables (f, 256, c) and columns (f, m)."""
    f, _, c = tables.shape
    pairs = paired(tables.reshape(-1, c)).reshape(-1, f, 256)
    sums = np.zeros((len(pairs), columns.shape[1]), dtype=np.int64)
    for total, rows in zip(sums, pairs, strict=True):
        for row, column in zip(rows, columns, strict=True):
            total += row.take(column)
    return parted(sums, c)


LONGEST_PAIRED = 1 << 14
"""Units of a line up to which the sums of two 16-bit margins over all orders fit one integer."""


def gram_sums(model: Model, features: Features) -> npt.NDArray[np.int64]:
    """The sums of each row's n-gram weights: (m, 4)."""
    starts, index = features.batch.starts, features.rows.index
    sums = np.zeros((GROUP_MARGINS // 2, len(index)), dtype=np.int64)
    grams = list(zip(model.grams, features.grams, strict=True))
    if features.size.max(initial=0) > LONGEST_PAIRED:
        alone = [
            sum(np.add.reduceat(weights[:, margin].astype(np.int64)[at], starts)[index] for weights, at in grams)
            for margin in range(GROUP_MARGINS)
        ]
        return np.stack(alone, axis=1)
    for weights, at in grams:
        for total, pair in zip(sums, paired(weights), strict=True):
            total += np.add.reduceat(pair.take(at), starts)[index]
    return parted(sums, GROUP_MARGINS)


def gram_norm(size: Ints) -> Floats:
    """What a line's n-gram sums are divided by: its size to the power 3/4.

    Between the root, with which long lines are judged far too surely, and the mean, with which short ones tell
    little: of 1/2, 13/20, 4/5 and 1 the middle ones lost least on held-out sites, for long lines and for all.
    """
    norm: Floats = np.sqrt(size * np.sqrt(size))
    return norm


def alone_margins(model: Model, features: Features) -> Floats:
    """Log-odds of the groups against nav, (m, 4): what each line's own characters say."""
    grams = gram_sums(model, features) * (model.gram_unit / gram_norm(features.size))[:, None]
    margins: Floats = grams + (table_sums(model.alone, features.shape) + model.alone_bias) / UNIT
    return margins


def page_columns(features: Features, topic: Pieces, margins: Floats, listed: Floats) -> Bytes:
    """What a later step sees, (f, m) uint8: shape and context, by the margins (m, 2) of the step before."""
    return np.concatenate([features.shape, context(features.rows, topic, features.copies, *log_odds(margins), listed)])


def marked_columns(features: Features, markups: Sequence[Markup | None], columns: Bytes, margins: Floats) -> Bytes:
    """What the head for pages with markup sees, (f, m) uint8: the `columns` of the page step, and MARKS."""
    odds, _ = log_odds(margins)
    chance = np.floor(255 / (1 + np.exp(-odds))).astype(np.int64)
    return np.concatenate([columns, marks(features.batch, features.rows, markups, chance)])


def marked_margins(model: Model, features: Features, alone: Floats, markups: Sequence[Markup | None]) -> Floats:
    """Log-odds as those of `page_margins`, of pages whose markup is known; for a model that has weights for it."""
    assert model.marked is not None
    topic = pieces(features.batch, features.rows, features.grams[1], model.rarity)
    margins = merged(alone)
    columns = marked_columns(features, markups, page_columns(features, topic, margins, list_odds(alone)), margins)
    return (table_sums(model.marked.tables, columns) + model.marked.bias) / UNIT


def page_margins(model: Model, features: Features, alone: Floats) -> Floats:
    """Log-odds of body and of spam against nav, (m, 2), in their page; from those of each line alone, (m, 4)."""
    topic = pieces(features.batch, features.rows, features.grams[1], model.rarity)
    margins, listed = merged(alone), list_odds(alone)
    for tables, bias in zip(model.stages, model.bias, strict=True):
        margins = (table_sums(tables, page_columns(features, topic, margins, listed)) + bias) / UNIT
    return margins

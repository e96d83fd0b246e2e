"""A linear model of lines: tables of whole numbers, and the sums that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from hansift.features import Features
from hansift.features.batch import Bytes
from hansift.features.context import Floats, context
from hansift.features.topic import pieces

UNIT = 4096
"""Whole numbers in a table of bytes that make 1 of log-odds."""

MARGINS = 2
"""Body and spam, each against navigation: of three classes two margins are free."""

Tables = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights. Every decision is a sum of them.

    `grams` (4, 65536, 2) int16, in units of `gram_unit` over the root of the line's size; `alone` (f, 256, 2) int32
    in 1/4096 of log-odds, for the features of SHAPE; `stages`, each (g, 256, 2) int32, for those of SHAPE and
    CONTEXT: a stage judges each line anew by what the step before made of its page; `rarity` (65536,) uint8 weighs
    the pieces of the page's topic; `bias` (1 + stages, 2) int32. `header` is what the file says of itself.
    """

    grams: npt.NDArray[np.int16]
    gram_unit: float
    alone: Tables
    stages: tuple[Tables, ...]
    bias: Tables
    rarity: npt.NDArray[np.uint8]
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


def table_sums(tables: Tables, columns: Bytes) -> npt.NDArray[np.int64]:
    """The sums over features of each row's table entries: (m, 2), from tables (f, 256, 2) and columns (f, m)."""
    total = np.zeros((columns.shape[1], MARGINS), dtype=np.int64)
    for table, column in zip(tables, columns, strict=True):
        total += table[column]
    return total


def gram_sums(model: Model, features: Features) -> npt.NDArray[np.int64]:
    """The sums of each row's n-gram weights: (m, 2)."""
    starts, index = features.batch.starts, features.rows.index
    total = np.zeros((len(index), MARGINS), dtype=np.int64)
    for weights, at in zip(model.grams, features.grams, strict=True):
        # both margins share one integer: their sums stay far below 2^31
        packed = (weights[:, 0].astype(np.int64) << 32) + weights[:, 1]
        sums = np.add.reduceat(packed[at], starts)[index]
        low = sums << 32 >> 32
        total[:, 1] += low
        total[:, 0] += (sums - low) >> 32
    return total


def alone_margins(model: Model, features: Features) -> Floats:
    """Log-odds of body and of spam against nav, (m, 2): what each line's own characters say."""
    grams = gram_sums(model, features) * (model.gram_unit / np.sqrt(features.size))[:, None]
    margins: Floats = grams + (table_sums(model.alone, features.shape) + model.bias[0]) / UNIT
    return margins


def page_margins(model: Model, features: Features, margins: Floats) -> Floats:
    """Log-odds of body and of spam against nav, (m, 2): what the lines say in their page."""
    topic = pieces(features.batch, features.rows, features.grams[1], model.rarity)
    for tables, bias in zip(model.stages, model.bias[1:], strict=True):
        columns = np.concatenate(
            [features.shape, context(features.rows, topic, features.copies, *log_odds(margins))]
        )
        margins = (table_sums(tables, columns) + bias) / UNIT
    return margins

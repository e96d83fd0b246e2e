"""A linear model of lines: tables of whole numbers, and the sums that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from hansift.features import Features
from hansift.features.batch import Bytes
from hansift.features.bytes import chance, odds_byte
from hansift.features.context import Floats, context
from hansift.features.marks import Marked, marked_of
from hansift.features.weighed import Own, own_of, weighed
from hansift.model.lines import LineModel, line_margins
from hansift.model.tables import UNIT, Tables, Weights, paired_tables, table_sums
from hansift.text.html import Markup

LEAST = 1e-300
"""Below any probability that counts; its logarithm is a number."""

MARGINS = 2
"""Body and spam, each against navigation: of three classes two margins are free."""

GROUPS = ("prose", "short", "nav", "list", "spam")
"""What the first step tells apart: body in sentences and body in headlines, rows and verse; the site's own words and
the headlines, teasers and comments that it lists; spam. Its page then decides which headline is whose."""
PROSE, SPAM = 0, 3
"""The columns of those two among the margins, which are against nav."""


@dataclass(frozen=True, slots=True)
class CutModel(Weights):
    """Weights for planted text inside lines: `tables` (f, 256, 1) int32 for the features of SEGMENT, `bias`, the
    `threshold` on the log-odds, and `least`, the probability of spam, by its own characters alone, from which a line is
    looked into. `pairs` are the tables once more, `paired`.
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
    """A second head of the page step, for pages whose markup is known: `kinds` tells KINDS of lines from body;
    `stages`, each (f, 256, 2) int32, for the features of SHAPE, CONTEXT and MARKS, `bias` (stages, 2) int32, and
    `thresholds` (3,) float64 are as in Model. `pairs` are the stages once more, `paired`.
    """

    kinds: LineModel
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

    `alone` tells GROUPS from nav; `stages`, each (g, 256, 2) int32 in 1/4096 of log-odds, are for the features of SHAPE
    and CONTEXT: a stage judges each line anew by what the step before made of its page; `bias` (stages, 2) int32;
    `thresholds` (3,) float64 are the log-odds of body from which a line is kept, a policy each. `header` is what the
    file says of itself. `stage_pairs` (1, g, 256) int64 are the weights once more, `paired`; `spam_grams` (3, 65536)
    int32 those of n-grams for spam against prose.
    """

    alone: LineModel
    stages: tuple[Tables, ...]
    bias: Tables
    thresholds: Floats = field(default_factory=lambda: np.zeros(3))
    cut: CutModel | None = None
    marked: MarkedModel | None = None
    header: Mapping[str, Any] = field(default_factory=dict)
    stage_pairs: tuple[npt.NDArray[np.int64], ...] = field(init=False, repr=False, compare=False)
    spam_grams: npt.NDArray[np.int32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Makes the tables that the sums run over."""
        object.__setattr__(self, "stage_pairs", tuple(paired_tables(tables) for tables in self.stages))
        grams = self.alone.grams
        object.__setattr__(self, "spam_grams", np.subtract(grams[..., SPAM], grams[..., PROSE], dtype=np.int32))


def probabilities(margins: Floats) -> Floats:
    """Probabilities of body, nav, spam, (m, 3), from (m, 2) log-odds of body and of spam against nav."""
    body, spam = margins.T
    top = np.maximum(np.maximum(body, spam), 0.0)
    power = np.exp(np.stack([body - top, -top, spam - top]))
    scores: Floats = (power / power.sum(axis=0)).T
    return scores


GAPS = 256
"""Steps to 1 of log-odds between two of which the powers are added by a table."""
ADDED: Floats = np.append(np.log1p(np.exp(-(np.arange(16 * GAPS) + 0.5) / GAPS)), 0.0)


def joined(one: Floats, other: Floats | float) -> Floats:
    """The logarithm of the sum of the powers of both, to .001: several times as fast as `logaddexp`."""
    gap = np.abs(one - other) * GAPS
    found: Floats = ADDED.take(gap.astype(np.intp), mode="clip")
    found += np.maximum(one, other)
    return found


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


def kind_odds(margins: Floats) -> Floats:
    """Log-odds of each of KINDS against all else, (m, 4), from their margins against body."""
    top = np.maximum(margins.max(axis=1), 0.0)
    power = np.exp(margins.T - top)
    # of what outweighs all else by far, and of what weighs nothing, no more is asked than that
    rest = np.maximum(power.sum(axis=0) + np.exp(-top) - power, LEAST)
    odds: Floats = np.log(np.maximum(power, LEAST) / rest)
    return odds.T


def page_columns(features: Features, margins: Floats, listed: Floats) -> Bytes:
    """What a later step sees, (f, m) uint8: shape and context, by the margins (m, 2) of the step before."""
    return np.concatenate([features.shape, context(features.rows, *log_odds(margins), listed)])


def marked_columns(marked: Marked, own: Own, columns: Bytes, margins: Floats) -> Bytes:
    """What the head for pages with markup sees, (f, m) uint8: the `columns` of the page step, and MARKS; by what the
    step before made of each line, (m, 2), and what its `own` characters say.
    """
    return np.concatenate([columns, weighed(marked, own, chance(odds_byte(log_odds(margins)[0])))])


def own_in(model: LineModel, features: Features, marked: Marked, margins: Floats) -> Own:
    """What the lines' own characters say, by what the first step made of each, (m, 2), and by the model of KINDS."""
    return own_of(marked, log_odds(margins)[0], kind_odds(line_margins(model, features)))


def marked_in(features: Features, markups: Sequence[Markup | None]) -> Marked:
    """What the markup of these pages says by itself."""
    return marked_of(features.batch, features.rows, markups)


def marked_margins(
    model: Model, features: Features, margins: Floats, listed: Floats, markups: Sequence[Markup | None]
) -> Floats:
    """Log-odds as those of `page_margins`, of pages whose markup is known; for a model that has weights for it."""
    assert model.marked is not None
    marked = marked_in(features, markups)
    own = own_in(model.marked.kinds, features, marked, margins)
    for pairs, bias in zip(model.marked.pairs, model.marked.bias, strict=True):
        columns = marked_columns(marked, own, page_columns(features, margins, listed), margins)
        margins = (table_sums(pairs, columns, MARGINS) + bias) / UNIT
    return margins


def page_margins(model: Model, features: Features, margins: Floats, listed: Floats) -> Floats:
    """Log-odds of body and of spam against nav, (m, 2), in their page; from those of each line alone, and from its
    log-odds of a list, (m,).
    """
    for pairs, bias in zip(model.stage_pairs, model.bias, strict=True):
        margins = (table_sums(pairs, page_columns(features, margins, listed), MARGINS) + bias) / UNIT
    return margins

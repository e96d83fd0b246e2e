"""Training: scikit-learn fits every step, and its weights become the model's tables."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
import sklearn
from sklearn.linear_model import LogisticRegression

from hansift.corpus.labelled import LETTERS, LabelledPage
from hansift.features import CONTEXT, SHAPE, Features, features_of
from hansift.features.batch import Bytes, Ints
from hansift.features.context import Floats, context
from hansift.features.topic import Pieces, pieces, rarity_table
from hansift.model.linear import MARGINS, UNIT, Model, log_odds
from hansift.page import LABELS
from hansift.train.encode import Encoder, encoder
from hansift.train.folds import FOLDS, folds
from hansift.train.matrix import gram_matrix

STAGES = 2
ALONE_STRENGTH = 0.3
"""Inverse of the penalty on the weights of the first step, of the later ones; chosen on held-out sites of data/."""
PAGE_STRENGTH = 0.02
ALONE_ROUNDS, PAGE_ROUNDS = 60, 100
SHAPE_SCALE = 0.5
"""Shape indicators beside n-grams: a smaller value is a stronger penalty."""

BODY, NAV, SPAM = range(len(LABELS))


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model, and what models that had not seen a line's site said of it: `heldout`, one (m, 2) a step."""

    model: Model
    features: Features
    truth: Ints
    heldout: tuple[Floats, ...]


def truth_of(pages: Sequence[LabelledPage]) -> Ints:
    """The label number of every line that is not blank, (m,)."""
    number = {letter: LABELS.index(label) for letter, label in LETTERS.items()}
    return np.array([number[line.letter] for page in pages for line in page.lines if line.letter], dtype=np.int64)


def fit(pages: Sequence[LabelledPage], stages: int = STAGES) -> Fitted:
    """The model fitted on the pages; a later step learns from what held-out models said in the step before."""
    features = features_of([page.text for page in pages])
    truth = truth_of(pages)
    fold = folds([page.site for page in pages], min(FOLDS, len({page.site for page in pages})))[features.rows.page]

    shape_encoder = encoder(features.shape, SHAPE)
    matrix = sp.hstack([gram_matrix(features), shape_encoder(features.shape) * SHAPE_SCALE], format="csr")
    weights, bias = linear(matrix, truth, ALONE_STRENGTH, ALONE_ROUNDS)
    heldout = [crossed(matrix, truth, fold, ALONE_STRENGTH, ALONE_ROUNDS)]
    grams = weights[: -shape_encoder.size].reshape(len(features.grams), -1, MARGINS)
    gram_unit = float(np.abs(grams).max() / 32767) or 1.0
    alone = shape_encoder.tables(weights[-shape_encoder.size :] * SHAPE_SCALE)

    rarity = rarity_table(_all_pieces(features), len(pages))
    topic = pieces(features.batch, features.rows, features.grams[1], rarity)
    tables, biases = [], [bias]
    for _ in range(stages):
        columns = page_columns(features, topic, heldout[-1])
        page_encoder = encoder(columns, (*SHAPE, *CONTEXT))
        matrix = page_encoder(columns)
        weights, bias = linear(matrix, truth, PAGE_STRENGTH, PAGE_ROUNDS)
        heldout.append(crossed(matrix, truth, fold, PAGE_STRENGTH, PAGE_ROUNDS))
        tables.append(whole(page_encoder.tables(weights)))
        biases.append(bias)
    model = Model(
        grams=np.round(grams / gram_unit).astype(np.int16),
        gram_unit=gram_unit,
        alone=whole(alone),
        stages=tuple(tables),
        bias=whole(np.stack(biases)),
        rarity=rarity,
        header={"versions": versions(), "pages": len(pages), "lines": len(truth)},
    )
    return Fitted(model, features, truth, tuple(heldout))


def page_columns(features: Features, topic: Pieces, margins: Floats) -> Bytes:
    """The bytes that a later step sees: shape and context, (f, m)."""
    return np.concatenate([features.shape, context(features.rows, topic, features.copies, *log_odds(margins))])


def whole(weights: Floats) -> Any:
    """Weights in log-odds as whole numbers of 1/4096."""
    return np.round(weights * UNIT).astype(np.int32)


def _all_pieces(features: Features) -> Pieces:
    every = np.ones(1 << 16, dtype=np.uint8)
    return pieces(features.batch, features.rows, features.grams[1], every)


NEVER = -12.0
"""Log-odds of a class that the training lines do not have."""


def linear(matrix: sp.csr_matrix, truth: Ints, strength: float, rounds: int) -> tuple[Floats, Floats]:
    """Weights (d, 2) and bias (2,) of body and of spam against nav, by L2-penalised logistic regression."""
    weights, bias = np.zeros((matrix.shape[1], MARGINS)), np.full(MARGINS, NEVER)
    classes = np.unique(truth)
    if len(classes) == 1:
        bias[:] = {BODY: (-NEVER, NEVER), NAV: (NEVER, NEVER), SPAM: (NEVER, -NEVER)}[int(classes[0])]
        return weights, bias
    # a column that is empty here gets no weight; leaving such columns out makes the fit several times faster
    used = np.flatnonzero(np.bincount(matrix.indices, minlength=matrix.shape[1]))
    fitted = LogisticRegression(C=strength, max_iter=rounds, tol=1e-3).fit(matrix[:, used], truth)
    coefficients, intercepts = np.zeros((len(LABELS), len(used))), np.full(len(LABELS), NEVER)
    if len(classes) == 2:
        coefficients[classes[1]], intercepts[classes] = fitted.coef_[0], (0.0, fitted.intercept_[0])
    else:
        coefficients[classes], intercepts[classes] = fitted.coef_, fitted.intercept_
    for margin, label in enumerate((BODY, SPAM)):
        weights[used, margin] = coefficients[label] - coefficients[NAV]
        bias[margin] = np.clip(intercepts[label] - intercepts[NAV], NEVER, -NEVER)
    return weights, bias


def crossed(matrix: sp.csr_matrix, truth: Ints, fold: Ints, strength: float, rounds: int) -> Floats:
    """Margins (m, 2) of each line by a fit on the other folds."""
    margins = np.zeros((len(truth), MARGINS))
    for held in np.unique(fold):
        train = fold != held
        if not train.any():
            train = ~train
        weights, bias = linear(matrix[train], truth[train], strength, rounds)
        margins[fold == held] = matrix[fold == held] @ weights + bias
    return margins


def versions() -> dict[str, str]:
    """The packages and the kind of machine that shape a fit."""
    return {"python": platform.python_version(), "numpy": np.__version__, "scikit-learn": sklearn.__version__}

"""One logistic regression, by scikit-learn: on all lines, and on all folds but one."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import joblib
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from hansift.features.batch import Ints
from hansift.features.context import Floats

Weights = tuple[Floats, Floats]
"""Weights (d, c) and bias (c,) of a fit."""

NEVER = -12.0
"""Log-odds of a class that the training lines do not have."""
NEARLY_ALL = 0.9
"""Share of columns that must be in use for the others not to be worth a copy of the matrix without them."""


@dataclass(frozen=True, slots=True)
class Task:
    """What to fit: `matrix` (m, d), `truth` (m,) class numbers below `classes`, `weight` (m,) how many lines each row
    stands for, and the class that others are held against.
    """

    matrix: sp.csr_matrix
    truth: Ints
    weight: Floats
    classes: int
    base: int

    def rows(self, chosen: npt.NDArray[np.bool_]) -> Task:
        """The same of some rows, and nothing copied where that is all."""
        if chosen.all():
            return self
        return Task(self.matrix[chosen], self.truth[chosen], self.weight[chosen], self.classes, self.base)


@contextmanager
def by_rounds() -> Iterator[None]:
    """Lets fits end after their rounds without a warning: their number is part of the recipe, for to stop early is to
    regularise. Around all of them, not in each, for they run in threads.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def linear(task: Task, strength: float, rounds: int) -> tuple[Floats, Floats]:
    """Weights (d, c) and bias (c,) of each class but the base against the base, by L2-penalised logistic regression."""
    task = task.rows(task.weight > 0)
    matrix, others = task.matrix, [label for label in range(task.classes) if label != task.base]
    weights, bias = np.zeros((matrix.shape[1], len(others))), np.full(len(others), NEVER)
    present = np.unique(task.truth)
    if len(present) == 1:
        bias[[label == present[0] for label in others]] = -NEVER
        return weights, bias
    # a column that is empty here gets no weight; leaving many such out makes the fit several times faster
    used = np.flatnonzero(np.bincount(matrix.indices, minlength=matrix.shape[1]))
    if len(used) > NEARLY_ALL * matrix.shape[1]:
        used = np.arange(matrix.shape[1])
    else:
        matrix = matrix[:, used]
    fitted = LogisticRegression(C=strength, max_iter=rounds, tol=1e-3).fit(
        matrix, task.truth, sample_weight=task.weight
    )
    coefficients, intercepts = np.zeros((task.classes, len(used))), np.full(task.classes, NEVER)
    if len(present) == 2:
        coefficients[present[1]], intercepts[present] = fitted.coef_[0], (0.0, fitted.intercept_[0])
    else:
        coefficients[present], intercepts[present] = fitted.coef_, fitted.intercept_
    for margin, label in enumerate(others):
        weights[used, margin] = coefficients[label] - coefficients[task.base]
        bias[margin] = np.clip(intercepts[label] - intercepts[task.base], NEVER, -NEVER)
    return weights, bias


def crossed(task: Task, fold: Ints, strength: float, rounds: int) -> Floats:
    """Margins (m, c) of each line by a fit on the other folds; with one fold alone, by a fit on itself."""
    return said(task.matrix, fold, without_each(task, fold, strength, rounds))


def without_each(task: Task, fold: Ints, strength: float, rounds: int) -> dict[int, Weights]:
    """A fit without each fold; with one fold alone, the fit on it."""

    def judge(held: int) -> Weights:
        train = fold != held
        return linear(task.rows(train if train.any() else ~train), strength, rounds)

    numbers = np.unique(fold).tolist()
    fits = joblib.Parallel(n_jobs=-1, require="sharedmem")(joblib.delayed(judge)(held) for held in numbers)
    return dict(zip(numbers, fits, strict=True))


def said(matrix: sp.csr_matrix, fold: Ints, weights: Mapping[int, Weights]) -> Floats:
    """Margins (m, c) of each line by the fit that goes with its fold."""
    margins = np.zeros((matrix.shape[0], len(next(iter(weights.values()))[1])))
    for held, (own, bias) in weights.items():
        here = fold == held
        margins[here] = matrix[here] @ own + bias
    return margins

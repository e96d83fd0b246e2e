"""The first step of a model as a scikit-learn pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import joblib
import numpy as np
import scipy.sparse as sp
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from hansift.features import SHAPE, features_of
from hansift.features.context import Floats
from hansift.model.linear import GROUP_MARGINS, GROUPS, UNIT, Model
from hansift.page import LABELS, Label
from hansift.train.matrix import GRAM_SCALE, gram_matrix

LABEL_OF_GROUP = {"prose": Label.BODY, "short": Label.BODY, "nav": Label.NAV, "list": Label.NAV, "spam": Label.SPAM}


class LineVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Lines as rows of numbers: n-gram counts over the size's norm, then 256 indicators a shape feature."""

    def fit(self, lines: Sequence[str], y: object = None) -> Self:
        """Itself; there is nothing to learn."""
        return self

    def transform(self, lines: Sequence[str]) -> sp.csr_matrix:
        """One row a line, (n, 3 * 65536 + 256 f); a blank line's is empty. A line break in a line is a blank."""
        features = features_of([line.replace("\n", " ") for line in lines])
        columns = features.shape.astype(np.int64) + 256 * np.arange(len(SHAPE))[:, None]
        m = len(features.rows.index)
        shape = sp.csr_matrix(
            (np.ones(columns.size), (np.tile(np.arange(m), len(SHAPE)), columns.ravel())), shape=(m, 256 * len(SHAPE))
        )
        rows = sp.hstack([gram_matrix(features).astype(np.float64), shape], format="csr")
        place = sp.csr_matrix((np.ones(m), (features.rows.index, np.arange(m))), shape=(len(lines), m))
        return place @ rows


class LineLogisticRegression(LogisticRegression):  # type: ignore[misc]
    """Logistic regression over the groups of lines, whose probabilities are summed by label."""

    def predict_proba(self, X: Any) -> Floats:  # noqa: N803
        """Probabilities of body, nav, spam: (n, 3)."""
        groups = super().predict_proba(X)
        names = list(LABEL_OF_GROUP.values())
        return np.stack([groups[:, [name is label for name in names]].sum(axis=1) for label in LABELS], axis=1)

    def predict(self, X: Any) -> Any:  # noqa: N803
        """The likeliest label of each line: (n,)."""
        return np.array([str(label) for label in LABELS])[self.predict_proba(X).argmax(axis=1)]


def pipeline_of(model: Model) -> Pipeline:
    """The model's first step, transformer and linear model: `predict` on a list of lines gives labels."""
    weights = np.concatenate(
        [
            model.grams.reshape(-1, GROUP_MARGINS) * (model.gram_unit / GRAM_SCALE),
            model.alone.reshape(-1, GROUP_MARGINS) / UNIT,
        ]
    )
    linear = LineLogisticRegression()
    linear.classes_ = np.array(GROUPS)
    linear.coef_ = np.zeros((len(GROUPS), len(weights)))
    linear.intercept_ = np.zeros(len(GROUPS))
    for margin, group in enumerate(i for i, name in enumerate(GROUPS) if name != "nav"):
        linear.coef_[group] = weights[:, margin]
        linear.intercept_[group] = model.alone_bias[margin] / UNIT
    linear.n_features_in_ = weights.shape[0]
    return Pipeline([("lines", LineVectorizer()), ("linear", linear)])


def export_pipeline(model: Model, path: Path) -> None:
    """Writes the pipeline with joblib. Such a file runs code when read: share the `.npz`, not this."""
    path.parent.mkdir(parents=True, exist_ok=True)
    joblib.dump(pipeline_of(model), path, compress=3)

"""The first step of a model as a scikit-learn pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import joblib
import numpy as np
import scipy.sparse as sp
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from hansift.features import SHAPE, features_of
from hansift.model.linear import MARGINS, UNIT, Model
from hansift.page import LABELS
from hansift.train.fit import BODY, NAV, SPAM
from hansift.train.matrix import gram_matrix


class LineVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Lines as rows of numbers: n-gram counts over the root of the size, then 256 indicators a shape feature."""

    def fit(self, lines: Sequence[str], y: object = None) -> Self:
        """Itself; there is nothing to learn."""
        return self

    def transform(self, lines: Sequence[str]) -> sp.csr_matrix:
        """One row a line, (n, 4 * 65536 + 256 f); a blank line's is empty. A line break in a line is a blank."""
        features = features_of([line.replace("\n", " ") for line in lines])
        columns = features.shape.astype(np.int64) + 256 * np.arange(len(SHAPE))[:, None]
        m = len(features.rows.index)
        shape = sp.csr_matrix(
            (np.ones(columns.size), (np.tile(np.arange(m), len(SHAPE)), columns.ravel())), shape=(m, 256 * len(SHAPE))
        )
        rows = sp.hstack([gram_matrix(features).astype(np.float64), shape], format="csr")
        place = sp.csr_matrix((np.ones(m), (features.rows.index, np.arange(m))), shape=(len(lines), m))
        return place @ rows


def pipeline_of(model: Model) -> Pipeline:
    """The model's first step, transformer and linear model: `predict` on a list of lines gives labels."""
    weights = np.concatenate(
        [model.grams.reshape(-1, MARGINS) * model.gram_unit, model.alone.reshape(-1, MARGINS) / UNIT]
    )
    linear = LogisticRegression()
    linear.classes_ = np.array([str(label) for label in LABELS])
    linear.coef_ = np.zeros((len(LABELS), len(weights)))
    linear.intercept_ = np.zeros(len(LABELS))
    for margin, label in enumerate((BODY, SPAM)):
        linear.coef_[label] = weights[:, margin]
        linear.intercept_[label] = model.bias[0, margin] / UNIT
    assert not linear.coef_[NAV].any()
    linear.n_features_in_ = weights.shape[0]
    return Pipeline([("lines", LineVectorizer()), ("linear", linear)])


def export_pipeline(model: Model, path: Path) -> None:
    """Writes the pipeline with joblib. Such a file runs code when read: share the `.npz`, not this."""
    path.parent.mkdir(parents=True, exist_ok=True)
    joblib.dump(pipeline_of(model), path, compress=3)

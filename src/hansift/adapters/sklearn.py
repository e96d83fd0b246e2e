"""scikit-learn: the whole model as estimators of texts, and its first step as a pipeline of plain linear parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import joblib
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.utils import Tags
from sklearn.utils.validation import check_consistent_length, check_is_fitted

from hansift.adapters.columns import clean_columns
from hansift.cleaner import Cleaner
from hansift.corpus.labelled import LabelledLine, LabelledPage
from hansift.errors import DataError, InputError
from hansift.features import SHAPE, features_of
from hansift.features.context import Floats
from hansift.model.decode import Policy
from hansift.model.linear import GROUPS, Model
from hansift.model.lines import LINE_MARGINS
from hansift.model.tables import UNIT
from hansift.page import LABELS, Label
from hansift.text.restore import restore
from hansift.train.fit import STAGES, fit
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

    def predict_proba(self, X: Any) -> Floats:
        """Probabilities of body, nav, spam: (n, 3)."""
        groups = super().predict_proba(X)
        names = list(LABEL_OF_GROUP.values())
        return np.stack([groups[:, [name is label for name in names]].sum(axis=1) for label in LABELS], axis=1)

    def predict(self, X: Any) -> Any:
        """The likeliest label of each line: (n,)."""
        return np.array([str(label) for label in LABELS])[self.predict_proba(X).argmax(axis=1)]


def pipeline_of(model: Model) -> Pipeline:
    """The model's first step, transformer and linear model: `predict` on a list of lines gives labels."""
    weights = np.concatenate(
        [
            model.alone.grams.reshape(-1, LINE_MARGINS) * (model.alone.unit / GRAM_SCALE),
            model.alone.tables.reshape(-1, LINE_MARGINS) / UNIT,
        ]
    )
    linear = LineLogisticRegression()
    linear.classes_ = np.array(GROUPS)
    linear.coef_ = np.zeros((len(GROUPS), len(weights)))
    linear.intercept_ = np.zeros(len(GROUPS))
    for margin, group in enumerate(i for i, name in enumerate(GROUPS) if name != "nav"):
        linear.coef_[group] = weights[:, margin]
        linear.intercept_[group] = model.alone.bias[margin] / UNIT
    linear.n_features_in_ = weights.shape[0]
    return Pipeline([("lines", LineVectorizer()), ("linear", linear)])


def export_pipeline(model: Model, path: Path) -> None:
    """Writes the pipeline with joblib. Such a file runs code when read: share the `.npz`, not this."""
    path.parent.mkdir(parents=True, exist_ok=True)
    joblib.dump(pipeline_of(model), path, compress=3)


class LineClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Labels lines or whole pages by a model that it trains: what `hansift train` makes, less the cuts.

    A sample is a line, or a page (its lines joined by line breaks, or a list of them); its target is `body`, `nav` or
    `spam`, for a page one for each line, joined or listed in the same way; that of a blank line is empty. A page's
    lines are judged together, so pages say more than lines do. `policy` is as in Cleaner, `stages` the number of
    judgements in the page. After `fit`, `model_` is the model: `Cleaner(model_)` cleans by it.
    """

    def __init__(self, policy: Policy = "balanced", stages: int = STAGES) -> None:
        self.policy = policy
        self.stages = stages

    def fit(self, X: Sequence[Any], y: Sequence[Any], groups: Sequence[Any] | None = None) -> Self:
        """Itself, trained. `groups` are the sites of the samples, which its own folds keep together.

        Raises DataError for targets that are not one label a line.
        """
        texts, truths = texts_of(X), texts_of(y)
        check_consistent_length(texts, truths, groups)
        sites = [str(site) for site in (range(len(texts)) if groups is None else groups)]
        self.model_ = fit(pages_of(texts, truths, sites), self.stages).model
        self.classes_ = np.array([str(label) for label in LABELS])
        return self

    def predict(self, X: Sequence[Any]) -> npt.NDArray[np.object_]:
        """The target of each sample, (n,): the labels of its lines, joined by line breaks."""
        check_is_fitted(self)
        names = [*map(str, LABELS), ""]
        found: list[str] = []
        for verdicts in Cleaner(self.model_, self.policy).in_batches(texts_of(X)):
            labels = [names[label] for label in verdicts.judged.labels.tolist()]
            found += ["\n".join(labels[low:high]) for low, high in pairwise(verdicts.judged.first.tolist())]
        return np.array(found, dtype=object)

    def predict_proba(self, X: Sequence[Any]) -> Floats:
        """Probabilities of body, nav, spam of every line of the samples, in their order: (lines, 3), NaN for blanks."""
        check_is_fitted(self)
        found = [np.zeros((0, len(LABELS)))]
        for verdicts in Cleaner(self.model_, self.policy).in_batches(texts_of(X)):
            scores = np.full((len(verdicts.judged.labels), len(LABELS)), np.nan)
            scores[verdicts.judged.index] = verdicts.judged.scores
            found.append(scores)
        return np.concatenate(found)

    def score(self, X: Sequence[Any], y: Sequence[Any], sample_weight: None = None) -> float:
        """The share of the lines, blank ones apart, that are labelled as they should be."""
        truth, found = ("\n".join(texts).split("\n") for texts in (texts_of(y), self.predict(X)))
        pairs = [own == other for own, other in zip(truth, found, strict=True) if own and other]
        return sum(pairs) / max(1, len(pairs))

    def __sklearn_tags__(self) -> Tags:
        return _of_texts(super().__sklearn_tags__())


class PageCleaner(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Cleans pages; it learns nothing, so it may stand first in any pipeline of texts. Parameters as in Cleaner."""

    def __init__(self, model: Model | str | Path | None = None, policy: Policy = "balanced") -> None:
        self.model = model
        self.policy = policy

    def fit(self, X: Sequence[Any], y: object = None) -> Self:
        """Itself; raises ModelError and UsageError as Cleaner does."""
        Cleaner(self.model, self.policy)
        return self

    def transform(self, X: Sequence[Any]) -> npt.NDArray[np.object_]:
        """The bodies of the pages, (n,); a missing page stays None."""
        cleaned = clean_columns({"text": list(X)}, cleaner=Cleaner(self.model, self.policy))
        return np.array(cleaned["text"], dtype=object)

    def __sklearn_tags__(self) -> Tags:
        tags = _of_texts(super().__sklearn_tags__())
        tags.requires_fit = False
        return tags


def _of_texts(tags: Tags) -> Tags:
    tags.input_tags.two_d_array, tags.input_tags.one_d_array, tags.input_tags.string = False, True, True
    tags.no_validation = True
    return tags


def texts_of(samples: Sequence[Any]) -> list[str]:
    r"""The samples as texts: a list of lines is a page. Raises InputError for what is neither text nor a list of it.

    >>> texts_of(["首页", ["首页", "正文"]])
    ['首页', '首页\n正文']
    """
    texts = []
    for number, sample in enumerate(samples):
        lines = [sample] if isinstance(sample, str) else sample
        if not isinstance(lines, (list, tuple, np.ndarray)) or not all(isinstance(line, str) for line in lines):
            raise InputError(f"sample {number} is {type(sample).__name__}; give a text, or a list of its lines")
        texts.append("\n".join(lines))
    return texts


def pages_of(texts: Sequence[str], truths: Sequence[str], sites: Sequence[str]) -> list[LabelledPage]:
    """The samples as labelled pages. Raises DataError for targets that are not one label a line."""
    full = set(features_of([restore(text).text for text in texts]).rows.index.tolist())
    pages, at = [], 0
    for number, (text, truth, site) in enumerate(zip(texts, truths, sites, strict=True)):
        lines, labels = text.split("\n"), truth.split("\n")
        if len(lines) != len(labels):
            raise DataError(f"sample {number} has {len(lines)} lines and {len(labels)} labels; give each line one")
        letters = [_letter(label, number) if at + i in full else "" for i, label in enumerate(labels)]
        at += len(lines)
        labelled = tuple(LabelledLine(line, letter) for line, letter in zip(lines, letters, strict=True))
        pages.append(LabelledPage(str(number), labelled, {"site": site}))
    return pages


def _letter(label: str, number: int) -> str:
    if label not in set(LABELS):
        raise DataError(f"sample {number}: {label!r} is no label; use {', '.join(LABELS)}")
    return label[0]

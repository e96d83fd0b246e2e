"""scikit-learn: its own checks, where they apply to text; pipelines, searches with groups, clones."""

import warnings

import joblib
import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import check_estimator

from hansift import Cleaner, HansiftError
from hansift.adapters.sklearn import LineClassifier, PageCleaner, texts_of
from hansift.corpus.labelled import LETTERS
from hansift.page import LABELS

SPARSE = "a sparse matrix holds no texts"
NOT_FOR_TEXT = {
    "check_estimator_sparse_tag": SPARSE,
    "check_estimator_sparse_array": SPARSE,
    "check_estimator_sparse_matrix": SPARSE,
    "check_classifier_data_not_an_array": "texts are taken from anything that can be gone through, never converted",
    "check_classifiers_classes": "the labels are always body, nav and spam",
    "check_classifiers_train": "wants clouds of points told apart, and matrices of another width refused",
    "check_transformer_preserve_dtypes": "what comes out is text",
}


def spelled(matrix):
    """Each row of a matrix as a line of text."""
    return [" ".join(f"{value:.2f}" for value in np.atleast_1d(row)) for row in matrix]


def labels(y):
    """Any classes as labels of ours."""
    y = np.asarray(y)
    return np.array(LABELS)[y.astype(int) % 3 if y.dtype.kind in "fiu" else np.unique(y, return_inverse=True)[1] % 3]


class Spelled:
    """Lets scikit-learn's checks, which make matrices, reach an estimator of texts."""

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array, tags.input_tags.one_d_array = True, False
        return tags


class SpelledClassifier(Spelled, LineClassifier):
    def fit(self, X, y):
        return super().fit(spelled(X), labels(y))

    def predict(self, X):
        return np.array([LABELS.index(label) for label in super().predict(spelled(X))])

    def predict_proba(self, X):
        return super().predict_proba(spelled(X))

    def score(self, X, y):
        return float(np.mean(self.predict(X) == y))


class SpelledCleaner(Spelled, PageCleaner):
    def fit(self, X, y=None):
        return super().fit(spelled(X))

    def transform(self, X):
        return np.array([[len(text)] for text in super().transform(spelled(X))])


def test_the_checks_of_scikit_learn():
    failed = set()
    for estimator, passed in ((SpelledClassifier(), 30), (SpelledCleaner(), 30)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = check_estimator(estimator, on_fail=None, on_skip=None)
        wrong = {one["check_name"]: repr(one["exception"]) for one in found if one["status"] == "failed"}
        assert wrong.keys() <= NOT_FOR_TEXT.keys(), wrong
        assert {one["check_name"] for one in found if one["status"] == "skipped"} <= {"check_array_api_input"}
        assert sum(one["status"] == "passed" for one in found) >= passed
        failed |= wrong.keys()
    assert failed == NOT_FOR_TEXT.keys()  # no reason outlives its need


@pytest.fixture(scope="module")
def labelled(seeds):
    """Pages, their targets, and their sites."""
    names = {letter: str(label) for letter, label in LETTERS.items()} | {"": ""}
    targets = ["\n".join(names[line.letter] for line in page.lines) for page in seeds]
    return [page.text for page in seeds], targets, [page.site for page in seeds]


@pytest.fixture(scope="module")
def fitted(labelled):
    return LineClassifier().fit(*labelled)


def test_pages_are_judged_as_the_cleaner_judges_them(fitted, labelled):
    pages, targets, _ = labelled
    cleaner = Cleaner(fitted.model_)
    found = fitted.predict(pages)
    assert found.tolist() == ["\n".join(line.label or "" for line in cleaner(page).lines) for page in pages]
    listed = [page.split("\n") for page in pages]
    assert fitted.predict(listed).tolist() == found.tolist()
    scores = fitted.predict_proba(pages)
    told = [line.scores for page in pages for line in cleaner(page).lines]
    assert np.allclose(scores[[one is not None for one in told]], [one for one in told if one])
    assert np.isnan(scores[[one is None for one in told]]).all()
    assert fitted.score(pages, targets) > 0.95
    assert fitted.score(listed, [target.split("\n") for target in targets]) == fitted.score(pages, targets)


def test_lines_alone(labelled):
    pages, targets, sites = labelled
    rows = [
        (line, label, site)
        for page, target, site in zip(pages, targets, sites, strict=True)
        for line, label in zip(page.split("\n"), target.split("\n"), strict=True)
        if label
    ]
    lines, labels, groups = zip(*rows, strict=True)
    lines, labels = np.array(lines, dtype=object), np.array(labels)
    classifier = LineClassifier().fit(lines, labels, groups)
    found = classifier.predict(pd.Series(lines))
    assert set(found) <= set(classifier.classes_)
    assert classifier.predict_proba(lines).shape == (len(lines), 3)
    assert np.allclose(classifier.predict_proba(lines).sum(axis=1), 1)
    assert np.mean(found == labels) == pytest.approx(classifier.score(lines, labels))
    assert classifier.score(lines, labels) > 0.8
    assert classifier.predict(["", "首页"])[0] == ""


def test_a_search_with_groups(labelled):
    pages, targets, sites = labelled
    search = GridSearchCV(LineClassifier(), {"policy": ["precision", "recall"]}, cv=GroupKFold(2), error_score="raise")
    search.fit(pages, targets, groups=sites)
    assert search.best_params_["policy"] in ("precision", "recall")
    assert 0.3 < search.best_score_ <= 1
    assert len(search.predict(pages)) == 5


def test_pages_in_a_pipeline(rows, cleaned):
    cleaner = PageCleaner()
    texts = [row["text"] for row in rows]
    assert cleaner.fit_transform(texts).tolist() == cleaned
    kinds = [row["id"].split("/")[1] for row in rows[5:105]]
    pipeline = make_pipeline(PageCleaner(), HashingVectorizer(analyzer="char", n_features=64), LogisticRegression())
    search = GridSearchCV(pipeline, {"pagecleaner__policy": ["precision", "recall"]}, cv=2, error_score="raise")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of kinds with one page alone
        search.fit(texts[5:105], kinds)
        assert len(cross_val_score(pipeline, texts[5:55], [n % 2 for n in range(50)], cv=2)) == 2
    assert cleaner.transform([None, ""]).tolist() == [None, ""]


def test_clones_and_files(fitted, labelled, drawn, tmp_path):
    copy = clone(LineClassifier("recall", stages=2))
    assert copy.get_params() == {"policy": "recall", "stages": 2}
    with pytest.raises(NotFittedError):
        copy.predict(["首页"])
    assert clone(PageCleaner(drawn, "recall")).transform(labelled[0]).tolist() == [
        result.text for result in Cleaner(drawn, "recall").pipe(labelled[0])
    ]
    joblib.dump(fitted, tmp_path / "lines.joblib")
    assert joblib.load(tmp_path / "lines.joblib").predict(labelled[0]).tolist() == fitted.predict(labelled[0]).tolist()


@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        (["首页", 7], ["nav", "nav"], "sample 1 is int; give a text, or a list of its lines"),
        (["首页\n正文", "首页"], ["nav", "nav"], "sample 0 has 2 lines and 1 labels; give each line one"),
        (["首页", "正文"], ["nav", "text"], "sample 1: 'text' is no label; use body, nav, spam"),
    ],
)
def test_what_cannot_be_learnt_is_told(X, y, message):
    with pytest.raises(HansiftError, match=message):
        LineClassifier().fit(X, y)


def test_samples_are_texts_or_lists_of_lines():
    assert texts_of(np.array([["a", "b"], ["c", "d"]])) == ["a\nb", "c\nd"]
    assert texts_of(pd.Series(["a", "b\nc"])) == ["a", "b\nc"]

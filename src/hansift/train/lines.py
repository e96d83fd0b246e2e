"""Training of the steps that judge each line by its own characters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from hansift.corpus.folds import folds
from hansift.corpus.labelled import LabelledPage
from hansift.features import SHAPE, Features, features_of
from hansift.features.batch import Ints
from hansift.features.context import Floats
from hansift.features.ngrams import ORDERS
from hansift.features.weighed import KINDS
from hansift.model.linear import GROUPS
from hansift.model.lines import LINE_MARGINS, MOST_GRAM, LineModel
from hansift.model.tables import UNIT
from hansift.text.restore import restore
from hansift.train.encode import Encoder, encoder
from hansift.train.logistic import Task, Weights, by_rounds, said, without_each
from hansift.train.matrix import GRAM_SCALE, gram_matrix

STRENGTH, ROUNDS = 1.0, 120
"""Inverse of the penalty on the weights, and how long they are fitted."""
SHAPE_SCALE = 0.2
"""Shape indicators beside n-grams: a smaller value is a stronger penalty."""


@dataclass(frozen=True, slots=True)
class Judges:
    """A step that judges each line by itself, fitted without each fold, to judge other layouts of that fold's pages:
    `weights` by fold.
    """

    shape: Encoder
    weights: Mapping[int, Weights]

    def mean(self) -> Weights:
        """The mean of the fits: what one of them learnt by chance the others did not, and what later steps learnt from
        is nearer to it than to a fit on all lines.
        """
        weights, bias = zip(*self.weights.values(), strict=True)
        return np.mean(weights, axis=0), np.mean(bias, axis=0)

    def __call__(self, features: Features, fold: Ints) -> Floats:
        """The margins (m, 4) of lines of those folds."""
        return said(line_matrix(gram_matrix(features), features, self.shape), fold, self.weights)

    def model(self, most: int = MOST_GRAM) -> LineModel:
        """The model that their mean makes, its weights of n-grams whole numbers within ±`most`."""
        weights, bias = self.mean()
        grams = GRAM_SCALE * weights[: -self.shape.size].reshape(ORDERS, -1, LINE_MARGINS)
        unit = float(np.abs(grams).max() / most) or 1.0
        tables = self.shape.tables(weights[-self.shape.size :] * SHAPE_SCALE)
        return LineModel(np.round(grams / unit).astype(np.min_scalar_type(-most)), unit, whole(tables), whole(bias))


PROSE = ("para", "lead", "quote", "post", "reply", "dialogue", "qa")
LISTED = ("related", "teaser", "comment")
SPUN = ("filler",)
"""Spam that is prose line by line: only its page shows that it does not belong. Held to be spam by its own words, it
made spam of every long paragraph on real pages.
"""
LONG = 40
"""Visible characters from which body without a role is prose."""


def groups_of(pages: Sequence[LabelledPage], visible: Ints) -> Ints:
    """The number in GROUPS of every line that is not blank, (m,), by its letter and role."""
    lines = [line for page in pages for line in page.lines if line.letter]
    names = []
    for line, size in zip(lines, visible.tolist(), strict=True):
        if line.letter == "b":
            names.append("prose" if line.role in PROSE or (not line.role and size >= LONG) else "short")
        else:
            spam = "prose" if line.role in SPUN else "spam"
            names.append(spam if line.letter == "s" else "list" if line.role in LISTED else "nav")
    return np.array([GROUPS.index(name) for name in names], dtype=np.int64)


KIND_OF_ROLE = {
    "byline": "byline",
    **dict.fromkeys(("notice", "footer", "ad", "leftover"), "notice"),
    "comment": "comment",
}
"""The roles of navigation that are a kind of their own."""
BODY = "body"


def kinds_of(pages: Sequence[LabelledPage]) -> Ints:
    """Of every line that is not blank, (m,), 0 for body, else the number of its kind in KINDS, from 1 on."""
    lines = (line for page in pages for line in page.lines if line.letter)
    names = [BODY if line.letter == "b" else KIND_OF_ROLE.get(line.role, "other") for line in lines]
    return np.array([(BODY, *KINDS).index(name) for name in names], dtype=np.int64)


Grouped = Callable[[Sequence[LabelledPage], Ints], Ints]
"""Gives the number of each line's group, (m,), of five, by the pages and the lines' visible characters (m,)."""


def fit_lines(
    pages: Sequence[LabelledPage], loose: Sequence[LabelledPage], grouped: Grouped, base: int
) -> tuple[Judges, Floats]:
    """The step fitted without each fold, and what those say of the pages' lines that they had not seen, (m, 4): the
    groups are held against that of number `base`. `loose` are lines to learn from that stand in no page.
    """
    every = [*pages, *loose]
    texts = [restore(page.text).text for page in every]
    features = features_of(texts)
    groups = grouped(every, features.rows.visible)
    # the folds of the pages are those of later steps, whatever else there is
    fold = np.concatenate([folds_of(pages), folds_of(loose)])[features.rows.page]
    shape = encoder(features.shape, SHAPE)
    matrix = line_matrix(widespread(gram_matrix(features), features, every), features, shape)
    first, place, weight = distinct(texts, groups, fold, whole_lines(every))
    task = Task(matrix[first], groups[first], weight, LINE_MARGINS + 1, base)
    judges = Judges(shape, without_each(task, fold[first], STRENGTH, ROUNDS))
    margins: Floats = said(task.matrix, fold[first], judges.weights)[place]
    return judges, margins[features.rows.page < len(pages)]


@by_rounds()
def fit_kinds(pages: Sequence[LabelledPage], loose: Sequence[LabelledPage] = ()) -> Judges:
    """What tells KINDS of lines from body, fitted without each fold of the pages, on `loose` lines too."""
    return fit_lines(pages, loose, lambda pages, _: kinds_of(pages), 0)[0]


def folds_of(pages: Sequence[LabelledPage]) -> Ints:
    """The fold of each page, (p,): that of its site."""
    return np.array(folds([page.site for page in pages]), dtype=np.int64)


def line_matrix(counted: sp.csr_matrix, features: Features, shape: Encoder) -> sp.csr_matrix:
    """What such a step learns on: the n-gram counts, and the indicators of shape."""
    return sp.hstack([counted, shape(features.shape) * SHAPE_SCALE], format="csr")


def whole_lines(pages: Sequence[LabelledPage]) -> npt.NDArray[np.bool_]:
    """Which of the lines that are not blank hold nothing planted beside their own text, (m,)."""
    return np.array([not line.spans for page in pages for line in page.lines if line.letter], dtype=bool)


def distinct(
    texts: Sequence[str], groups: Ints, fold: Ints, counts: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints, Floats]:
    """The first (k,) of the lines that are equal in text, group and fold, the number of every line's first (m,), and
    how many each stands for (k,), those that do not count left out: the same fit from half the rows.
    """
    lines = (line for text in texts for line in text.split("\n") if line.strip())
    number: dict[tuple[str, int, int], int] = {}
    keys = zip(lines, groups.tolist(), fold.tolist(), strict=True)
    place = np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int64)
    first = np.zeros(len(number), dtype=np.int64)
    first[place[::-1]] = np.arange(len(place))[::-1]
    number_of = np.bincount(place, weights=counts, minlength=len(number)).astype(np.float64)
    return first, place, number_of


FEWEST_SITES = 3
"""Sites on which an n-gram must stand to get a weight: what one site says does not carry to others."""


def widespread(grams: sp.csr_matrix, features: Features, pages: Sequence[LabelledPage]) -> sp.csr_matrix:
    """The n-gram counts with the columns of fewer than FEWEST_SITES sites emptied."""
    numbers = {site: i for i, site in enumerate(sorted({page.site for page in pages}))}
    site = np.array([numbers[page.site] for page in pages])[features.rows.page]
    by_site = sp.csr_matrix((np.ones(len(site)), (site, np.arange(len(site)))), shape=(len(numbers), len(site)))
    sites = np.bincount((by_site @ grams).indices, minlength=grams.shape[1])
    kept = sp.csr_matrix(grams @ sp.diags((sites >= min(FEWEST_SITES, len(numbers))).astype(np.float32)))
    kept.eliminate_zeros()
    return kept


def whole(weights: Floats) -> Any:
    """Weights in log-odds as whole numbers of 1/4096."""
    return np.round(weights * UNIT).astype(np.int32)

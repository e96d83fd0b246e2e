"""Training: scikit-learn fits every step, and its weights become the model's tables."""

from __future__ import annotations

import platform
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
import sklearn
from sklearn.exceptions import ConvergenceWarning

from hansift.corpus.folds import folds
from hansift.corpus.labelled import LETTERS, LabelledPage
from hansift.features import CONTEXT, SHAPE, Features, features_of, pieces_in, topic_in
from hansift.features.batch import Bytes, Ints
from hansift.features.context import Floats
from hansift.features.topic import Pieces, rarity_table
from hansift.model.linear import (
    GROUP_MARGINS,
    GROUPS,
    MOST_GRAM,
    UNIT,
    Model,
    list_odds,
    merged,
    page_columns,
)
from hansift.page import LABELS, Label
from hansift.text.restore import restore
from hansift.train.encode import Encoder, encoder
from hansift.train.logistic import Task, Weights, linear, said, without_each
from hansift.train.matrix import GRAM_SCALE, gram_matrix
from hansift.train.thresholds import calibration, thresholds

STAGES = 1
"""Judgements in the page; a second, by what the first made of it, did not pay on held-out sites."""
ALONE_STRENGTH = 1.0
"""Inverse of the penalty on the weights of the first step."""
PAGE_STRENGTH = 28.0
"""The inverse of the penalty of the later steps, over the number of lines, by the rule of `hansift.train.penalty`:
the strongest that is within one standard error of the least loss when whole kinds of pages are held out. Losses, in
nats, on 3,240 pages: .454 at 10, .438 at 20, .432 at 28, .427 at 40, .424 at 80, .425 at 160, standard error .010.
"""
SHAKE = (0.7, 0.7, 0.7, 1.5)
"""Standard deviations, in log-odds, by which what the first step says of a page is shifted before the later steps learn
from it: prose, short, list and spam. The pages of the web are further from any training page than these are from each
other; learnt without, a tenth of a chance of spam around a line was enough to make spam of it.
"""
ALONE_ROUNDS, PAGE_ROUNDS = 120, 100
SHAPE_SCALE = 0.2
"""Shape indicators beside n-grams: a smaller value is a stronger penalty."""

NAV = LABELS.index(Label.NAV)


@dataclass(frozen=True, slots=True)
class Judges:
    """The first step fitted without each fold, to judge other layouts of that fold's pages: `weights` by fold."""

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
        return said(alone_matrix(gram_matrix(features), features, self.shape), fold, self.weights)


@dataclass(frozen=True, slots=True)
class PageJudges:
    """The same of the last step in the page."""

    encode: Encoder
    weights: Mapping[int, Weights]

    def __call__(self, columns: Bytes, fold: Ints) -> Floats:
        """The margins (m, 2) of lines of those folds, by what the step sees of them, (f, m)."""
        return said_by_tables(self.encode, columns, fold, self.weights)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model, and what models that had not seen a line's site said of it: `heldout`, one a step, (m, 4) for the
    first, (m, 2) for the others; `judges` are those of the first step, `page_judges` those of the last.
    """

    model: Model
    features: Features
    truth: Ints
    heldout: tuple[Floats, ...]
    judges: Judges
    page_judges: PageJudges


def truth_of(pages: Sequence[LabelledPage]) -> Ints:
    """The label number of every line that is not blank, (m,)."""
    number = {letter: LABELS.index(label) for letter, label in LETTERS.items()}
    return np.array([number[line.letter] for page in pages for line in page.lines if line.letter], dtype=np.int64)


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


def fit(pages: Sequence[LabelledPage], stages: int = STAGES) -> Fitted:
    """The model fitted on the pages; a later step learns from what held-out models said in the step before."""
    with warnings.catch_warnings():
        # the number of rounds is part of the recipe: to stop early is to regularise
        warnings.simplefilter("ignore", ConvergenceWarning)
        return _fit(pages, stages)


def _fit(pages: Sequence[LabelledPage], stages: int) -> Fitted:
    texts = [restore(page.text).text for page in pages]
    features = features_of(texts)
    truth = truth_of(pages)
    fold = np.array(folds([page.site for page in pages]))[features.rows.page]

    shape_encoder = encoder(features.shape, SHAPE)
    counted = widespread(gram_matrix(features), features, pages)
    matrix = alone_matrix(counted, features, shape_encoder)
    groups = groups_of(pages, features.rows.visible)
    first, place, weight = distinct(texts, groups, fold, whole_lines(pages))
    task = Task(matrix[first], groups[first], weight, len(GROUPS), GROUPS.index("nav"))
    judges = Judges(shape_encoder, without_each(task, fold[first], ALONE_STRENGTH, ALONE_ROUNDS))
    heldout = [said(task.matrix, fold[first], judges.weights)[place]]
    weights, alone_bias = judges.mean()
    grams = GRAM_SCALE * weights[: -shape_encoder.size].reshape(len(features.grams), -1, GROUP_MARGINS)
    gram_unit = float(np.abs(grams).max() / MOST_GRAM) or 1.0
    alone = shape_encoder.tables(weights[-shape_encoder.size :] * SHAPE_SCALE)

    rarity = rarity_table(_all_pieces(features), features.rows)
    topic = topic_in(features, rarity)
    tables, biases = [], []
    shifted = shaken(heldout[0], features.rows.page)
    listed, margins = (list_odds(shifted), list_odds(heldout[0])), [merged(shifted), merged(heldout[0])]
    for _ in range(stages):
        learnt, judged = (page_columns(features, topic, *own) for own in zip(margins, listed, strict=True))
        page_encoder = encoder(learnt, (*SHAPE, *CONTEXT))
        task = Task(page_encoder(learnt), truth, np.ones(len(truth)), len(LABELS), NAV)
        weights, bias = linear(task, PAGE_STRENGTH / len(truth), PAGE_ROUNDS)
        without = without_each(task, fold, PAGE_STRENGTH / len(truth), PAGE_ROUNDS)
        margins = [said(task.matrix, fold, without), said_by_tables(page_encoder, judged, fold, without)]
        heldout.append(margins[1])
        tables.append(page_encoder.tables(weights))
        biases.append(bias)
    sharpness = calibration(margins[0], truth)
    heldout[-1] = heldout[-1] * sharpness
    tables[-1], biases[-1] = tables[-1] * sharpness, biases[-1] * sharpness
    model = Model(
        grams=np.round(grams / gram_unit).astype(np.int16),
        gram_unit=gram_unit,
        alone=whole(alone),
        stages=tuple(whole(table) for table in tables),
        alone_bias=whole(alone_bias),
        bias=whole(np.stack(biases)),
        rarity=rarity,
        thresholds=thresholds(heldout[-1], truth, features.rows.visible),
        header={"versions": versions(), "pages": len(pages), "lines": len(truth)},
    )
    sharp = {held: (own * sharpness, own_bias * sharpness) for held, (own, own_bias) in without.items()}
    return Fitted(model, features, truth, tuple(heldout), judges, PageJudges(page_encoder, sharp))


def shaken(margins: Floats, page: Ints) -> Floats:
    """The margins (m, 4) of the first step, shifted page by page; `page` (m,) is that of each line."""
    shifts = np.random.default_rng(len(page)).normal(size=(page.max(initial=0) + 1, GROUP_MARGINS)) * SHAKE
    shifted: Floats = margins + shifts[page]
    return shifted


def said_by_tables(encode: Encoder, columns: Bytes, fold: Ints, weights: Mapping[int, Weights]) -> Floats:
    """Margins (m, c) of lines with these columns (f, m), each by the fit that goes with its fold."""
    margins = np.zeros((columns.shape[1], len(next(iter(weights.values()))[1])))
    for held, (own, bias) in weights.items():
        here = np.flatnonzero(fold == held)
        for table, column in zip(encode.tables(own), columns, strict=True):
            margins[here] += table[column[here]]
        margins[here] += bias
    return margins


def alone_matrix(counted: sp.csr_matrix, features: Features, shape: Encoder) -> sp.csr_matrix:
    """What the first step learns on: the n-gram counts, and the indicators of shape."""
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


def _all_pieces(features: Features) -> Pieces:
    every = np.ones(1 << 16, dtype=np.uint8)
    return pieces_in(features, every)


def versions() -> dict[str, str]:
    """The packages and the kind of machine that shape a fit."""
    return {"python": platform.python_version(), "numpy": np.__version__, "scikit-learn": sklearn.__version__}

"""Training: scikit-learn fits every step, and its weights become the model's tables."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import sklearn

from hansift.corpus.labelled import LETTERS, LabelledPage
from hansift.features import CONTEXT, SHAPE, Features, features_of
from hansift.features.batch import Bytes, Ints
from hansift.features.context import Floats
from hansift.model.linear import GROUPS, Model, list_odds, merged, page_columns
from hansift.model.lines import LINE_MARGINS
from hansift.page import LABELS, Label
from hansift.text.restore import restore
from hansift.train.encode import Encoder, encoder
from hansift.train.lines import Judges, fit_lines, folds_of, groups_of, whole
from hansift.train.logistic import Task, Weights, by_rounds, linear, said, without_each
from hansift.train.thresholds import calibration, thresholds

STAGES = 1
"""Judgements in the page; a second, by what the first made of it, did not pay on held-out sites."""
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
PAGE_ROUNDS = 100
NAV = LABELS.index(Label.NAV)


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


@by_rounds()
def fit(pages: Sequence[LabelledPage], stages: int = STAGES, loose: Sequence[LabelledPage] = ()) -> Fitted:
    """The model fitted on the pages; a later step learns from what held-out models said in the step before, and the
    first from `loose` lines too, which stand in no page.
    """
    features = features_of([restore(page.text).text for page in pages])
    truth = truth_of(pages)
    fold = folds_of(pages)[features.rows.page]

    judges, alone = fit_lines(pages, loose, groups_of, GROUPS.index("nav"))
    heldout = [alone]

    tables, biases = [], []
    shifted = shaken(heldout[0], features.rows.page)
    listed, margins = (list_odds(shifted), list_odds(heldout[0])), [merged(shifted), merged(heldout[0])]
    for _ in range(stages):
        learnt, judged = (page_columns(features, *own) for own in zip(margins, listed, strict=True))
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
        alone=judges.model(),
        stages=tuple(whole(table) for table in tables),
        bias=whole(np.stack(biases)),
        thresholds=thresholds(heldout[-1], truth, features.rows.visible),
        header={"versions": versions(), "pages": len(pages), "lines": len(truth)},
    )
    sharp = {held: (own * sharpness, own_bias * sharpness) for held, (own, own_bias) in without.items()}
    return Fitted(model, features, truth, tuple(heldout), judges, PageJudges(page_encoder, sharp))


def shaken(margins: Floats, page: Ints, spread: Sequence[float] = SHAKE, draw: int = 0) -> Floats:
    """The margins (m, 4) of lines judged by themselves, shifted page by page, by draws of their own for each number
    `draw`; `page` (m,) is that of each line.
    """
    rng = np.random.default_rng(len(page) + draw)
    shifts = rng.normal(size=(page.max(initial=0) + 1, LINE_MARGINS)) * spread
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


def versions() -> dict[str, str]:
    """The packages and the kind of machine that shape a fit."""
    return {"python": platform.python_version(), "numpy": np.__version__, "scikit-learn": sklearn.__version__}

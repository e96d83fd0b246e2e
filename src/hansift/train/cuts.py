"""Fits the weights that find planted text inside lines, on lines whose spans are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from hansift.corpus.labelled import LabelledPage
from hansift.features.batch import Ints
from hansift.features.context import Floats
from hansift.model.cut import open_rows
from hansift.model.judge import Judged
from hansift.model.linear import CutModel, Model
from hansift.model.segments import SEGMENT, odds_of, segment_columns, segments_of, with_odds
from hansift.model.tables import UNIT
from hansift.train.encode import encoder
from hansift.train.logistic import Task, linear

LEAST = 0.04
"""Probability of spam, by its own characters alone, from which a line is looked into."""
SLACK = 1
"""Characters by which a segment may reach beyond what was planted and still be it."""
STRENGTH = 0.01
FALSE_CUTS = 0.0006
"""Share of all good body characters that may be cut, one that several segments hold counted as often."""


def fit_cuts(model: Model, pages: Sequence[LabelledPage], judged: Judged) -> Model:
    """The model with weights for cuts, fitted on what it made of the pages; without, where no page has spans."""
    rows, line_spam, page, page_spam = open_rows(judged, LEAST)
    numbers = judged.index[rows] - judged.first[page]
    truth = [pages[p].lines[n] for p, n in zip(page.tolist(), numbers.tolist(), strict=True)]
    known = [i for i, line in enumerate(truth) if line.letter == "b"]
    if not any(truth[i].spans for i in known):
        return model
    lines = [truth[i].text for i in known]
    segments = segments_of(model, lines, page[known])
    odds = odds_of(model, segments, np.arange(len(segments.owner)))
    columns = with_odds(segment_columns(segments, line_spam[known], page_spam[known]), *odds)
    planted = np.array(
        [
            any(a - SLACK <= start and end <= b + SLACK for a, b in truth[known[i]].spans)
            for i, start, end in zip(
                segments.owner.tolist(), segments.start.tolist(), segments.end.tolist(), strict=True
            )
        ]
    )
    encode = encoder(columns, SEGMENT)
    weights, bias = linear(Task(encode(columns), planted.astype(np.int64), np.ones(len(planted)), 2, 0), STRENGTH, 200)
    tables = np.round(encode.tables(weights) * UNIT).astype(np.int32)
    margin = tables[np.arange(len(SEGMENT))[:, None], columns, 0].sum(axis=0) / UNIT + bias[0]
    body = sum(len(line.text) for page in pages for line in page.lines if line.letter == "b")
    threshold = threshold_for(margin, planted, segments.end - segments.start, body)
    return replace(model, cut=CutModel(tables, round(float(bias[0]) * UNIT), threshold, LEAST))


def threshold_for(margin: Floats, planted: npt.NDArray[np.bool_], length: Ints, body: int) -> float:
    """The lowest margin at which FALSE_CUTS of the `body` characters at most are cut for nothing, or even odds."""
    order = np.argsort(-margin)
    lost = np.cumsum(np.where(planted, 0, length)[order])
    within = np.flatnonzero(lost <= FALSE_CUTS * body)
    return max(0.0, float(margin[order[within[-1]]])) if len(within) else float(margin.max(initial=0))

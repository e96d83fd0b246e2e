"""The weights for pages whose markup is known: a second head of the page step, learnt from rendered pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hansift.corpus.folds import folds
from hansift.corpus.labelled import LabelledPage
from hansift.corpus.render import bare, rendered
from hansift.features import CONTEXT, MARKS, SHAPE, Features, features_of
from hansift.features.batch import Bytes, Ints
from hansift.features.context import Floats
from hansift.features.topic import pieces
from hansift.model.linear import Model, list_odds, marked_columns, merged, page_columns
from hansift.text.html import Markup, extract
from hansift.text.restore import restore
from hansift.train import fit as fitting
from hansift.train.encode import encoder

SEED, COPIES = 7, 2
"""The draw, and the number of hands that write each labelled page; a page of the generator is written by one."""
STRENGTH = 20.0
"""Inverse of the penalty on the weights, over the number of lines."""
ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Written:
    """Pages as their HTML gives them back: features, markup, the label number of each line, its fold."""

    features: Features
    markups: Sequence[Markup]
    truth: Ints
    fold: Ints


def written(pages: Sequence[LabelledPage], fold: Mapping[str, int], seed: int, copies: int) -> Written:
    """The pages written as HTML and read again; `fold` is that of each site."""
    texts, markups, truth, of_page = [], [], [], []
    numbers = {letter: fitting.LABELS.index(label) for letter, label in fitting.LETTERS.items()}
    for page, html in rendered(pages, seed, copies):
        found = extract(html)
        assert bare(found.text) == bare(page.text), page.name
        texts.append(restore(found.text).text)
        markups.append(found.markup)
        own = [numbers[line.letter] for line in page.lines if line.letter]
        truth.extend(own)
        of_page.extend([fold[page.site]] * len(own))
    return Written(features_of(texts), markups, np.array(truth, dtype=np.int64), np.array(of_page, dtype=np.int64))

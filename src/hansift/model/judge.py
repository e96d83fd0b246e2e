"""From texts to labels: the one way that prediction goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hansift.features import Features, features_of
from hansift.features.batch import Bytes, Ints
from hansift.features.context import Floats
from hansift.model.decode import POLICIES, Policy, decode
from hansift.model.linear import Model, alone_margins, marked_margins, merged, page_margins, probabilities
from hansift.text.html import Markup

BLANK = 3
"""The label number of a blank line; 0, 1, 2 are body, nav, spam."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a batch of p pages came to: its n lines' `labels` (n,) uint8, BLANK for blank ones, and of the m that are
    not blank their `index` (m,), and the probabilities of body, nav, spam `alone` and in their page, `scores`,
    (m, 3) each, and their `visible` characters (m,); page k's lines are `first[k]` to `first[k + 1]`, and `marked[k]`,
    where there is any, whether its markup was heard.
    """

    first: Ints
    labels: Bytes
    index: Ints
    alone: Floats
    scores: Floats
    visible: Ints
    marked: tuple[bool, ...] = ()

    def heard(self, page: int) -> bool:
        """Whether a page's markup was heard."""
        return bool(self.marked) and self.marked[page]


def judge(
    model: Model, texts: Sequence[str], policy: Policy = "balanced", markups: Sequence[Markup | None] = ()
) -> Judged:
    """The labels of every line of the texts, each text a page; the same whatever pages stand beside it.

    `markups`, one a page if there are any, are heard where the model has weights for them.
    """
    features = features_of(texts)
    own = alone_margins(model, features)
    marked = tuple(model.marked is not None and markup is not None for markup in markups) or (False,) * len(texts)
    margins, threshold = in_page(model, features, own, (markups, marked), POLICIES.index(policy))
    scores = probabilities(margins)
    labels = np.full(len(features.batch.starts), BLANK, dtype=np.uint8)
    labels[features.rows.index] = decode(scores, threshold)
    rows = features.rows
    return Judged(features.batch.first, labels, rows.index, probabilities(merged(own)), scores, rows.visible, marked)


def in_page(
    model: Model,
    features: Features,
    own: Floats,
    heard: tuple[Sequence[Markup | None], tuple[bool, ...]],
    policy: int,
) -> tuple[Floats, float | Floats]:
    """The log-odds of the lines in their pages, and from where on each is kept: by markup where it is heard."""
    markups, marked = heard
    if model.marked is None or not any(marked):
        return page_margins(model, features, own), float(model.thresholds[policy])
    margins = marked_margins(model, features, own, markups)
    if all(marked):
        return margins, float(model.marked.thresholds[policy])
    here = np.array(marked)[features.rows.page]
    margins = np.where(here[:, None], margins, page_margins(model, features, own))
    return margins, np.where(here, model.marked.thresholds[policy], model.thresholds[policy])

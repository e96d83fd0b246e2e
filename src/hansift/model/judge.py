"""From texts to labels: the one way that prediction goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hansift.features import Features, features_of
from hansift.features.batch import Batch, Bytes, Ints, characters_before
from hansift.features.context import Floats
from hansift.model.decode import POLICIES, Policy, decode
from hansift.model.linear import (
    Model,
    list_odds,
    marked_margins,
    merged,
    page_margins,
    probabilities,
)
from hansift.model.lines import line_margins
from hansift.text.html import Markup

BLANK = 3
"""The label number of a blank line; 0, 1, 2 are body, nav, spam."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a batch of p pages came to: its n lines' `labels` (n,) uint8, BLANK for blank ones, and of the m that are
    not blank their `index` (m,), what each is by itself, `own` (m, 2), in log-odds of body and of spam against nav,
    the probabilities of body, nav, spam in its page, `scores` (m, 3), and their `visible` characters (m,); page k's
    lines are `first[k]` to `first[k + 1]`, and `marked[k]`, where there is any, whether its markup was heard. `spans`
    (2, n) are where each line starts and ends among the characters of all pages, a line break behind each page.
    """

    first: Ints
    spans: Ints
    labels: Bytes
    index: Ints
    own: Floats
    scores: Floats
    visible: Ints
    marked: tuple[bool, ...] = ()

    @property
    def page(self) -> Ints:
        """The page of each line that is not blank, (m,)."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.index.searchsorted(self.first)))

    def alone(self, rows: slice) -> Floats:
        """The probabilities of body, nav, spam of some lines by themselves, (k, 3)."""
        return probabilities(self.own[rows])

    def heard(self, page: int) -> bool:
        """Whether a page's markup was heard."""
        return bool(self.marked) and self.marked[page]


def judge(
    model: Model, texts: Sequence[str], policy: Policy = "balanced", markups: Sequence[Markup | None] = ()
) -> Judged:
    """The labels of every line of the texts, each text a page; the same whatever pages stand beside it.

    `markups`, one a page if there are any, are heard where the model has weights for them.
    """
    return by_policy(model, _judged(model, texts, markups), policy)


def _judged(model: Model, texts: Sequence[str], markups: Sequence[Markup | None]) -> Judged:
    """The scores of the texts' lines; no label is given yet."""
    features = features_of(texts)
    own = line_margins(model.alone, features)
    margins, rows = merged(own), features.rows
    marked = tuple(model.marked is not None and markup is not None for markup in markups) or (False,) * len(texts)
    scores = probabilities(in_page(model, features, (margins, list_odds(own)), markups, marked))
    blank = np.full(len(features.batch.starts), BLANK, dtype=np.uint8)
    return Judged(
        features.batch.first, spans_of(features.batch), blank, rows.index, margins, scores, rows.visible, marked
    )


def spans_of(batch: Batch) -> Ints:
    """Where each line starts and ends among the characters of all pages, (2, n)."""
    return characters_before(batch, np.stack([batch.starts, batch.ends])) - 1


def in_page(
    model: Model,
    features: Features,
    alone: tuple[Floats, Floats],
    markups: Sequence[Markup | None],
    marked: tuple[bool, ...],
) -> Floats:
    """The log-odds of the lines in their pages, by markup where it is heard; from those of each line `alone` and its
    log-odds of a list.
    """
    if model.marked is None or not any(marked):
        return page_margins(model, features, *alone)
    margins = marked_margins(model, features, *alone, markups)
    if all(marked):
        return margins
    here = np.array(marked)[features.rows.page]
    return np.where(here[:, None], margins, page_margins(model, features, *alone))


def by_policy(model: Model, judged: Judged, policy: Policy) -> Judged:
    """The same judgement with the labels that this policy gives."""
    labels = judged.labels.copy()
    labels[judged.index] = decode(judged.scores, threshold_of(model, judged, POLICIES.index(policy)))
    return replace(judged, labels=labels)


def threshold_of(model: Model, judged: Judged, policy: int) -> float | Floats:
    """The log-odds of body from which a line is kept, or of each row its own where markup was heard on some pages."""
    plain = float(model.thresholds[policy])
    if model.marked is None or not any(judged.marked):
        return plain
    heard = float(model.marked.thresholds[policy])
    if all(judged.marked):
        return heard
    return np.where(np.array(judged.marked)[judged.page], heard, plain)

"""From texts to labels: the one way that prediction goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hansift.features import features_of
from hansift.features.batch import Bytes, Ints
from hansift.features.context import Floats
from hansift.model.decode import POLICIES, Policy, decode
from hansift.model.linear import Model, alone_margins, merged, page_margins, probabilities

BLANK = 3
"""The label number of a blank line; 0, 1, 2 are body, nav, spam."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a batch of p pages came to: its n lines' `labels` (n,) uint8, BLANK for blank ones, and of the m that are
    not blank their `index` (m,), and the probabilities of body, nav, spam `alone` and in their page, `scores`,
    (m, 3) each, and their `visible` characters (m,); page k's lines are `first[k]` to `first[k + 1]`.
    """

    first: Ints
    labels: Bytes
    index: Ints
    alone: Floats
    scores: Floats
    visible: Ints


def judge(model: Model, texts: Sequence[str], policy: Policy = "balanced") -> Judged:
    """The labels of every line of the texts, each text a page; the same whatever pages stand beside it."""
    features = features_of(texts)
    own = alone_margins(model, features)
    scores = probabilities(page_margins(model, features, own))
    blank = np.full(len(features.batch.starts), BLANK, dtype=np.uint8)
    alone, rows = probabilities(merged(own)), features.rows
    return by_policy(model, Judged(features.batch.first, blank, rows.index, alone, scores, rows.visible), policy)


def by_policy(model: Model, judged: Judged, policy: Policy) -> Judged:
    """The same judgement with the labels that this policy gives."""
    labels = judged.labels.copy()
    labels[judged.index] = decode(judged.scores, float(model.thresholds[POLICIES.index(policy)]))
    return replace(judged, labels=labels)

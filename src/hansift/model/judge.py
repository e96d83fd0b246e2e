"""From texts to labels: the one way that prediction goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


CHUNK = 1 << 19
"""Characters judged in one go: what is said of them then stays in the processor's cache, and each call of numpy still
has thousands of lines to work on.
"""


def judge(model: Model, texts: Sequence[str], policy: Policy = "balanced") -> Judged:
    """The labels of every line of the texts, each text a page; the same whatever pages stand beside it."""
    threshold = float(model.thresholds[POLICIES.index(policy)])
    found = [_judged(model, chunk, threshold) for chunk in chunks(texts)]
    return found[0] if len(found) == 1 else _joined(found)


def chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts, at least one time, in stretches of about CHUNK characters."""
    low = size = 0
    for high, text in enumerate(texts):
        if size and size + len(text) > CHUNK:
            yield texts[low:high]
            low = high
            size = 0
        size += len(text) + 1
    yield texts[low:]


def _judged(model: Model, texts: Sequence[str], threshold: float) -> Judged:
    features = features_of(texts)
    own = alone_margins(model, features)
    scores = probabilities(page_margins(model, features, own))
    labels = np.full(len(features.batch.starts), BLANK, dtype=np.uint8)
    labels[features.rows.index] = decode(scores, threshold)
    return Judged(
        features.batch.first, labels, features.rows.index, probabilities(merged(own)), scores, features.rows.visible
    )


def _joined(found: Sequence[Judged]) -> Judged:
    lines = np.cumsum([0, *(len(one.labels) for one in found)])
    first = [one.first[:-1] + line for one, line in zip(found, lines, strict=False)]
    return Judged(
        np.concatenate([*first, lines[-1:]]),
        np.concatenate([one.labels for one in found]),
        np.concatenate([one.index + line for one, line in zip(found, lines, strict=False)]),
        np.concatenate([one.alone for one in found]),
        np.concatenate([one.scores for one in found]),
        np.concatenate([one.visible for one in found]),
    )

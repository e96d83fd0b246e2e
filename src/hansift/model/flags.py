"""What a caller should look at: pages of which nothing, or suspiciously little, was kept, and what may be spam yet."""

from __future__ import annotations

import numpy as np

from hansift.features.batch import Ints
from hansift.features.context import Floats
from hansift.model.judge import Judged
from hansift.page import LABELS, Label

EMPTIED, SPAM, GUTTED, SUSPECT = "emptied", "spam", "gutted", "suspect"
MOST_SENTENCES_LOST = 0.7
"""Share of a page's characters in lines that read like sentences that may go without a flag."""
MOST_SPAM_KEPT = 0.2
"""Share of the characters kept that may be expected to be spam without a flag: machine-spun prose is not told line by
line, but a page of it seldom looks quite right. Of the authored pages that are spam from end to end and keep lines
half are above it on held-out sites, of those without spam one in fifty.
"""
SENTENCE = 40
"""Visible characters from which a line reads like sentences."""


def flags_of(judged: Judged) -> list[tuple[str, ...]]:
    """The flags of each page: `spam`, `emptied`, `gutted`, `suspect`, or none."""
    page = np.searchsorted(judged.first, judged.index, side="right") - 1
    label = judged.labels[judged.index]
    pages = len(judged.first) - 1

    def count(mask: np.ndarray, weights: Ints | Floats | None = None) -> np.ndarray:
        return np.bincount(page[mask], weights=None if weights is None else weights[mask], minlength=pages)

    body = label == LABELS.index(Label.BODY)
    lines, kept = count(np.ones(len(page), dtype=bool)), count(body)
    spam = count(label == LABELS.index(Label.SPAM), judged.visible)
    chars = count(np.ones(len(page), dtype=bool), judged.visible)
    sentences = judged.visible >= SENTENCE
    whole, lost = (
        count(sentences, judged.visible),
        count(sentences & ~body, judged.visible),
    )
    empty = (lines > 0) & (kept == 0)
    mostly = empty & (2 * spam > chars)
    gutted = ~empty & (lost > MOST_SENTENCES_LOST * np.maximum(whole, 1))
    feared = count(body, judged.visible * judged.scores[:, LABELS.index(Label.SPAM)])
    suspect = feared > MOST_SPAM_KEPT * count(body, judged.visible)
    found = {SPAM: mostly, EMPTIED: empty & ~mostly, GUTTED: gutted, SUSPECT: suspect}
    return [tuple(name for name, on in zip(found, own, strict=True) if on) for own in np.stack([*found.values()], 1)]

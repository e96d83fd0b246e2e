"""What a caller should look at: pages of which nothing, or suspiciously little, was kept."""

from __future__ import annotations

import numpy as np

from hansift.features.batch import Ints
from hansift.model.judge import Judged
from hansift.page import LABELS, Label

EMPTIED, SPAM, GUTTED = "emptied", "spam", "gutted"
MOST_SENTENCES_LOST = 0.7
"""Share of a page's characters in lines that read like sentences that may go without a flag."""
SENTENCE = 40
"""Visible characters from which a line reads like sentences."""


def flags_of(judged: Judged) -> list[tuple[str, ...]]:
    """The flags of each page: `spam`, `emptied`, `gutted`, or none."""
    page = np.searchsorted(judged.first, judged.index, side="right") - 1
    label = judged.labels[judged.index]
    pages = len(judged.first) - 1

    def count(mask: np.ndarray, weights: Ints | None = None) -> np.ndarray:
        return np.bincount(page[mask], weights=None if weights is None else weights[mask], minlength=pages)

    lines = count(np.ones(len(page), dtype=bool))
    kept = count(label == LABELS.index(Label.BODY))
    spam = count(label == LABELS.index(Label.SPAM), judged.visible)
    chars = count(np.ones(len(page), dtype=bool), judged.visible)
    sentences = judged.visible >= SENTENCE
    whole, lost = (
        count(sentences, judged.visible),
        count(sentences & (label != LABELS.index(Label.BODY)), judged.visible),
    )
    empty = (lines > 0) & (kept == 0)
    mostly = empty & (2 * spam > chars)
    gutted = ~empty & (lost > MOST_SENTENCES_LOST * np.maximum(whole, 1))
    return [
        tuple(name for name, on in ((SPAM, s), (EMPTIED, e and not s), (GUTTED, g)) if on)
        for e, s, g in zip(empty.tolist(), mostly.tolist(), gutted.tolist(), strict=True)
    ]

"""What a caller should look at: pages of which nothing, or suspiciously little, was kept, and what may be spam yet."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

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
    page, label, pages = judged.page, judged.labels[judged.index], len(judged.first) - 1

    def total(values: npt.NDArray[np.generic]) -> Floats:
        return np.bincount(page, weights=values, minlength=pages).astype(np.float64, copy=False)

    body = label == LABELS.index(Label.BODY)
    kept_chars, chars = total(body * judged.visible), total(judged.visible)
    lines, kept = total(np.ones(len(page))), total(body)
    spam = total((label == LABELS.index(Label.SPAM)) * judged.visible)
    sentences = (judged.visible >= SENTENCE) * judged.visible
    whole, lost = total(sentences), total(sentences * ~body)
    empty = (lines > 0) & (kept == 0)
    mostly = empty & (2 * spam > chars)
    gutted = ~empty & (lost > MOST_SENTENCES_LOST * np.maximum(whole, 1))
    feared = total(body * judged.visible * judged.scores[:, LABELS.index(Label.SPAM)])
    suspect = feared > MOST_SPAM_KEPT * kept_chars
    found = {SPAM: mostly, EMPTIED: empty & ~mostly, GUTTED: gutted, SUSPECT: suspect}
    flags: list[tuple[str, ...]] = [()] * pages
    for number in np.flatnonzero(np.logical_or.reduce([*found.values()])).tolist():
        flags[number] = tuple(name for name, on in found.items() if on[number])
    return flags

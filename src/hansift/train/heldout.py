"""What models that had not seen a page's site make of it: the figures that a fit leaves behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from hansift.corpus.labelled import LabelledPage
from hansift.features.context import Floats
from hansift.model.decode import POLICIES, decode
from hansift.model.linear import probabilities
from hansift.train.audit import heldout_scores
from hansift.train.evaluate import figures, tally
from hansift.train.fit import Fitted
from hansift.train.markup import FittedMarkup
from hansift.train.outcome import Outcome, judged_outcome
from hansift.train.summary import plain

FIGURES = (
    "body_char_recall", "char_f1", "char_f1_by_page", "line_macro_f1", "clean_pages",
    "nav_chars_removed", "spam_chars_removed", "spliced_chars_cut",
)  # fmt: skip
"""The figures by which a model is judged."""


def heldout_outcome(fitted: Fitted, pages: Sequence[LabelledPage]) -> Outcome:
    """The outcome on the pages, which are the first that were fitted on, at policy `balanced`; nothing is cut."""
    sourced = [replace(page, facts={"source": PurePath(page.name).parts[0], **page.facts}) for page in pages]
    scores = heldout_scores(fitted, len(pages))
    return judged_outcome(sourced, scores, decode(scores, float(fitted.model.thresholds[POLICIES.index("balanced")])))


def chosen(sums: Floats) -> dict[str, float | None]:
    """Those of FIGURES that can be measured on sums (p, k) by page."""
    every = figures(sums.sum(axis=0))
    return {name: plain(every[name]) for name in FIGURES if plain(every[name]) is not None}


def heldout_figures(fitted: Fitted, pages: Sequence[LabelledPage]) -> dict[str, dict[str, float | None]]:
    """The held-out figures by source, for the header of the model's file."""
    outcome = heldout_outcome(fitted, pages)
    sums, sources = tally(outcome), outcome.facts("source")
    found = {source: chosen(sums[[own == source for own in sources]]) for source in sorted(set(sources))}
    for values in found.values():
        # no line is cut in held-out judging
        values.pop("spliced_chars_cut", None)
    return found


def heldout_html(markup: FittedMarkup, pages: Sequence[LabelledPage], hands: int) -> dict[str, float | None]:
    """The same on the pages as HTML, each by that many hands, all together."""
    written = [page for _ in range(hands) for page in pages]
    lines = sum(1 for page in written for line in page.lines if line.letter)
    scores = probabilities(markup.margins[:lines])
    labels = decode(scores, float(markup.marked.thresholds[POLICIES.index("balanced")]))
    found = chosen(tally(judged_outcome(written, scores, labels)))
    found.pop("spliced_chars_cut", None)
    return found

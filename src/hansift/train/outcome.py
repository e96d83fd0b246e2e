"""Truth and prediction side by side, a line a row: what every measure is computed from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hansift.corpus.labelled import LabelledPage
from hansift.features.batch import Bytes, Ints
from hansift.features.context import Floats
from hansift.page import LABELS, Label, Result
from hansift.train.gold import TRUTHS
from hansift.train.texts import shared

REMOVED = (0.0, 1.0, 0.0)
"""Probabilities of a line of which repair left nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the m labelled lines of some pages.

    `page` and `number` (m,) say where a line stands; `truth` (m,) counts in TRUTHS, `label` (m,) in LABELS; `scores`
    (m, 3) are probabilities. In characters without white space, (m,) each: `size` of the line, `planted` of its
    planted text, `cut` of what was cut out of it, `cut_well` of the planted text among that. `texts` (p, 3) are, for
    pages of which only the main text is known, its characters, those of them kept, and those kept beside them.
    """

    pages: Sequence[LabelledPage]
    page: Ints
    number: Ints
    truth: Bytes
    label: Bytes
    scores: Floats
    size: Ints
    planted: Ints
    cut: Ints
    cut_well: Ints
    texts: Ints

    def facts(self, name: str) -> list[str]:
        """The fact of that name of each page, empty where it has none."""
        return [page.site if name == "site" else page.facts.get(name, "") for page in self.pages]

    def roles(self) -> list[str]:
        """Letter and role of each line, such as `n:menu`; empty where its author gave none."""
        lines = (self.pages[p].lines[n] for p, n in zip(self.page.tolist(), self.number.tolist(), strict=True))
        return [f"{line.letter}:{line.role}" if line.role else "" for line in lines]


def visible(text: str) -> int:
    """The characters of a text that are not white space."""
    return sum(not char.isspace() for char in text)


def covered(text: str, ranges: Iterable[tuple[int, int]]) -> set[int]:
    """The positions of the characters within the ranges that are not white space."""
    return {i for start, end in ranges for i in range(start, min(end, len(text))) if not text[i].isspace()}


def outcome_of(pages: Sequence[LabelledPage], results: Iterable[Result]) -> Outcome:
    """The outcome of cleaning the pages: `results` are of their texts, in their order."""
    places, labels, scores, characters = [], [], [], []
    texts = np.zeros((len(pages), 3), dtype=np.int64)
    for p, (page, result) in enumerate(zip(pages, results, strict=True)):
        if page.gold is not None:
            texts[p] = text_outcome(page.gold, result.text)
            continue
        cuts: dict[int, list[tuple[int, int]]] = {}
        for cut in result.cuts:
            cuts.setdefault(cut.line, []).append((cut.start, cut.end))
        for n, (gold, line) in enumerate(zip(page.lines, result.lines, strict=True)):
            if not gold.letter:
                continue
            label = line.label or Label.NAV
            planted = covered(gold.text, gold.spans)
            cut_out = covered(gold.text, cuts.get(n, ())) if label is Label.BODY else set()
            places.append((p, n, TRUTHS.index(gold.letter)))
            labels.append(LABELS.index(label))
            scores.append(line.scores or REMOVED)
            characters.append((visible(gold.text), len(planted), len(cut_out), len(cut_out & planted)))
    return replace(_outcome(pages, places, labels, scores, characters), texts=texts)


def text_outcome(gold: str, kept: str) -> tuple[int, int, int]:
    r"""Of two texts, in characters that are not white space: the first, what the second has of it, and has beside it.

    >>> text_outcome("孔乙己便涨红了脸。", "首页\n孔乙己便涨红了脸。")
    (9, 9, 2)
    """
    return visible(gold), shared(gold, kept), visible(kept) - shared(kept, gold)


def judged_outcome(pages: Sequence[LabelledPage], scores: Floats, labels: Bytes) -> Outcome:
    """The outcome of judging the m lines that are not blank, without cuts: `scores` (m, 3) and `labels` (m,)."""
    places, characters = [], []
    for p, page in enumerate(pages):
        for n, line in enumerate(page.lines):
            if line.letter:
                places.append((p, n, TRUTHS.index(line.letter)))
                characters.append((visible(line.text), len(covered(line.text, line.spans)), 0, 0))
    return _outcome(pages, places, labels.tolist(), scores.tolist(), characters)


def _outcome(
    pages: Sequence[LabelledPage],
    places: list[tuple[int, int, int]],
    labels: Sequence[int],
    scores: Sequence[Sequence[float]],
    characters: list[tuple[int, int, int, int]],
) -> Outcome:
    page, number, truth = np.array(places, dtype=np.int64).reshape(-1, 3).T
    size, planted, cut, cut_well = np.array(characters, dtype=np.int64).reshape(-1, 4).T
    return Outcome(
        pages=pages,
        page=page,
        number=number,
        truth=truth.astype(np.uint8),
        label=np.array(labels, dtype=np.uint8),
        scores=np.array(scores, dtype=np.float64).reshape(-1, len(LABELS)),
        size=size,
        planted=planted,
        cut=cut,
        cut_well=cut_well,
        texts=np.zeros((len(pages), 3), dtype=np.int64),
    )

"""What moved a line: the terms of the sums behind its scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hansift.features import CONTEXT, MARKS, SHAPE, features_of
from hansift.features.chars import tables
from hansift.features.context import Floats
from hansift.features.spec import Feature
from hansift.model.linear import (
    GROUPS,
    MARGINS,
    Model,
    list_odds,
    marked_columns,
    marked_in,
    merged,
    own_in,
    page_columns,
)
from hansift.model.lines import gram_norm, line_margins
from hansift.model.readable import meaning, readable
from hansift.model.tables import UNIT, Tables, table_sums
from hansift.text.html import Markup
from hansift.text.words import words

ALONE = tuple(group for group in GROUPS if group != "nav")
IN_PAGE = ("body", "spam")
BREAK = "⏎"


@dataclass(frozen=True, slots=True)
class Term:
    """One summand: what it is, its value in words, what that means, and what it adds to each sum.

    `pull` is what it does to the log-odds of body against all else, to first order.
    """

    name: str
    value: str
    meaning: str
    adds: tuple[float, ...]
    pull: float


@dataclass(frozen=True, slots=True)
class Step:
    """The terms of one step, the strongest first, and their sums: log-odds of each of `columns` against nav."""

    columns: tuple[str, ...]
    terms: tuple[Term, ...]
    sums: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The steps behind one line: alone, then in its page, where the last one decides."""

    alone: Step
    page: tuple[Step, ...]


Parts = Sequence[str]
"""Pieces of a line, which joined are the line."""


class Explainer:
    """Explains the lines of one page: `text` is the page as it was judged, after its repair, `markup` what was heard
    of it, if anything.
    """

    def __init__(self, model: Model, text: str, markup: Markup | None = None) -> None:
        self.model = model
        self.features = features_of([text])
        self.alone = line_margins(model.alone, self.features)
        margins, listed = merged(self.alone), list_odds(self.alone)
        self.columns, self.margins = [], []
        heard = model.marked if markup is not None else None
        marked = marked_in(self.features, [markup]) if heard else None
        own = own_in(heard.kinds, self.features, marked, margins) if heard and marked else None
        stages, pairs, bias = (
            (heard.stages, heard.pairs, heard.bias) if heard else (model.stages, model.stage_pairs, model.bias)
        )
        self.stages = list(zip(stages, bias, strict=True))
        for own_pairs, own_bias in zip(pairs, bias, strict=True):
            columns = page_columns(self.features, margins, listed)
            if marked and own:
                columns = marked_columns(marked, own, columns, margins)
            self.columns.append(columns)
            margins = (table_sums(own_pairs, columns, MARGINS) + own_bias) / UNIT
            self.margins.append(margins)

    def explain(self, number: int, parts: Parts | None = None) -> Explanation | None:
        """The terms of line `number`, from 0, its n-grams merged into `parts` of it if given; None for a blank line."""
        at = np.flatnonzero(self.features.rows.index == number)
        if not len(at):
            return None
        row, model = int(at[0]), self.model
        own = spread_over(parts, *self._units(number)) if parts else self._grams(number)
        sizes = float(gram_norm(self.features.size)[row]) / model.alone.unit
        grams = [(name, "", "the line's own characters", adds / sizes) for name, adds in own.items()]
        shape = feature_terms(SHAPE, self.features.shape[:, row], model.alone.tables)
        alone = [*grams, *shape, ("bias", "", "where every line starts", model.alone.bias / UNIT)]
        pages = [
            [
                *feature_terms((*SHAPE, *CONTEXT, *MARKS)[: len(columns)], columns[:, row], step),
                ("bias", "", "where every line starts", bias / UNIT),
            ]
            for columns, (step, bias) in zip(self.columns, self.stages, strict=True)
        ]
        return Explanation(
            step_of(ALONE, alone, gradient(self.alone[row])),
            tuple(
                step_of(IN_PAGE, terms, page_gradient(margins[row]))
                for terms, margins in zip(pages, self.margins, strict=True)
            ),
        )

    def _bounds(self, number: int) -> tuple[int, int]:
        """The buffer's positions of a line and its line break."""
        return int(self.features.batch.starts[number]), int(self.features.batch.ends[number]) + 1

    def _units(self, number: int) -> tuple[Floats, Floats]:
        """What the n-grams add to every unit of a line, (n, c), each one's weight dealt out over the units that it
        covers; and what the line break alone adds, (c,).
        """
        start, end = self._bounds(number)
        units = np.zeros((end - start + 1, len(ALONE)))
        ends = np.zeros(len(ALONE))
        for order, (weights, at) in enumerate(zip(self.model.alone.grams, self.features.grams, strict=True)):
            for position in range(start, end):
                covered = np.arange(max(position - order, start), min(position, end - 2) + 1) - start
                if len(covered):
                    units[covered] += weights[at[position]] / len(covered)
                else:
                    ends += weights[at[position]]
        return units[: end - start - 1], ends

    def _grams(self, number: int) -> dict[str, Floats]:
        """The n-grams of a line, each with what all its occurrences add."""
        start, end = self._bounds(number)
        folded = tables().fold[self.features.batch.units]
        found: dict[str, Floats] = {}
        for order, (weights, at) in enumerate(zip(self.model.alone.grams, self.features.grams, strict=True)):
            for position in range(start, end):
                low = position - order
                gram = spelled(folded[low : position + 1]) if low >= start - 1 else "over the line's start"
                found[gram] = found.get(gram, np.zeros(len(ALONE))) + weights[at[position]]
        return found


def word_parts(text: str) -> list[str]:
    """The words of a line, as it has them, but found in Simplified characters: jieba's dictionary knows these best."""
    units = tables().fold[np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")]
    plain = units.astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")
    if len(plain) != len(text):
        return words(text)
    ends = np.cumsum([len(word) for word in words(plain)]).tolist()
    return [text[start:end] for start, end in pairwise([0, *ends])]


def spelled(units: np.ndarray) -> str:
    """An n-gram as it can be printed."""
    text = units.astype("<u2").tobytes().decode("utf-16-le", "replace")
    return f"「{text.replace(chr(10), BREAK)}」"


def spread_over(parts: Parts, units: Floats, ends: Floats) -> dict[str, Floats]:
    """What each part adds, all its occurrences together."""
    found: dict[str, Floats] = {f"「{BREAK}」": ends}
    at = 0
    for part in parts:
        size = len(part.encode("utf-16-le", "surrogatepass")) // 2
        name = f"「{part}」" if part.strip() else "blanks"
        found[name] = found.get(name, np.zeros(len(ends))) + units[at : at + size].sum(axis=0)
        at += size
    return found


Raw = tuple[str, str, str, Floats]


def feature_terms(features: Sequence[Feature], values: np.ndarray, weights: Tables) -> list[Raw]:
    """The terms of the features of one line: `values` (f,) bytes, `weights` (f, 256, c)."""
    return [
        (feature.name, readable(feature.name, byte), meaning(feature), table[byte] / UNIT)
        for feature, byte, table in zip(features, values.tolist(), weights, strict=True)
    ]


def step_of(columns: tuple[str, ...], raw: Sequence[Raw], direction: Floats) -> Step:
    """The step with these terms; `direction` (c,) is how much the log-odds of body follow each column."""
    terms = [
        Term(name, value, meaning, tuple(adds.tolist()), float(adds @ direction)) for name, value, meaning, adds in raw
    ]
    terms.sort(key=lambda term: (-abs(term.pull), term.name))
    sums = np.sum([adds for *_, adds in raw], axis=0)
    return Step(columns, tuple(terms), tuple(sums.tolist()))


def page_gradient(margins: Floats) -> Floats:
    """How the log-odds of body against the rest follow body and spam, (2,)."""
    return np.array([1.0, -1 / (1 + np.exp(-margins[1]))])


def gradient(margins: Floats) -> Floats:
    """How the log-odds of body against the rest follow the groups of the first step, (4,)."""
    power = np.exp(np.append(margins, 0.0) - max(0.0, float(margins.max())))
    is_body = np.array([name in ("prose", "short") for name in ALONE] + [False])
    slope = np.where(is_body, power / power[is_body].sum(), -power / power[~is_body].sum())
    own: Floats = slope[:-1]
    return own

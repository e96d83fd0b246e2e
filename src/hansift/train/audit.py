"""Doubts about labelled data: labels that held-out models find improbable, and leaks between folds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from hansift.corpus.folds import folds
from hansift.corpus.labelled import LabelledPage
from hansift.features.chars import tables
from hansift.features.context import Floats
from hansift.model.linear import probabilities
from hansift.page import LABELS
from hansift.train.fit import Fitted

LONG = 30
"""Characters from which two like lines are a leak: shorter ones are everywhere."""
SHINGLE = 6
SKETCH = 4
"""Smallest shingles of a line, by hash, of which two near-duplicates share one."""
ALIKE = 0.8
"""Share of the shingles of both that near-duplicates have in common."""
_SITE = re.compile(r"[\W_]|^www|网站?$|官网$|論壇$|论坛$")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line whose label a model that never saw its site finds improbable; `number` counts from 0."""

    page: LabelledPage
    number: int
    label: str
    instead: str
    probability: float


@dataclass(frozen=True, slots=True)
class Leak:
    """Two pages or lines that should not stand as they do: what is alike, what is wrong with it, and where."""

    what: str
    fault: str
    here: str
    there: str


def doubts(pages: Sequence[LabelledPage], fitted: Fitted, below: float = 0.05) -> list[Doubt]:
    """The lines whose label has a held-out probability below that, the least probable first.

    `fitted` may be of more pages, as long as these come first.
    """
    scores = heldout_scores(fitted, len(pages))
    rows = [(page, number) for page in pages for number, line in enumerate(page.lines) if line.letter]
    truth = fitted.truth[: len(scores)]
    chance = scores[np.arange(len(scores)), truth]
    found = [
        Doubt(*rows[row], str(LABELS[truth[row]]), str(LABELS[scores[row].argmax()]), float(chance[row]))
        for row in np.flatnonzero(chance < below).tolist()
    ]
    return sorted(found, key=lambda doubt: (doubt.probability, doubt.page.name, doubt.number))


def heldout_scores(fitted: Fitted, pages: int) -> Floats:
    """Probabilities (m, 3) of the lines of the first so many pages, by models that saw none of their sites."""
    mine = fitted.features.rows.page < pages
    return probabilities(fitted.heldout[-1][mine])


def leaks(pages: Sequence[LabelledPage]) -> Iterator[Leak]:
    """Sites that two folds share under two names, and long lines near-equal in two folds or under two labels."""
    fold = folds([page.site for page in pages])
    yield from _sites(pages, fold)
    lines = [(p, number) for p, page in enumerate(pages) for number, line in enumerate(page.lines) if line.letter]
    shingles = [_shingles(folded(pages[p].lines[number].text)) for p, number in lines]
    for a, b in sorted(_alike(shingles)):
        (page, i), (other, j) = lines[a], lines[b]
        here, there = pages[page].lines[i], pages[other].lines[j]
        places = f"{pages[page].name}:{i + 1}", f"{pages[other].name}:{j + 1}"
        if here.letter != there.letter:
            yield Leak(here.text.strip(), f"labelled {here.letter} and {there.letter}", *places)
        elif fold[page] != fold[other]:
            yield Leak(here.text.strip(), f"in folds {fold[page]} and {fold[other]}", *places)


def _sites(pages: Sequence[LabelledPage], fold: Sequence[int]) -> Iterator[Leak]:
    first: dict[str, int] = {}
    for p, page in enumerate(pages):
        other = first.setdefault(_SITE.sub("", folded(page.site)) or page.site, p)
        if fold[other] != fold[p]:
            fault = f"one site, in folds {fold[other]} and {fold[p]}"
            yield Leak(f"{pages[other].site} = {page.site}", fault, pages[other].name, page.name)


def folded(text: str) -> str:
    """The text in one script and width, without anything but letters and digits."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    plain = tables().fold[units].astype("<u2").tobytes().decode("utf-16-le", "replace")
    return re.sub(r"[\W_]", "", plain)


def _shingles(text: str) -> frozenset[int]:
    """The hashes of a long line's runs of characters, none for a short line."""
    if len(text) < LONG:
        return frozenset()
    return frozenset(crc32(text[i : i + SHINGLE].encode("utf-8", "replace")) for i in range(len(text) - SHINGLE + 1))


def _alike(shingles: Sequence[frozenset[int]]) -> set[tuple[int, int]]:
    """The pairs of sets that have most in common, each found by a shingle among the smallest of both."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, own in enumerate(shingles):
        for shingle in sorted(own)[:SKETCH]:
            holders[shingle].append(number)
    pairs = {(a, b) for group in holders.values() for i, a in enumerate(group) for b in group[i + 1 :]}
    return {
        (a, b) for a, b in pairs if len(shingles[a] & shingles[b]) >= ALIKE * max(len(shingles[a]), len(shingles[b]))
    }

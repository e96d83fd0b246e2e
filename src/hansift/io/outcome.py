"""From verdicts to cleaned texts and counts, by arrays: what a Result says, without one Line being built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hansift.cleaner import Verdicts
from hansift.features.batch import Bytes, Ints
from hansift.model.judge import BLANK
from hansift.page import LABELS, Cut, replaced
from hansift.text.restore import Restored

BODY = 0


class Outcome(NamedTuple):
    """A batch cleaned: the texts of its pages, and what is counted."""

    texts: list[str]
    counts: Counter[str]


def outcome_of(verdicts: Verdicts) -> Outcome:
    """The cleaned texts and counts of a batch; the same texts as those of its Results."""
    pages, first, labels = verdicts.pages, verdicts.judged.first, verdicts.judged.labels
    starts, ends = verdicts.judged.spans
    texts = [
        kept_text(page.text.split("\n"), labels[low:high].tolist(), cuts)
        if cuts
        else "\n".join([page.text[begin:end] for begin, end in runs])
        for page, runs, (low, high), cuts in zip(
            pages, runs_of(labels, first, starts, ends), pairwise(first.tolist()), verdicts.cuts, strict=True
        )
    ]
    return Outcome(texts, _counted(verdicts, starts, ends))


def runs_of(labels: Bytes, first: Ints, starts: Ints, ends: Ints) -> Iterator[list[tuple[int, int]]]:
    """Of each page the stretches of its text that joined by line breaks are the cleaned one; `starts` and `ends` (n,)
    are the lines' characters among those of all pages.
    """
    mask, gaps = standing(labels, first)
    apart = np.zeros(len(mask), dtype=np.bool_)
    apart[gaps] = (ends > starts)[gaps]  # stands as an empty line, its blanks do not
    opens, closes = mask.copy(), mask.copy()
    opens[1:] &= ~mask[:-1] | apart[:-1] | apart[1:]
    closes[:-1] &= ~mask[1:] | apart[:-1] | apart[1:]
    # every page has a line
    opens[first[:-1]], closes[first[1:] - 1] = mask[first[:-1]], mask[first[1:] - 1]
    opened, closed = np.flatnonzero(opens), np.flatnonzero(closes)
    page = np.searchsorted(first, opened, side="right") - 1
    origin = starts[first[page]]
    begin, end = starts[opened] - origin, np.where(apart[opened], starts[closed], ends[closed]) - origin
    found = list(zip(begin.tolist(), end.tolist(), strict=True))
    for low, high in pairwise(np.searchsorted(page, np.arange(len(first))).tolist()):
        yield found[low:high]


def standing(labels: Bytes, first: Ints) -> tuple[npt.NDArray[np.bool_], Ints]:
    """Which lines stand in the cleaned texts, (n,), and the numbers of those among them that are blank.

    Of a run of blank lines, not counting what is removed, the first stands if body comes before and after it.
    """
    body = labels == BODY
    total = np.concatenate([[0], np.cumsum(body)])
    stay = np.flatnonzero(body | (labels == BLANK))
    blank = ~body[stay]
    page = np.searchsorted(first, stay, side="right") - 1
    follows = np.zeros(len(stay), dtype=np.bool_)
    follows[1:] = ~blank[:-1] & (page[1:] == page[:-1])
    gaps = stay[blank & follows & (total[first[page + 1]] > total[stay])]
    mask = body.copy()
    mask[gaps] = True
    return mask, gaps


def kept_text(lines: Sequence[str], labels: Sequence[int], cuts: Sequence[Cut] = ()) -> str:
    """The cleaned text of one page, line by line, its cuts taken out."""
    spans: dict[int, list[Cut]] = {}
    for cut in cuts:
        spans.setdefault(cut.line, []).append(cut)
    kept: list[str] = []
    for number, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label == BODY:
            kept.append(without(line, spans[number]) if number in spans else line)
        elif label == BLANK and kept and kept[-1]:
            kept.append("")
    return "\n".join(kept).strip("\n")


def without(line: str, cuts: Sequence[Cut]) -> str:
    """The line less its cuts.

    >>> without("正文鸿运88棋牌正文", [Cut(0, 2, 8)])
    '正文正文'
    """
    in_order = sorted(cuts, key=lambda cut: cut.start)
    return replaced(line, 0, len(line), [("cut", cut.start, cut.end, "") for cut in in_order])


def _counted(verdicts: Verdicts, starts: Ints, ends: Ints) -> Counter[str]:
    labels, first = verdicts.judged.labels, verdicts.judged.first
    sizes = ends - starts
    cut = 0
    counts: Counter[str] = Counter()
    for number, page in enumerate(verdicts.pages):
        if page.steps:
            sizes[first[number] : first[number + 1]] = [len(line) for line in page.original.split("\n")]
            counts.update(f"repairs.{step.repair}" for step in page.steps)
        for span in verdicts.cuts[number]:
            begin = int(starts[first[number] + span.line] - starts[first[number]])
            start, end = in_original(page, span, begin)
            cut += end - start
            counts["cuts"] += 1
    of_lines = np.bincount(labels, minlength=BLANK + 1)
    of_characters = np.bincount(labels, weights=sizes, minlength=BLANK + 1).astype(np.int64)
    for kind, found in (("lines", of_lines.tolist()), ("characters", of_characters.tolist())):
        gone = cut if kind == "characters" else 0
        counts[f"{kind}.in"] += sum(found)
        counts[f"{kind}.kept"] += found[BODY] - gone
        counts[f"{kind}.removed"] += found[1] + found[2] + gone
        counts[f"{kind}.blank"] += found[BLANK]
        for label, amount in zip(LABELS, found, strict=False):
            counts[f"labels.{kind}.{label}"] += amount
    counts["pages.flagged"] += sum(map(bool, verdicts.flags))
    counts.update(f"flags.{flag}" for flags in verdicts.flags for flag in flags)
    return counts


def in_original(page: Restored, cut: Cut, begin: int) -> tuple[int, int]:
    """Start and end of a cut in the page's original text; `begin` is where its line begins in the judged one."""
    return page.to_original(begin + cut.start), page.to_original(begin + cut.end)

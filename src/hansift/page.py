"""What a page is made of, and what is said of it: labels, lines, cuts, results. Frozen values."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any


class Label(StrEnum):
    """What a line is: the article's, the site's, or a hijacker's.

    >>> Label("nav") is Label.NAV, [str(label) for label in Label]
    (True, ['body', 'nav', 'spam'])
    """

    BODY = "body"
    NAV = "nav"
    SPAM = "spam"


LABELS: tuple[Label, ...] = tuple(Label)
"""The labels in the order of the columns of every array of scores."""

Scores = tuple[float, float, float]
"""Probabilities of body, nav, spam; they sum to 1."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A span of spam inside a line that is kept: half-open, in characters of the original line."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What a page's markup says of a line.

    `tag` is the element of the block around it, `around` that of the block around that, each one of a few kinds;
    `titled` is how far it is what the document's title says, 0 to 1; `link`, `bold`, `alt` and `hidden` are shares of
    its characters in links, in bold, in place of images, and not shown; `depth`, `lists` and `tables` count what it
    stands in; `names` has, of each kind of class name or id around it, such as `nav` or `content`, how many elements
    up the nearest is.
    """

    tag: str
    around: str
    titled: float
    link: float
    bold: float
    alt: float
    hidden: float
    depth: int
    lists: int
    tables: int
    names: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, without its line break.

    `start` and `end` are offsets in the original text; `label` is None for a blank line; `alone` is what the
    line's own characters say, `scores` what they say in their page; `marks` what its markup says, None for text.
    """

    number: int
    start: int
    end: int
    text: str
    label: Label | None = None
    scores: Scores | None = None
    alone: Scores | None = None
    marks: Marks | None = None

    @property
    def kept(self) -> bool:
        """Whether the line stays: it is body, or blank."""
        return self.label is None or self.label is Label.BODY


Repair = tuple[str, int, int, str]
"""Name of a repair, start and end in the original text, and what came in their place."""


@dataclass(frozen=True)
class Result:
    """A page judged line by line; `str(result)` and `result.text` are its body.

    `cuts` are in characters of the original lines, `repairs` in characters of the original text, sorted. `flags`
    say what a caller should look at: `emptied` (no line was kept), `spam` (the page is spam from end to end),
    `gutted` (most of what reads like sentences was removed), `suspect` (a fifth or more of what was kept may be
    expected to be spam, as on machine-spun pages). `markup` says whether the page's markup was heard.
    """

    original: str
    lines: tuple[Line, ...]
    cuts: tuple[Cut, ...] = ()
    flags: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    markup: bool = False

    @cached_property
    def text(self) -> str:
        """The body: kept lines without the cut spans; runs of blank lines as one, none at the ends."""
        spans: dict[int, list[Cut]] = {}
        for cut in self.cuts:
            spans.setdefault(cut.line, []).append(cut)
        kept: list[str] = []
        for line in self.lines:
            if line.label is None:
                if kept and kept[-1]:
                    kept.append("")
            elif line.kept:
                kept.append(self._without(line, spans[line.number]) if line.number in spans else line.text)
        return "\n".join(kept).strip("\n")

    def _without(self, line: Line, cuts: list[Cut]) -> str:
        gone = sorted(("cut", line.start + cut.start, line.start + cut.end, "") for cut in cuts)
        starts = [start for _, start, _, _ in gone]
        low, high = (bisect_left(self.repairs, at, key=lambda repair: repair[1]) for at in (line.start, line.end + 1))
        mended = [
            repair
            for repair in self.repairs[low:high]
            # the last cut that begins before its end is the only one that can overlap it
            if repair[2] <= line.end and not ((at := bisect_left(starts, repair[2])) and repair[1] < gone[at - 1][2])
        ]
        return replaced(self.original, line.start, line.end, sorted(gone + mended, key=lambda edit: edit[1]))

    @property
    def kept(self) -> tuple[Line, ...]:
        """The lines of the body."""
        return tuple(line for line in self.lines if line.label is Label.BODY)

    @property
    def removed(self) -> tuple[Line, ...]:
        """The lines taken out, each with its label."""
        return tuple(line for line in self.lines if not line.kept)

    @property
    def removed_ratio(self) -> float:
        """The share of the original page's characters that was removed, 0 to 1; 0 for an empty page."""
        total = sum(line.end - line.start for line in self.lines)
        gone = sum(line.end - line.start for line in self.removed) + sum(cut.end - cut.start for cut in self.cuts)
        return gone / total if total else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values, ready for JSON; `markup` is there where it is true."""
        return {
            "labels": [line.label and str(line.label) for line in self.lines],
            "scores": [line.scores and list(line.scores) for line in self.lines],
            "cuts": cuts_by_line(self.cuts),
            "flags": list(self.flags),
            "repairs": [list(repair) for repair in self.repairs],
            **({"markup": True} if self.markup else {}),
        }

    def __str__(self) -> str:
        return self.text


def replaced(text: str, start: int, end: int, edits: Iterable[Repair]) -> str:
    """`text[start:end]` with the edits done; they are sorted and do not overlap.

    >>> replaced("正文鸿运88棋牌正文", 0, 10, [("cut", 2, 8, "")])
    '正文正文'
    """
    pieces: list[str] = []
    at = start
    for _, begin, stop, new in edits:
        pieces += (text[at:begin], new)
        at = stop
    return "".join((*pieces, text[at:end]))


def cuts_by_line(cuts: tuple[Cut, ...]) -> dict[str, list[list[int]]]:
    """The cuts as JSON carries them: line number, as text, to its list of [start, end].

    >>> cuts_by_line((Cut(2, 0, 4),))
    {'2': [[0, 4]]}
    """
    table: dict[str, list[list[int]]] = {}
    for cut in cuts:
        table.setdefault(str(cut.line), []).append([cut.start, cut.end])
    return table

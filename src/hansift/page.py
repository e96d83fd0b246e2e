"""What a page is made of, and what is said of it: labels, lines, cuts, results. Frozen values."""

from __future__ import annotations

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
class Line:
    """One line of a page, without its line break.

    `start` and `end` are offsets in the original text; `label` is None for a blank line; `alone` is what the
    line's own characters say, `scores` what they say in their page.
    """

    number: int
    start: int
    end: int
    text: str
    label: Label | None = None
    scores: Scores | None = None
    alone: Scores | None = None

    @property
    def kept(self) -> bool:
        """Whether the line stays: it is body, or blank."""
        return self.label is None or self.label is Label.BODY


@dataclass(frozen=True)
class Result:
    """A page judged line by line; `str(result)` and `result.text` are its body."""

    original: str
    lines: tuple[Line, ...]
    cuts: tuple[Cut, ...] = ()
    flags: tuple[str, ...] = ()

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
                kept.append(without(line.text, spans.get(line.number, ())))
        return "\n".join(kept).strip("\n")

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
        """The share of the page's characters that was removed, 0 to 1; 0 for an empty page."""
        total = sum(len(line.text) for line in self.lines)
        gone = sum(len(line.text) for line in self.removed) + sum(cut.end - cut.start for cut in self.cuts)
        return gone / total if total else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values, ready for JSON."""
        return {
            "labels": [line.label and str(line.label) for line in self.lines],
            "scores": [line.scores and list(line.scores) for line in self.lines],
            "cuts": cuts_by_line(self.cuts),
            "flags": list(self.flags),
        }

    def __str__(self) -> str:
        return self.text


def without(text: str, cuts: tuple[Cut, ...] | list[Cut]) -> str:
    """The text less the cut spans.

    >>> without("正文鸿运88棋牌正文", [Cut(0, 2, 8)])
    '正文正文'
    """
    for cut in sorted(cuts, key=lambda cut: -cut.start):
        text = text[: cut.start] + text[cut.end :]
    return text


def cuts_by_line(cuts: tuple[Cut, ...]) -> dict[str, list[list[int]]]:
    """The cuts as JSON carries them: line number, as text, to its list of [start, end].

    >>> cuts_by_line((Cut(2, 0, 4),))
    {'2': [[0, 4]]}
    """
    table: dict[str, list[list[int]]] = {}
    for cut in cuts:
        table.setdefault(str(cut.line), []).append([cut.start, cut.end])
    return table

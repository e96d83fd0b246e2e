"""Restore a page's text: undo what a hijack did to it, and tell what was undone.

Each repair is a function from a text to the steps that mend it; `repairs` lists them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from math import inf
from typing import Any

from hansift.text.edits import Step, apply, compose
from hansift.text.signs import HAN, INVISIBLE, JOINERS, LINE_END, PRIVATE, SYLLABLE

__all__ = ["Restored", "Step", "restore"]

# One scan for what any repair begins with; the first character class keeps it fast on clean text.
_SUSPECT = re.compile(
    f"[{INVISIBLE}{JOINERS}{PRIVATE}(（<,，](?:"
    f"(?<=[{INVISIBLE}{JOINERS}{PRIVATE}])"
    f"|(?<=[{HAN}][(（]) ?{SYLLABLE} ?[)）]"
    "|(?<=<)/?[a-z]{1,12} id="
    "|(?<=[,，])[,，])"
)
_MOST_PASSES = 8  # real pages need one; the bound is for text made to need many


@dataclass(frozen=True, slots=True)
class Restored:
    """A text restored, the text it was, and the steps from one to the other, sorted, none overlapping."""

    text: str
    original: str
    steps: tuple[Step, ...]
    _anchors: list[tuple[int, int, float]] = field(default_factory=list, init=False, repr=False, compare=False)

    def to_original(self, position: int) -> int:
        """The position in the original text of a position in the restored one; never falls."""
        if not self._anchors:
            self._anchors.extend(_anchors(self.steps))
        start, origin, last = self._anchors[bisect_right(self._anchors, (position, inf)) - 1]
        return int(min(origin + position - start, last, len(self.original)))

    def clear(self, position: int, back: bool = False) -> int:
        """The position, or where it is within what a step put in, the end of that; with `back` its beginning."""
        if not self._anchors:
            self._anchors.extend(_anchors(self.steps))
        row = bisect_right(self._anchors, (position, inf)) - 1
        start, _, last = self._anchors[row]
        within = last < inf and position > start
        return position if not within else start if back else self._anchors[row + 1][0]

    def to_dict(self) -> dict[str, Any]:
        """The text and its steps as plain values, ready for JSON."""
        steps = [{**step._asdict(), "old": self.original[step.start : step.end]} for step in self.steps]
        return {"text": self.text, "steps": steps}


def restore(text: str) -> Restored:
    """The text with everything undone that a hijack is known to do to a page; the same object if nothing."""
    if not _is_suspect(text):
        return Restored(text, text, ())
    from hansift.text.repairs import REPAIRS  # their expressions take long to compile, and most text needs none

    steps: list[Step] = []
    current = text
    for _ in range(_MOST_PASSES):
        before = current
        for find in REPAIRS.values():
            edits = find(current)
            if edits:
                steps = compose(steps, edits, current)
                current = apply(current, edits)
        if current is before or not _is_suspect(current):
            break
    return Restored(current, text, tuple(steps))


def _is_suspect(text: str) -> bool:
    """Whether the text has anything that a repair begins with."""
    return bool(_SUSPECT.search(text)) or LINE_END in text


def _anchors(steps: tuple[Step, ...]) -> list[tuple[int, int, float]]:
    """Rows (position restored, position in the original, the last one) of stretches kept or replaced."""
    rows: list[tuple[int, int, float]] = [(0, 0, inf)]
    position = origin = 0
    for _, start, end, new in steps:
        position += start - origin
        if new:
            rows.append((position, start, end))
        position += len(new)
        origin = end
        rows.append((position, origin, inf))
    return rows

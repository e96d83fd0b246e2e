"""Edits of a text: what was replaced, where, by what; applied and composed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Step(NamedTuple):
    """One repair: the characters `start` to `end` (half-open, of the text repaired) became `new`."""

    repair: str
    start: int
    end: int
    new: str


def apply(text: str, steps: Sequence[Step]) -> str:
    """The text with every step done; the steps are sorted and do not overlap."""
    pieces = []
    position = 0
    for _, start, end, new in steps:
        pieces.append(text[position:start])
        pieces.append(new)
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def compose(earlier: Sequence[Step], later: Sequence[Step], middle: str) -> list[Step]:
    """The steps that do `earlier`, which gives `middle`, and then `later`, in one go.

    Steps of the two that overlap in `middle` become one, named for the later.
    """
    if not earlier:
        return list(later)
    result: list[Step] = []
    first = second = 0
    shift = 0  # from a position of the middle text to one before the earlier steps
    while first < len(earlier) and second < len(later):
        step, then = earlier[first], later[second]
        start = step.start - shift
        if start + len(step.new) <= then.start:
            result.append(step)
            shift = step.end - start - len(step.new)
            first += 1
        elif then.end <= start:
            result.append(_moved(then, shift))
            second += 1
        else:
            merged, first, second, shift = _merged(earlier, later, (first, second, shift), middle)
            result.append(merged)
    result.extend(earlier[first:])
    result.extend(_moved(step, shift) for step in later[second:])
    return result


def _moved(step: Step, shift: int) -> Step:
    return Step(step.repair, step.start + shift, step.end + shift, step.new)


def _merged(
    earlier: Sequence[Step], later: Sequence[Step], state: tuple[int, int, int], middle: str
) -> tuple[Step, int, int, int]:
    """One step for the overlapping ones that begin at `state`, and the state behind them."""
    first, second, shift = state
    name = later[second].repair
    start = position = end = min(earlier[first].start - shift, later[second].start)
    origin = start + shift
    pieces = []
    grown = True
    while grown:
        grown = False
        if first < len(earlier) and earlier[first].start - shift < max(end, start + 1):
            step = earlier[first]
            end = max(end, step.start - shift + len(step.new))
            shift += step.end - step.start - len(step.new)
            first, grown = first + 1, True
        if second < len(later) and later[second].start < max(end, start + 1):
            then = later[second]
            pieces += [middle[position : then.start], then.new]
            position = then.end
            end = max(end, then.end)
            second, grown = second + 1, True
    pieces.append(middle[position:end])
    return Step(name, origin, end + shift, "".join(pieces)), first, second, shift

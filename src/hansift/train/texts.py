"""How much of a text stands in another, and which lines: pieces of eight characters, and short lines that are equal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

PIECE = 8
"""Characters of a piece: long enough that none of Chinese stands in another text by chance."""
LONG, KEPT = 12, 0.8
"""Letters from which a line is found by its pieces, and the share of them that must be there."""
_NO_LETTERS, _BREAKS = re.compile(r"\W+"), re.compile(r"[\n\t|]")


def squeezed(text: str) -> str:
    """The characters of the text that are not white space."""
    return "".join(text.split())


def standing(lines: Sequence[str], other: str) -> list[bytes]:
    """Of each line a byte a character that is not white space: 1 where it stands in the other text, 0 where not.

    A character stands there if a piece of `PIECE` characters around it does, line breaks and all other white space
    left out of both; or if its line is shorter and stands there as a line. Each place there counts once.

    >>> [flags.hex() for flags in standing(["首页", "孔乙己便涨红了脸。"], "孔乙己便涨红了脸。")]
    ['0000', '010101010101010101']
    """
    seen = [squeezed(line) for line in lines]
    whole, there = "".join(seen), squeezed(other)
    left = Counter(there[i : i + PIECE] for i in range(len(there) - PIECE + 1))
    covered = bytearray(len(whole))
    for i in range(len(whole) - PIECE + 1):
        piece = whole[i : i + PIECE]
        if left[piece] > 0:
            left[piece] -= 1
            covered[i : i + PIECE] = b"\1" * PIECE
    flags, at = [], 0
    for line in seen:
        flags.append(bytes(covered[at : at + len(line)]))
        at += len(line)
    short = Counter(line for line in map(squeezed, other.split("\n")) if len(line) < PIECE)
    # those that their neighbours place come first, so that an equal line elsewhere does not take their place
    for by_neighbours in (True, False):
        for number, line in enumerate(seen):
            if len(line) < PIECE and short[line] > 0 and all(flags[number]) == by_neighbours:
                short[line] -= 1
                flags[number] = b"\1" * len(line)
    return flags


def shared(text: str, other: str) -> int:
    r"""How many characters of a text stand in another; white space does not count.

    >>> shared("首页\n孔乙己便涨红了脸。", "孔乙己便涨红了脸。")
    9
    """
    return sum(map(sum, standing(text.split("\n"), other)))


def letters(text: str) -> str:
    """The letters, digits and underscores of a text, in lower case."""
    return _NO_LETTERS.sub("", text).lower()


def kept_lines(lines: Sequence[str], text: str) -> list[bool]:
    r"""Which lines a cleaned text holds, of whatever layout it is.

    A line of LONG letters or more is there if a share KEPT of its pieces is. A shorter one is there if a line of the
    text, or what `|` or a tab parts of one, is equal; each such accounts for one line, those with more neighbours
    there first. Where there is none, it is there if it stands within a line and the nearest decided lines around it
    both are.

    >>> kept_lines(["首页", "标题", "孔乙己便涨红了脸，额上的青筋。"], "标题\n孔乙己便涨红了脸，额上的青筋。")
    [False, True, True]
    """
    own, there = [letters(line) for line in lines], [found for line in _BREAKS.split(text) if (found := letters(line))]
    whole, joined = "".join(there), "\n".join(there)
    pieces = {whole[i : i + PIECE] for i in range(len(whole) - PIECE + 1)}
    kept: list[bool | None] = [None] * len(lines)
    short: dict[str, list[int]] = {}
    for number, line in enumerate(own):
        if len(line) >= LONG:
            total = len(line) - PIECE + 1
            kept[number] = sum(line[i : i + PIECE] in pieces for i in range(total)) >= KEPT * total
        elif line:
            short.setdefault(line, []).append(number)
    have = Counter(line for line in there if len(line) < LONG)
    for line, numbers in short.items():
        if have[line] >= len(numbers) or (not have[line] and line not in joined):
            for number in numbers:
                kept[number] = have[line] > 0
    beside = _beside(kept)
    for line, numbers in short.items():
        if 0 < have[line] < len(numbers):
            ranked = sorted(numbers, key=lambda number: (-beside[number], number))
            for place, number in enumerate(ranked):
                kept[number] = place < have[line]
    beside = _beside(kept)
    return [bool(own[i]) and beside[i] == 2 if one is None else one for i, one in enumerate(kept)]


def _beside(kept: Sequence[bool | None]) -> list[int]:
    """Of each line how many of the nearest decided ones, before and after it, are there: 0 to 2."""
    counts = [0] * len(kept)
    for order in (range(len(kept)), range(len(kept) - 1, -1, -1)):
        last = False
        for number in order:
            counts[number] += last
            one = kept[number]
            last = last if one is None else one
    return counts

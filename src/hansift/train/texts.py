"""How much of a text stands in another: pieces of eight characters, and short lines that are equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

PIECE = 8
"""Characters of a piece: long enough that none of Chinese stands in another text by chance."""


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

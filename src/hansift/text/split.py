"""A text as its lines."""

from __future__ import annotations


def offsets(text: str) -> list[tuple[int, int]]:
    r"""Start and end of every line of the text, its line break left out; only "\\n" ends a line.

    `str.splitlines` would also break at U+2028, U+0085 and others, and lines would be lost.

    >>> offsets("甲\u2028乙\n丙")
    [(0, 3), (4, 5)]
    """
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found

"""Lines out of segments of text: what a page's markup comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansift.page import Marks
from hansift.text.html.families import FAMILIES

TAGS = (
    "other", "div", "p", "li", "td", "th", "h1", "h2", "h3", "dt", "dd", "pre", "section", "span", "form", "body",
)  # fmt: skip
"""What the block around a line, and the one around that, can be: 16 kinds of elements."""
ALIKE = {
    **{tag: number for number, tag in enumerate(TAGS)},
    **dict.fromkeys(("h4", "h5", "h6", "caption", "legend"), TAGS.index("h3")),
    **dict.fromkeys(("article", "main", "nav", "aside", "header", "footer"), TAGS.index("section")),
    **dict.fromkeys(("blockquote", "figure", "figcaption", "center"), TAGS.index("div")),
    **dict.fromkeys(("html", "frameset"), TAGS.index("body")),
    **dict.fromkeys(("tr", "table", "tbody", "thead", "tfoot"), TAGS.index("td")),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), TAGS.index("li")),
    "dl": TAGS.index("dd"),
}

COUNTS = ("link", "bold", "alt", "hidden", "links", "cells")
"""Of a line: shares of its characters inside links, in bold, that stand for an image, that are not shown, in 1/255;
and the numbers of its links and of its table cells.
"""
PLACE = ("tag", "up", "depth", "lists", "tables")
TITLED = "titled"
"""How far a line is what the document's title says, in 1/255."""
"""The kind of the block around it, and of the block around that; elements, lists and tables that it stands in."""
COLUMNS = (TITLED, *COUNTS, *PLACE, *FAMILIES)
"""The columns of Markup.lines: the last are how many elements up the first is whose names are of a family, 0 none."""


@dataclass(frozen=True, slots=True)
class Markup:
    """What the markup says of a page's n lines and of the b blocks that hold them.

    `lines` (n, len(COLUMNS)) uint8; `box` (n,) the block around each line, -1 for a blank line; `boxes` (b, 5) of
    each block: the block around it, -1 for none, its first line, one past its last, a number that blocks of like tag
    and names, in like blocks, share, and how many blocks are around it. A block comes after the one around it.
    """

    lines: npt.NDArray[np.uint8]
    box: npt.NDArray[np.int64]
    boxes: npt.NDArray[np.int64]

    def marks(self, number: int) -> Marks | None:
        """What is said of a line, None for a blank one."""
        if self.box[number] < 0:
            return None
        row = self.lines[number].tolist()
        at = dict(zip(COLUMNS, row, strict=True))
        names = sorted((far, name) for name, far in zip(FAMILIES, row[-len(FAMILIES) :], strict=True) if far)
        shares = [round(at[name] / 255, 3) for name in (TITLED, *COUNTS[:4])]
        counted = [at[name] for name in PLACE[2:]]
        return Marks(TAGS[at["tag"]], TAGS[at["up"]], *shares, *counted, tuple((name, far) for far, name in names))  # type: ignore[call-arg]


@dataclass(frozen=True, slots=True)
class Extracted:
    """A page's text, laid out line by line, and its markup."""

    text: str
    markup: Markup


def markup_of(
    counts: Sequence[tuple[int, ...]], seen: Sequence[bytes], boxes: Sequence[list[int]], title: bytes
) -> Markup:
    """The markup out of what the walk noted.

    `counts` has a row a line: visible characters, characters by the first four of COUNTS, the two others, PLACE, and
    the box; `seen`, a string a line, the depth (0 none) at which each family was named last; `title`, a byte a line,
    how far it is the title.
    """
    n = len(counts)
    raw = np.array(counts, dtype=np.int64).reshape(n, 2 + len(COUNTS) + len(PLACE))
    shares = raw[:, 1:5] * 255 // np.maximum(raw[:, :1], 1)
    depth = np.frombuffer(b"".join(seen), dtype=np.uint8).reshape(n, len(FAMILIES)).astype(np.int64)
    up = np.where(depth, raw[:, 9:10] - depth + 1, 0)
    lines = np.concatenate([np.frombuffer(title, dtype=np.uint8)[:, None], shares, raw[:, 5:12], up], axis=1)
    return Markup(np.clip(lines, 0, 255).astype(np.uint8), raw[:, -1], spanned(raw[:, -1], boxes))


def spanned(box: npt.NDArray[np.int64], boxes: Sequence[list[int]]) -> npt.NDArray[np.int64]:
    """The rows of boxes with the lines that each holds: itself, or the blocks in it."""
    found = np.array(boxes, dtype=np.int64).reshape(-1, 5)
    first, end = np.full(len(found), len(box)), np.zeros(len(found), dtype=np.int64)
    here = np.flatnonzero(box >= 0)
    end[box[here]] = here + 1
    first[box[here[::-1]]] = here[::-1]
    up, low, high = found[:, 0].tolist(), first.tolist(), end.tolist()
    for number in range(len(up) - 1, -1, -1):
        outer = up[number]
        if outer >= 0:
            low[outer] = min(low[outer], low[number])
            high[outer] = max(high[outer], high[number])
    found[:, 1], found[:, 2] = low, high
    return found

"""Lines out of segments of text: what a page's markup comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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
BODY = TAGS.index("body")

COUNTS = ("link", "bold", "alt", "hidden", "links", "cells")
"""Of a line: shares of its characters inside links, in bold, that stand for an image, that are not shown, in 1/255;
and the numbers of its links and of its table cells.
"""
PLACE = ("tag", "up", "depth", "lists", "tables")
"""The kind of the block around it, and of the block around that; elements, lists and tables that it stands in."""
TITLED = "titled"
"""How far a line is what the document's title says, in 1/255."""
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
        return None if self.box[number] < 0 else marks_of(self.lines[number].tobytes())


@lru_cache(maxsize=1 << 12)
def marks_of(row: bytes) -> Marks:
    """What the columns of a line say; lines of a list have the same ones."""
    at = dict(zip(COLUMNS, row, strict=True))
    names = sorted((far, name) for name, far in zip(FAMILIES, row[-len(FAMILIES) :], strict=True) if far)
    shares = [round(at[name] / 255, 3) for name in (TITLED, *COUNTS[:4])]
    counted = [at[name] for name in PLACE[2:]]
    return Marks(TAGS[at["tag"]], TAGS[at["up"]], *shares, *counted, tuple((name, far) for far, name in names))  # type: ignore[arg-type,call-arg]


@dataclass(frozen=True, slots=True)
class Extracted:
    """A page's text, laid out line by line, and its markup."""

    text: str
    markup: Markup


def markup_of(rows: Sequence[bytes], box: Sequence[int], blocks: Sequence[list[int]], title: bytes) -> Markup:
    """The markup out of what the walk noted: of a line the bytes that are its row, but for that of `title`, and the
    number of its block; of a block its row, with only those of its lines that are not in a block within it.
    """
    lines = np.frombuffer(bytearray().join(rows), dtype=np.uint8).reshape(-1, len(COLUMNS))
    lines[:, 0] = np.frombuffer(title, dtype=np.uint8)
    for outer, _, end, _, _ in reversed(blocks):
        if outer >= 0 and blocks[outer][2] < end:
            blocks[outer][2] = end
    return Markup(lines, np.array(box, dtype=np.int64), np.array(blocks, dtype=np.int64).reshape(-1, 5))

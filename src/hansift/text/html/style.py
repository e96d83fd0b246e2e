"""What a text inherits from the elements around it: one style for all that stand alike, one box for each block."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING
from zlib import crc32

from hansift.text.html.families import FAMILIES
from hansift.text.html.tags import Tag
from hansift.text.html.tokens import BOLD, LISTS, PRE, SKIPPED

if TYPE_CHECKING:
    from hansift.text.html.moves import Move

NO_NAMES = bytes(len(FAMILIES))
SINGLE = [
    bytes((0, 255 * link, 255 * bold, 0, 255 * hidden, link, 0)) for link, bold, hidden in product((0, 1), repeat=3)
]
"""The title's column, empty, and COUNTS of a line that is one text, by whether that is in a link, in bold, hidden."""
UP = [bytes(depth - at + 1 if 0 < at <= depth else 0 for at in range(256)) for depth in range(256)]
"""By the depth of an element how many elements up another is, itself being one, by its depth."""


class Look:
    """How a text stands: in a link, in bold, hidden, skipped, preformatted, in how many lists and tables; `seen` is the
    depth, 0 none, of the last element around it with names of each family, `single` the first columns of Markup.lines
    for a line that is one such text.
    """

    __slots__ = ("bold", "hidden", "link", "lists", "pre", "seen", "single", "skip", "tables")

    def __init__(self, tag: Tag, up: Look | None, depth: int) -> None:
        name = tag.name
        if up is None:
            self.link = self.bold = self.hidden = self.skip = self.pre = False
            self.lists = self.tables = 0
            self.seen, self.single = NO_NAMES, SINGLE[0]
            return
        self.link = tag.link if name == "a" else up.link
        self.hidden = up.hidden or tag.hidden
        self.bold, self.skip, self.pre = up.bold or name in BOLD, up.skip or name in SKIPPED, up.pre or name in PRE
        self.lists, self.tables = up.lists + (name in LISTS), up.tables + (name == "table")
        if name == "li":
            self.lists = max(self.lists, 1)
        self.single = SINGLE[4 * self.link + 2 * self.bold + self.hidden]
        self.seen = up.seen
        if tag.families:
            seen = bytearray(self.seen)
            for family in tag.families:
                seen[family] = depth
            self.seen = bytes(seen)


class Style:
    """What holds in an open element: its tag, the style around it, `up`, and the look of its text.

    `odd` says whether white space counts in it or its text does not; `loose`, whether a paragraph is open that the
    start of a block ends; `moves` are what tags do in it, as far as they were met; `columns` the last ones of
    Markup.lines for a line in it, once they are known.
    """

    __slots__ = ("columns", "depth", "look", "loose", "moves", "odd", "tag", "up")

    def __init__(self, tag: Tag, up: Style | None) -> None:
        self.tag, self.up = tag, up
        self.moves: dict[Tag, Move] = {}
        self.columns = b""
        if up is None:
            self.depth, self.loose = 1, False
            look: Look = Look(tag, None, 1)
        else:
            depth = self.depth = up.depth + 1
            look = Look(tag, up.look, depth) if tag.shows else up.look
            self.loose = tag.name == "p" or (up.loose and not tag.block and not look.skip)
        self.look: Look = look
        self.odd = look.skip or look.pre

    def said(self) -> bytes:
        """The columns of depth, lists, tables, and how many elements up each family was named."""
        look, depth = self.look, self.depth
        self.columns = bytes((depth, look.lists, look.tables)) + look.seen.translate(UP[depth])
        return self.columns


class Box:
    """An open block: its tag, the box around it, and the items that it counted; its `number`, its `kinds`, the columns
    of its element and of that around it, and a number that it shares with those of like tag and names in like ones,
    `alike`, once it has a line.
    """

    __slots__ = ("alike", "items", "kinds", "number", "outer", "tag")

    def __init__(self, tag: Tag, outer: Box | None) -> None:
        self.tag, self.outer = tag, outer
        self.number, self.items = -1, 0
        self.kinds = b""
        self.alike = 1


@lru_cache(maxsize=1 << 14)
def alike_of(tag: Tag, around: int) -> int:
    """What a block shares with those of like tag and names that are in like ones: `around` is what the block around it
    shares.
    """
    return crc32(f"{tag.name}{tag.names} {around & 0xFFFF}".encode("utf-8", "replace"))

"""What a text inherits from the elements around it: one style for all that stand alike, one box for each block."""

from __future__ import annotations

from zlib import crc32

from hansift.text.html.families import FAMILIES
from hansift.text.html.lines import ALIKE
from hansift.text.html.tags import Tag
from hansift.text.html.tokens import BLOCK, BOLD, LISTS, PRE, SKIPPED

NO_NAMES = bytes(len(FAMILIES))


class Style:
    """What holds in an open element, by its tag and the style around it, `up`.

    `alike` is a number that blocks of like tag and names, in like blocks, share: its own, or that of the block around
    it; `seen` the depth, 0 none, at which each family was named last; `odd`, whether white space counts in it or its
    text does not; `loose`, whether a paragraph is open that the start of a block ends; `kids` are the styles within
    it, by their tags, as far as they were met.
    """

    __slots__ = (
        "alike", "block", "bold", "cell", "columns", "depth", "hidden", "kids", "kind", "link", "lists", "loose",
        "margin", "odd", "plain", "pre", "seen", "skip", "tables", "tag",
    )  # fmt: skip

    def __init__(self, tag: Tag, up: Style | None) -> None:
        name = self.tag = tag.name
        self.block, self.cell, self.margin = name in BLOCK, tag.cell, tag.margin
        self.kind = ALIKE.get(name, 0)
        self.kids: dict[Tag, Style] = {}
        self.columns = b""
        if up is None:
            self.depth = self.alike = 1
            self.lists = self.tables = 0
            self.link = self.bold = self.hidden = self.skip = self.pre = self.odd = self.loose = False
            self.seen, self.plain = NO_NAMES, True
            return
        self.depth = min(up.depth + 1, 255)
        self.link = tag.link if name == "a" else up.link
        self.hidden = up.hidden or tag.hidden
        self.bold, self.skip, self.pre = up.bold or name in BOLD, up.skip or name in SKIPPED, up.pre or name in PRE
        self.plain, self.odd = not (self.link or self.bold or self.hidden), self.skip or self.pre
        self.lists, self.tables = up.lists + (name in LISTS), up.tables + (name == "table")
        if name == "li":
            self.lists = max(self.lists, 1)
        self.loose = name == "p" or (up.loose and not self.block and not self.skip)
        self.seen = up.seen
        if tag.families:
            seen = bytearray(self.seen)
            for family in tag.families:
                seen[family] = self.depth
            self.seen = bytes(seen)
        self.alike = up.alike
        if self.block:
            self.alike = crc32(f"{name}{tag.names} {up.alike & 0xFFFF}".encode("utf-8", "replace"))

    def said(self) -> bytes:
        """The last columns of Markup.lines: depth, lists, tables, and how many elements up each family was named."""
        if not self.columns:
            up = (self.depth - at + 1 if at else 0 for at in self.seen)
            self.columns = bytes((self.depth, self.lists, self.tables, *up))
        return self.columns


class Box:
    """An open block: its style, the box around it, its number once it has a line, and the items that it counted."""

    __slots__ = ("items", "kinds", "number", "outer", "style")

    def __init__(self, style: Style, outer: Box | None) -> None:
        self.style, self.outer = style, outer
        self.number, self.items = -1, 0
        self.kinds = b""

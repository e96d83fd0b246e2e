"""What a tag does where it stands: from one style to the next, and to the line and the blocks on the way.

This holds the rules of HTML: which start tags end what, and which end tags end nothing. Every look outwards is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator

from hansift.text.html.style import Style
from hansift.text.html.tags import BLOCK_END, BLOCK_START, END, INLINE, LINK, RULE, Tag
from hansift.text.html.tokens import CLOSES, FENCES, TABLE_PARTS, TABLES, WALLS

DEEPEST = 250
"""Elements that can be open; what is nested deeper counts as standing in the last of them."""
LOOK = 64
"""Open elements that are looked through for the one that a tag ends."""

BREAKS, CELL, BARE, MARGIN, BULLET, NUMBER, BLOCK, OTHER = (1 << bit for bit in range(8))
"""What a tag does beside, in this order: ends the line, or begins a table's cell; drops a bullet without a line; has a
margin follow; begins an item with a bullet, or a number; begins a block; or says or shows something itself.
"""


class Move:
    """What a tag does in a style: the style behind it, what it does beside, `acts`, and how many blocks it `ends`."""

    __slots__ = ("acts", "ends", "style", "tag")

    def __init__(self, style: Style, tag: Tag) -> None:
        self.style, self.tag = style, tag
        self.acts = self.ends = 0
        act = tag.act
        if act in (BLOCK_START, RULE):
            self.begin(tag)
        elif act == BLOCK_END:
            self.end_block(tag)
        elif act == END:
            self.end(tag.name)
        elif act in (INLINE, LINK):
            if act == LINK and not style.tag.block:
                self.end("a", near=True)
            if self.style.depth < DEEPEST:
                self.style = Style(tag, self.style)
        else:
            self.acts = OTHER

    def begin(self, tag: Tag) -> None:
        """Opens a block, or a rule, which is none: closes what that ends, and the line before it."""
        if tag.name in CLOSES:
            self.implied(tag.name)
        elif self.style.loose:
            for one in around(self.style):
                if one.tag.name == "p":
                    self.close(one)
                    break
        self.acts |= (CELL if tag.cell else BREAKS) | MARGIN * tag.margin
        if tag.act == BLOCK_START and self.style.depth < DEEPEST:
            if tag.name == "li":
                self.acts |= NUMBER if self.style.tag.name == "ol" else BULLET
            self.acts |= BLOCK
            self.style = Style(tag, self.style)

    def implied(self, name: str) -> None:
        """Closes what the start of an item, a cell or a row ends by itself."""
        closes, fence = CLOSES[name], FENCES[name]
        for one in around(self.style):
            if one.tag.name in fence:
                return
            if one.tag.name in closes:
                self.close(one)
                if name not in ("li", "dt", "dd"):
                    self.implied(name)
                return

    def end(self, name: str, near: bool = False) -> None:
        """Closes the element of that name, if one is open and nothing stands against it: with `near`, no block."""
        if self.style.tag.name == name:
            self.close(self.style)
            return
        for one in around(self.style):
            if one.tag.name == name:
                self.close(one)
                return
            if one.tag.block and (name != "a" or near or one.tag.name in WALLS):
                return

    def end_block(self, tag: Tag) -> None:
        """The same of a block, and the end of the line before."""
        wall = TABLES if tag.name in TABLE_PARTS else WALLS
        for one in around(self.style, DEEPEST):
            if one.tag.name == tag.name:
                self.close(one)
                break
            if one.tag.name in wall:
                break
        if not tag.cell:
            self.acts |= BREAKS | MARGIN * tag.margin

    def close(self, last: Style) -> None:
        """Closes all elements up to that one."""
        here: Style | None = self.style
        while here is not None and here is not last.up:
            tag = here.tag
            if tag.block:
                self.acts |= (BREAKS | MARGIN * tag.margin) * (not tag.cell) | BARE * (tag.name == "li")
                self.ends += 1
            here = here.up
        assert here is not None
        self.style = here


def around(style: Style, look: int = LOOK) -> Iterator[Style]:
    """The styles of open elements from this one outwards, but for the page's own, at most one less than `look`."""
    for _ in range(look - 1):
        if style.up is None:
            return
        yield style
        style = style.up

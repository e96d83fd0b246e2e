"""Lines as they are laid out: segments of text in, lines with what is counted of them out."""

from __future__ import annotations

from html import unescape

from hansift.text.html.families import FAMILIES
from hansift.text.html.lines import ALIKE, TAGS
from hansift.text.html.tokens import BLOCK, BOLD, LISTS, PRE, SKIPPED, SPACES, WHITE

NOTHING = bytes(len(FAMILIES))
BLANK = (0,) * 12 + (-1,)
"""What is counted of a blank line: nothing, and no block."""


class Element:
    """An open element, and what the text in it inherits from those around it."""

    __slots__ = (
        "alike", "block", "bold", "box", "depth", "hidden", "item", "kind", "link", "lists",
        "number", "outer", "pre", "seen", "skip", "tables", "tag",
    )  # fmt: skip

    def __init__(self, tag: str, up: Element | None) -> None:
        self.tag = tag
        self.block = tag in BLOCK
        self.box = -1
        self.item = False
        self.number = 0
        self.kind = ALIKE.get(tag, 0)
        if up is None:
            self.outer: Element | None = None
            self.depth, self.alike = 1, 1
            self.link = self.bold = self.hidden = self.skip = self.pre = False
            self.lists = self.tables = 0
            self.seen = NOTHING
            return
        self.outer = up if up.block else up.outer
        self.depth, self.alike = min(up.depth + 1, 255), up.alike
        self.link, self.hidden = up.link, up.hidden
        self.bold, self.skip, self.pre = up.bold or tag in BOLD, up.skip or tag in SKIPPED, up.pre or tag in PRE
        self.lists, self.tables = up.lists + (tag in LISTS), up.tables + (tag == "table")
        self.seen = up.seen


class Layout:
    """The stack of open elements, the line under way, and the lines so far."""

    def __init__(self) -> None:
        self.stack = [Element("body", None)]
        self.lines: list[str] = []
        self.counts: list[tuple[int, ...]] = []
        self.seen: list[bytes] = []
        self.boxes: list[list[int]] = []
        self.parts: list[str] = []
        self.space = False
        self.margin = False
        self.cell = 0
        self.bullet = ""
        self._begin()

    def _begin(self) -> None:
        self.visible = self.link = self.bold = self.alt = self.hidden = self.links = 0
        self.best = 0
        self.place = self.stack[-1]
        self.last_link = False

    def text(self, text: str, alt: bool = False) -> None:
        """Adds the text of one place to the line under way."""
        here = self.stack[-1]
        if here.skip:
            return
        if "&" in text:
            text = unescape(text)
        if here.pre and not alt and "\n" in text:
            head, *rest = text.replace("\r", "").split("\n")
            self._put(head, alt)
            for piece in rest:
                self.line(empty=True)
                self._put(piece, alt)
            return
        if not here.pre or alt:
            text = SPACES.sub(" ", text)
            if text == " ":
                self.space = True
                return
            if text[:1] == " ":
                self.space, text = True, text[1:]
            if text[-1:] == " ":
                self._put(text[:-1], alt)
                self.space = True
                return
        self._put(text, alt)

    def _put(self, text: str, alt: bool) -> None:
        if not text:
            return
        if self.cell and self.parts:
            self.parts.append("\t\t" * self.cell)
        elif self.space and self.parts:
            self.parts.append(" ")
        self.cell, self.space = 0, False
        self.parts.append(text)
        here = self.stack[-1]
        size = len(text)
        self.visible += size
        if here.link:
            self.link += size
            self.links += not self.last_link
        self.last_link = here.link
        if here.bold:
            self.bold += size
        if alt:
            self.alt += size
        if here.hidden:
            self.hidden += size
        if size > self.best:
            self.best, self.place = size, here

    def line(self, empty: bool = False) -> None:
        """Ends the line under way; one without text is left out, or kept as a blank one."""
        self.space = False
        if not self.parts:
            if empty and self.lines:
                self._blank()
            self.cell = 0
            return
        text = "".join(self.parts).rstrip(WHITE)
        cells = self.parts.count("\t\t")
        self.parts.clear()
        self.cell = 0
        here = self.place
        if self.margin and self.lines and self.lines[-1]:
            self._blank()
        self.margin = False
        if here.lists or self.bullet:
            depth = max(here.lists, 1)
            text = "  " * depth + (self.bullet or "  ") + text
            self.bullet = ""
        block = here if here.block else here.outer or here
        outer = block.outer
        self.lines.append(text.replace("\n", " "))
        self.counts.append((
            self.visible, self.link, self.bold, self.alt, self.hidden, self.links, cells,
            block.kind, outer.kind if outer else TAGS.index("body"), here.depth, here.lists, here.tables,
            block.box if block.box >= 0 else self._box(block),
        ))  # fmt: skip
        self.seen.append(here.seen)
        self._begin()

    def _blank(self) -> None:
        self.lines.append("")
        self.counts.append(BLANK)
        self.seen.append(NOTHING)

    def _box(self, block: Element) -> int:
        """The number of a block, which it and those around it get with their first line."""
        chain = [block]
        while (outer := chain[-1].outer) is not None and outer.box < 0:
            chain.append(outer)
        for one in reversed(chain):
            one.box = len(self.boxes)
            around = one.outer.box if one.outer is not None else -1
            self.boxes.append([around, 0, 0, one.alike, self.boxes[around][-1] + 1 if around >= 0 else 0])
        return block.box

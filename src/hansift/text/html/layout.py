"""Lines as they are laid out: pieces of text in, lines with what is counted of them out."""

from __future__ import annotations

from collections.abc import Sequence

from hansift.text.html.families import FAMILIES
from hansift.text.html.lines import BODY, COUNTS, PLACE
from hansift.text.html.style import Box, Style
from hansift.text.html.tags import INLINE, Tag
from hansift.text.html.tokens import WHITE

BLANK = bytes(1 + len(COUNTS) + len(PLACE) + len(FAMILIES))
"""What is said of a blank line: nothing."""
CELLS = "\t\t"
PLAIN, LINK = bytes((0, 0, 0, 0, 0, 0)), bytes((0, 255, 0, 0, 0, 1))
"""The first columns of a line that is one text, and of one that is one link, before the number of breaks of cells."""

Piece = tuple[int, Style, Box, bool]
"""Of a piece of a line: its characters, its style, the block that it stands in, and whether it is an image's text."""


class Layout:
    """The open elements, the line under way, and the lines so far."""

    def __init__(self) -> None:
        body = Style(Tag(INLINE, "body"), None)
        self.stack, self.boxes = [body], [Box(body, None)]
        self.lines: list[str] = []
        self.rows: list[bytes] = []
        self.box: list[int] = []
        self.blocks: list[list[int]] = []
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.space = self.margin = False
        self.cell = 0
        self.bullet = ""

    def put(self, text: str, style: Style, alt: bool = False) -> None:
        """Adds a text, its white space one blank each, to the line under way."""
        if text[0] == " ":
            self.space, text = True, text[1:]
        open_end = text[-1:] == " "
        if open_end:
            text = text[:-1]
        if text:
            self.add(text, style, alt)
        if open_end:
            self.space = True

    def add(self, text: str, style: Style, alt: bool = False) -> None:
        """Adds a text as it stands to the line under way."""
        parts = self.parts
        if parts:
            if self.cell:
                parts.append(CELLS * self.cell)
            elif self.space:
                parts.append(" ")
        self.cell, self.space = 0, False
        parts.append(text)
        self.pieces.append((len(text), style, self.boxes[-1], alt))

    def preformatted(self, text: str, style: Style) -> None:
        """Adds a text line by line, its blanks as they stand."""
        for number, piece in enumerate(text.replace("\r", "").split("\n")):
            if number:
                self.end_line(empty=True)
            if piece:
                self.add(piece, style)

    def end_line(self, empty: bool = False) -> None:
        """Ends the line under way; one without text is left out, or kept as a blank one."""
        self.space, self.cell = False, 0
        if self.parts:
            self.line()
        elif empty and self.lines:
            self.blank()

    def line(self) -> None:
        """Lays out the pieces of a line."""
        text = "".join(self.parts).rstrip(WHITE)
        cells = self.parts.count(CELLS)
        if self.margin and self.lines and self.lines[-1]:
            self.blank()
        self.margin = False
        _, style, box, _ = self.pieces[0] if len(self.pieces) == 1 else max(self.pieces, key=_size)
        if style.lists or self.bullet:
            text = "  " * max(style.lists, 1) + (self.bullet or "  ") + text
            self.bullet = ""
        if text:
            self.lines.append(text.replace("\n", " "))
            self.rows.append(counted(self.pieces, cells) + self.numbered(box).kinds + style.said())
            self.box.append(box.number)
            self.blocks[box.number][2] = len(self.lines)
        else:
            self.blank()
        self.parts.clear()
        self.pieces.clear()

    def blank(self) -> None:
        """Adds a blank line."""
        self.lines.append("")
        self.rows.append(BLANK)
        self.box.append(-1)

    def numbered(self, box: Box) -> Box:
        """A block that has a number, which it and those around it get with their first line."""
        chain: list[Box] = []
        one: Box | None = box
        while one is not None and one.number < 0:
            chain.append(one)
            one = one.outer
        for new in reversed(chain):
            new.number = len(self.blocks)
            outer = new.outer
            around, deep = (-1, 0) if outer is None else (outer.number, self.blocks[outer.number][4] + 1)
            new.kinds = bytes((new.style.kind, BODY if outer is None else outer.style.kind))
            self.blocks.append([around, len(self.lines) - 1, 0, new.style.alike, deep])
        return box


def _size(piece: Piece) -> int:
    return piece[0]


def counted(pieces: Sequence[Piece], cells: int) -> bytes:
    """The first columns of Markup.lines for a line of these pieces: that of the title, empty, and COUNTS."""
    if len(pieces) == 1:
        size, style, _, alt = pieces[0]
        if not alt and not cells and (style.plain or (style.link and not style.bold and not style.hidden)):
            return (LINK if style.link else PLAIN) + b"\0"
    visible = link = bold = image = hidden = links = 0
    last = False
    for size, style, _, alt in pieces:
        visible += size
        if style.link:
            link += size
            links += not last
        last = style.link
        bold += size * style.bold
        hidden += size * style.hidden
        image += size * alt
    shares = (255 * part // visible for part in (link, bold, image, hidden))
    return bytes((0, *shares, min(links, 255), min(cells, 255)))

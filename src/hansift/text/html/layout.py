"""Lines as they are laid out: pieces of text in, lines with what is counted of them out."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from hansift.text.html.families import FAMILIES
from hansift.text.html.lines import ALIKE, BODY, COUNTS, PLACE
from hansift.text.html.style import Box, Style, alike_of
from hansift.text.html.tokens import WHITE

BLANK = bytes(1 + len(COUNTS) + len(PLACE) + len(FAMILIES))
"""What is said of a blank line: nothing."""
CELLS = "\t\t"

Piece = tuple[int, Style, Box, bool]
"""Of a piece of a line: its characters, its style, the block that it stands in, and whether it is an image's text."""


class Layout:
    """The open blocks, the line under way, and the lines so far."""

    def __init__(self, body: Style) -> None:
        self.boxes = [Box(body.tag, None)]
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
        """Adds a text, its white space one blank each and not all of it, to the line under way."""
        if self.parts:
            self.part(text[0] == " ")
        bare = text.strip(" ")
        self.cell, self.space = 0, text[-1] == " "
        self.parts.append(bare)
        self.pieces.append((len(bare), style, self.boxes[-1], alt))

    def add(self, text: str, style: Style) -> None:
        """Adds a text as it stands to the line under way."""
        if self.parts:
            self.part()
        self.cell, self.space = 0, False
        self.parts.append(text)
        self.pieces.append((len(text), style, self.boxes[-1], False))

    def part(self, space: bool = False) -> None:
        """Adds what stands between the text before and the next."""
        if self.cell:
            self.parts.append(CELLS * self.cell)
        elif self.space or space:
            self.parts.append(" ")

    def preformatted(self, text: str, style: Style) -> None:
        """Adds a text line by line, its blanks as they stand."""
        for number, piece in enumerate(text.replace("\r", "").split("\n")):
            if number:
                self.break_line()
            if piece:
                self.add(piece, style)

    def end_line(self) -> None:
        """Ends the line under way; one without text is left out."""
        self.space, self.cell = False, 0
        if self.parts:
            self.line()

    def break_line(self) -> None:
        """Ends the line under way; one without text is a blank one, but for the first."""
        if self.parts or not self.lines:
            self.end_line()
        else:
            self.blank()
            self.space, self.cell = False, 0

    def line(self) -> None:
        """Lays out the pieces of a line."""
        parts, pieces, lines = self.parts, self.pieces, self.lines
        text = "".join(parts).rstrip(WHITE)
        if self.margin:
            if lines and lines[-1]:
                self.blank()
            self.margin = False
        piece = pieces[0] if len(pieces) == 1 else max(pieces, key=itemgetter(0))
        _, style, box, alt = piece
        lists = style.look.lists
        if lists or self.bullet:
            text = "  " * max(lists, 1) + (self.bullet or "  ") + text
            self.bullet = ""
        if text:
            if box.number < 0:
                self.number(box)
            first = style.look.single if len(parts) == 1 and not alt else counted(pieces, parts.count(CELLS))
            lines.append(text)
            self.rows.append(first + box.kinds + (style.columns or style.said()))
            self.box.append(box.number)
            self.blocks[box.number][2] = len(lines)
        else:
            self.blank()
        parts.clear()
        pieces.clear()

    def blank(self) -> None:
        """Adds a blank line."""
        self.lines.append("")
        self.rows.append(BLANK)
        self.box.append(-1)

    def number(self, box: Box) -> None:
        """Gives a block its number with its first line, and before it those around it that have none."""
        outer, around, deep, kind = box.outer, -1, 0, BODY
        if outer is not None:
            if outer.number < 0:
                self.number(outer)
            around, deep, kind = outer.number, self.blocks[outer.number][4] + 1, outer.kinds[0]
            box.alike = alike_of(box.tag, outer.alike)
        box.number, box.kinds = len(self.blocks), bytes((ALIKE.get(box.tag.name, 0), kind))
        self.blocks.append([around, len(self.lines), 0, box.alike, deep])


def counted(pieces: Sequence[Piece], cells: int) -> bytes:
    """The first columns of Markup.lines for a line of these pieces: that of the title, empty, and COUNTS."""
    visible = link = bold = image = hidden = links = 0
    last = False
    for size, style, _, alt in pieces:
        visible += size
        look = style.look
        if look.link:
            link += size
            links += not last
        last = look.link
        if look.bold:
            bold += size
        if look.hidden:
            hidden += size
        if alt:
            image += size
    link, bold, image, hidden = (
        255 * link // visible,
        255 * bold // visible,
        255 * image // visible,
        255 * hidden // visible,
    )
    return bytes((0, link, bold, image, hidden, min(links, 255), min(cells, 255)))

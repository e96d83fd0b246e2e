"""The walk over a page: texts and tags in, lines out.

The styles of open elements make the tree; no node of it is kept. Time and memory are linear in the page: every look
outwards is bounded, and so is the depth. The HTML5 tree builders at hand take quadratic time, and worse, on deep or
unclosed elements, and libxml2 stops reading at its greatest depth.
"""

from __future__ import annotations

from hansift.text.html.layout import BLANK, Layout
from hansift.text.html.lines import Extracted, markup_of
from hansift.text.html.moves import BARE, BLOCK, BREAKS, BULLET, CELL, MARGIN, NUMBER, OTHER, Move
from hansift.text.html.style import Box, Style
from hansift.text.html.tags import BODY_TAG, BREAK, IMAGE, SIGN, TAGS, TITLE, Tag
from hansift.text.html.titled import titled
from hansift.text.html.tokens import WHITE, resolved, spaced, stretches

MOST_MOVES = 1 << 15
"""Moves that are remembered, from page to page."""


class Known:
    """The style of the page's own element, from which all moves that are remembered lead on, and how many there are."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begins anew, with no moves."""
        self.body, self.moves = Style(BODY_TAG, None), 0

    def page(self) -> Style:
        """The style that a page begins with: a new one where there are too many moves."""
        if self.moves >= MOST_MOVES:
            self.forget()
        return self.body


KNOWN = Known()


class Walk(Layout):
    """One walk: what the tags do to the lines."""

    def __init__(self) -> None:
        self.style = KNOWN.page()
        super().__init__(self.style)
        self.title = ""

    def run(self, html: str) -> str:
        """Walks over a page, and returns the title that it gives itself."""
        style = self.style
        for texts, as_written, raws in stretches(html):
            for text, written, tag in zip(texts, as_written, map(TAGS.__getitem__, raws), strict=True):
                if text:
                    if style.odd:
                        self.odd(written, style)
                    elif text == " ":
                        self.space = True
                    else:
                        self.put(text, style)
                if tag.act:
                    move = style.moves.get(tag)
                    if move is None:
                        move = self.moved(style, tag)
                    style = move.style
                    if move.acts or move.ends:
                        self.follow(move)
        self.end_line()
        self.style = style
        return self.title

    def moved(self, style: Style, tag: Tag) -> Move:
        """What a tag does that is met for the first time where it stands."""
        move = Move(style, tag)
        if KNOWN.moves < MOST_MOVES and not tag.text:
            KNOWN.moves += 1
            style.moves[tag] = move
        return move

    def follow(self, move: Move) -> None:
        """Does to the line and to the blocks what a tag does."""
        acts = move.acts
        if acts & BREAKS:
            self.space, self.cell = False, 0
            if self.parts:
                self.line()
        elif acts & CELL and self.parts:
            self.cell += 1
        if acts & BARE:
            self.bullet = ""
        if acts & MARGIN:
            self.margin = True
        if move.ends:
            del self.boxes[-move.ends :]
        if acts & BLOCK:
            self.block(move)
        elif acts & OTHER:
            self.show(move.tag, move.style)

    def block(self, move: Move) -> None:
        """Opens a block, and has the next line begin as an item of its list does, if that is one."""
        around = self.boxes[-1]
        if move.acts & BULLET:
            self.bullet = "• "
        elif move.acts & NUMBER:
            around.items += 1
            self.bullet = f"{around.items}. "
        self.boxes.append(Box(move.tag, around))

    def show(self, tag: Tag, style: Style) -> None:
        """Does what a tag does that is no element's: a line break, an image, a title, a `<` that is text."""
        if tag.act == BREAK:
            self.break_line()
        elif tag.act == TITLE:
            self.title = self.title or tag.text
        elif style.look.skip:
            pass
        elif tag.act == SIGN:
            self.add("<", style)
        elif tag.act == IMAGE:
            text = spaced(resolved(tag.text))
            if text == " ":
                self.space = True
            elif text:
                self.put(text, style, alt=True)

    def odd(self, text: str, style: Style) -> None:
        """Adds a text as it is written where white space counts; where none is read, it may still part two others."""
        if not text.strip(WHITE) and not style.look.pre:
            self.space = True
        elif not style.look.skip:
            self.preformatted(resolved(text), style)


def extract(html: str) -> Extracted:
    r"""The page's lines, one block a line, and what the markup says of each; NUL characters are left out.

    A list item is printed as `  • item`, table cells with two tabs between them, an image as its text; paragraphs and
    headings have blank lines around them. Scripts, styles, controls and the page's title leave nothing. Takes any
    text for HTML; time and memory are linear in it.

    >>> extract("<ul><li><a href=x>首页</a><li>新闻</ul><h1>标题</h1>正文<br>第二行").text
    '  • 首页\n  • 新闻\n\n标题\n\n正文\n第二行'
    """
    walk = Walk()
    title = walk.run(html.replace("\0", ""))
    while walk.lines and not walk.lines[-1]:
        walk.lines.pop()
        walk.rows.pop()
        walk.box.pop()
    if not walk.lines:
        return Extracted("", markup_of([BLANK], [-1], [], b"\0"))
    text = "\n".join(walk.lines)
    return Extracted(text, markup_of(walk.rows, walk.box, walk.blocks, titled(walk.lines, title)))

"""The walk over a page: tokens in, open elements on a stack, lines out.

A stack of open elements and HTML's rules of what ends what make the tree; no node of it is kept. Time and memory are
linear in the page: every look down the stack is bounded, and so is the stack. The HTML5 tree builders at hand take
quadratic time, and worse, on deep or unclosed elements, and libxml2 stops reading at its greatest depth.
"""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

from hansift.text.html import tags
from hansift.text.html.layout import BLANK, Layout
from hansift.text.html.lines import Extracted, markup_of
from hansift.text.html.style import Box, Style
from hansift.text.html.tags import Tag, Tags
from hansift.text.html.titled import titled
from hansift.text.html.tokens import CLOSES, FENCES, SPACES, TABLE_PARTS, TABLES, WALLS, WHITE, stretches

DEEPEST = 250
"""Elements that can be open; what is nested deeper counts as standing in the last of them."""
LOOK = 64
"""Open elements that are looked through for the one that a tag ends."""
MOST_STYLES = 1 << 16
"""Styles that are remembered: a page of more kinds of elements is made to have them."""
BULLET = "• "


class Walk(Layout):
    """One walk: what each tag does to the stack and to the lines."""

    def __init__(self) -> None:
        super().__init__()
        self.styles = 0
        self.title = ""

    def acts(self) -> list[Callable[[Tag], None]]:
        """What to do for a tag by its act, in the order of their numbers."""
        found = {
            tags.NOTHING: self.nothing, tags.SIGN: self.sign, tags.TITLE: self.named, tags.IMAGE: self.image,
            tags.BREAK: self.br, tags.RULE: self.begin, tags.INLINE: self.open, tags.LINK: self.link,
            tags.BLOCK_START: self.block, tags.END: self.end, tags.BLOCK_END: self.end_block,
        }  # fmt: skip
        return [found[act] for act in range(len(found))]

    def run(self, html: str) -> str:
        """Walks over a page, and returns the title that it gives itself."""
        stack, acts = self.stack, self.acts()
        for texts, as_written, raws in stretches(html):
            for text, written, tag in zip(texts, as_written, map(Tags().__getitem__, raws), strict=True):
                if text:
                    style = stack[-1]
                    if style.odd:
                        self.odd(written, style)
                    elif text == " ":
                        self.space = True
                    else:
                        self.put(text, style)
                if tag.act:
                    acts[tag.act](tag)
        self.end_line()
        return self.title

    def nothing(self, tag: Tag) -> None:
        """Leaves all as it is."""

    def odd(self, text: str, style: Style) -> None:
        """Adds a text as it is written where white space counts; where none is read, it may still part two others."""
        if not text.strip(WHITE) and not style.pre:
            self.space = True
        elif not style.skip:
            self.preformatted(unescape(text), style)

    def sign(self, tag: Tag) -> None:
        """Adds a `<` that is text."""
        style = self.stack[-1]
        if not style.skip:
            self.add("<", style)

    def named(self, tag: Tag) -> None:
        """Notes the page's title, the first that says something."""
        self.title = self.title or tag.text

    def image(self, tag: Tag) -> None:
        """Adds an image's text."""
        style = self.stack[-1]
        if not style.skip:
            self.put(SPACES.sub(" ", unescape(tag.text)), style, alt=True)

    def br(self, tag: Tag) -> None:
        """Ends the line; where there is none, leaves a blank one."""
        self.end_line(empty=True)

    def open(self, tag: Tag) -> None:
        """Opens an inline element."""
        stack = self.stack
        if len(stack) < DEEPEST:
            up = stack[-1]
            stack.append(up.kids.get(tag) or self.styled(tag, up))

    def styled(self, tag: Tag, up: Style) -> Style:
        """The style of an element that is met for the first time where it stands."""
        style = Style(tag, up)
        if self.styles < MOST_STYLES:
            self.styles += 1
            up.kids[tag] = style
        return style

    def link(self, tag: Tag) -> None:
        """Opens a link, and closes one that is open in the same block."""
        if not self.stack[-1].block:
            self.end(tag, near=True)
        self.open(tag)

    def block(self, tag: Tag) -> None:
        """Opens a block."""
        self.begin(tag)
        stack = self.stack
        if len(stack) >= DEEPEST:
            return
        if tag.name == "li":
            self.item(stack[-1])
        self.open(tag)
        self.boxes.append(Box(stack[-1], self.boxes[-1]))

    def begin(self, tag: Tag) -> None:
        """Closes what a block ends by its start, and the line before it."""
        if tag.name in CLOSES:
            self.implied(tag.name)
        elif self.stack[-1].loose:
            self.end_paragraph()
        if not tag.cell:
            self.end_line()
        elif self.parts:
            self.cell += 1
        if tag.margin:
            self.margin = True

    def item(self, listed: Style) -> None:
        """Has the next line begin as an item of its list does."""
        if listed.tag == "ol":
            box = self.boxes[-1]
            box.items += 1
            self.bullet = f"{box.items}. "
        else:
            self.bullet = BULLET

    def implied(self, name: str) -> None:
        """Closes what the start of an item, a cell or a row ends by itself."""
        closes, fence, stack = CLOSES[name], FENCES[name], self.stack
        for at in range(len(stack) - 1, max(0, len(stack) - LOOK), -1):
            if stack[at].tag in fence:
                return
            if stack[at].tag in closes:
                self.cut(at)
                if name not in ("li", "dt", "dd"):
                    self.implied(name)
                return

    def end_paragraph(self) -> None:
        """Closes the paragraph that is open in the same block."""
        stack = self.stack
        for at in range(len(stack) - 1, max(0, len(stack) - LOOK), -1):
            if stack[at].tag == "p":
                self.cut(at)
                return

    def end(self, tag: Tag, near: bool = False) -> None:
        """Closes the element of that name, if one is open and nothing stands against it: with `near`, no block."""
        stack, name = self.stack, tag.name
        if stack[-1].tag == name:
            stack.pop()
            return
        for at in range(len(stack) - 1, max(0, len(stack) - LOOK), -1):
            one = stack[at]
            if one.tag == name:
                self.cut(at)
                return
            if one.block and (name != "a" or near or one.tag in WALLS):
                return

    def end_block(self, tag: Tag) -> None:
        """The same of a block, and the end of the line before."""
        stack, name = self.stack, tag.name
        wall = TABLES if name in TABLE_PARTS else WALLS
        for at in range(len(stack) - 1, 0, -1):
            one = stack[at].tag
            if one == name:
                self.cut(at)
                break
            if one in wall:
                break
        if not tag.cell:
            self.end_line()
            if tag.margin:
                self.margin = True

    def cut(self, at: int) -> None:
        """Closes all from that place of the stack on."""
        stack = self.stack
        for one in stack[at:]:
            if one.block:
                if not one.cell:
                    self.end_line()
                if one.margin:
                    self.margin = True
                if one.tag == "li":
                    self.bullet = ""
                self.boxes.pop()
        del stack[at:]


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

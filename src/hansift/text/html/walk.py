"""The walk over a page: tokens in, open elements on a stack, lines out.

A stack of open elements and HTML's rules of what ends what make the tree; no node of it is kept. Time and memory are
linear in the page: every look down the stack is bounded, and so is the stack. The HTML5 tree builders at hand take
quadratic time, and worse, on deep or unclosed elements, and libxml2 stops reading at its greatest depth.
"""

from __future__ import annotations

from html import unescape
from zlib import crc32

from hansift.text.html.attributes import NOTHING_SAID, alt_of, said_by
from hansift.text.html.families import BY_TAG
from hansift.text.html.layout import BLANK, NOTHING, Element, Layout
from hansift.text.html.lines import Extracted, markup_of
from hansift.text.html.titled import titled
from hansift.text.html.tokens import (
    BLOCK,
    CELL,
    CLOSES,
    FENCES,
    MARGIN,
    RAW,
    RAW_END,
    TABLE_PARTS,
    TABLES,
    TOKEN,
    VOID,
    WALLS,
    WHITE,
)

DEEPEST = 250
"""Elements that can be open; what is nested deeper counts as standing in the last of them."""
LOOK = 64
"""Open elements that are looked through for the one that a tag ends."""
BULLET = "• "


class Walk(Layout):
    """One walk: what each tag does to the stack and to the lines."""

    def start(self, tag: str, attributes: str) -> None:
        """Opens an element."""
        stack = self.stack
        if tag in BLOCK:
            self.begin(tag)
        elif tag == "a":
            self.end("a", near=True)
        if tag in VOID:
            if tag == "br":
                self.line(empty=True)
            elif tag == "img" and (alt := alt_of(attributes)):
                self.text(alt, alt=True)
            return
        if len(stack) >= DEEPEST:
            return
        one = Element(tag, stack[-1])
        if tag == "li":
            self.item(one)
        self.named(one, attributes)
        stack.append(one)

    def begin(self, tag: str) -> None:
        """Closes what a block ends by its start, and the line before it."""
        self.implied(tag)
        if tag not in CELL:
            self.line()
        elif self.parts:
            self.cell += 1
        if tag in MARGIN:
            self.margin = True

    def item(self, one: Element) -> None:
        """Has the next line begin as an item of its list does."""
        listed = self.stack[-1]
        one.lists = max(one.lists, 1)
        one.item = True
        if listed.tag == "ol":
            listed.number += 1
            self.bullet = f"{listed.number}. "
        else:
            self.bullet = BULLET

    def named(self, one: Element, attributes: str) -> None:
        """Notes what an element's attributes and its own name say."""
        said = NOTHING_SAID
        tag = one.tag
        if tag == "a":
            # no two links are alike, so that it does not pay to remember what they say
            low = attributes.lower()
            one.link = "href" in low
            if "class" in low or "style" in low:
                said = said_by(attributes)
        elif len(attributes) > 1:
            said = said_by(attributes)
        one.hidden = one.hidden or said.hidden
        own = BY_TAG.get(tag)
        if said.families or own is not None:
            seen = bytearray(one.seen)
            for number in said.families if own is None else (*said.families, own):
                seen[number] = one.depth
            one.seen = bytes(seen)
        if one.block:
            around = one.outer.alike if one.outer is not None else 0
            one.alike = crc32(f"{tag}{said.names} {around & 0xFFFF}".encode("utf-8", "replace"))

    def implied(self, tag: str) -> None:
        """Closes what the start of a block ends by itself."""
        closes = CLOSES.get(tag)
        stack = self.stack
        if closes:
            fence = FENCES[tag]
            for at in range(len(stack) - 1, max(0, len(stack) - LOOK), -1):
                if stack[at].tag in fence:
                    break
                if stack[at].tag in closes:
                    self.cut(at)
                    if tag == "li" or tag == "dt" or tag == "dd":
                        break
                    return self.implied(tag)
        elif tag not in TABLE_PARTS or tag == "table":
            for at in range(len(stack) - 1, max(0, len(stack) - LOOK), -1):
                if stack[at].tag == "p":
                    self.cut(at)
                    break
                if stack[at].block or stack[at].skip:
                    break
        return None

    def end(self, tag: str, near: bool = False) -> None:
        """Closes the element of that name, if one is open and nothing stands against it: with `near`, no block."""
        stack = self.stack
        if tag in BLOCK:
            self.end_block(tag)
        elif stack[-1].tag == tag:
            stack.pop()
        else:
            for at in range(len(stack) - 1, max(0, len(stack) - LOOK), -1):
                if stack[at].tag == tag:
                    self.cut(at)
                    return
                if stack[at].block and (tag != "a" or near or stack[at].tag in WALLS):
                    return

    def end_block(self, tag: str) -> None:
        """The same of a block, and the end of the line before."""
        stack = self.stack
        wall = WALLS if tag not in TABLE_PARTS else TABLES
        for at in range(len(stack) - 1, 0, -1):
            if stack[at].tag == tag:
                self.cut(at)
                break
            if stack[at].tag in wall:
                break
        if tag not in CELL:
            self.line()
            if tag in MARGIN:
                self.margin = True

    def cut(self, at: int) -> None:
        """Closes all from that place of the stack on."""
        for one in self.stack[at:]:
            if one.block and one.tag not in CELL:
                self.line()
            if one.tag in MARGIN:
                self.margin = True
            if one.item and self.bullet:
                self.bullet = ""
        del self.stack[at:]

    def run(self, html: str) -> str:
        """Walks over a page, and returns the title that it gives itself."""
        match, at, stop = TOKEN.match, 0, len(html)
        title = ""
        while at < stop:
            found = match(html, at)
            assert found is not None
            text, slash, tag, attributes, sign = found.groups()
            at = found.end()
            if text and (text.strip(WHITE) or self.stack[-1].pre):
                self.text(text)
            elif text:
                self.space = True
            if sign:
                self.text(sign)
            if not tag:
                continue
            tag = tag.lower()
            if slash and tag != "br":
                self.end(tag)
            elif tag in RAW:
                end = RAW_END[tag].search(html, at)
                title = title or (html[at : end.start()] if tag == "title" and end else "")
                at = end.start() if end else stop
            else:
                self.start(tag, attributes)
        self.line()
        return unescape(title)


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
        walk.counts.pop()
        walk.seen.pop()
    if not walk.lines:
        return Extracted("", markup_of([BLANK], [NOTHING], [], b"\0"))
    return Extracted("\n".join(walk.lines), markup_of(walk.counts, walk.seen, walk.boxes, titled(walk.lines, title)))

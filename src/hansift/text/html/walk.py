"""The walk over a page: tokens in, open elements on a stack, lines out.

A stack of open elements and HTML's rules of what ends what make the tree; no node of it is kept. Time and memory are
linear in the page: every look down the stack is bounded, and so is the stack. The HTML5 tree builders at hand take
quadratic time, and worse, on deep or unclosed elements, and libxml2 stops reading at its greatest depth.
"""

from __future__ import annotations

from html import unescape
from zlib import crc32

from hansift.text.html.families import BY_TAG, families_of
from hansift.text.html.layout import BLANK, NOTHING, Element, Layout
from hansift.text.html.lines import Extracted, markup_of
from hansift.text.html.titled import titled
from hansift.text.html.tokens import (
    ATTRIBUTE,
    BLOCK,
    BOLD,
    CELL,
    CLOSES,
    FENCES,
    LISTS,
    MARGIN,
    RAW,
    RAW_END,
    SKIPPED,
    SPACES,
    TABLE_PARTS,
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
            self.implied(tag)
            if tag not in CELL:
                self.line()
            elif self.parts:
                self.cell += 1
            if tag in MARGIN:
                self.margin = True
        elif tag == "a":
            self.end("a", near=True)
        elif tag == "br":
            self.line(empty=True)
            return
        if tag in VOID:
            if tag == "img" and "alt" in attributes.lower():
                found = {name.lower(): value for name, value in ATTRIBUTE.findall(attributes)}
                if found.get("alt", "").strip("\"'" + WHITE):
                    self.text(unquoted(found["alt"]), alt=True)
            return
        if len(stack) >= DEEPEST:
            return
        one = Element(tag, stack[-1])
        if tag in LISTS:
            one.lists += 1
        elif tag == "li":
            self.item(one)
        elif tag == "table":
            one.tables += 1
        elif tag == "pre" or tag == "listing":
            one.pre = True
        elif tag in SKIPPED:
            one.skip = True
        if tag in BOLD:
            one.bold = True
        self.named(one, attributes)
        stack.append(one)

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
        names = style = ""
        if attributes and not attributes.isspace():
            for name, value in ATTRIBUTE.findall(attributes):
                name = name.lower()
                if name == "class" or name == "id" or name == "role":
                    names += " " + value.strip("\"'")
                elif name == "href":
                    if one.tag == "a":
                        one.link = True
                elif name == "style":
                    style = value.replace(" ", "").lower()
                    if "display:none" in style or "visibility:hidden" in style:
                        one.hidden = True
                elif name == "hidden":
                    one.hidden = True
        found = families_of(names) if names else ()
        own = BY_TAG.get(one.tag)
        if found or own is not None:
            seen = bytearray(one.seen)
            for number in found if own is None else (*found, own):
                seen[number] = one.depth
            one.seen = bytes(seen)
        if one.block:
            around = one.outer.alike if one.outer is not None else 0
            one.alike = crc32(f"{one.tag} {SPACES.sub(' ', names)[:64]} {around & 0xFFFF}".encode("utf-8", "replace"))

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
        """Closes the element of that name, if one is open and nothing stands against it."""
        stack = self.stack
        if tag in BLOCK:
            wall = WALLS if tag not in TABLE_PARTS else frozenset(("table",))
            for at in range(len(stack) - 1, max(0, len(stack) - DEEPEST), -1):
                if stack[at].tag == tag:
                    self.cut(at)
                    break
                if stack[at].tag in wall:
                    break
            if tag not in CELL:
                self.line()
            if tag in MARGIN:
                self.margin = True
            return
        for at in range(len(stack) - 1, max(0, len(stack) - LOOK), -1):
            if stack[at].tag == tag:
                self.cut(at)
                return
            if stack[at].block and (tag != "a" or near or stack[at].tag in WALLS):
                return

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


def unquoted(value: str) -> str:
    """An attribute's value without its quotation marks."""
    return value.strip(value[0]) if value[:1] in "\"'" else value


def extract(html: str) -> Extracted:
    r"""The page's lines, one block a line, and what the markup says of each; NUL characters are left out.

    A list item is printed as `  • item`, table cells with two tabs between them, an image as its text; paragraphs and
    headings have blank lines around them. Scripts, styles, controls and the head's title leave nothing. Takes any
    text for HTML; time and memory are linear in it.

    >>> extract("<ul><li><a href=x>首页</a><li>新闻</ul><h1>标题</h1>正文<br>第二行").text
    '  • 首页\n  • 新闻\n\n标题\n\n正文\n第二行'
    """
    html = html.replace("\0", "")
    walk = Walk()
    match, at, stop = TOKEN.match, 0, len(html)
    title = ""
    while at < stop:
        found = match(html, at)
        assert found is not None
        text, slash, tag, attributes, sign = found.groups()
        at = found.end()
        if text or sign:
            walk.text(text + sign if sign else text)
        if not tag:
            continue
        tag = tag.lower()
        if slash:
            if tag == "br":
                walk.start("br", "")
            else:
                walk.end(tag)
        elif tag in RAW:
            end = RAW_END[tag].search(html, at)
            if tag == "title" and not title:
                title = unescape(html[at : end.start() if end else at])
            at = end.start() if end else stop
        else:
            walk.start(tag, attributes)
    walk.line()
    while walk.lines and not walk.lines[-1]:
        walk.lines.pop()
        walk.counts.pop()
        walk.seen.pop()
    if not walk.lines:
        return Extracted("", markup_of([BLANK], [NOTHING], [], b"\0"))
    return Extracted("\n".join(walk.lines), markup_of(walk.counts, walk.seen, walk.boxes, titled(walk.lines, title)))

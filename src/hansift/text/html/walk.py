"""The walk over a page: tokens in, open elements on a stack, lines out.

A stack of open elements and HTML's rules of what ends what make the tree; no node of it is kept. Time and memory are
linear in the page: every look down the stack is bounded, and so is the stack. The HTML5 tree builders at hand take
quadratic time, and worse, on deep or unclosed elements, and libxml2 stops reading at its greatest depth.
"""

from __future__ import annotations

from html import unescape
from zlib import crc32

from hansift.text.html.families import BY_TAG, FAMILIES, families_of
from hansift.text.html.lines import ALIKE, TAGS, Extracted, markup_of
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
NOTHING = bytes(len(FAMILIES))
BULLET = "• "


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
        self.link, self.bold, self.hidden, self.skip, self.pre = up.link, up.bold, up.hidden, up.skip, up.pre
        self.lists, self.tables = up.lists, up.tables
        self.seen = up.seen


class Walk:
    """The state of one walk: the stack, the line under way, and the lines so far."""

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
        self.counts.append((0,) * 12 + (-1,))
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
            at = end.start() if end else stop
        else:
            walk.start(tag, attributes)
    walk.line()
    while walk.lines and not walk.lines[-1]:
        walk.lines.pop()
        walk.counts.pop()
        walk.seen.pop()
    return Extracted("\n".join(walk.lines), markup_of(walk.counts or [(0,) * 12 + (-1,)], walk.seen or [NOTHING], walk.boxes))

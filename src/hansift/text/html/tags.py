"""Tags as they are written: what each does to the walk, found once for all that are written alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from hansift.text.html.attributes import NOTHING_SAID, alt_of, said_by, without_values
from hansift.text.html.families import BY_TAG
from hansift.text.html.tokens import BLOCK, BOLD, CELL, LISTS, MARGIN, PARTS, PRE, RAW, SKIPPED, VOID

NOTHING, SIGN, TITLE, IMAGE, BREAK, RULE, INLINE, LINK, BLOCK_START, END, BLOCK_END = range(11)
"""What a tag does: a `<` that is text, the page's title, an image's text, a line break, a rule; the start of an inline
element, of a link, of a block; the end of an element, of a block.
"""
SHOWING = BOLD | SKIPPED | PRE | LISTS | frozenset("a table li".split())
"""Elements that show in the look of their text, whatever their attributes say."""
_LONG, _LONGEST, _MOST = 128, 256, 1 << 14
"""Characters from which a tag is remembered without the values that say nothing, those up to which it is at all, and
how many tags are remembered from page to page.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """A tag: what it does (`act`), its element's `name`, and whether that is a `block`, a table's `cell`, or has a
    `margin`, and whether it `shows` in the look of its text.

    `families` and `names` are those of Said, the element's own among the first; `link` and `hidden` what its
    attributes say; `text` the text of an image or of the title. Tags that do the same are one.
    """

    act: int
    name: str = ""
    block: bool = False
    cell: bool = False
    margin: bool = False
    shows: bool = False
    families: tuple[int, ...] = ()
    names: str = ""
    link: bool = False
    hidden: bool = False
    text: str = ""


class Tags(dict[str | None, Tag]):
    """Tags by how they are written, read when they are asked for: less the `<`, the title with its content, nothing for
    a `<` that is text, None for what leaves nothing.
    """

    def __missing__(self, raw: str | None) -> Tag:
        """Reads a tag, and remembers it if it is short: less its address and the like, of which no two are alike."""
        if raw is None:
            return NO_TAG
        link = raw[:2] in ("a ", "A ") and "=" in raw
        if link and "class" not in (low := raw.lower()) and "style" not in low:
            return A_LINK if "href" in low else NO_LINK
        # of a title all is text
        bare = raw if raw[:5].lower() == "title" else without_values(raw)
        key = bare if link or len(raw) >= _LONG else raw
        tag = self.get(key)
        if tag is None:
            tag = tag_of(bare)
            if len(key) < _LONGEST:
                if len(self) >= _MOST:
                    self.clear()
                self[key] = tag
        return tag


def tag_of(raw: str) -> Tag:
    """Reads a tag that is `without_values`."""
    found = PARTS.match(raw)
    if found is None:
        return SIGN_TAG
    slash, name, attributes = found.groups()
    name = name.lower()
    if slash and name != "br":
        return ended(name)
    if name == "a":
        # the names of links are seldom of use
        low = attributes.lower()
        said = said_by(attributes) if "class" in low or "style" in low else NOTHING_SAID
        return started(name, said.families, "", "href" in low, said.hidden)
    if name == "title":
        return Tag(TITLE, name, text=unescape(raw[found.end() :]))
    if name in VOID and name != "hr":
        alt = alt_of(attributes) if name == "img" else ""
        return Tag(IMAGE, name, text=alt) if alt else BREAK_TAG if name == "br" else NO_TAG
    said = said_by(attributes) if len(attributes) > 1 else NOTHING_SAID
    return started(name, said.families, said.names if name in BLOCK else "", False, said.hidden)


@lru_cache(maxsize=1 << 14)
def started(name: str, families: tuple[int, ...], names: str, link: bool, hidden: bool) -> Tag:
    """The start tag of an element of which its attributes say that."""
    if name in RAW:
        return NO_TAG
    act = RULE if name == "hr" else BLOCK_START if name in BLOCK else LINK if name == "a" else INLINE
    own = (BY_TAG[name],) if name in BY_TAG else ()
    families += own
    shows = bool(families or hidden or name in SHOWING)
    return Tag(act, name, name in BLOCK, name in CELL, name in MARGIN, shows, families, names, link, hidden)


@lru_cache(maxsize=1 << 12)
def ended(name: str) -> Tag:
    """The end tag of an element."""
    return Tag(BLOCK_END if name in BLOCK else END, name, name in BLOCK, name in CELL, name in MARGIN)


NO_TAG = Tag(NOTHING)
BODY_TAG = Tag(INLINE, "body", block=True)
SIGN_TAG = Tag(SIGN)
BREAK_TAG = Tag(BREAK)
A_LINK, NO_LINK = started("a", (), "", True, False), started("a", (), "", False, False)
TAGS = Tags()

"""Tags as they are written: what each does to the walk, found once for all that are written alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from hansift.text.html.attributes import NOTHING_SAID, alt_of, said_by
from hansift.text.html.families import BY_TAG
from hansift.text.html.tokens import BLOCK, CELL, MARGIN, PARTS, RAW, VOID

NOTHING, SIGN, TITLE, IMAGE, BREAK, RULE, INLINE, LINK, BLOCK_START, END, BLOCK_END = range(11)
"""What a tag does: a `<` that is text, the page's title, an image's text, a line break, a rule; the start of an inline
element, of a link, of a block; the end of an element, of a block.
"""
_LONGEST = 128
"""Characters of a tag that is remembered from page to page."""


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """A tag: what it does (`act`), its element's `name`, and whether that is a table `cell` or has a `margin`.

    `families` and `names` are those of Said, the element's own among the first; `link` and `hidden` what its
    attributes say; `text` the text of an image or of the title. Tags that do the same are one.
    """

    act: int
    name: str = ""
    cell: bool = False
    margin: bool = False
    families: tuple[int, ...] = ()
    names: str = ""
    link: bool = False
    hidden: bool = False
    text: str = ""


class Tags(dict[str | None, Tag]):
    """The tags of a page by how they are written, read when they are asked for."""

    def __missing__(self, raw: str | None) -> Tag:
        """Reads a tag, None for what leaves nothing."""
        tag = self[raw] = NO_TAG if raw is None else tag_of(raw) if len(raw) < _LONGEST else _tag_of(raw)
        return tag


def _tag_of(raw: str) -> Tag:
    found = PARTS.match(raw)
    if found is None:
        return SIGN_TAG
    slash, name, attributes = found.groups()
    name = name.lower()
    if slash and name != "br":
        return ended(name)
    if name == "a":
        # no two links are alike, and their names are seldom of use
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


tag_of = lru_cache(maxsize=1 << 14)(_tag_of)
"""What a tag does that is written so: less its `<`, the title with its content, nothing for a `<` that is text."""


@lru_cache(maxsize=1 << 14)
def started(name: str, families: tuple[int, ...], names: str, link: bool, hidden: bool) -> Tag:
    """The start tag of an element of which its attributes say that."""
    if name in RAW:
        return NO_TAG
    act = RULE if name == "hr" else BLOCK_START if name in BLOCK else LINK if name == "a" else INLINE
    own = (BY_TAG[name],) if name in BY_TAG else ()
    return Tag(act, name, name in CELL, name in MARGIN, families + own, names, link, hidden)


@lru_cache(maxsize=1 << 12)
def ended(name: str) -> Tag:
    """The end tag of an element."""
    return Tag(BLOCK_END if name in BLOCK else END, name, name in CELL, name in MARGIN)


NO_TAG = Tag(NOTHING)
SIGN_TAG = Tag(SIGN)
BREAK_TAG = Tag(BREAK)

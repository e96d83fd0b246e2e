"""What HTML is written in: its tokens, and what each element does to the lines around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

WHITE = " \t\n\r\f"
"""The white space of HTML; a no-break or ideographic space is text."""
_BLANKS = re.compile("  +")

RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())
"""Elements whose content is no markup, up to their end tag."""

_QUOTED = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))"""
_ATTRIBUTES = rf"""[^>=]*+(?:=(?:{_QUOTED}|\s*+{_QUOTED}?+)[^>=]*+)*+"""
PARTS = re.compile(rf"(/?)([a-zA-Z][^\s/>]*+)({_ATTRIBUTES})>?")
"""Slash, name and attributes of a tag."""


def _whole(name: str) -> str:
    """An element of RAW from its name on, up to its end tag or the end of the page."""
    name = f"(?ai:{name})"
    return rf"{name}(?=[\s/>]|\Z){_ATTRIBUTES}(?:>|\Z)(?:[^<]++|<(?!/{name}[\s/>]))*+"


_CLOSED = r"""(?:"[^"]*+"|'[^']*+')"""
_ADDRESS = rf"""={_CLOSED}(?:\s++(?:target|title|rel)={_CLOSED})*+\s*+>"""
"""What follows the `a href` of most links: nothing in it tells one link from another."""

_TAG = re.compile(
    rf"""<(?:
    (?=[{"".join(sorted({name[0] + name[0].upper() for name in RAW}))}])
    (?:{"|".join(_whole(name) for name in sorted(RAW - {"title"}))}|{_whole("title")}\Z)
    |(/[a-zA-Z][a-zA-Z0-9]*+>|[aA]\ href(?={_ADDRESS})|(?=[tT]){_whole("title")}
    |/?+[a-zA-Z][^\s/>]*+{_ATTRIBUTES}(?:>|\Z)|(?![!?/]))(?:(?<=href){_ADDRESS})?+
    |!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))
    |[!?/][^>]*+(?:>|\Z)
    )""",
    re.VERBOSE,
)
"""What stands between two texts: a comment, an element of RAW, or, as its group, a tag less its `<`, a title with its
content, or nothing for a `<` that is text; of most links `a href` alone.

No alternative is tried twice over one stretch, but for a title and a link, and an unclosed quote or comment runs to the
end of the page, as in a browser: the time is linear.
"""
_LEAST, _STRETCHES = 1 << 16, 64
"""Tags that are read in one go; a page is read in so many goes at most, as each copies what is left of it."""

Stretch = tuple[Sequence[str], Sequence[str], Sequence[str | None]]
"""Texts with entities resolved and white space joined, the same texts as they stand, and the tag after each."""


def stretches(html: str) -> Iterator[Stretch]:
    """The texts and tags of a page without NUL, in stretches whose size is bounded by that of the page."""
    most = max(_LEAST, len(html) // _STRETCHES)
    while html:
        found = _TAG.split(html, most)
        html = found.pop() if len(found) > 2 * most else ""
        texts, tags = found[::2], found[1::2]
        tags += [None] * (len(texts) - len(tags))
        yield joined(texts), texts, tags


def joined(texts: Sequence[str]) -> Sequence[str]:
    r"""The texts with entities resolved, and white space as one blank: all in one, for each by itself is slow.

    >>> joined(["a  &amp;\n", "&#32; b"])
    ['a & ', ' b']
    """
    # no entity and no white space reaches beyond a NUL, none resolves to one, and the page has none
    return spaced(resolved("\0".join(texts))).split("\0")


def resolved(text: str) -> str:
    """The text with its entities resolved."""
    return unescape(text.replace("&nbsp;", "\xa0")) if "&" in text else text


def spaced(text: str) -> str:
    """The text with each run of white space as one blank."""
    for sign in WHITE:
        text = text.replace(sign, " ")
    return _BLANKS.sub(" ", text)


VOID = frozenset("area base basefont bgsound col embed frame hr img input link meta param source track wbr br".split())
SKIPPED = frozenset("select button option label noscript template datalist".split())
"""Elements whose text is a control's, or not for people to read."""

MARGIN = frozenset("p h1 h2 h3 h4 h5 h6 hr".split())
"""Blocks that a blank line parts from what is around them."""
BLOCK = MARGIN | frozenset(
    """html body div ul ol li dl dt dd table caption colgroup thead tbody tfoot tr td th form fieldset address center
    header footer nav aside section article main blockquote pre figure figcaption menu dir dialog details hgroup
    listing frameset search""".split()
)
CELL = frozenset(("td", "th"))
PRE = frozenset(("pre", "listing"))
LISTS = frozenset(("ul", "ol", "menu", "dir"))
BOLD = frozenset("b strong h1 h2 h3 h4 h5 h6 em big th".split())

CLOSES: dict[str, frozenset[str]] = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "td": CELL,
    "th": CELL,
    "tr": CELL | {"tr"},
    **dict.fromkeys(("tbody", "thead", "tfoot"), CELL | {"tr", "tbody", "thead", "tfoot", "caption"}),
}
"""Open elements that a start tag ends."""
FENCES: dict[str, frozenset[str]] = {
    "li": LISTS | CELL | {"table"},
    "dt": frozenset(("dl", "td", "th", "table")),
    "dd": frozenset(("dl", "td", "th", "table")),
    **dict.fromkeys(("td", "th", "tr", "tbody", "thead", "tfoot"), frozenset(("table",))),
}
"""Elements behind which a start tag ends nothing."""
TABLE_PARTS = CELL | {"tr", "tbody", "thead", "tfoot", "table"}
TABLES = frozenset(("table",))
WALLS = CELL | {"table", "caption"}
"""Elements that an end tag of something outside them does not end."""

"""What HTML is written in: its tokens, and what each element does to the lines around it."""

from __future__ import annotations

import re

WHITE = " \t\n\r\f"
"""The white space of HTML; a no-break or ideographic space is text."""
SPACES = re.compile(r"[ \t\n\r\f]+")

TOKEN = re.compile(
    r"""([^<]*+)(?:
    <(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+)(?:>|\Z)
    |<!--(?:-?>|.*?(?:--!?>|\Z))
    |<[!?/][^>]*+(?:>|\Z)
    |(<)
    |\Z)""",
    re.VERBOSE | re.DOTALL,
)
"""Text, then a tag (slash, name, attributes), a comment, or a `<` that is text. No alternative is tried twice over one
stretch, and an unclosed quote or comment runs to the end of the page, as in a browser: the time is linear.
"""

RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())
"""Elements whose content is no markup, up to their end tag."""
RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
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

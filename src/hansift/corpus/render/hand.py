"""A hand: the habits of one author of HTML, drawn once a page."""

from __future__ import annotations

from html import escape
from random import Random

from hansift.corpus.render.names import SCHEMES, named

SKELETONS = (
    "divs", "divs", "soup", "soup", "table", "table", "html5", "html5", "flat", "portal", "portal", "spa", "cms",
)  # fmt: skip
"""How the parts of a page are put together."""
PARAGRAPHS = (
    "p", "p", "p", "p", "p", "div", "br", "br", "brbr", "rows", "span", "section", "font", "p_span", "p_open",
    "p_in_td",
)  # fmt: skip
"""How the paragraphs of a text are parted."""
LISTS = ("ul", "ul", "ul", "ul", "div", "div", "p", "br", "table", "dl", "h", "bare", "divdiv")
"""How the lines of a list are parted."""

OPEN_END = frozenset(("li", "td", "tr", "dd", "dt"))
"""Elements whose end tag a hand may leave out."""


class Hand:
    """Habits, and the draws of one page; `el` writes an element as this hand does."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.skeleton = rng.choice(SKELETONS)
        self.scheme = rng.choice(SCHEMES)
        if self.skeleton == "table":
            self.scheme = rng.choice(("none", "none", "layout", "layout", "english", "pinyin"))
        if self.skeleton == "spa":
            self.scheme = rng.choice(("hashed", "utility", "english", "none", "prefixed"))
        self.paragraphs = rng.choice(PARAGRAPHS)
        if self.skeleton == "table" and rng.random() < 0.6:
            self.paragraphs = rng.choice(("br", "brbr", "font", "rows", "p", "p_open", "p_in_td"))
        self.upper = self.skeleton == "table" and rng.random() < 0.5
        self.quotes = rng.choice(("'", "")) if self.skeleton == "table" and rng.random() < 0.4 else '"'
        self.open_ends = rng.random() < (0.4 if self.skeleton in ("table", "cms") else 0.08)
        self.ids = rng.random() < 0.35
        self.linked_prose = rng.choice((0, 0, 0, 0.05, 0.2, 0.6))
        self.bold_prose = rng.choice((0, 0, 0.05, 0.2))
        self.styled = rng.random() < 0.3
        self.sloppy = rng.random() < 0.25
        self.deep = rng.choice((0, 0, 0, 1, 1, 2, 4))
        self.item_named = rng.random() < 0.4
        self.paragraphs_named = rng.random() < 0.1
        self.linked_teaser = rng.choice((0.1, 0.4, 0.4, 0.9))
        self.card = rng.choice(("div", "div", "li", "li", "article" if self.skeleton == "html5" else "div"))
        self.card_tags = rng.choice((("h3",), ("h2",), ("h4", "div"), ("div",), ("p",)))
        self.card_long = rng.random() < 0.7
        self.clinging = rng.choice((0.4, 0.9, 0.9) if self.skeleton in ("table", "flat") else (0.1, 0.4, 0.4, 0.9))
        self.posted = rng.choice(("posttext", "posttext", "posttext", "text", "item"))
        self.sections = rng.choice((0.0, 0.0, 0.0, 0.0, 0.01, 0.15))
        self.noisy = rng.choice((0.0, 0.05, 0.15, 0.3))
        self._names: dict[str, str] = {}
        self._lists: dict[str, str] = {}

    def chance(self, rate: float) -> bool:
        """Whether something of that rate happens now."""
        return self.rng.random() < rate

    def list_style(self, kind: str) -> str:
        """How this page lays out lists of that kind."""
        if kind not in self._lists:
            self._lists[kind] = self.rng.choice(LISTS)
        return self._lists[kind]

    def names(self, kind: str) -> str:
        """The attribute that names a block of that kind, the same all over the page, or nothing."""
        if kind not in self._names:
            name = named(self.scheme, kind, self.rng)
            attribute = "id" if self.ids and " " not in name and self.rng.random() < 0.4 else "class"
            self._names[kind] = self.attribute(attribute, name) if name else ""
        return self._names[kind]

    def attribute(self, name: str, value: str) -> str:
        """One attribute, quoted as this hand quotes."""
        quote = self.quotes or ("" if value.replace("_", "").replace("-", "").isalnum() else '"')
        return f" {name}={quote}{value}{quote}"

    def tag(self, name: str) -> str:
        """An element's name in this hand's case."""
        return name.upper() if self.upper else name

    def el(self, tag: str, inner: str, kind: str = "", more: str = "") -> str:
        """An element; `kind` names it, `more` are further attributes as they stand."""
        name = self.tag(tag)
        names = self.names(kind) if kind else ""
        start = f"<{name}{names}{more}>"
        if self.open_ends and tag in OPEN_END and self.chance(0.8):
            return start + inner
        return f"{start}{inner}</{name}>" + ("\n" if self.chance(0.5) else "")

    def br(self) -> str:
        """A line break."""
        return self.rng.choice(("<br>", "<br/>", "<br />", "<BR>"))

    def wrapped(self, inner: str, most: int = 2, kind: str = "group") -> str:
        """The same within some blocks that say nothing."""
        for _ in range(self.rng.randint(0, most) + (self.rng.randint(0, self.deep) if most else 0)):
            inner = self.el("div", inner, kind if self.chance(0.6) else "")
        return inner

    def text(self, text: str) -> str:
        """A text as HTML, whatever blanks it has: runs of them as no-break spaces."""
        out = escape(text, quote=False)
        if "  " in out:
            out = out.replace("  ", "&nbsp; ").replace("  ", "&nbsp; ")
        out = out.replace("\t", "&nbsp;")
        if "“" in out and self.sloppy:
            out = out.replace("“", "&ldquo;").replace("”", "&rdquo;")
        if "·" in out and self.chance(0.3):
            out = out.replace("·", "&middot;")
        return out.replace("\xa0", "&nbsp;")

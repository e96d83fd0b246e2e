"""The site's own lines as HTML: menus, lists of headlines, teasers, comments, footers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hansift.corpus.render.hand import Hand
from hansift.corpus.render.noise import image

LINKED = {
    "menu": 0.97, "crumb": 0.85, "byline": 0.12, "tool": 0.55, "panel": 0.4, "toc": 0.95, "tag": 0.85, "pager": 0.9,
    "related": 0.96, "teaser": 0.5, "comment": 0.06, "ad": 0.7, "notice": 0.06, "footer": 0.6, "browser": 0.0,
    "leftover": 0.2, "": 0.6, "titles": 0.3, "pool": 0.25, "links": 0.97, "promo": 0.2, "filler": 0.05, "debris": 0.1,
}  # fmt: skip
"""How often a line of a role is a link, before a hand's own habits."""
HEADED = frozenset("related teaser panel comment toc menu footer links tag ad".split())
"""Lists whose first line may be a heading."""
SENTENCES = re.compile(r"[。！？!?；]")
SEPARATORS = re.compile(r"(\s*[|｜>›»/·•]\s*|\s{1,})")


def link(hand: Hand, inner: str, more: str = "") -> str:
    """The same as a link."""
    target = hand.rng.choice(("/a/1.html", "#", "javascript:;", "http://www.example.com/n/2.shtml", "?id=7&page=2"))
    if hand.chance(0.2):
        more += hand.attribute("target", "_blank")
    return f'<{hand.tag("a")} href="{target}"{more}>{inner}</{hand.tag("a")}>'


def heading(hand: Hand, text: str) -> str:
    """The heading of a list."""
    tag = hand.rng.choice(("h2", "h3", "h4", "div", "div", "p", "dt", "strong"))
    inner = hand.text(text)
    if hand.chance(0.25):
        inner = link(hand, inner)
    if tag == "strong":
        return hand.el("div", hand.el("strong", inner).strip())
    return hand.el(tag, inner, hand.rng.choice(("title", "", "", "group")))


def pieces(hand: Hand, text: str, last: bool = True) -> str:
    """A line of several links: each piece between separators is one; the last may be plain, as in a breadcrumb."""
    parts = SEPARATORS.split(text.strip())
    words = parts[::2]
    made = []
    for number, part in enumerate(parts):
        if number % 2 or not part or (number == 2 * (len(words) - 1) and not last):
            made.append(hand.text(part))
        else:
            made.append(link(hand, hand.text(part)) if hand.chance(0.93) else hand.el("span", hand.text(part)).strip())
    return "".join(made)


def inline(hand: Hand, text: str, role: str) -> str:
    """The text of a line of that role, linked as such lines are."""
    rate = LINKED[role]
    long = len(text) > 36 or bool(SENTENCES.search(text))
    if role == "teaser":
        rate = hand.linked_teaser * (0.5 if long else 1) + (0.35 if not long else 0)
    elif long and role not in ("related", "links", "menu", "titles"):
        rate *= 0.35
    if hand.chance(0.03) and len(text) < 20:
        return link(hand, image(hand, text)) if hand.chance(rate) else image(hand, text)
    if role in ("menu", "crumb", "footer", "pager", "tool", "tag", "links") and len(SEPARATORS.split(text.strip())) > 2:
        if hand.chance(rate):
            return pieces(hand, text, last=role != "crumb")
        return hand.text(text)
    if hand.chance(rate):
        more = hand.names("item") if hand.chance(0.15) else ""
        found = re.match(r"^(\S*?\d{1,4}[-/.:月]\S*|\d+[.、]?)\s+(\S.*)$", text)
        if found and hand.chance(0.7):
            return hand.el("span", hand.text(found[1]), "info").strip() + " " + link(hand, hand.text(found[2]), more)
        inner = hand.text(text)
        if hand.chance(0.12):
            inner = hand.el(hand.rng.choice(("span", "em", "b", "font", "strong")), inner).strip()
        return link(hand, inner, more)
    inner = hand.text(text)
    if hand.chance(0.25):
        inner = hand.el(
            hand.rng.choice(("span", "span", "em", "font", "b", "i")), inner, "info" if hand.chance(0.3) else ""
        ).strip()
    return inner


def block(hand: Hand, texts: Sequence[str], role: str) -> str:
    """The lines of one role as a list, without the block around it."""
    kind = role if role in ("menu", "toc") else "list"
    style = hand.list_style(role)
    if role in ("byline", "notice", "browser", "leftover", "filler", "promo") or len(texts) == 1:
        style = hand.rng.choice(("p", "div", "div", "br", "bare", style))
    lead = ""
    rest = list(texts)
    if role in HEADED and len(rest) > 3 and len(rest[0]) <= 12 and hand.chance(0.6):
        lead, rest = heading(hand, rest[0]), rest[1:]
    if role == "teaser" and hand.chance(0.75):
        return lead + cards(hand, rest)
    if role == "comment" and hand.chance(0.4):
        return lead + cards(hand, rest, "comment")
    return lead + laid(hand, [inline(hand, text, role) for text in rest], style, "nav" if kind == "menu" else kind)


def laid(hand: Hand, lines: Sequence[str], style: str, kind: str = "list") -> str:
    """Lines of HTML, each on a line of its own, in one of LISTS."""
    e = hand.el
    if style == "ul":
        return e("ul", "".join(e("li", line, "item" if hand.item_named else "") for line in lines), kind)
    if style == "div":
        return "".join(e("div", line, "item" if hand.item_named else "") for line in lines)
    if style == "divdiv":
        return "".join(e("div", e("div", line, "group"), "item") for line in lines)
    if style == "p":
        return "".join(e("p", line) for line in lines)
    if style == "h":
        tag = hand.rng.choice(("h3", "h4", "h5"))
        return "".join(e(tag, line, "item" if hand.item_named else "") for line in lines)
    if style == "dl":
        return e("dl", "".join(e("dd" if number else "dt", line) for number, line in enumerate(lines)), kind)
    if style == "table":
        rows = "".join(e("tr", e("td", line, "item" if hand.item_named else "")) for line in lines)
        return e("table", rows, "", ' width="100%" cellspacing=0' if hand.chance(0.5) else "")
    if style == "bare":
        return e("div", hand.br().join(lines), kind)
    return e("div", "".join(line + hand.br() for line in lines))


SHORT = ("div", "div", "p", "span")
"""What a short line of a post or a comment stands in: a block, or a span in one."""


def each(hand: Hand, lines: Sequence[str], kind: str, tag: str) -> str:
    """Lines of HTML, each in a block like the others, one of SHORT."""
    if tag == "span":
        return "".join(hand.el("div", hand.el("span", line, kind).strip()) for line in lines)
    return "".join(hand.el(tag, line, kind) for line in lines)


def cards(hand: Hand, texts: Sequence[str], role: str = "teaser") -> str:
    """Lines that belong together in twos and threes, each group in a block of its own: headline, summary, counters."""
    groups: list[list[str]] = []
    for text in texts:
        long = len(text) > 36 or bool(SENTENCES.search(text))
        short = not long and len(text) > 12
        if not groups or len(groups[-1]) >= 4 or (short and (hand.card_long or len(groups[-1][-1]) > 36)):
            groups.append([])
        groups[-1].append(text)
    made = []
    for group in groups:
        lines = []
        for number, text in enumerate(group):
            tag = hand.rng.choice(hand.card_tags) if not number else hand.rng.choice(("p", "div", "div"))
            lines.append(
                hand.el(
                    tag,
                    inline(hand, text, role),
                    ("title", "info", "text", "")[min(number, 3)] if hand.item_named else "",
                )
            )
        inner = "".join(lines)
        if hand.chance(0.3):
            inner = image(hand) + inner
        made.append(hand.el(hand.card, inner, "item"))
    whole = "".join(made)
    return hand.el("ul", whole, "list") if hand.card == "li" else whole

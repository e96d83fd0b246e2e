"""What stands around an article as HTML: each stretch of lines of one role in a block of its own."""

from __future__ import annotations

from collections.abc import Sequence

from hansift.corpus.labelled import LabelledLine
from hansift.corpus.render.body import core, framed, runs
from hansift.corpus.render.comments import comments
from hansift.corpus.render.furniture import block, inline, laid
from hansift.corpus.render.hand import Hand
from hansift.corpus.render.noise import noise

KINDS = {
    "menu": "nav", "crumb": "crumb", "byline": "info", "tool": "tools", "panel": "panel", "toc": "toc", "tag": "tags",
    "pager": "pager", "related": "related", "teaser": "teaser", "comment": "comment", "ad": "ad", "notice": "notice",
    "footer": "footer", "browser": "browser", "leftover": "group",
}  # fmt: skip
"""What a block of lines of a role is called; planted lines are in none of these."""
CONFUSED = ("main", "article", "text", "list", "related", "teaser", "panel", "group", "item", "side", "title")
"""What hands call blocks that are something else."""
ELEMENTS = {"nav": "nav", "header": "header", "footer": "footer", "side": "aside", "main": "main", "article": "article",
            "related": "section", "comment": "section", "teaser": "section", "crumb": "nav", "toc": "nav"}  # fmt: skip
CLINGS = frozenset("byline tool tag ad panel leftover notice pager toc".split())
"""Roles of blocks that stand close to the text."""

Lines = Sequence[LabelledLine]


def blocks(hand: Hand, lines: Lines, plain: bool = False) -> list[tuple[str, str]]:
    """Role and HTML of each stretch of furniture, in a block of its own, or where it may be `plain` among the text."""
    made = []
    for role, run in runs(lines):
        texts = [core(line.text) for line in run]
        most = hand.rng.choice((6, 12, 40, 40)) if role in ("related", "panel", "tool", "menu", "teaser") else 999
        if role in CLINGS and len(texts) < 8 and hand.chance(hand.clinging):
            made.append((role, as_text(hand, texts, role)))
            continue
        if plain and role in ("related", "teaser", "crumb", "menu") and hand.chance(0.4):
            made.append((role, as_text(hand, texts, role)))
            continue
        if role == "comment" and len(texts) > 3 and hand.chance(0.6):
            made.append((role, boxed(hand, comments(hand, texts), role)))
            continue
        while texts:
            made.append((role, boxed(hand, block(hand, texts[:most], role), role)))
            texts = texts[most:]
    return made


def as_text(hand: Hand, texts: Sequence[str], role: str) -> str:
    """Furniture in no block of its own, set like the paragraphs of the text."""
    lines = [inline(hand, text, role) for text in texts]
    if hand.chance(0.7):
        return "".join(framed(hand, line) for line in lines)
    return laid(hand, lines, hand.rng.choice(("p", "p", "div", "br")))


def boxed(hand: Hand, inner: str, role: str) -> str:
    """Furniture in its block."""
    kind = KINDS.get(role, "spam")
    if role == "tool" and hand.chance(0.4):
        kind = "search"
    if hand.chance(0.12):
        kind = hand.rng.choice(CONFUSED)
    if hand.skeleton == "flat" and hand.chance(0.6):
        return inner
    more = ""
    if hand.chance(0.4 if kind == "spam" else 0.02):
        more = hand.rng.choice(
            (' style="display:none"', " style='display: none;'", " hidden", ' style="position:absolute;top:-999px"')
        )
    for _ in range(hand.rng.choice((0, 0, 0, 1, 2)) if hand.skeleton in ("soup", "portal", "spa", "divs") else 0):
        inner = hand.el("div", inner, "group" if hand.chance(0.5) else "")
    return wrapper(hand, inner, kind, more)


def wrapper(hand: Hand, inner: str, kind: str, more: str = "") -> str:
    """A block of that kind in the manner of the page."""
    if hand.skeleton == "table" and hand.chance(0.65):
        width = hand.rng.choice((' width="100%"', " width=760 border=0 cellpadding=0 cellspacing=0 align=center", ""))
        return hand.el(
            "table",
            hand.el("tr", hand.el("td", inner, kind if hand.chance(0.4) else "")),
            kind if not more else "",
            width + more,
        )
    tag = ELEMENTS.get(kind, "div") if hand.skeleton == "html5" and hand.chance(0.8) else "div"
    if tag == "div" and hand.skeleton in ("cms", "table") and hand.chance(0.1):
        tag = hand.rng.choice(("center", "form", "section", "fieldset"))
    return hand.el(tag, inner, kind if hand.chance(0.9) else "", more)


def joined(hand: Hand, made: Sequence[tuple[str, str]]) -> str:
    """Blocks one after another."""
    return "".join(html + noise(hand) for _, html in made)


def clinging(made: Sequence[tuple[str, str]]) -> int:
    """How many blocks from the first on stand close to the text."""
    count = 0
    for role, _ in made:
        if role not in CLINGS:
            break
        count += 1
    return count

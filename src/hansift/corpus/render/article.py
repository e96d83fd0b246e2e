"""An article as HTML, or a thread: its lines of body, and what stands between them."""

from __future__ import annotations

from collections.abc import Sequence

from hansift.corpus.labelled import LabelledLine
from hansift.corpus.render.blocks import Lines, blocks, joined, wrapper
from hansift.corpus.render.body import flow
from hansift.corpus.render.hand import Hand

POSTED = frozenset(("post", "reply", "qa"))


def article(hand: Hand, lines: Lines, behind: Sequence[tuple[str, str]]) -> tuple[str, bool]:
    """The article from its first line to its last, and whether the blocks behind it went into its container."""
    roles = [line.role for line in lines if line.letter == "b"]
    if sum(role in POSTED for role in roles) * 2 > len(roles) and any(line.letter != "b" for line in lines):
        return posts(hand, lines), False
    top = 0
    leads = ("title", "lead") if hand.chance(0.4) else ("title",)
    while top < len(lines) and (lines[top].letter != "b" or lines[top].role in leads):
        top += 1
    if hand.chance(0.1):
        top = 0
    opening = mixed(hand, lines[:top])
    if hand.skeleton == "html5" and opening and hand.chance(0.4):
        opening = hand.el("header", opening)
    elif opening and hand.chance(0.3):
        opening = hand.el("div", opening, hand.rng.choice(("title", "info", "header", "group")))
    inner = mixed(hand, lines[top:])
    if hand.paragraphs == "p_in_td":
        inner = hand.el("table", hand.el("tr", hand.el("td", inner, "text")))
    if behind or hand.chance(0.85):
        inner = hand.wrapped(inner, 1) + joined(hand, behind)
        kind = "text" if hand.chance(0.8) else hand.rng.choice(("article", "main", "group", "list", "item"))
        inner = wrapper(hand, inner, kind)
        return opening + inner, True
    return opening + inner, False


def mixed(hand: Hand, lines: Lines) -> str:
    """Lines of body and what stands between them."""
    made, at = [], 0
    while at < len(lines):
        end = at
        own = lines[at].letter == "b"
        while end < len(lines) and (lines[end].letter == "b") == own:
            end += 1
        if own:
            made.extend(sections(hand, lines[at:end]))
        else:
            made.append(joined(hand, blocks(hand, lines[at:end], plain=True)))
        at = end
    return "".join(made)


def sections(hand: Hand, lines: Lines) -> list[str]:
    """Lines of body, in this hand's way as one run or in a block a section."""
    if not hand.sections:
        return [flow(hand, lines)]
    starts = [i for i, line in enumerate(lines) if i and (line.role == "subhead" or hand.chance(hand.sections))]
    made = []
    for low, high in zip([0, *starts], [*starts, len(lines)], strict=True):
        made.append(hand.el("div", flow(hand, lines[low:high]), "group" if hand.chance(0.7) else ""))
    return made


def posts(hand: Hand, lines: Lines) -> str:
    """A thread: each post in a block of its own, with the author's line before or beside it."""
    groups: list[list[LabelledLine]] = [[]]
    for line in lines:
        last = groups[-1]
        if (
            line.letter != "b"
            and any(one.letter == "b" and one.role != "title" for one in last)
            and last[-1].letter == "b"
        ):
            groups.append([])
        groups[-1].append(line)
    way = hand.rng.choice(("table", "table", "div", "div", "li", "dl", "flat", "inside"))
    made = []
    for group in groups:
        top = 0
        while top < len(group) and (group[top].letter != "b" or group[top].role == "title"):
            top += 1
        if way == "inside":
            made.append(hand.el("div", mixed(hand, group), hand.posted))
            continue
        author, text = mixed(hand, group[:top]), mixed(hand, group[top:])
        text = hand.el("div", text, hand.posted) if hand.chance(0.85) else text
        if way == "table":
            one = hand.el("tr", hand.el("td", author, "author", " valign=top") + hand.el("td", text, "post"))
            made.append(hand.el("table", one, "post"))
        elif way == "flat":
            made.append(author + text)
        else:
            author = hand.el("div", author, "author") if hand.chance(0.8) else author
            made.append(hand.el({"dl": "div"}.get(way, way), author + text, "post"))
    return hand.el("ul", "".join(made)) if way == "li" else "".join(made)

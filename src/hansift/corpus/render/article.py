"""An article as HTML, or a thread: its lines of body, and what stands between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hansift.corpus.labelled import LabelledLine
from hansift.corpus.render.blocks import KINDS, Lines, blocks, joined, wrapper
from hansift.corpus.render.body import core, flow
from hansift.corpus.render.furniture import SHORT, each, inline
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
    # old pages have headline, source and text in one cell
    if hand.chance(0.4 if hand.skeleton in ("table", "flat") else 0.15):
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
    """A thread: each post in a block of its own, with the author's line before or beside it, and its buttons behind."""
    around = hand.rng.choice(("table", "table", "div", "div", "li", "dl", "flat", "inside"))
    way = Way(around, hand.chance(0.8), hand.chance(0.85), hand.rng.choice(SHORT) if hand.chance(0.7) else "")
    first, *rest = parted(lines, hand.chance(0.5))
    if not rest or hand.chance(0.65):
        return thread(hand, (first, *rest), way)
    # the question, or whatever began it, stands apart from the answers
    opening = wrapper(hand, mixed(hand, first), hand.rng.choice(("article", "text", "post", "main", "group")))
    named = hand.rng.choice(("list", "list", "group", "main", "post", "comment"))
    return opening + wrapper(hand, thread(hand, rest, way), named)


class Way(NamedTuple):
    """How a hand sets every post of a thread: the element around it, whether its author and its text stand in blocks
    of their own, and that of each short line, empty where they are set as elsewhere on the page.
    """

    around: str
    author: bool
    text: bool
    short: str


def thread(hand: Hand, groups: Sequence[Lines], way: Way) -> str:
    """Posts one after another."""
    made = "".join(post(hand, group, way) for group in groups)
    return hand.el("ul", made) if way.around == "li" else made


def parted(lines: Lines, footed: bool) -> list[list[LabelledLine]]:
    """The lines of a thread post by post: each begins with what the site says of it; its buttons, where it is `footed`,
    end it.
    """
    groups: list[list[LabelledLine]] = [[]]
    for line in lines:
        last = groups[-1]
        begun = any(one.letter == "b" and one.role != "title" for one in last)
        ended = last and (last[-1].letter == "b" or (footed and last[-1].role == "tool"))
        if line.letter != "b" and begun and ended and not (footed and line.role == "tool"):
            groups.append([])
        groups[-1].append(line)
    return groups


def post(hand: Hand, group: Lines, way: Way) -> str:
    """One post of a thread."""
    if way.around == "inside":
        return hand.el("div", mixed(hand, group), hand.posted)
    top, end = 0, len(group)
    while top < end and (group[top].letter != "b" or group[top].role == "title"):
        top += 1
    while end > top and group[end - 1].letter != "b":
        end -= 1
    author, text, foot = short(hand, group[:top], way), mixed(hand, group[top:end]), short(hand, group[end:], way)
    text = (hand.el("div", text, hand.posted) if way.text else text) + foot
    if way.around == "table":
        one = hand.el("tr", hand.el("td", author, "author", " valign=top") + hand.el("td", text, "post"))
        return hand.el("table", one, "post")
    if way.around == "flat":
        return author + text
    author = hand.el("div", author, "author") if way.author else author
    return hand.el({"dl": "div"}.get(way.around, way.around), author + text, "post")


def short(hand: Hand, lines: Lines, way: Way) -> str:
    """What the site says of a post: who wrote it and when, its number, its buttons."""
    if not way.short or any(line.letter != "n" for line in lines):
        return mixed(hand, lines)
    return "".join(
        each(hand, [inline(hand, core(line.text), line.role)], KINDS.get(line.role, "info"), way.short)
        for line in lines
    )

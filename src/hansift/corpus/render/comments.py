"""Readers' comments as HTML: each in a block of its own, with who wrote it, what was said, and its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from hansift.corpus.render.body import framed
from hansift.corpus.render.furniture import SENTENCES, SHORT, each, heading, inline
from hansift.corpus.render.hand import Hand

LONG = 36
"""Characters from which a line is something said, whatever signs it has."""
MOST_HEAD = 3
"""Lines, at most, that say who wrote a comment and when."""


class Comment(NamedTuple):
    """The lines of one comment: who wrote it, what was said, its buttons; any of them may have none."""

    head: list[str]
    said: list[str]
    foot: list[str]


def is_said(text: str) -> bool:
    """Whether a line among comments is something said, rather than a name, a date or a button.

    >>> is_said("好文，顶"), is_said("老周 2021-05-24 08:12")
    (True, False)
    """
    return len(text) > LONG or "，" in text or bool(SENTENCES.search(text))


def parted(texts: Sequence[str]) -> tuple[list[str], list[Comment]]:
    """What stands above the comments, and the comments: as many lines as stand before the first thing said, and between
    any two, at most MOST_HEAD, say of each who wrote it; without any, each thing said is a comment.

    >>> parted(["评论", "甲", "很好。", "回复", "乙", "不错。", "丙", "沙发！"])[1][1]
    Comment(head=['乙'], said=['不错。'], foot=[])
    >>> parted(["很好。", "甲", "不错。"])[1][0]
    Comment(head=[], said=['很好。'], foot=['甲'])
    """
    at = [i for i, text in enumerate(texts) if is_said(text)]
    first = at[0] if at else len(texts)
    size = min([first, MOST_HEAD, *(after - before - 1 for before, after in pairwise(at) if after - before > 1)])
    above, found, gap = list(texts[: first - size]), [Comment(list(texts[first - size : first]), [], [])], list[str]()
    for text in texts[first:]:
        if not is_said(text):
            gap.append(text)
            continue
        last = found[-1]
        if last.said and (gap or not size):
            cut = max(0, len(gap) - size)
            last.foot.extend(gap[:cut])
            found.append(Comment(gap[cut:], [], []))
        found[-1].said.append(text)
        gap = []
    found[-1].foot.extend(gap)
    return above, found


class Way(NamedTuple):
    """How a hand sets every comment of a page: the element around it, that of a short line, what it calls the lines of
    the writer, and whether these and what was said stand in blocks of their own.
    """

    around: str
    short: str
    writer: str
    head: bool
    said: bool


def comments(hand: Hand, texts: Sequence[str]) -> str:
    """Comments in the way of this hand, without the block around them."""
    above, found = parted(texts)
    way = Way(
        hand.rng.choice(("table", "div", "div", "div", "li", "li", "dl", "flat")),
        hand.rng.choice(SHORT),
        hand.rng.choice(("author", "info")),
        hand.chance(0.5),
        hand.chance(0.8),
    )
    top = heading(hand, above[0]) if above else ""
    top += "".join(hand.el("div", inline(hand, text, "comment")) for text in above[1:])
    made = "".join(comment(hand, one, way) for one in found)
    around = {"li": "ul", "dl": "dl", "table": "table"}.get(way.around)
    return top + (hand.el(around, made, "list") if around else made)


def comment(hand: Hand, one: Comment, way: Way) -> str:
    """One comment."""
    head, foot = (
        each(hand, [inline(hand, text, "comment") for text in texts], kind, way.short)
        for texts, kind in ((one.head, way.writer), (one.foot, "tools"))
    )
    said = "".join(framed(hand, inline(hand, text, "comment")) for text in one.said)
    said = hand.el("div", said, "remarktext") if way.said else said
    head = hand.el("div", head, "info") if way.head and head else head
    if way.around == "table":
        return hand.el("tr", hand.el("td", head, "author", " valign=top") + hand.el("td", said + foot, "remark"))
    if way.around == "flat":
        return head + said + foot
    if way.around == "dl":
        return hand.el("dt", head) + hand.el("dd", said + foot, "remark")
    return hand.el(way.around, head + said + foot, "remark")

"""A labelled page as HTML: its parts in the order of its lines, put together as one hand would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from hansift.corpus.labelled import LabelledLine, LabelledPage
from hansift.corpus.mix import span_of_body
from hansift.corpus.render.article import article
from hansift.corpus.render.blocks import Lines, blocks, clinging, joined, wrapper
from hansift.corpus.render.body import core
from hansift.corpus.render.hand import Hand
from hansift.corpus.render.noise import head, noise


def bare(text: str) -> list[str]:
    r"""The lines of a text that are not blank, without bullets and with single blanks: what rendering keeps.

    >>> bare("  • 首页\n\n正文  一")
    ['首页', '正文 一']
    """
    return [" ".join(core(line).split()) for line in text.split("\n") if line.strip()]


def rendered(pages: Sequence[LabelledPage], seed: int, copies: int = 1) -> Iterator[tuple[LabelledPage, str]]:
    """Each page with its HTML, `copies` times by different hands; the same seed gives the same bytes."""
    for copy in range(copies):
        for page in pages:
            yield page, render(page, Random(f"html {seed} {copy} {page.name}"))


def render(page: LabelledPage, rng: Random) -> str:
    """The page as HTML that gives back the `bare` lines of its text, in their order."""
    hand = Hand(rng)
    lines = [guessed(line) for line in page.lines if line.letter]
    low, high = span_of_body(list(lines))
    inner = body(hand, lines[:low], lines[low:high], lines[high:])
    if hand.chance(0.06):
        return inner
    end = "" if hand.chance(0.1) else "</body></html>"
    return f"{head(hand, document_title(hand, page))}<{hand.tag('body')}>\n{noise(hand)}{inner}{noise(hand)}{end}"


def document_title(hand: Hand, page: LabelledPage) -> str:
    """What the browser's tab shows: the headline with the site's name, or what hands leave there."""
    site = page.facts.get("site", "")
    found = [core(line.text) for line in page.lines if line.role == "title" and line.letter == "b"]
    if not found:
        found = [core(line.text) for line in page.lines if line.letter == "b" and len(line.text) < 30][:1]
    if not found or hand.chance(0.12):
        return hand.rng.choice((site, "无标题文档", "", "首页"))
    glue = hand.rng.choice(("_", "-", " - ", "|", " | ", "——", "--", " ", "_新闻_", " 来自 "))
    title = found[0].strip()
    both = f"{title}{glue}{site}"
    return hand.rng.choice((title, both, both, both, f"{site}{glue}{title}"))


def guessed(line: LabelledLine) -> LabelledLine:
    """The line with a role where its author gave none."""
    if line.role or line.letter == "s":
        return line
    size = len(line.text.strip())
    if line.letter == "b":
        return replace(line, role="para" if size >= 30 else "item")
    return replace(line, role="menu" if size < 10 else "related" if size < 40 else "notice")


def body(hand: Hand, before: Lines, middle: Lines, after: Lines) -> str:
    """The inner HTML of the page's body."""
    first, last = blocks(hand, before), blocks(hand, after)
    near = hand.rng.randint(0, clinging(last)) if hand.chance(0.5) else 0
    inner = article(hand, middle, last[:near])
    taken = near if inner[1] else 0
    in_article, in_main, _ = cuts(hand, len(last) - taken)
    lead = hand.rng.randint(0, min(3, clinging(first[::-1]))) if hand.chance(0.5) else 0
    rest = last[taken:]
    text = joined(hand, first[len(first) - lead :]) + inner[0] + joined(hand, rest[:in_article])
    named = "article" if hand.chance(0.75) else hand.rng.choice(("main", "group", "panel", "list"))
    text = wrapper(hand, text, named) if hand.skeleton != "flat" or hand.chance(0.3) else text
    at = (
        hand.rng.randint(max(0, len(first) - lead - 3), max(0, len(first) - lead))
        if hand.chance(0.7)
        else len(first) - lead
    )
    main = joined(hand, first[at : len(first) - lead]) + hand.wrapped(text, 1) + joined(hand, rest[in_article:in_main])
    return frame(hand, first[:at], main, rest[in_main:])


def cuts(hand: Hand, most: int) -> tuple[int, int, int]:
    """How many of the blocks behind an article stand in it, in the column around it, and in all."""
    inside = hand.rng.choice((0, 0, 0, 1, 2, 3, most))
    around = hand.rng.choice((0, 1, 2, 4, most))
    inside = min(inside, most)
    return inside, min(max(inside, around), most), most


def frame(hand: Hand, before: Sequence[tuple[str, str]], main: str, after: Sequence[tuple[str, str]]) -> str:
    """The whole page: header, column with the article, what stands beside and below it."""
    split = next(
        (i for i, (role, _) in enumerate(after) if role in ("footer", "notice") and hand.chance(0.8)), len(after)
    )
    beside, below = joined(hand, after[:split]), joined(hand, after[split:])
    left = hand.rng.randint(0, min(3, len(before))) if hand.chance(0.25) else 0
    top, aside = joined(hand, before[: len(before) - left]), joined(hand, before[len(before) - left :])
    if hand.skeleton == "table" and hand.chance(0.7):
        cells = hand.el("td", aside, "", " width=160 valign=top") * bool(aside) + hand.el("td", main, "main")
        if beside and hand.chance(0.6):
            cells, beside = cells + hand.el("td", beside, "side", " width=200"), ""
        main = hand.el("table", hand.el("tr", cells), "", " width=760 align=center")
    else:
        main = (hand.el("div", aside, "side") if aside else "") + (
            hand.el("main" if hand.skeleton == "html5" else "div", main, "main") if hand.chance(0.85) else main
        )
    if beside and hand.chance(0.6):
        beside = wrapper(hand, beside, "side")
    if top and hand.chance(0.6):
        top = wrapper(hand, top, "header")
    if below and hand.chance(0.6):
        below = wrapper(hand, below, "footer")
    middle = main + noise(hand) + beside
    if hand.chance(0.6):
        middle = hand.wrapped(middle, 2, "main")
    whole = top + noise(hand) + middle + below
    if hand.sloppy:
        whole += hand.rng.choice(("</div>", "</font></span>", "</td></tr></table>", "", "</center>"))
    return hand.wrapped(whole, 2, "page")

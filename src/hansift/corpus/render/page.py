"""A labelled page as HTML: its parts in the order of its lines, put together as one hand would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from hansift.corpus.labelled import LabelledLine, LabelledPage
from hansift.corpus.mix import span_of_body
from hansift.corpus.render.body import core, flow, framed, runs
from hansift.corpus.render.furniture import block, inline, laid
from hansift.corpus.render.hand import Hand
from hansift.corpus.render.noise import head, noise

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
POSTED = frozenset(("post", "reply", "qa"))
CLINGS = frozenset("byline tool tag ad panel leftover notice pager toc".split())
"""Roles of blocks that stand close to the text."""

Lines = Sequence[LabelledLine]


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


def clinging(made: Sequence[tuple[str, str]]) -> int:
    """How many blocks from the first on stand close to the text."""
    count = 0
    for role, _ in made:
        if role not in CLINGS:
            break
        count += 1
    return count


def cuts(hand: Hand, most: int) -> tuple[int, int, int]:
    """How many of the blocks behind an article stand in it, in the column around it, and in all."""
    inside = hand.rng.choice((0, 0, 0, 1, 2, 3, most))
    around = hand.rng.choice((0, 1, 2, 4, most))
    inside = min(inside, most)
    return inside, min(max(inside, around), most), most


def as_text(hand: Hand, texts: Sequence[str], role: str) -> str:
    """Furniture in no block of its own, set like the paragraphs of the text."""
    lines = [inline(hand, text, role) for text in texts]
    if hand.chance(0.7):
        return "".join(framed(hand, line) for line in lines)
    return laid(hand, lines, hand.rng.choice(("p", "p", "div", "br")))


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
        while texts:
            made.append((role, boxed(hand, block(hand, texts[:most], role), role)))
            texts = texts[most:]
    return made


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

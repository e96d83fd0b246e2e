"""The article's own lines as HTML: headline, paragraphs, lists, tables, captions, posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hansift.corpus.labelled import LabelledLine
from hansift.corpus.render.furniture import laid, link
from hansift.corpus.render.hand import Hand
from hansift.corpus.render.noise import image, noise

PROSE = frozenset(("para", "lead", "post", "reply", "dialogue", "qa", "", "filler", "promo"))
WORD = re.compile(r"[\u4e00-\u9fff]{2,6}|[A-Za-z]{3,}")


def core(text: str) -> str:
    r"""A line without its place on the page: without blanks at its ends and the bullet of a list.

    >>> core("    • 首页 "), core("\u3000\u3000正文")
    ('首页', '\u3000\u3000正文')
    """
    text = text.strip(" \t\r\f\v")
    return re.sub(r"^•[ \t]+(?=.)", "", text)


def decorated(hand: Hand, text: str) -> str:
    """Prose with what hands put into it: links, bold words, spans."""
    inner = hand.text(text)
    if hand.linked_prose and hand.chance(hand.linked_prose):
        inner = (
            WORD.sub(lambda word: link(hand, word[0]) if hand.chance(0.08 + hand.linked_prose / 8) else word[0], inner)
            if "&" not in inner
            else inner
        )
    if hand.bold_prose and hand.chance(hand.bold_prose) and "<" not in inner and "&" not in inner:
        cut = hand.rng.randint(0, len(inner))
        inner = f"<strong>{inner[:cut]}</strong>{inner[cut:]}" if cut else inner
    return inner


def title(hand: Hand, text: str) -> str:
    """A headline."""
    inner = hand.text(text)
    tag = hand.rng.choice(("h1", "h1", "h1", "h1", "h2", "h2", "h3", "div", "div", "p", "strong", "td", "font"))
    if hand.skeleton == "table":
        tag = hand.rng.choice(("td", "font", "h1", "strong", "div", "p", "center"))
    if hand.chance(0.08):
        inner = link(hand, inner)
    if tag == "td":
        inner = hand.el("font", inner, "", " size=5").strip() if hand.chance(0.4) else inner
        return hand.el(
            "table", hand.el("tr", hand.el("td", inner, "title" if hand.chance(0.7) else "", " align=center"))
        )
    if tag == "font":
        return hand.el("p", f"<font size=5><b>{inner}</b></font>", "", " align=center")
    if tag == "strong":
        return hand.el("div", hand.el("strong", inner).strip(), "title" if hand.chance(0.7) else "")
    if hand.chance(0.1):
        inner = hand.el("span", inner, "title").strip()
    made = hand.el(tag, inner, "title" if hand.chance(0.7) else "")
    return hand.el("div", made, "group") if hand.chance(0.15) else made


def paragraph(hand: Hand, text: str) -> str:
    """One line of prose in the way of this hand."""
    return framed(hand, decorated(hand, text))


def framed(hand: Hand, inner: str) -> str:
    """The HTML of one line as a paragraph of this hand."""
    way = hand.paragraphs
    style = ' style="text-indent:2em;line-height:28px"' if hand.styled else ""
    if way == "div":
        return hand.el("div", inner, "", style)
    if way == "br":
        return inner + hand.br()
    if way == "brbr":
        return inner + hand.br() + hand.br()
    if way == "rows":
        return hand.el("p", inner) if hand.chance(0.9) else hand.el("div", inner)
    if way == "span":
        return hand.el("div", hand.el("span", inner, "", ' data-text="true"').strip(), "group")
    if way == "section":
        return hand.el("section", hand.el("p", hand.el("span", inner, "", style).strip()))
    if way == "font":
        return f"<p><font size=3>{inner}</font></p>"
    if way == "p_span":
        return hand.el("p", hand.el("span", hand.el("span", inner, "", style).strip(), "", style).strip(), "", style)
    if way == "p_open":
        return f"<{hand.tag('p')}>{inner}\n"
    return hand.el("p", inner, "text" if hand.paragraphs_named else "", style)


def flow(hand: Hand, lines: Sequence[LabelledLine]) -> str:
    """Lines of body one after another, those of one role together."""
    made = []
    for role, run in runs(lines):
        texts = [core(line.text) for line in run]
        if role == "lead" and hand.chance(0.3):
            made.append(
                hand.el(
                    "div",
                    "".join(paragraph(hand, text) for text in texts),
                    hand.rng.choice(("info", "notice", "group")),
                )
            )
        elif role in PROSE:
            made.extend(paragraph(hand, text) + noise(hand) for text in texts)
        else:
            made.append(special(hand, texts, role))
        if role in PROSE and hand.chance(0.1):
            made.append(hand.el("p", image(hand), "", " align=center"))
    return "".join(made)


def runs(lines: Sequence[LabelledLine]) -> Iterator[tuple[str, list[LabelledLine]]]:
    """The lines in stretches of one role."""
    run: list[LabelledLine] = []
    for line in lines:
        if run and line.role != run[-1].role:
            yield run[-1].role, run
            run = []
        run.append(line)
    if run:
        yield run[-1].role, run


def special(hand: Hand, texts: Sequence[str], role: str) -> str:
    """Lines of body that are no prose."""
    whole = {"title": titles, "code": code, "row": rows, "subhead": subheads}.get(role)
    if whole:
        return whole(hand, texts)
    inner = [decorated(hand, text) for text in texts]
    if role == "caption":
        return captions(hand, inner)
    if role == "quote":
        lines = [hand.el("p" if hand.chance(0.5) else "div", line) for line in inner]
        return hand.el("blockquote", "".join(lines), "quote" * hand.chance(0.3))
    if role == "sign":
        return "".join(hand.el("p", line, "", ' style="text-align:right"' * hand.chance(0.5)) for line in inner)
    if role == "item":
        if hand.chance(0.12):
            inner = [link(hand, line) if "<a" not in line.lower() else line for line in inner]
        return laid(hand, inner, hand.rng.choice(("ul", "ul", "p", "p", "div", "br")), "group")
    ways = ("br", "br", "p", "div", "bare") if role == "verse" else ("p", "div", "br")
    return laid(hand, inner, hand.rng.choice(ways), "group")


def titles(hand: Hand, texts: Sequence[str]) -> str:
    """Headlines."""
    return "".join(title(hand, text) for text in texts)


def subheads(hand: Hand, texts: Sequence[str]) -> str:
    """Headings within the text, all in one way."""
    way = hand.rng.choice(("h2", "h3", "h4", "strong", "strong", "plain", "div", "b"))
    if way == "plain":
        return "".join(paragraph(hand, text) for text in texts)
    inner = [decorated(hand, text) for text in texts]
    if way in ("h2", "h3", "h4", "div"):
        return "".join(hand.el(way, line, "title" if hand.chance(0.2) else "") for line in inner)
    return "".join(hand.el("p", hand.el(way, line).strip()) for line in inner)


def captions(hand: Hand, inner: Sequence[str]) -> str:
    """What stands below pictures."""
    way = hand.rng.choice(("figcaption", "p", "div", "div"))
    if way == "figcaption":
        return "".join(hand.el("figure", image(hand) + hand.el("figcaption", line)) for line in inner)
    align = " align=center" * hand.styled
    return "".join(hand.el(way, image(hand) * hand.chance(0.3) + line, "caption", align) for line in inner)


def code(hand: Hand, texts: Sequence[str]) -> str:
    """Lines of a program, their indents as they stand."""
    if hand.chance(0.7):
        lines = "\n".join(hand.text(text).replace("&nbsp;", " ") for text in texts)
        return hand.el("pre", f"<code>{lines}</code>" if hand.chance(0.6) else lines)
    return "".join(hand.el("div", hand.el("code", hand.text(text)).strip()) for text in texts)


def rows(hand: Hand, texts: Sequence[str]) -> str:
    """Rows of facts: of a table, one cell or more a row, or of a list."""
    e = hand.el
    inner = [decorated(hand, text) for text in texts]
    if any("\t" in text for text in texts) or hand.chance(0.5):
        made = []
        for text, line in zip(texts, inner, strict=True):
            cells = re.split(r"\t+", text) if "\t" in text else [text]
            made.append(
                e("tr", "".join(e("td", hand.text(cell)) for cell in cells) if len(cells) > 1 else e("td", line))
            )
        return e("table", "".join(made), "table" * hand.chance(0.5), " border=1" * hand.chance(0.3))
    if hand.chance(0.3):
        split = [re.match(r"(.{1,10}?[：:])(.+)", text) for text in texts]
        pairs = [
            e("span", hand.text(m[1]), "info").strip() + e("span", hand.text(m[2])).strip() if m else line
            for m, line in zip(split, inner, strict=True)
        ]
        return laid(hand, pairs, hand.rng.choice(("ul", "div", "p", "dl")), "table")
    linked = [link(hand, hand.text(text)) for text in texts] if hand.chance(0.12) else list(inner)
    return laid(
        hand, linked, hand.rng.choice(("ul", "p", "div", "br", "dl", "table")), "table" * hand.chance(0.3) or "group"
    )

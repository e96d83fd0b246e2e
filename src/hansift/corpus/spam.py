"""Planted text, made the way that hijackers plant it: labelled lines of spam, and spans inside lines of body.

Brands and sentences come from `words/`. Keyword lists are recombined from words of the spam lines in the labelled
pages, of which the seeds' alone are adult, and nothing else is written; see `adult_words` for what is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from hansift.corpus.labelled import LabelledLine, LabelledPage
from hansift.corpus.words import KINDS, Kind, counties, kind, leads

NEVER_USED = re.compile(
    "未|满|十八|18|幼|童|少|女儿|学|校|萝|嫩|小|处|初|高中|娃|孩|儿|老师|母|父|妈|孕|强|迫|伦|奸|姧|猛|激烈|射|喷"
)
"""No word with one of these is taken from the seeds' spam: nothing that could be read as about minors, no violence."""

TITLE_SEPARATORS = (",", "-", "_", "，", " ", "|", " - ", "、", ", ")
POOL_SEPARATORS = ("| ", "|", "、", " ", " | ", ",", "  ")
POOL_LEADS = (
    "主站蜘蛛池模板: ",
    "主站蜘蛛池模板： ",
    "友情链接：",
    "",
    "",
    "感谢您访问我们的网站，您可能还对以下资源感兴趣：",
    "网站地图：",
    "热门搜索: ",
)


@dataclass(frozen=True, slots=True)
class Campaign:
    """What one hijacker plants on one page: a kind, a few brands of it, and words for adult keyword lists."""

    kind: Kind | None
    brands: tuple[str, ...]
    adult: tuple[str, ...]
    rng: Random

    def phrase(self) -> str:
        """A keyword phrase: a brand with a word behind it, or adult words side by side."""
        if self.kind is None:
            return self._adult_phrase()
        brand = self.rng.choice(self.brands)
        words = self.rng.sample(self.kind.words, self.rng.choices((0, 1, 2), (2, 6, 2))[0])
        glue = self.rng.choice(("", "", "", " ", "-"))
        return glue.join([brand, *words]) if self.rng.random() < 0.85 else glue.join([*words, brand])

    def _adult_phrase(self) -> str:
        """Adult words side by side; never ones that together make what is never used."""
        phrase = self.rng.choice(self.adult)
        for word in self.rng.choices(self.adult, k=self.rng.randint(1, 4)):
            phrase += "" if NEVER_USED.search(phrase + word) else word
        return phrase

    def phrases(self, low: int, high: int) -> list[str]:
        """Some phrases."""
        return [self.phrase() for _ in range(self.rng.randint(low, high))]


def adult_words(pages: Sequence[LabelledPage]) -> tuple[str, ...]:
    """Words of two to four characters in the spam lines of the labelled pages, those of NEVER_USED left out.

    Adult wording stands in the seeds' lines alone; the spam of the authored pages is tame.
    """
    words: set[str] = set()
    for page in pages:
        for line in page.lines:
            if line.letter == "s":
                for phrase in re.split(r"[|,\-\s:：]+", line.text):
                    if len(phrase) >= 6 and not NEVER_USED.search(phrase):
                        words.update(phrase[i : i + n] for n in (2, 4) for i in range(0, len(phrase) - n + 1, n))
    return tuple(sorted(words))


UNSEEN = 3
"""One stem in so many is for campaigns that only splice: the first step never learns it, as it never knows the brand
that it meets on a real page.
"""


def campaign(rng: Random, adult: Sequence[str], unseen: bool = False) -> Campaign:
    """A campaign drawn at random; adult only where there are words for it, and never one that is `unseen`."""
    if adult and not unseen and rng.random() < 0.25:
        return Campaign(None, (), tuple(rng.sample(tuple(adult), min(40, len(adult)))), rng)
    chosen = kind(rng.choice((*KINDS, "gambling", "gambling", "gambling", "lottery")))
    stems = tuple(stem for i, stem in enumerate(chosen.stems) if (i % UNSEEN == 0) == unseen)
    chosen = replace(chosen, stems=stems)
    brands = tuple(_brand(chosen, rng) for _ in range(rng.choice((1, 1, 2, 4, 8))))
    return Campaign(chosen, brands, tuple(adult), rng)


def _brand(chosen: Kind, rng: Random) -> str:
    """A brand of the kind; some are written with letters and digits before it, or with these alone."""
    name = rng.choice(chosen.stems) + rng.choice(chosen.tails)
    style = rng.random()
    if style < 0.7:
        return name
    letters = "".join(rng.choices("abcdefghjkmnprstwxyz", k=rng.randint(1, 3)))
    code = letters + str(rng.randint(1, 9999)) + rng.choice(("", "", ".com", "app", ".cc", "体育"))
    return (code.upper() if rng.random() < 0.3 else code) + (name if style < 0.85 else "")


def spam(role: str, text: str) -> LabelledLine:
    """A line of spam."""
    return LabelledLine(text, "s", role)


def titles(c: Campaign) -> list[LabelledLine]:
    """A keyword title."""
    return [spam("titles", c.rng.choice(TITLE_SEPARATORS).join(c.phrases(2, 7)))]


def pool(c: Campaign) -> list[LabelledLine]:
    """A tail of many names on one line: counties, brands or phrases."""
    rng = c.rng
    if rng.random() < 0.35:
        names = [name + rng.choice(("县", "市", "区", "县", "")) for name in rng.sample(counties(), rng.randint(8, 45))]
        if rng.random() < 0.3:
            names.insert(rng.randrange(len(names)), c.phrase())
    else:
        names = c.phrases(6, 40)
    separator = rng.choice(POOL_SEPARATORS)
    tail = separator.rstrip() if rng.random() < 0.6 else ""
    return [spam("pool", rng.choice(POOL_LEADS) + separator.join(names) + tail)]


def links(c: Campaign) -> list[LabelledLine]:
    """A run of lines, a phrase or a few each."""
    rng = c.rng
    low, high = rng.choice(((1, 1), (1, 1), (2, 5), (3, 8)))
    glue = rng.choice((" ", "\u3000", " | ", "  ", "、"))
    bullet = rng.choice(("", "", "", "  • ", "· ", "> "))
    lines = [
        spam("links", bullet + glue.join(c.phrases(low, high))) for _ in range(rng.choice((1, 2, 3, 5, 8, 14, 24)))
    ]
    if rng.random() < 0.3:
        lines.insert(0, spam("links", rng.choice(leads()).rstrip("：:")))
    return lines


def promo(c: Campaign) -> list[LabelledLine]:
    """A sentence or three that promote."""
    if c.kind is None:
        return titles(c)
    rng = c.rng
    sentences = rng.sample(c.kind.promos, rng.choice((1, 1, 2, 3)))
    brand = rng.choice(c.brands) + rng.choice(("", "", rng.choice(c.kind.words)))
    text = "".join(sentence.replace("{brand}", brand) for sentence in sentences)
    return [spam("promo", rng.choice(("", "", "", "  ", "　　", rng.choice(leads()))) + text)]


def filler(c: Campaign, clauses: Sequence[str]) -> list[LabelledLine]:
    """Machine-spun prose: clauses of unrelated pages strung together around a brand."""
    rng = c.rng
    lines = []
    for _ in range(rng.choice((1, 1, 2, 4))):
        parts = rng.sample(clauses, min(len(clauses), rng.randint(4, 18)))
        for _ in range(rng.choice((1, 1, 2, 3))):
            parts.insert(rng.randrange(len(parts)), c.phrase())
        joined = "".join(part + rng.choices(("，", "", "。", "，", "！", " "), (6, 2, 2, 2, 1, 1))[0] for part in parts)
        lead = rng.choice((rng.choice(leads()), "", "", c.phrase() + "，", c.phrase() + "："))
        lines.append(spam("filler", lead + joined + rng.choice(("。", "", "…"))))
    return lines


def debris(c: Campaign) -> list[LabelledLine]:
    """What an injection leaves behind: empty elements with random ids, lone question marks."""
    rng = c.rng
    name = "".join(rng.choices("abcdefghijkmnpqrstuvwxyz", k=3)) + str(rng.randint(10, 99))
    tag = rng.choice(("tr", "td", "div", "font", "sup", "ins", "acronym", "address"))
    text = rng.choice(
        (f'<{tag} id="{name}"></{tag}>', f'<{tag} id="{name}"><{tag} id="{name}x"></{tag}></{tag}>', "?", "???")
    )
    return [spam("debris", text)]


BLOCKS: tuple[tuple[Callable[[Campaign], list[LabelledLine]], int], ...] = (
    (titles, 4), (pool, 4), (links, 4), (promo, 5), (debris, 1),
)  # fmt: skip


def block(c: Campaign) -> list[LabelledLine]:
    """One planted block, of a mechanism drawn at random."""
    makers, weights = zip(*BLOCKS, strict=True)
    made: list[LabelledLine] = c.rng.choices(makers, weights)[0](c)
    return made


def splice(line: LabelledLine, c: Campaign) -> LabelledLine:
    """The line of body with planted text inside it, its span marked: at the head, the end, after a mark, or between
    any two characters.
    """
    rng = c.rng
    text = line.text
    planted = c.phrase()
    if c.kind is not None and rng.random() < 0.25:
        planted = rng.choice(c.kind.promos).replace("{brand}", rng.choice(c.brands))
    if rng.random() < 0.25:
        left, right = rng.choice((("（", "）"), ("【", "】"), ("(", ")"), ("[", "]"), ("《", "》")))
        planted = left + planted + right
    where = rng.choice(("head", "end", "mark", "mark", "inside", "inside"))
    indent = len(text) - len(text.lstrip())
    marks = [m.end() for m in re.finditer(r"[，。；：、！？,.]", text) if m.end() < len(text)]
    if where == "end":
        at = len(text.rstrip())
        planted = rng.choice(("", "_", "-", " ", "，", "|", "——")) + planted
    elif where == "inside":
        at = rng.randrange(indent + 1, max(indent + 2, len(text.rstrip())))
        planted = planted if rng.random() < 0.6 or c.kind is None else rng.choice(c.brands)
    elif where == "mark" and marks:
        at = rng.choice(marks)
        planted += rng.choice(("", "", "：", "，", ",", " "))
    else:
        at = indent
        planted += rng.choice(("：", "_", "-", " ", "，", "", "|", ",")) if not planted.endswith(("。", "！")) else ""
    end = at + len(planted)
    spans = [(a + len(planted) * (a >= at), b + len(planted) * (b > at)) for a, b in line.spans]
    if not any(a < at and end < b for a, b in spans):  # within what was planted before it is part of that
        spans.append((at, end))
    return replace(line, text=text[:at] + planted + text[at:], spans=tuple(sorted(spans)))


def clauses_of(pages: Sequence[LabelledPage]) -> tuple[str, ...]:
    """Clauses of the pages' prose, for filler: 4 to 30 characters between marks."""
    found: list[str] = []
    for page in pages:
        for line in page.lines:
            if line.letter == "b" and line.role in ("para", "dialogue", "quote", "post", "reply", ""):
                found.extend(part for part in re.split(r"[，。；：！？,、…“”\s]+", line.text) if 4 <= len(part) <= 30)
    return tuple(found)

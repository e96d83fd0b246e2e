"""What labelled pages there are: counts by kind, script, label and role, and which forms of the web they show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath
from typing import Any

from hansift.corpus.labelled import LETTERS, LabelledLine, LabelledPage

PAGES, LINES, PAGES_OF_A_KIND, BYTES = 480, 36_000, 20, 8 << 20
"""What the authored corpus must have, and at most weigh."""
SCRIPTS = {"simplified": 0.60, "traditional": 0.25, "naive": 0.10, "mixed-english": 0.05}
"""Shares of its pages by script; `traditional` counts Taiwan and Hong Kong together."""
NEAR = 0.05

SENTENCE = re.compile(r"[。！？!?…]")
BULLET = re.compile(r"^\s*[•·]\s*")
DATE = re.compile(r"\d{1,4}\s*[-./年月]\s*\d{1,2}")
LONG_LINE = 1000


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that the corpus must have: what was wanted, what was found, and whether that is enough."""

    name: str
    wanted: float
    found: float
    met: bool


def authored(pages: Sequence[LabelledPage]) -> list[LabelledPage]:
    """The pages that are not of a folder `seeds`."""
    return [page for page in pages if "seeds" not in PurePath(page.name).parts]


def census(pages: Sequence[LabelledPage], loose: Sequence[LabelledPage] = ()) -> dict[str, Any]:
    """All counts as plain values: `pages`, `lines`, `by_kind`, `by_script`, `by_label`, `by_role`, `axes`, `needs`; and
    `loose`, by role, of the lines that stand in no page.
    """
    own = authored(pages)
    return {
        "pages": len(pages),
        "sites": len({page.site for page in pages}),
        "lines": sum(len(labelled(page)) for page in pages),
        "by_kind": grouped(own, lambda page: page.facts.get("kind", "")),
        "by_script": grouped(own, lambda page: page.facts.get("script", "")),
        "by_label": {
            str(label): _lines([line for page in pages for line in page.lines if line.letter == letter])
            for letter, label in LETTERS.items()
        },
        "by_role": roles(pages),
        "loose": roles(loose),
        "axes": {name: sum(shows(page) for page in own) for name, shows in AXES.items()},
        "needs": [
            {"name": need.name, "wanted": need.wanted, "found": need.found, "met": need.met}
            for need in needs(own, loose)
        ],
    }


def labelled(page: LabelledPage) -> list[LabelledLine]:
    """The page's lines that are not blank."""
    return [line for line in page.lines if line.letter]


def grouped(pages: Sequence[LabelledPage], key: Callable[[LabelledPage], str]) -> dict[str, dict[str, int]]:
    """Pages and lines, in all and of each label, by a page's key, sorted."""
    rows: dict[str, dict[str, int]] = {}
    for page in sorted(pages, key=key):
        row = rows.setdefault(key(page), dict.fromkeys(("pages", "lines", *map(str, LETTERS.values())), 0))
        row["pages"] += 1
        for line in labelled(page):
            row["lines"] += 1
            row[str(LETTERS[line.letter])] += 1
    return rows


def roles(pages: Sequence[LabelledPage]) -> dict[str, dict[str, int]]:
    """Lines, characters and pages of each role, `n:menu` and so on, sorted; `n:` is without a role."""
    found: dict[str, list[LabelledLine]] = {}
    on: Counter[str] = Counter()
    for page in pages:
        lines = [(f"{line.letter}:{line.role}", line) for line in labelled(page)]
        on.update({role for role, _ in lines})
        for role, line in lines:
            found.setdefault(role, []).append(line)
    return {role: {**_lines(found[role]), "pages": on[role]} for role in sorted(found)}


def _lines(lines: Sequence[LabelledLine]) -> dict[str, int]:
    return {"lines": len(lines), "chars": sum(len(line.text.strip()) for line in lines)}


def needs(pages: Sequence[LabelledPage], loose: Sequence[LabelledPage] = ()) -> Iterator[Need]:
    """What the authored pages must have; the lines that stand in no page count to their bytes."""
    lines = sum(len(labelled(page)) for page in pages)
    size = sum(len(page.text.encode()) for page in (*pages, *loose))
    yield Need("pages", PAGES, len(pages), len(pages) >= PAGES)
    yield Need("labelled lines", LINES, lines, lines >= LINES)
    yield Need("bytes at most", BYTES, size, size <= BYTES)
    kinds = Counter(page.facts.get("kind", "") for page in pages)
    for kind, number in sorted(kinds.items()):
        yield Need(f"pages of kind {kind}", PAGES_OF_A_KIND, number, number >= PAGES_OF_A_KIND)
    scripts = Counter(page.facts.get("script", "").removesuffix("-tw").removesuffix("-hk") for page in pages)
    for script, share in SCRIPTS.items():
        found = round(scripts[script] / max(1, len(pages)), 3)
        yield Need(f"share in script {script}", share, found, abs(found - share) <= NEAR)
    for name, shows in AXES.items():
        number = sum(shows(page) for page in pages)
        yield Need(f"pages with {name}", 1, number, number > 0)


def texts(page: LabelledPage, *chosen: str) -> list[str]:
    """The page's lines of those roles (`n:menu`) or letters (`n`), all of them without any."""
    return [
        line.text
        for line in labelled(page)
        if not chosen or line.letter in chosen or f"{line.letter}:{line.role}" in chosen
    ]


def longest_run(page: LabelledPage, *chosen: str) -> int:
    """The most lines of those roles in a row, blank lines left out."""
    best = run = 0
    for line in labelled(page):
        run = run + 1 if f"{line.letter}:{line.role}" in chosen else 0
        best = max(best, run)
    return best


def twice_bulleted(page: LabelledPage) -> bool:
    """Whether a bulleted line stands again without its bullet just below."""
    lines = [line.text for line in labelled(page)]
    return any(BULLET.match(line) and BULLET.sub("", line).strip() == below.strip() for line, below in pairwise(lines))


def told(*tags: str) -> Callable[[LabelledPage], bool]:
    """Whether the page's author says so, in its fact `layout`."""
    return lambda page: any(tag in page.facts.get("layout", "").replace("_", " ") for tag in tags)


def long(page: LabelledPage, letter: str) -> bool:
    """Whether a line of that letter has 1,000 characters."""
    return any(len(text) >= LONG_LINE for text in texts(page, letter))


def prose(page: LabelledPage, role: str) -> int:
    """How many lines of a role read like prose."""
    return sum(len(text.strip()) >= 25 and bool(SENTENCE.search(text)) for text in texts(page, role))


def has(role: str) -> Callable[[LabelledPage], bool]:
    """Whether a page has a line of that role."""
    return lambda page: bool(texts(page, role))


def has_prose(role: str) -> Callable[[LabelledPage], bool]:
    """Whether a page has a line of that role that reads like prose."""
    return lambda page: prose(page, role) > 0


Shows = Callable[[LabelledPage], bool]

AXES: dict[str, Shows] = {
    "bulleted lines, the text again below": twice_bulleted,
    "menu words on one line": lambda p: any(len(re.split(r"[\s|｜·]+", t.strip())) >= 4 for t in texts(p, "n:menu")),
    "menu words one a line": lambda p: longest_run(p, "n:menu") >= 5 and max(map(len, texts(p, "n:menu"))) <= 12,
    "breadcrumb with >": lambda p: any(re.search(r"[^>＞][>＞][^>＞]", t) for t in texts(p, "n:crumb")),
    "breadcrumb with >>": lambda p: any(">>" in t for t in texts(p, "n:crumb")),
    "breadcrumb with »": lambda p: any("»" in t for t in texts(p, "n:crumb")),
    "breadcrumb with /": lambda p: any("/" in t for t in texts(p, "n:crumb")),
    "byline on one line": lambda p: longest_run(p, "n:byline") == 1,
    "byline on four lines": lambda p: longest_run(p, "n:byline") >= 4,
    "indented paragraphs": lambda p: any(re.match(r"\s{2,}|\u3000", t) for t in texts(p, "b:para")),
    "| at both ends": lambda p: any(re.fullmatch(r"\s*\|.+\|\s*", t) for t in texts(p, "b")),
    "a list of dates and headlines": lambda p: sum(bool(DATE.search(t)) for t in texts(p, "n:related", "b:item")) >= 3,
    "blank lines": lambda p: any(not line.letter for line in p.lines),
    "no blank lines": lambda p: all(line.letter for line in p.lines),
    "a line of one character": lambda p: any(len(t.strip()) == 1 for t in texts(p)),
    "a body line of 1,000 characters": lambda p: long(p, "b"),
    "a nav line of 1,000 characters": lambda p: long(p, "n"),
    **{f"body as {role}": has(f"b:{role}")
       for role in ("subhead", "caption", "row", "verse", "dialogue", "item", "code", "quote", "qa", "reply")},
    "one-word body lines": lambda p: any(len(t.strip()) <= 4 for t in texts(p, "b")),
    **{f"nav prose as {role}": has_prose(f"n:{role}") for role in ("notice", "teaser", "ad", "comment", "panel")},
    "a feed of ten teasers": lambda p: longest_run(p, "n:teaser", "n:byline") >= 10 and prose(p, "n:teaser") >= 5,
    "comments in whole sentences": lambda p: prose(p, "n:comment") >= 4,
    "forty rows": lambda p: len(texts(p, "b:row")) >= 40,
    "several articles, all of them body": told("many articles"),
    "several articles, one of them body": told("one of several"),
    "a feed in another language": told("foreign feed"),
    "body with the words of spam": told("spamlike body"),
    "a short article under heavy furniture": lambda p: len(texts(p, "b")) <= 15 and len(texts(p, "n")) >= 50,
}  # fmt: skip
"""The forms that the corpus must show, each a question to a page."""

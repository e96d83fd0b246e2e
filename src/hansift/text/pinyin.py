"""Injected readings: `國(guó)` where the page had `國`.

An injector annotates some of a page's Traditional characters, each wherever it stands and always with
the same reading. People annotate otherwise: rare or ambiguous characters, once, or every character of a
line, and they do not pick only those that Simplified script writes differently. So the page decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from hansift.text import tables
from hansift.text.edits import Step

LETTERS = "a-zāáǎàēéěèêīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿɡɑ"
HAN = "\u3400-\u9fff\uf900-\ufaff"
SYLLABLE = f"[{LETTERS}]{{1,6}}[1-5]?"
HINT = re.compile(rf"[(（] ?{SYLLABLE} ?[)）]")

_ANNOTATED = re.compile(rf"([{HAN}])[(（] ?({SYLLABLE}) ?[)）](?:[(（] ?\2 ?[)）])?")
_CUT_OFF = re.compile(rf"([{HAN}])[(（]([{LETTERS}]{{0,6}})(?=\.\.\.|…|\n|\Z)")
_TONELESS = re.compile(r"[a-z]+")
_IS_HAN = re.compile(f"[{HAN}]")
_TONES = {
    mark: (plain, str(tone))
    for plain, marks in zip("aeiouü", ("āáǎà", "ēéěè", "īíǐì", "ōóǒò", "ūúǔù", "ǖǘǚǜ"), strict=True)
    for tone, mark in enumerate(marks, 1)
}


class Annotation(NamedTuple):
    """A character with a reading behind it: the reading in brackets is `start` to `end`."""

    char: str
    reading: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def numbered(reading: str) -> str:
    """A reading in one notation, tone last: `guó`, `guo2` and `ɡuó` give `guo2`."""
    letters = []
    tone = "5"
    for char in reading.translate({0x261: "g", 0x251: "a"}):
        if char.isdigit():
            tone = char
            continue
        plain, mark = _TONES.get(char, (char, ""))
        letters.append(plain)
        tone = mark or tone
    return "".join(letters).replace("v", "ü") + tone


def is_reading(char: str, reading: str) -> bool:
    """Whether a Traditional form is read so; false of every other character."""
    known = tables.readings().get(char, ())
    return reading in known or numbered(reading) in map(numbered, known)


def annotations(text: str) -> list[Annotation]:
    """Every Han character that has a syllable in brackets behind it, in order."""
    return [Annotation(m[1], m[2], m.start() + 1, m.end()) for m in _ANNOTATED.finditer(text)]


def injected(text: str, found: list[Annotation]) -> dict[str, str]:
    """The readings that an injector put into this page, by character; empty if none did."""
    counts = Counter((a.char, numbered(a.reading)) for a in found)
    kinds = Counter(char for char, _ in counts)
    table = {
        char: reading
        for (char, reading), count in counts.items()
        if kinds[char] == 1 and is_reading(char, reading) and 2 * count >= text.count(char)
    }
    glosses = sum(a.char not in table and not _TONELESS.fullmatch(a.reading) for a in found)
    ours = [a for a in found if a.char in table]
    return table if _is_injection(text, ours, table) and glosses <= 0.1 * len(ours) else {}


def _is_injection(text: str, ours: list[Annotation], table: Mapping[str, str]) -> bool:
    """Whether annotations, all of Traditional forms, are an injector's: many, inside running text."""
    repeats = len(ours) - len(table)
    if len(table) < (3 if repeats else 4):
        return False
    inside = sum(_runs_on(text, a) for a in ours)
    traditional = tables.readings()
    han = Counter(_IS_HAN.findall(text))
    share = len(ours) / sum(count for char, count in han.items() if char in traditional)
    whole = len(ours) / han.total()
    return inside >= 0.4 * len(ours) and share >= 0.1 and whole <= 0.6


def _runs_on(text: str, annotation: Annotation) -> bool:
    """Whether the annotated character stands inside a sentence, Han before it and behind."""
    _, _, start, end = annotation
    before = text[start - 2 : start - 1]
    behind = text[end : end + 1]
    return bool(_IS_HAN.match(behind) and before and (before in ")）" or _IS_HAN.match(before)))


def find(text: str) -> list[Step]:
    """The steps that take injected readings out of a page, also those cut off at a line's end."""
    found = annotations(text)
    table = injected(text, found)
    if not table:
        return []
    steps = [Step("readings", a.start, a.end, "") for a in found if a.char in table]
    steps += [
        Step("readings", m.start() + 1, m.end(), "")
        for m in _CUT_OFF.finditer(text)
        if m[1] in table and any(r.startswith(m[2]) for r in tables.readings()[m[1]])
    ]
    return sorted(steps, key=lambda step: step.start)

"""Injected readings: `國(guó)` where the page had `國`.

An injector annotates some of a page's Traditional characters, each wherever it stands and always with
the same reading. People annotate otherwise: rare or ambiguous characters, once, or every character of a
line, and they do not pick only those that Simplified script writes differently. So the page decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter

import numpy as np

from hansift.text import tables
from hansift.text.edits import Step
from hansift.text.signs import HAN, LETTERS, SYLLABLE

_ANNOTATION = re.compile(rf"[(（](?<=[{HAN}].) ?({SYLLABLE}) ?[)）](?:[(（] ?\1 ?[)）])?")
_CUT_OFF = re.compile(rf"[(（](?<=[{HAN}].)([{LETTERS}]{{0,6}}+)(?=\.\.\.|…|\n|\Z)")
_TONELESS = re.compile(r"[a-z]+")
_TONES = {
    mark: (plain, str(tone))
    for plain, marks in zip("aeiouü", ("āáǎà", "ēéěè", "īíǐì", "ōóǒò", "ūúǔù", "ǖǘǚǜ"), strict=True)
    for tone, mark in enumerate(marks, 1)
}

Annotation = tuple[str, str, int, int]
"""A character, its reading, and from where to where the reading in brackets stands behind it."""


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


def annotated(text: str) -> list[Annotation]:
    """Every Han character that has a syllable in brackets behind it, in order."""
    return [(text[(at := m.start()) - 1], m[1], at, m.end()) for m in _ANNOTATION.finditer(text)]


def injected(text: str, found: list[Annotation]) -> set[str]:
    """The characters that an injector annotated on this page; none if the annotations are not its."""
    counts = Counter([annotation[:2] for annotation in found])
    readings: dict[str, set[str]] = {}
    for char, reading in counts:
        readings.setdefault(char, set()).add(numbered(reading))
    if len(readings) < 3:
        return set()
    ours = Counter[str]()
    glosses = 0
    for (char, reading), count in counts.items():
        if len(readings[char]) == 1 and is_reading(char, reading):
            ours[char] += count
        elif not _TONELESS.fullmatch(reading):
            glosses += count
    steady = {char for char, total in zip(ours, _occurrences(text, ours), strict=True) if 2 * ours[char] >= total}
    many = sum(ours[char] for char in steady)
    glosses += ours.total() - many
    return steady if glosses <= 0.1 * many and _is_injection(text, found, len(steady), many) else set()


def _occurrences(text: str, chars: Iterable[str]) -> list[int]:
    """How often each of the characters stands in the text."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    counts = np.bincount(units, minlength=65536)
    totals: list[int] = counts[[ord(char) for char in chars]].tolist()
    return totals


def _is_injection(text: str, found: list[Annotation], kinds: int, count: int) -> bool:
    """Whether steady annotations of Traditional forms are an injector's: dense, inside running text."""
    repeats = count - kinds  # people seldom annotate a character twice
    if kinds < (3 if repeats else 4) or count < 0.005 * len(text):
        return False
    sample = found[:: len(found) // 25 + 1]
    inside = sum(_runs_on(text, start, end) for _, _, start, end in sample)
    # the fewer the annotations, the more of them must stand in running text: a list of words is no injector's
    return inside >= (0.1 if repeats >= 8 else 0.2 if kinds >= 6 else 0.4) * len(sample)


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether the character annotated from `start` to `end` stands between Han characters."""
    before, behind = text[max(start - 2, 0) : start - 1], text[end : end + 1]
    return _is_han(behind) and (before in (")", "）") or _is_han(before))


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def steps(text: str, found: list[Annotation], chars: set[str]) -> list[Step]:
    """The steps that take injected readings out of a page, also those cut off at a line's end."""
    whole = [Step("readings", start, end, "") for char, _, start, end in found if char in chars]
    if text.count("(") + text.count("（") == len(found):
        return whole  # no bracket is left that could be one cut off
    cut = [
        Step("readings", m.start(), m.end(), "")
        for m in _CUT_OFF.finditer(text)
        if (char := text[m.start() - 1]) in chars
        and any(reading.startswith(m[1]) for reading in tables.readings()[char])
    ]
    return sorted(whole + cut, key=itemgetter(1))

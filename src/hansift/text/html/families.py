"""What the words in class names and ids say of a block: English, pinyin and the abbreviations of Chinese sites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path


def _table() -> dict[str, tuple[list[str], list[str]]]:
    """Whole words and parts of words of every family, as class_names.txt has them."""
    content = Path(__file__).parents[1].joinpath("tables", "class_names.txt").read_text("utf-8")
    table: dict[str, tuple[list[str], list[str]]] = {}
    for entry in content.replace("\n ", " ").split("\n"):
        head, colon, words = entry.partition(":")
        if colon and not entry.startswith("#"):
            name, _, inside = head.partition(" ")
            table.setdefault(name, ([], []))[bool(inside)].extend(words.split())
    return table


_WORDS = _table()
FAMILIES: tuple[str, ...] = tuple(_WORDS)
"""The families of words, in the order of their columns."""

_WHOLE = {word: number for number, (words, _) in enumerate(_WORDS.values()) for word in words}
_PARTS = [
    (stem, number) for number, (_, stems) in enumerate(_WORDS.values()) for stem in sorted(stems, key=len, reverse=True)
]
_LEAST = min(len(stem) for stem, _ in _PARTS)
_INSIDE: dict[str, list[tuple[str, int]]] = {}
"""What may stand inside a word, and its family, by the characters that it begins with."""
for _stem, _number in _PARTS:
    _INSIDE.setdefault(_stem[:_LEAST], []).append((_stem, _number))
_SPLIT = re.compile(r"[^a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

BY_TAG = {
    tag: FAMILIES.index(family)
    for tag, family in {
        "nav": "nav", "header": "head", "footer": "foot", "aside": "side", "article": "content", "main": "main",
        "figcaption": "caption", "figure": "caption", "form": "tool", "h1": "title", "time": "meta", "cite": "meta",
    }.items()
}  # fmt: skip
"""Elements that say by their own name what a class name may say of others."""

_LONGEST = 200


def families_of(names: str) -> tuple[int, ...]:
    """The numbers of the families that the words of class names and ids belong to, ascending.

    >>> [FAMILIES[number] for number in families_of("Article-Content")], families_of("x7f3a")
    (['content'], ())
    """
    found: set[int] = set()
    for name in names[:_LONGEST].split():
        found |= _families_of(name)
    return tuple(sorted(found))


@lru_cache(maxsize=1 << 14)
def _families_of(name: str) -> frozenset[int]:
    lower = name.lower()
    words = (lower, *_SPLIT.split(_CAMEL.sub("-", name).lower()))
    return frozenset({_WHOLE[word] for word in words if word in _WHOLE} | set(_inside(lower)))


def _inside(name: str) -> Iterator[int]:
    """The families of the parts of a name, from left to right, none of which overlap."""
    end = 0
    for at in range(len(name) - _LEAST + 1):
        for stem, number in _INSIDE.get(name[at : at + _LEAST], ()) if at >= end else ():
            if name.startswith(stem, at):
                yield number
                end = at + len(stem)
                break

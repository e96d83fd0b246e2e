"""What the words in class names and ids say of a block: English, pinyin and the abbreviations of Chinese sites."""

from __future__ import annotations

import re
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
_INSIDE = re.compile(
    "|".join(
        f"(?P<f{number}>{'|'.join(sorted(map(re.escape, stems), key=len, reverse=True))})"
        for number, (_, stems) in enumerate(_WORDS.values())
    )
)
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


@lru_cache(maxsize=1 << 14)
def families_of(names: str) -> tuple[int, ...]:
    """The numbers of the families that the words of class names and ids belong to, ascending.

    >>> [FAMILIES[number] for number in families_of("Article-Content")], families_of("x7f3a")
    (['content'], ())
    """
    names = names[:_LONGEST]
    found = set()
    lower = names.lower()
    for word in _SPLIT.split(_CAMEL.sub("-", names).lower()):
        if word in _WHOLE:
            found.add(_WHOLE[word])
    for word in lower.split():
        if word in _WHOLE:
            found.add(_WHOLE[word])
    for match in _INSIDE.finditer(lower):
        found.add(int(str(match.lastgroup)[1:]))
    return tuple(sorted(found))

"""Class names and ids as sites give them: what a block is called, by a hand's scheme."""

from __future__ import annotations

import string
from pathlib import Path
from random import Random


def _table() -> dict[str, dict[str, list[str]]]:
    """The names of every scheme and kind, as names.txt has them."""
    content = Path(__file__).parents[1].joinpath("words", "names.txt").read_text("utf-8")
    table: dict[str, dict[str, list[str]]] = {}
    for entry in content.replace("\n ", " ").split("\n"):
        head, colon, words = entry.partition(":")
        if colon and not entry.startswith("#"):
            scheme, kind = head.split()
            table.setdefault(scheme, {})[kind] = words.split()
    return table


NAMES = _table()
LAYOUT, UTILITY = NAMES["layout"]["any"], NAMES["utility"]["any"]

SCHEMES = (
    "english",
    "english",
    "english",
    "pinyin",
    "hashed",
    "layout",
    "utility",
    "none",
    "mixed",
    "mixed",
    "prefixed",
)
"""The ways in which a hand gives names, the likelier ones repeated."""


def named(scheme: str, kind: str, rng: Random) -> str:
    """A name for a block of that kind, empty where the scheme gives none."""
    if scheme == "none" or (scheme in ("layout", "mixed") and rng.random() < 0.3):
        return ""
    if scheme == "mixed":
        scheme = rng.choice(("english", "hashed", "layout", "pinyin", "english"))
    if scheme == "hashed":
        letters = "".join(rng.choices(string.ascii_letters + string.digits, k=rng.randint(4, 7)))
        return rng.choice(("_", "css-", "sc-", "jsx-", "style__", "index-module_", "x")) + letters
    if scheme == "utility":
        return " ".join(rng.sample(UTILITY, rng.randint(1, 4)))
    if scheme == "layout":
        return rng.choice(LAYOUT)
    if scheme == "pinyin":
        return rng.choice(NAMES["pinyin"][kind])
    name = rng.choice(NAMES["english"][kind])
    draw = rng.random()
    if scheme == "prefixed":
        return f"{rng.choice(('m', 'c', 'g', 'u', 'j', 'ui', 'mod', 'com', 'p'))}-{name}"
    if draw < 0.12:
        return name + rng.choice(("1", "2", "_box", "Box", "-wrap", "_con", "01", "_inner", "Wrap"))
    if draw < 0.2:
        return name + " " + rng.choice(LAYOUT + UTILITY[:6])
    return name

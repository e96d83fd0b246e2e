"""The tables of characters: every UTF-16 code unit's folded form, its class, and the counters that it adds to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hansift.features.kernels.plain import COUNTER_BITS

UNITS = 1 << 16

SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What `str.isspace` holds to be blank, of one unit."""
STOPS = "。！？!?…"
COMMAS = "，,、；;"
COLONS = ":：∶"
SEPARATORS = "|｜丨┃│/\\>＞»›<＜«‹_~～—–-=+→·•●■◆▪★☆※◇○□▲►▶"
OPENERS = "(（[【《〈「『〔｛{“‘"
CLOSERS = ")）]】》〉」』〕｝}”’"
BRACKETS = "()（）[]【】《》〈〉〔〕{}｛｝"
QUOTES = "“”‘’「」『』\"'＂"
FUNCTION = (
    "的了是在我他她它也就都而這这那有不和與与以之其們们個个為为被把從从對对於于還还很會会能可但因所並并將将吧嗎吗呢啊"
)
NUMERALS = "一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸"
DATES = "年月日时時分秒点點周週號号"

CLASSES = (
    "none", "han", "digit", "latin", "stop", "comma", "colon", "separator",
    "opener", "closer", "quote", "numeral", "kana", "dot", "other", "date",
)  # fmt: skip
"""What a line's first or last character can be: 16 classes, four bits."""

COUNTED = (
    "visible", "han", "digit", "latin", "stop", "comma", "colon", "separator",
    "bracket", "quote", "function", "traditional", "simplified", "kana", "date",
)  # fmt: skip
"""What is counted in a line."""

MARKS = ("none", "stop", "comma", "colon", "separator", "opener", "closer", "quote")
"""The classes of characters that part a line into pieces."""


class Tables(NamedTuple):
    """What is known of every code unit, by two look-ups: the unit's kind, and the kind's values.

    `fold` (65536,) uint16 is the folded unit; `kind` (65536,) uint8 is one of k kinds: Han first, marks from
    `first_mark` on, blanks, the line break among them, from `first_space` on. Of each kind: `classes` (k,)
    uint8, and `counters` (2, k) int64, eight counters of COUNTED in each.
    """

    fold: npt.NDArray[np.uint16]
    kind: npt.NDArray[np.uint8]
    first_other: int
    first_mark: int
    first_space: int
    counters: npt.NDArray[np.int64]
    classes: npt.NDArray[np.uint8]


def _set(chars: str) -> npt.NDArray[np.bool_]:
    member = np.zeros(UNITS, dtype=bool)
    member[[ord(char) for char in chars]] = True
    return member


@cache
def tables() -> Tables:
    """The tables, made once a process from the packaged file and the sets above (a few milliseconds)."""
    with np.load(Path(__file__).parent / "tables" / "chars.npz", allow_pickle=False) as file:
        fold, script = file["fold"], file["script"]
    is_ = _members(fold, script)
    classes = _classes(is_)
    counted = sum((is_[name].astype(np.int64) << i for i, name in enumerate(COUNTED)), np.zeros(UNITS, np.int64))
    # kinds are numbered by rank, so that the commonest questions are a comparison
    rank = np.select(
        [classes == CLASSES.index("han"), ~is_["visible"], np.isin(classes, _numbers(MARKS))], [0, 3, 2], 1
    )
    key, kind = np.unique(rank << 32 | classes.astype(np.int64) << 16 | counted, return_inverse=True)
    first_other, first_mark, first_space = np.searchsorted(key, [1 << 32, 2 << 32, 3 << 32]).tolist()
    bits = [(key >> i & 1) << (COUNTER_BITS * (i % 8)) for i in range(len(COUNTED))]
    counters = np.stack([np.sum(bits[low : low + 8], axis=0) for low in range(0, len(COUNTED), 8)])
    return Tables(
        fold, kind.astype(np.uint8), first_other, first_mark, first_space, counters, (key >> 16 & 15).astype(np.uint8)
    )


def _numbers(names: Sequence[str]) -> list[int]:
    return [CLASSES.index(name) for name in names]


def _members(fold: npt.NDArray[np.uint16], script: npt.NDArray[np.uint8]) -> dict[str, npt.NDArray[np.bool_]]:
    """Which units each counter counts, (65536,) a name of COUNTED."""
    unit = np.arange(UNITS)
    han = (unit >= 0x3400) & (unit <= 0x9FFF) | (unit >= 0xF900) & (unit <= 0xFAFF) | (unit >= 0xD840) & (unit < 0xD88E)
    return {
        "visible": ~_set(SPACES),
        "han": han,
        "digit": (fold == ord("0")) & (unit != 0),
        "latin": (fold >= ord("a")) & (fold <= ord("z")) | (unit >= 0xC0) & (unit <= 0x24F),
        "kana": (unit >= 0x3040) & (unit <= 0x30FF) | (unit >= 0xAC00) & (unit <= 0xD7A3),
        "traditional": script == 1,
        "simplified": script == 2,
        **{
            name: _set(chars)
            for name, chars in (
                ("stop", STOPS), ("comma", COMMAS), ("colon", COLONS), ("separator", SEPARATORS),
                ("bracket", BRACKETS), ("quote", QUOTES), ("function", FUNCTION), ("date", DATES),
            )
        },
    }  # fmt: skip


def _classes(is_: dict[str, npt.NDArray[np.bool_]]) -> npt.NDArray[np.uint8]:
    """The class of every unit, (65536,): the last that holds in this order."""
    classes = np.full(UNITS, CLASSES.index("other"), dtype=np.uint8)
    for name, member in (
        *((name, is_[name]) for name in ("han", "digit", "latin", "kana", "date", "stop", "comma")),
        *((name, is_[name]) for name in ("colon", "separator")),
        ("numeral", _set(NUMERALS)), ("opener", _set(OPENERS)), ("closer", _set(CLOSERS)),
        ("quote", _set("\"'＂")), ("dot", _set(".．")), ("none", ~is_["visible"]),
    ):  # fmt: skip
        classes[member] = CLASSES.index(name)
    return classes

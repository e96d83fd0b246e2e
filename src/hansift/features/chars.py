"""The tables of characters: every UTF-16 code unit's folded form, its class, and the counters that it adds to."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

UNITS = 1 << 16

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

COUNTERS = (
    ("visible", "han", "digit", "latin", "stop"),
    ("comma", "colon", "separator", "bracket", "quote"),
    ("function", "traditional", "simplified", "kana", "date"),
)
"""What is counted in a line: five counters of twelve bits share one 64-bit integer."""
COUNTER_BITS = 12
LONGEST_SUM = (1 << COUNTER_BITS) - 1
"""Units that may be summed before a counter could overflow."""


class Tables(NamedTuple):
    """`fold` (65536,) uint16, `classes` (65536,) uint8, `counters` three (65536,) int64, `space` (65536,) bool."""

    fold: npt.NDArray[np.uint16]
    classes: npt.NDArray[np.uint8]
    counters: tuple[npt.NDArray[np.int64], ...]
    space: npt.NDArray[np.bool_]


def _set(chars: str) -> npt.NDArray[np.bool_]:
    member = np.zeros(UNITS, dtype=bool)
    member[[ord(char) for char in chars]] = True
    return member


@cache
def tables() -> Tables:
    """The tables, made once a process from the packaged file and the sets above (a few milliseconds)."""
    with np.load(Path(__file__).parent / "tables" / "chars.npz", allow_pickle=False) as file:
        fold, script = file["fold"], file["script"]
    unit = np.arange(UNITS)
    space = np.zeros(UNITS, dtype=bool)
    space[[i for i in range(UNITS) if chr(i).isspace()]] = True
    han = (unit >= 0x3400) & (unit <= 0x9FFF) | (unit >= 0xF900) & (unit <= 0xFAFF) | (unit >= 0xD840) & (unit < 0xD88E)
    digit = (fold == ord("0")) & (unit != 0)
    latin = (fold >= ord("a")) & (fold <= ord("z")) | (unit >= 0xC0) & (unit <= 0x24F)
    kana = (unit >= 0x3040) & (unit <= 0x30FF) | (unit >= 0xAC00) & (unit <= 0xD7A3)
    is_ = {
        "visible": ~space, "han": han, "digit": digit, "latin": latin, "stop": _set(STOPS), "comma": _set(COMMAS),
        "colon": _set(COLONS), "separator": _set(SEPARATORS), "bracket": _set(BRACKETS), "quote": _set(QUOTES),
        "function": _set(FUNCTION), "traditional": script == 1, "simplified": script == 2, "kana": kana,
        "date": _set(DATES),
    }  # fmt: skip
    counters = tuple(
        sum(
            (is_[name].astype(np.int64) << (COUNTER_BITS * i) for i, name in enumerate(group)),
            np.zeros(UNITS, np.int64),
        )
        for group in COUNTERS
    )
    classes = np.full(UNITS, CLASSES.index("other"), dtype=np.uint8)
    for name, member in (
        *((name, is_[name]) for name in ("han", "digit", "latin", "kana", "date", "stop", "comma")),
        *((name, is_[name]) for name in ("colon", "separator")),
        ("numeral", _set(NUMERALS)), ("opener", _set(OPENERS)), ("closer", _set(CLOSERS)),
        ("quote", _set("\"'＂")), ("dot", _set(".．")), ("none", space),
    ):  # fmt: skip
        classes[member] = CLASSES.index(name)
    return Tables(fold, classes, counters, space)

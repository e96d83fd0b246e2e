"""Which texts have anything that a repair begins with: most have not, and one pass over many tells these apart."""

from __future__ import annotations

import re
from codecs import utf_16_le_encode
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from hansift.text.signs import HAN, INVISIBLE, JOINERS, LETTERS, LINE_END, PRIVATE, SYLLABLE

_SUSPECT = re.compile(
    f"[{INVISIBLE}{JOINERS}{PRIVATE}(（<,，](?:"
    f"(?<=[{INVISIBLE}{JOINERS}{PRIVATE}])"
    f"|(?<=[{HAN}][(（]) ?{SYLLABLE} ?[)）]"
    "|(?<=<)/?[a-z]{1,12} id="
    "|(?<=[,，])[,，])"
)
_BEGINNINGS = (
    ("[(（]", f"[{LETTERS} ]"),
    ("<", "[/a-z]"),
    ("[,，]", "[,，]"),
    (f"[{INVISIBLE}{JOINERS}{PRIVATE}]", "."),
)
"""What the expression begins with, and what must then follow."""
_BRACKET, _HAN = 1, 1 << 8
_BREAK = "\n".encode("utf-16-le")


def suspects(texts: Sequence[str]) -> list[bool]:
    """Which of the texts have anything that a repair begins with.

    >>> suspects(["正文，正文（甲）", "國(guó)", "正文\u200b"])
    [False, True, True]
    """
    parts = [utf_16_le_encode(text, "surrogatepass")[0] for text in texts]
    units = np.frombuffer(_BREAK.join((b"", *parts, b"")), dtype="<u2")
    signs = _signs().take(units)
    found = np.flatnonzero(signs[:-1] & signs[1:] >> 4 & 15)
    # few brackets that a letter follows are those of a reading, which stands behind a Han character
    found = found[(signs[found] & 15 != _BRACKET) | (signs[found - 1] & _HAN != 0)]
    ends = np.cumsum([len(part) // 2 + 1 for part in parts])
    possible = set(np.searchsorted(ends, found).tolist())
    return [
        LINE_END in text or (number in possible and bool(_SUSPECT.search(text))) for number, text in enumerate(texts)
    ]


@cache
def _signs() -> npt.NDArray[np.uint16]:
    """What each unit may be to a repair, (65536,): from bit 0 which of _BEGINNINGS, from bit 4 what follows which."""
    table = np.zeros(1 << 16, dtype=np.uint16)
    every = "".join(map(chr, range(1 << 16)))
    for bit, classes in enumerate(_BEGINNINGS):
        for shift, chars in zip((0, 4), classes, strict=True):
            table[[m.start() for m in re.finditer(chars, every, re.DOTALL)]] |= 1 << (bit + shift)
    table[[m.start() for m in re.finditer(f"[{HAN}]", every)]] |= _HAN
    return table

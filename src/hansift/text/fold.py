"""Look-alike letters as one: what a spammer writes as `Аv` or `ａｖ` counts as `Av` and `av`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_ALIKE = {
    "аАᴀ": "aAa", "α": "a", "вВЬ": "bBb", "сСϲ": "cCc", "ԁ": "d", "еЕё": "eEe", "ɡ": "g", "нНһ": "hHh",
    "іІı": "iIi", "јЈ": "jJ", "кКκ": "kKk", "ӏΙ": "lI", "мМ": "mM", "оОοΟ": "oOoO", "рРρΡ": "pPpP",
    "ѕЅ": "sS", "тТτΤ": "tTtT", "υԝ": "uw", "ν√∨": "vvv", "хХχΧ": "xXxX", "уУγΥ": "yYyY",
    "ΑΒΕΖΗΚΜΝ": "ABEZHKMN",
}  # fmt: skip
_FOREIGN = re.compile(
    "[ɡıᴀ\u0370-\u03ff\u0400-\u052f\u2160-\u217f\u24b6-\u24e9\uff01-\uff5e√∨\u2100-\u214f\U0001d400-\U0001d7ff\U0001f130-\U0001f149]"
)


@cache
def _letter(char: str) -> str:
    """The ASCII letter, digit or sign that a character looks like, or the character."""
    for chars, letters in _ALIKE.items():
        if char in chars:
            return letters[chars.index(char)]
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 and plain.isascii() else char


def fold(text: str) -> str:
    """A text of the same length with look-alike letters made ASCII: for features, never for output."""
    return _FOREIGN.sub(lambda match: _letter(match[0]), text)

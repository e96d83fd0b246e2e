"""The script of a page, and converting it: Traditional as written, or as a naive converter makes it.

A naive converter replaces character by character, so it writes `以后` or `公裡`, as nobody does: the words
that two such tables get wrong (one as hijacked pages show it, one of first choices) are counted against
the same words written right.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Literal, Protocol

from hansift.errors import UsageError
from hansift.text import tables

Script = Literal["simplified", "traditional", "naive", "none"]
Target = Literal["keep", "simplified", "original"]

_ENOUGH = 3  # signs of a converter; one wrong word may be a slip or a name
_HAN = re.compile("[\u3400-\u9fff]")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def script_of(text: str) -> Script:
    """The script of a page's text by its majority; "naive" is Traditional converted character by character.

    "none" is a text without a character that the two scripts write differently.
    """
    counts = Counter(_HAN.findall(text))
    simplified, traditional = tables.hijack(), tables.readings()
    old = sum(count for char, count in counts.items() if char in traditional)
    new = sum(count for char, count in counts.items() if char in simplified)
    if not old and not new:
        return "none"
    if new >= old:
        return "simplified"
    return "naive" if _is_naive(text) else "traditional"


def _is_naive(text: str) -> bool:
    """Whether the page has words wrong that one of the naive tables gets wrong, and few of them right."""
    words = dict.fromkeys(map("".join, pairwise(text)))
    mainland = "“" in text and "「" not in text
    for right, wrong in _markers():
        errors = len(wrong & words.keys())
        proper = len(right & words.keys())
        if errors + mainland >= _ENOUGH and errors >= 2 * proper:
            return True
    return False


@cache
def _markers() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """For each naive table: words that it gets wrong as they are right, and as it has them."""
    rows = tables.words()
    return tuple(
        (frozenset(row[0] for row in rows if row[i] != "-"), frozenset(row[i] for row in rows) - {"-"}) for i in (1, 2)
    )


def convert(text: str, to: Target) -> str:
    """The text in the script asked for: "original" is Simplified where the page was naively converted.

    Line breaks stay. Raises UsageError where OpenCC is needed and not installed.
    """
    if to == "keep" or (to == "original" and script_of(text) != "naive"):
        return text
    convert_line = _converter().convert
    return "\n".join([convert_line(line) if line else line for line in text.split("\n")])


@cache
def _converter() -> _Converter:
    """OpenCC from Traditional to Simplified, imported only here."""
    try:
        from opencc import OpenCC
    except ImportError as error:
        raise UsageError("converting the script needs OpenCC: pip install 'hansift[script]'") from error
    converter: _Converter = OpenCC("t2s")
    return converter

"""Do to a page's text what hijackers do, so that a model learns from it and a test can undo it.

Each function takes the text of a whole page and gives `(text, undo)`: the injured text, and the steps
that turn it back into the text before. Line `i` stays line `i`. The same `rng` gives the same injury.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from random import Random

from hansift.text import gbk, tables
from hansift.text.edits import Step
from hansift.text.pinyin import annotated, is_reading, numbered
from hansift.text.signs import HAN, SYLLABLE

Injured = tuple[str, tuple[Step, ...]]

_COMMA = re.compile(f"(?<=[{HAN}])[,，](?![,，])")
_FULLWIDTH = re.compile("[，！？：；（）]")
_NUMERAL = re.compile("[①-⑳]、?")
_OWN = re.compile(rf"(?:\({SYLLABLE} ?\))+")
_HALF = str.maketrans("，！？：；（）", ",!?:;()")
_EXTRA = 40  # characters of the injector's table that the page itself need not have


def to_traditional(text: str) -> Injured:
    """The text in the Traditional characters of the hijack's one-to-one table."""
    table = tables.hijack()
    injured = "".join([table.get(char, char) for char in text])
    pairs = enumerate(zip(text, injured, strict=True))
    return injured, tuple(Step("script", i, i + 1, old) for i, (old, new) in pairs if old != new)


def inject_readings(text: str, rng: Random) -> Injured:
    """The text with a reading behind every occurrence of some of its Traditional characters.

    A share of the characters, drawn for the page, gets one reading each. Seldom a page has full-width
    brackets, tones as digits, or doubled readings.
    """
    known = tables.readings()
    share = rng.uniform(0.2, 0.6)
    chars = [char for char in sorted(set(text)) if char in known and rng.random() < share]
    form = rng.choices(("({})", "（{}）", "({})({} )"), (92, 4, 4))[0]
    digits = rng.random() < 0.04
    brackets = {}
    for char in chars:
        reading = numbered(known[char][0]) if digits else known[char][0]
        brackets[char] = form.replace("{}", reading)
    return _insert(text, brackets)


def _insert(text: str, behind: dict[str, str]) -> Injured:
    pieces: list[str] = []
    undo: list[Step] = []
    position = 0
    for char in text:
        added = behind.get(char, "")
        pieces += (char, added)
        position += 1
        if added:
            undo.append(Step("readings", position, position + len(added), ""))
            position += len(added)
    return "".join(pieces), tuple(undo)


def damage_bytes(text: str, rng: Random) -> Injured:
    """The text with readings inserted where an injected character's bytes stand across two characters.

    The page's annotated characters and a few more are the injector's table; a page without any is kept.
    """
    found = annotated(text)
    own = {char for char, reading, start, _ in found if text[start] == "(" and is_reading(char, reading)}
    if not own:
        return text, ()
    unused = [char for char in _common() if char not in text]
    extra = rng.sample(unused, min(_EXTRA, len(unused)))
    table = {char: tables.readings()[char][0] for char in (*own, *extra)}
    pairs = {gbk.encode(char): reading for char, reading in table.items()}
    lines: list[str] = []
    undo: list[Step] = []
    position = 0
    for line in text.split("\n"):
        damaged = _damaged(line, pairs, late=rng.random() < 0.5)
        if damaged != line:
            undo.append(Step("bytes", position, position + len(damaged), line))
        lines.append(damaged)
        position += len(damaged) + 1
    return "\n".join(lines), tuple(undo)


@cache
def _common() -> tuple[str, ...]:
    """The Traditional forms of the Simplified characters of GB2312's first level, the common ones."""
    return tuple(sorted({new for old, new in tables.hijack().items() if b"\xb0" <= _gb2312(old) < b"\xd8"}))


def _gb2312(char: str) -> bytes:
    return char.encode("gb2312", "ignore")


def _damaged(line: str, pairs: dict[bytes, str], *, late: bool) -> str:
    """The line after insertions at odd places; `late`: a character so broken lost its own reading."""
    units: list[bytes | str] = [gbk.encode(char) or char for char in line]
    places = [
        (i, reading)
        for i, (unit, behind) in enumerate(pairwise(units))
        if isinstance(unit, bytes) and isinstance(behind, bytes) and (reading := pairs.get(unit[1:] + behind[:1]))
    ]
    for i, reading in reversed(places):
        behind = units[i + 1]
        own = _OWN.match(line, i + 2) if late else None
        units[i + 1 : i + 2 + (own.end() - i - 2 if own else 0)] = [behind[:1], *f"({reading})", behind[1:]]
    return _converted(units) if places else line


def _converted(units: list[bytes | str]) -> str:
    """Bytes and characters that have none as PHP converts GBK: `?` for a first byte and the sign behind."""
    stream: list[int | str] = []
    for unit in units:
        stream += list(unit) if isinstance(unit, bytes) else [unit]
    pieces: list[str] = []
    lead: int | None = None
    for item in stream:
        if isinstance(item, str) and item >= "\x7f":  # not in GBK: kept, unless a first byte takes it
            pieces.append(item if lead is None else "?")
            lead = None
            continue
        code = ord(item) if isinstance(item, str) else item
        if lead is not None:
            pieces.append(gbk.decode_pair(lead, code) if code >= 0x40 else chr(code) if code <= 0x20 else "?")
            lead = None
        elif code > 0x80:
            lead = code
        else:
            pieces.append("€" if code == 0x80 else chr(code))
    return "".join(pieces)


def double_commas(text: str) -> Injured:
    """The text with each comma behind a Han character doubled."""
    return _replaced(text, _COMMA, "commas", lambda comma: comma * 2)


def lose_fullwidth(text: str) -> Injured:
    """The text with full-width commas, colons, brackets and other signs as ASCII has them."""
    return _replaced(text, _FULLWIDTH, "full width", lambda sign: sign.translate(_HALF))


def lose_numerals(text: str) -> Injured:
    """The text with `?、?` for each circled numeral."""
    return _replaced(text, _NUMERAL, "numerals", lambda _: "?、?")


def _replaced(text: str, pattern: re.Pattern[str], name: str, change: Callable[[str], str]) -> Injured:
    """The text with every match changed, and the steps back."""
    undo = []
    grown = 0
    for match in pattern.finditer(text):
        new, start = change(match[0]), match.start() + grown
        undo.append(Step(name, start, start + len(new), match[0]))
        grown += len(new) - len(match[0])
    return pattern.sub(lambda match: change(match[0]), text), tuple(undo)

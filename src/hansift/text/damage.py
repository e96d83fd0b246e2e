"""Bytes that the injector of readings hit across the border of two characters.

The injector looked for the two GBK bytes of each of its characters in the bytes of the page, at odd
places too, and wrote the reading in brackets behind them; its converter then gave `?` for a byte that
`(` had cut from its second half, and swallowed the bracket:

    們在服從社區            82 83  D4 DA  B7 FE  8F C4  C9 E7  85 5E
    冊 is 83 D4: insert     82 83  D4 ( c è )  DA B7  FE 8F  C4 C9  E7 85  5E ( q ū )
    reads                   們     ?     c è )  诜    (private) 纳   鐓     ^  ( q ū )

The byte before `(` and the one before that are a character with that reading. Where the tables have just
one such, the byte is known; what follows, up to the ASCII byte that brings the pairs in step again, gives
its bytes back, and all of them together read as the page did. Two insertions in a row are the same case
twice: `自?xún)?nèi)心` was `自內心`, where 內 was found first and then 詢 in the bytes of 自 and 內.

A pair broken by a sign below `@` or by a blank has lost its second byte: that character stays `?`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache
from typing import NamedTuple

from hansift.text import gbk, pinyin, tables
from hansift.text.edits import Step
from hansift.text.signs import SYLLABLE

_MARK = re.compile(rf"\?({SYLLABLE})\)(?:\(\1 ?\))?")
_READING = re.compile(rf"\(({SYLLABLE})\)(?:\(\1 ?\))?")


class Place(NamedTuple):
    """A damaged place as it reads: the readings inserted, and the bytes known of what is out of step."""

    reading: str
    known: bytes
    second: str
    suffix: str
    end: int


def steps(text: str, found: list[pinyin.Annotation], chars: set[str]) -> list[Step]:
    """The steps that put right the bytes that injected readings put out of step, given the page's."""
    done: list[Step] = []
    annotated = {end: char for char, _, _, end in found if char in chars} if _MARK.search(text) else {}
    for mark in _MARK.finditer(text):
        start = mark.start()
        before = annotated.get(start, text[start - 1 : start])
        if done and done[-1].end >= start:
            if done[-1].end > start:
                continue
            before = done[-1].new[-1:]
        step = _step(text, mark, before, chars)
        if step:
            done.append(step)
    return done


def _step(text: str, mark: re.Match[str], before: str, chars: set[str]) -> Step | None:
    """The repair of the place that begins at a mark, or None where the mechanism does not explain it."""
    place = _place(text, mark)
    if place is None or not before or not (lead := gbk.encode(before)):
        return None
    texts: set[str] = set()
    for known in ((chars,), (chars, _produced()), (tables.readings(),)):
        texts = {new for data in _candidates(place, lead[1], known) if (new := _decoded(data)) is not None}
        usual = {new for new in texts if _is_usual(new)}
        if usual:
            texts = usual
            break
    if len(texts) != 1:
        return None
    new, end = texts.pop() + place.suffix, place.end
    behind = _READING.match(text, end)
    if behind and new and pinyin.is_reading(new[-1], behind[1]):
        end = behind.end()
    return Step("bytes", mark.start(), end, new)


def _place(text: str, mark: re.Match[str]) -> Place | None:
    """What stands from a mark to where the pairs are in step again; None if they cannot get there."""
    known = bytearray()
    position = mark.end()
    while True:
        second = _MARK.match(text, position)
        if second:
            return Place(mark[1], bytes(known), second[1], "", second.end())
        char = text[position : position + 1]
        if char == "?":
            return Place(mark[1], bytes(known), "", "", position)
        if char <= " ":  # the end of the text too
            return Place(mark[1], bytes(known), "", "?", position)
        data = _bytes(char)
        if not data:
            return None
        position += 1
        if len(data) == 1:
            return Place(mark[1], bytes(known) + data, "", "", position)
        if data[1] < 0x80:  # a first byte that took an ASCII letter with it
            return Place(mark[1], bytes(known) + data[:1], "", chr(data[1]), position)
        known += data
        reading = _READING.match(text, position)
        if reading and pinyin.is_reading(char, reading[1]):
            position = reading.end()


def _bytes(char: str) -> bytes:
    """The bytes that gave a character out of step; none if it cannot stand there."""
    if char == "€":
        return b"\x80"
    if char < "\x7f":
        return char.encode() if char >= "@" else b""
    return gbk.encode(char)


def _candidates(place: Place, lead: int, known: Sequence[Container[str]]) -> list[bytes]:
    """The byte strings that the place may have been before the readings of known characters."""
    trails = _trails(lead, place.reading, known)
    strings = [bytes((t,)) + place.known for t in trails if t > 0x80]  # it was a first byte
    if place.second:
        strings = [s + bytes((t,)) for s in strings for t in _trails(s[-1], place.second, known)]
    return strings


def _trails(lead: int, reading: str, known: Sequence[Container[str]]) -> list[int]:
    """The second bytes of those known characters that have this first byte and reading."""
    chars = _chars(lead).get(pinyin.numbered(reading), [])
    return [gbk.encode(char)[1] for char in chars if any(char in one for one in known)]


@cache
def _chars(lead: int) -> dict[str, list[str]]:
    """The characters of this first byte that an injector may annotate, by reading."""
    chars: dict[str, list[str]] = {}
    for char in {gbk.decode_pair(lead, trail) for trail in range(0x40, 0xFF)}:
        if char in tables.readings() and gbk.encode(char)[0] == lead:
            for reading in tables.readings()[char]:
                chars.setdefault(pinyin.numbered(reading), []).append(char)
    return chars


def _decoded(data: bytes) -> str | None:
    """The text of whole pairs, an odd last byte left out; None if a converted page cannot read so."""
    new = gbk.decode(data[: len(data) // 2 * 2])
    bad = any(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char in tables.hijack() for char in new)
    return None if bad else new


def _is_usual(text: str) -> bool:
    """Whether a page converted from common Simplified text may have every character."""
    return all(char in _produced() or len(char.encode("gb2312", "ignore")) == 2 for char in text)


@cache
def _produced() -> frozenset[str]:
    return frozenset(tables.hijack().values())

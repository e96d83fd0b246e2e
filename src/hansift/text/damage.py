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
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from hansift.text import gbk, pinyin, tables
from hansift.text.edits import Step

_MARK = re.compile(rf"\?({pinyin.SYLLABLE})\)")
_READING = re.compile(rf"\(({pinyin.SYLLABLE})\)")


class Place(NamedTuple):
    """A damaged place as it reads: the readings inserted, and the bytes known of what is out of step."""

    reading: str
    known: bytes
    second: str
    suffix: str
    end: int


def find(text: str) -> list[Step]:
    """The steps that put right the bytes that injected readings put out of step."""
    if not _MARK.search(text):
        return []
    found = pinyin.annotations(text)
    table = pinyin.injected(text, found)
    annotated = {a.end: a.char for a in found if a.char in table}
    steps: list[Step] = []
    for mark in _MARK.finditer(text) if table else ():
        start = mark.start()
        before = annotated.get(start, text[start - 1 : start])
        if steps and steps[-1].end >= start:
            if steps[-1].end > start:
                continue
            before = steps[-1].new[-1:]
        step = _step(text, mark, before, table)
        if step:
            steps.append(step)
    return steps


def _step(text: str, mark: re.Match[str], before: str, table: Mapping[str, str]) -> Step | None:
    """The repair of the place that begins at a mark, or None where the mechanism does not explain it."""
    place = _place(text, mark)
    if place is None or not (lead := gbk.encode(before)):
        return None
    texts = {_decoded(data) for data in _candidates(place, lead[1], table)}
    if len(texts := {new for new in texts if new is not None}) != 1:
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


def _candidates(place: Place, lead: int, table: Mapping[str, str]) -> list[bytes]:
    """The byte strings that the place may have been before the insertions."""
    strings = [bytes((trail,)) + place.known for trail in _trails(lead, place.reading, table)]
    if place.second:
        strings = [s + bytes((t,)) for s in strings for t in _trails(s[-1], place.second, table)]
    return strings


def _trails(lead: int, reading: str, table: Mapping[str, str]) -> list[int]:
    """The second bytes of characters with this first byte and reading: of the page's, if it has any."""
    chars = _chars().get((lead, pinyin.numbered(reading)), [])
    return [gbk.encode(char)[1] for char in [c for c in chars if c in table] or chars]


@cache
def _chars() -> dict[tuple[int, str], list[str]]:
    """The characters that an injector annotates, by first byte and reading."""
    chars: dict[tuple[int, str], list[str]] = {}
    produced = set(tables.hijack().values())
    for char, readings in tables.readings().items():
        for reading in readings if char in produced else ():
            chars.setdefault((gbk.encode(char)[0], pinyin.numbered(reading)), []).append(char)
    return chars


def _decoded(data: bytes) -> str | None:
    """The text of whole pairs, an odd last byte left out; None if a converted page cannot read so."""
    new = gbk.decode(data[: len(data) // 2 * 2])
    bad = any(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char in tables.hijack() for char in new)
    return None if bad else new

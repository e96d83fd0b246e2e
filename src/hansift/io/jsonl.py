"""JSONL: one record a line; all but the text passes through as it stands."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import replace
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from hansift.errors import InputError
from hansift.io.files import open_bytes
from hansift.io.html import read_html
from hansift.io.record import Fault, Part, Record, Source
from hansift.io.settings import Settings

try:
    from orjson import dumps as _orjson
except ImportError:
    _orjson = None  # type: ignore[assignment]

_BLOCK = 1 << 16
_plain_key = re.compile(r'"([^"\\\x00-\x1f]*+)"[ \t\n\r]*+:[ \t\n\r]*+').match
_following = re.compile(r"[ \t\n\r]*+,[ \t\n\r]*+").match
_space = re.compile(r"[ \t\n\r]*").match
# Numbers stay text: they are never needed, and an integer of 10,000 digits is as good as another.
_scan = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).scan_once  # type: ignore[attr-defined]


def dumps(value: Any) -> bytes:
    """A value as compact JSON in UTF-8, by orjson where it is installed."""
    if _orjson is not None:
        return _orjson(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def spans(line: str, keys: tuple[str, ...]) -> dict[str, tuple[Any, int, int]]:
    """Value, start and end of those keys that a line's object has; raises ValueError for what is not one object.

    Where a key stands twice its last value counts, as it does for every reader of JSON.

    >>> spans('{"id": 7, "text": "正"}', ("text",))
    {'text': ('正', 18, 21)}
    """
    found: dict[str, tuple[Any, int, int]] = {}
    at = _expect(line, _space(line, 0).end(), "{")  # type: ignore[union-attr]
    more = line[at : at + 1] != "}"
    while more:
        if plain := _plain_key(line, at):
            key, at = plain[1], plain.end()
        else:
            key, at = scanstring(line, _expect(line, at, '"', after=False), True)
            at = _expect(line, _space(line, at).end(), ":")  # type: ignore[union-attr]
        try:
            value, end = _scan(line, at)
        except StopIteration as error:
            raise ValueError(f"no value at character {error.value}") from None
        if key in keys:
            found[key] = (value, at, end)
        if following := _following(line, end):
            at = following.end()
            continue
        at = _space(line, end).end()  # type: ignore[union-attr]
        more = line[at : at + 1] != "}"
        if more:
            at = _expect(line, at, ",")
    if _space(line, at + 1).end() != len(line):  # type: ignore[union-attr]
        raise ValueError(f"more than one value, from character {at + 1}")
    return found


def _expect(line: str, at: int, sign: str, after: bool = True) -> int:
    if line[at : at + 1] != sign:
        raise ValueError(f"{sign!r} expected at character {at}")
    return _space(line, at + 1).end() if after else at + 1  # type: ignore[union-attr]


def load(source: Source, start: int, end: int, limit: int) -> tuple[int, bytes]:
    """The lines that begin in bytes `start` to `end` of a plain file, and the byte where the first of them begins.

    No more than `limit` bytes and one are read of a line that goes beyond the end. Raises OSError.
    """
    with open_bytes(source.path) as stream:
        if start:
            stream.seek(start - 1)
            while start < end and (block := stream.read(_BLOCK)):
                cut = block.find(b"\n")
                start += len(block) if cut < 0 else cut
                if cut >= 0:
                    break
        if start >= end:
            return start, b""
        stream.seek(start)
        pieces = [stream.read(end - start)]
        over = 0
        while not pieces[-1].endswith(b"\n") and over <= limit and (block := stream.read(_BLOCK)):
            cut = block.find(b"\n") + 1 or len(block)
            pieces.append(block[:cut])
            over += cut
    return start, b"".join(pieces)


def loaded(part: Part, settings: Settings) -> Part:
    """The part with its bytes, cut at whole lines. Raises OSError."""
    if part.data is not None:
        return part
    start, data = load(part.sources[0], part.start, part.end, settings.max_record)
    return replace(part, start=start, data=data)


def records(part: Part, settings: Settings) -> Iterator[Record | Fault]:
    """The records of a loaded part, a Fault in place of each that is bad; blank lines are none."""
    name, data = part.sources[0].shown, part.data or b""
    position = number = 0
    while position < len(data):
        end = data.find(b"\n", position)
        end = len(data) if end < 0 else end
        number += 1
        if line := data[position:end].strip(b" \t\r"):
            byte = part.start + position
            try:
                yield _record(line, (name, byte, number), part.encoding, settings)
            except InputError as error:
                yield Fault(name, byte, number, str(error))
        position = end + 1


def _record(line: bytes, place: tuple[str, int, int], encoding: str, settings: Settings) -> Record:
    path, byte, number = place
    if len(line) > settings.max_record:
        raise InputError(f"longer than {settings.max_record} bytes; raise --max-record to take it")
    try:
        row = line.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(f"not {encoding} at byte {byte + error.start}; if all is, name another --encoding") from error
    try:
        wanted = settings.html_key or settings.text_key
        found = spans(row, (settings.text_key, settings.id_key, settings.url_key, wanted))
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON ({error}); one object a line is wanted") from error
    if wanted not in found:
        kind = "html" if settings.html_key else "text"
        raise InputError(f"no text under {wanted!r}; name its key with --{kind}-key")
    text, start, end = found[wanted]
    escaped = encoding != "utf-8" or "\\u" in row  # only what is written with such an escape can be no text
    if escaped and settings.html_key and isinstance(text, str):
        text = text.replace("\0", "")
    if row[start] != '"':
        raise InputError(f"{wanted!r} not text but another value; leave the record out")
    fault = fault_of(text) if escaped else None
    if fault:
        raise InputError(f"{wanted!r} {fault}")
    name, url = (_plain(found.get(key)) for key in (settings.id_key, settings.url_key))
    if escaped and (name or url) and (fault := fault_of(f"{name}{url}")):
        raise InputError(f"the id or the url {fault}")
    identity = f"{path}@{byte}" if name is None else name
    if settings.html_key is None:
        return Record(identity, text, path, byte, number, url, encoding, (row[:start].encode(), row[end:].encode()))
    page = read_html(text)
    data = line.removeprefix(BOM_UTF8) if encoding == "utf-8" else row.encode()
    around = around_text(row, data, found, settings.text_key)
    return Record(identity, page.text, path, byte, number, url, encoding, around, markup=page.markup)


def around_text(row: str, data: bytes, found: dict[str, tuple[Any, int, int]], key: str) -> tuple[bytes, bytes]:
    """What stands before and after the text of a record, `row`, whose bytes are `data`; where it has none, it is put at
    the end.

    >>> around_text('{"html": "<p>"}', b'{"html": "<p>"}', {}, "text")
    (b'{"html": "<p>","text":', b'}')
    """
    if key in found:
        _, start, end = found[key]
        return row[:start].encode(), row[end:].encode()
    end = data.rindex(b"}")
    return b"%b,%b:" % (data[:end], dumps(key)), data[end:]


def fault_of(text: str) -> str | None:
    """What is wrong with a text that came in quotes, or None."""
    if "\0" in text:
        return "holds NUL, so it is not text; extract it again"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return f"holds a lone surrogate at character {error.start}; extract it again"
    return None


def _plain(found: tuple[Any, int, int] | None) -> str | None:
    return None if found is None or found[0] is None else str(found[0])


def encoded(record: Record, text: str, settings: Settings) -> bytes:
    """The record as a line of JSONL, UTF-8, with that text: as it came where it was JSON, as id, url and text else."""
    if record.around:
        before, behind = record.around
        return b"%b%b%b\n" % (before, dumps(text), behind)
    if record.row:
        batch, number = record.row
        row = batch.slice(number, 1).to_pylist()[0]
        row[settings.text_key] = text
        return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=str).encode() + b"\n"
    row = {settings.id_key: record.id, settings.text_key: text}
    return dumps({**row, settings.url_key: record.url} if record.url else row) + b"\n"

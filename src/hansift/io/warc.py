"""WARC and WET: pages out of web archives."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from hansift.errors import InputError, UsageError
from hansift.io.encoding import decode, guess, told
from hansift.io.html import guess_html, read_html
from hansift.io.jsonl import fault_of
from hansift.io.record import Fault, Part, Record, Source
from hansift.io.settings import Settings
from hansift.io.stream import Feed

_MARK = b"WARC/1."
_LENGTH = re.compile(rb"\ncontent-length:[ \t]*(\d+)", re.I)
_PAGE = re.compile(rb"\nwarc-type:[ \t]*(response|resource|conversion)", re.I)
_HEAD = 1 << 16
_HTML = ("text/html", "application/xhtml+xml")


def cut(feed: Feed, source: Source, settings: Settings) -> Iterator[tuple[int, bytes] | Fault]:
    """Stretches of whole records, each with the byte where it begins.

    A Fault stands for a page beyond the limit, for bytes that are no record (the next one is looked for), and
    for a record that the file's end cuts off.
    """
    start, pieces = feed.position, []
    while head := feed.peek(_HEAD):
        at = feed.position
        fault, size = _measured(head, settings.max_record)
        whole = not fault and size <= settings.max_record
        if whole:
            pieces.append(feed.take(size))
            if len(pieces[-1]) < size:
                pieces.pop()
                fault = "" if feed.broken else "ends in the middle of a record; fetch it again"
        else:
            feed.skip(size or 1)
            if not size:
                feed.skip_to(_MARK)
        if fault or not whole or feed.position - start >= settings.part_size:
            yield start, b"".join(pieces)
            start, pieces = feed.position, []
        if fault:
            yield Fault(source.shown, at, 0, fault, damage=whole or not size)
    yield start, b"".join(pieces)


def _measured(head: bytes, limit: int) -> tuple[str, int]:
    """What is wrong with the record that begins here, "" for nothing, and its bytes from here on, 0 if it is none."""
    begin = len(head) - len(head.lstrip(b"\r\n"))
    if begin == len(head):
        return "", begin
    end = head.find(b"\r\n\r\n", begin)
    length = _LENGTH.search(head, begin, end) if end >= 0 and head.startswith(_MARK, begin) else None
    if not length:
        return "not a WARC record; what follows up to the next one is left out", 0
    size = end + 4 + int(length[1])
    if size > limit and _PAGE.search(head, begin, end):
        return f"longer than {limit} bytes; raise --max-record to take it", size
    return "", size


def records(part: Part, settings: Settings) -> Iterator[Record | Fault]:
    """The pages of a part: HTML responses and plain conversions; other records are no pages.

    Raises UsageError where fastwarc is missing.
    """
    source = part.sources[0]
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise UsageError(f"{source.shown}: WARC needs fastwarc; pip install 'hansift[warc]'") from error
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    byte = part.start
    archive = io.BytesIO(part.data or b"")
    try:
        for found in ArchiveIterator(archive, record_types=kinds, auto_decode="all", fsspec_args=False):
            byte = part.start + found.stream_pos
            try:
                record = _page(found, source, byte, settings)
                if record is not None:
                    yield record
            except (InputError, UnicodeError) as error:
                yield Fault(source.shown, byte, 0, str(error))
    except (OSError, ValueError) as error:
        yield Fault(source.shown, byte, 0, f"a WARC record cannot be read ({error}); fetch it again", True)


def _page(found: Any, source: Source, byte: int, settings: Settings) -> Record | None:
    """The record of a WARC record; None for one that is neither HTML nor plain text."""
    kind = found.http_content_type if found.is_http else found.headers.get("Content-Type", "").partition(";")[0]
    if kind not in (*_HTML, "text/plain"):
        return None
    data = found.reader.read()
    if not data:
        raise InputError("empty; there is no page in it")
    named = told(settings.encoding, data) if settings.encoding else None
    charset = found.http_charset if found.is_http else None
    encoding = named or (guess_html(data, charset) if kind in _HTML else guess(data, (charset,)))
    text = decode(data, encoding)
    page = read_html(text) if kind in _HTML else None
    if page is None and (fault := fault_of(text)):
        raise InputError(fault)
    url = found.headers.get("WARC-Target-URI")
    identity = (found.record_id or f"{source.shown}@{byte}").strip("<>")
    name = encoding.encoding if encoding else "utf-8"
    if page is None:
        return Record(identity, text, source.shown, byte, 0, url, name)
    return Record(identity, page.text, source.shown, byte, 0, url, name, markup=page.markup)

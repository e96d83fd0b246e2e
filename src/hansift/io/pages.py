"""One page a file: text and HTML."""

from __future__ import annotations

import io
from collections.abc import Iterator

from hansift.errors import InputError
from hansift.io.encoding import decode, encode, guess, told
from hansift.io.files import open_bytes, said
from hansift.io.html import guess_html, read_html
from hansift.io.packing import Damage, unpacked
from hansift.io.record import Fault, Part, Record, Source
from hansift.io.settings import Settings
from hansift.io.sources import find


def records(part: Part, settings: Settings) -> Iterator[Record | Fault]:
    """The pages of a group of files, a Fault in place of one that is missing, empty, not text, or too long."""
    for source in part.sources:
        try:
            yield _page(source, settings, part.data)
        except InputError as error:
            yield Fault(source.shown, 0, 1, str(error))


def read_text(path: str) -> str:
    """The text of one page; raises InputError with the path for a file that `records` would reject."""
    for item in find([path], "text"):
        try:
            return _page(item, Settings(), None).text if isinstance(item, Source) else _refused(item)
        except InputError as error:
            raise InputError(f"{path}: {error}") from error
    raise InputError(f"{path}: a folder; name a file")


def _refused(fault: Fault) -> str:
    raise InputError(fault.reason)


def _page(source: Source, settings: Settings, given: bytes | None) -> Record:
    data = _content(source, settings.max_record, given)
    if not data:
        raise InputError("empty; nothing to clean, leave it out")
    named = told(settings.encoding, data) if settings.encoding else None
    found = named or (guess_html(data) if source.form == "html" else guess(data))
    text = decode(data, found)
    encoding = found.encoding if found else "utf-8"
    if source.form == "html":
        page = read_html(text)
        return Record(source.shown, page.text, source.shown, encoding=encoding, markup=page.markup)
    if "\0" in text:
        raise InputError("holds NUL characters, so it is not text; give the extracted text of the page")
    # Big5 and GB18030 have characters that are written in two ways
    odd = source.form == "text" and encoding != "utf-8" and encode(text, encoding) != data
    return Record(source.shown, text, source.shown, encoding=encoding, raw=data if odd else None)


def _content(source: Source, limit: int, given: bytes | None) -> bytes:
    pieces, size = [], 0
    try:
        with open_bytes(source.path) if given is None else io.BytesIO(given) as stream:
            for item in unpacked(stream, source.packing):
                if isinstance(item, Damage):
                    raise InputError(item.reason)
                pieces.append(item.data)
                size += len(item.data)
                if size > limit:
                    raise InputError(f"longer than {limit} bytes; raise --max-record to take it")
    except OSError as error:
        raise InputError(f"{said(error)}; check the path and its permissions") from error
    return b"".join(pieces)

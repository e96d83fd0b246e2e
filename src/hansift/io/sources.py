"""From the names on the command line to inputs: which files, of which form, packed how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from hansift.errors import InputError, UsageError
from hansift.io.files import STDIN, below, exists, is_folder, matching, open_bytes, said, size_and_stamp
from hansift.io.packing import MAGIC, head_of
from hansift.io.record import Fault, Source

FORMS = ("text", "html", "jsonl", "parquet", "warc", "wet")
_SUFFIX = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".parquet": "parquet", ".pq": "parquet",
    ".warc": "warc", ".wet": "warc",
}  # fmt: skip
_PACKED = {".gz": "gzip", ".zst": "zstd"}
PAGES = frozenset({"text", "html"})
"""The forms of which a file is one page."""

_HEAD = 4096


def by_suffix(name: str) -> tuple[str | None, str]:
    """Form and packing as the name tells them; the form is None where it does not.

    >>> by_suffix("a/CC-MAIN.warc.wet.gz"), by_suffix("page"), by_suffix("x.JSONL.zst")
    (('warc', 'gzip'), (None, ''), ('jsonl', 'zstd'))
    """
    path = PurePosixPath(name.lower())
    packing = _PACKED.get(path.suffix, "")
    return _SUFFIX.get(path.with_suffix("").suffix if packing else path.suffix), packing


def by_content(head: bytes) -> str:
    """The form that the first bytes of a file, unpacked, speak for.

    >>> by_content(b'{"text": "..."}'), by_content(b"<!DOCTYPE html>"), by_content("正文".encode())
    ('jsonl', 'html', 'text')
    """
    if head.startswith(b"PAR1"):
        return "parquet"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"WARC/"):
        return "warc"
    if start.startswith(b"{") and start[1:].lstrip().startswith((b'"', b"}")):
        return "jsonl"
    if start[:14].lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        return "html"
    return "text"


def find(paths: Iterable[str], form: str | None = None) -> Iterator[Source | Fault]:
    """The inputs of the named files, folders and globs, in their order; a Fault in place of one that is missing.

    `form` overrides suffix and content. Raises UsageError for a form that is not known.
    """
    if form is not None and form not in FORMS:
        raise UsageError(f"format {form!r} is not known; use one of {', '.join(FORMS)}")
    for path, name in _named(paths):
        try:
            yield _source(path, name, "warc" if form == "wet" else form)
        except OSError as error:
            yield Fault(path, 0, 1, f"{said(error)}; check the path and its permissions")
        except InputError as error:
            yield Fault(path, 0, 1, str(error).removeprefix(f"{path}: "))


def several(path: str) -> bool:
    """Whether the name stands for as many files as there are: a folder, or a glob."""
    return path != STDIN and (is_folder(path) or _matched(path) != [])


def _matched(path: str) -> list[tuple[str, str]]:
    """Path and name of the files that a glob matches; none for what is no glob, or a file's own name."""
    return matching(path) if any(sign in path for sign in "*?[") and not exists(path) else []


def _named(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    for path in paths:
        if path == STDIN:
            yield path, "stdin"
        elif is_folder(path):
            for found in below(path):
                yield found if isinstance(found, tuple) else _refused(found)
        else:
            yield from _matched(path) or [(path, PurePosixPath(path).name)]


def _refused(error: InputError) -> tuple[str, str]:
    # listed by its name, so that opening it says once more what is wrong with it
    return str(error).partition(": ")[0], ""


def _source(path: str, name: str, form: str | None) -> Source:
    size, stamp = size_and_stamp(path)
    told, packing = by_suffix(path)
    if form is None and told is not None:
        return Source(path, name, told, packing, size, stamp)
    if path == STDIN:
        head = open_bytes(path).peek(_HEAD)[:_HEAD]  # type: ignore[attr-defined]
    else:
        with open_bytes(path) as stream:
            head = stream.read(_HEAD)
    packing = packing or next((kind for kind, magic in MAGIC.items() if head.startswith(magic)), "")
    return Source(path, name, form or by_content(head_of(head, packing)), packing, size, stamp)

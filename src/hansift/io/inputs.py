"""Pages out of files, folders and standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hansift.errors import InputError

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Record:
    """One page to read: its id, its text, and the other fields that came with it."""

    id: str
    text: str
    where: str


def expand(paths: Iterable[str]) -> Iterator[Path | str]:
    """Files as they are named, folders as the files below them in the order of their names, "-" as itself."""
    for name in paths:
        path = Path(name)
        if name != STDIN and path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        else:
            yield name if name == STDIN else path


def read_text(path: Path | str) -> str:
    """The text of a file; raises InputError for one that is missing, empty, or not UTF-8 text."""
    try:
        content = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; check the path and its permissions") from error
    if not content:
        raise InputError(f"{path}: empty; nothing to clean, leave it out")
    if b"\0" in content:
        raise InputError(f"{path}: holds NUL bytes, so it is not text; give the extracted text of the page")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: not UTF-8 at byte {error.start}; convert it, for example: iconv -f GB18030 -t UTF-8"
        ) from error


def records(path: Path | str, text_key: str, id_key: str) -> Iterator[Record | InputError]:
    """The records of a file: one for a text, one a line for JSONL; an InputError in place of one that is bad."""
    try:
        text = read_text(path)
    except InputError as error:
        yield error
        return
    if path != STDIN and Path(path).suffix != ".jsonl":
        yield Record(str(path), text, str(path))
        return
    if path == STDIN and not text.startswith("{"):
        yield Record(STDIN, text, "standard input")
        return
    for number, row in enumerate(text.split("\n"), 1):
        if row.strip():
            yield _record(row, f"{path}:{number}", text_key, id_key)


def _record(row: str, where: str, text_key: str, id_key: str) -> Record | InputError:
    try:
        value: Any = json.loads(row)
    except (ValueError, RecursionError) as error:
        return InputError(f"{where}: not JSON ({error}); one object a line is wanted")
    if not isinstance(value, dict) or not isinstance(value.get(text_key), str):
        return InputError(f"{where}: no text under {text_key!r}; name its key with --text-key")
    return Record(str(value.get(id_key, where)), value[text_key], where)

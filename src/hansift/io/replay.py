"""Pages put together again: cleaned output and removed-lines file back to the input, or to another policy's output."""

from __future__ import annotations

import json
import tempfile
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from hansift.errors import InputError, UsageError
from hansift.io import parquet
from hansift.io.encoding import encode
from hansift.io.files import exists, is_folder, join, open_bytes, said
from hansift.io.jsonl import encoded
from hansift.io.packing import packed, unpacked
from hansift.io.parts import everything
from hansift.io.record import Fault, Record, Source
from hansift.io.removed import cleaned_by, original_of
from hansift.io.settings import Settings
from hansift.io.sink import identity, replacing
from hansift.io.sources import PAGES, find
from hansift.io.stream import Feed
from hansift.model.decode import Policy

_CHUNK = 1000
Row = dict[str, Any]
Page = tuple[Row, Record, str]


@dataclass(frozen=True, slots=True)
class Replay:
    """What to put together: the removed-lines file, the cleaned output, where to write, and by which policy.

    A policy of None gives the pages as they came. Another gives what a run with it writes; that run's parts are
    not known here, so packed bytes and row groups may lie otherwise.
    """

    removed: str
    cleaned: str
    out: str
    policy: Policy | None = None
    force: bool = False


def replay(job: Replay, settings: Settings) -> int:
    """Writes the pages and says how many. Raises InputError where the two inputs are not of one run."""
    folder = is_folder(job.cleaned)
    count = 0
    for name, rows in groupby(_rows(job.removed), key=lambda row: str(row["to"])):
        if folder != bool(name):
            raise UsageError(f"{job.cleaned}: give the {'folder' if name else 'file'} that the run wrote")
        cleaned, target = (join(job.cleaned, name), join(job.out, name)) if folder else (job.cleaned, job.out)
        if identity(target) in (identity(cleaned), identity(job.removed)):
            raise UsageError(f"{target}: is an input too; choose another -o")
        if exists(target) and not job.force:
            raise UsageError(f"{target}: exists already; --force replaces it, or choose another -o")
        count += _file(cleaned, target, (rows, job.policy), settings)
    return count


def _rows(path: str) -> Iterator[Row]:
    try:
        with open_bytes(path) as stream:
            feed = Feed(unpacked(stream, ""))
            number = 0
            while line := feed.line(1 << 40):
                number += 1
                row = json.loads(line)
                if not isinstance(row, dict) or not row.keys() >= {"labels", "policies", "to"}:
                    raise ValueError("not a row of a removed-lines file")
                yield row
    except OSError as error:
        raise InputError(f"{path}: {said(error)}; check the path and its permissions") from error
    except ValueError as error:
        raise InputError(f"{path}, line {number}: {error}; give what `clean --removed` wrote") from error


def _file(cleaned: str, target: str, task: tuple[Iterator[Row], Policy | None], settings: Settings) -> int:
    """Writes what one cleaned file comes to, and returns its number of pages."""
    rows, policy = task
    source = next(iter(find([cleaned])), None)
    if not isinstance(source, Source):
        # a page that was dropped has no file
        source = Source(cleaned, Path(cleaned).name, "text") if not exists(cleaned) else None
    if source is None:
        raise InputError(f"{cleaned}: cannot be read; give the output of the run")
    pages = _pages(source, rows, policy, settings)
    if source.form in PAGES:
        return _one_page(target, pages, source.packing, policy)
    count = 0

    def chunks(encode: Callable[[list[Page]], bytes]) -> Iterator[bytes]:
        nonlocal count
        while chunk := list(islice(pages, _CHUNK)):
            count += len(chunk)
            yield encode(chunk)

    if source.form == "parquet":
        with tempfile.TemporaryDirectory(prefix="hansift-") as folder, replacing(target) as stream:
            paths = []
            for number, data in enumerate(chunks(lambda chunk: _parquet(chunk, settings))):
                paths.append(str(Path(folder) / f"{number}"))
                Path(paths[-1]).write_bytes(data)
            parquet.joined(paths, source.path, stream, settings.text_key)
    else:
        with replacing(target) as stream:
            for data in chunks(lambda chunk: b"".join(encoded(r, text, settings) for _, r, text in chunk)):
                stream.write(packed(data, source.packing))
    return count


def _one_page(target: str, pages: Iterator[Page], packing: str, policy: Policy | None) -> int:
    found = list(islice(pages, 2))
    if not found:
        return 0  # --drop-empty
    if len(found) != 1:
        raise UsageError(f"{target}: the pages of one text file cannot be told apart; clean into .jsonl or a folder")
    row, _, text = found[0]
    data = f"{text}\n".encode() if policy else b64decode(row["raw"]) if "raw" in row else encode(text, row["encoding"])
    with replacing(target) as stream:
        stream.write(packed(data, packing))
    return 1


def _parquet(chunk: list[Page], settings: Settings) -> bytes:
    writer = parquet.Writer(settings)
    for row, record, text in chunk:
        if record.row is None:
            raise UsageError(f"{row['id']}: was dropped, and its columns with it; clean without --drop-empty")
        writer.add(record, text)
    return writer.close()


def _pages(source: Source, rows: Iterator[Row], policy: Policy | None, settings: Settings) -> Iterator[Page]:
    """Each row with its record and the text that the two come to."""
    page = source.form in PAGES
    reading = replace(settings, format="text", encoding="utf-8") if page else replace(settings, html_key=None)
    records = everything([source.path], reading) if exists(source.path) else iter(())
    for row in rows:
        if row["dropped"]:
            before, behind = row["around"] or ("", "")
            around = (before.encode(), behind.encode()) if row["around"] else None
            record, kept = Record(row["id"], "", row["file"], url=row["url"], around=around), ""
        else:
            found = next(records, None)
            if not isinstance(found, Record):
                raise _unlike(source, row, found)
            record, kept = found, found.text.removesuffix("\n") if page else found.text
        text = original_of(row, kept) if policy is None else cleaned_by(row, kept, policy)
        if text or policy is None or not settings.drop_empty:
            yield row, record, text
    if not page and (left := next(records, None)) is not None:
        raise _unlike(source, None, left)


def _unlike(source: Source, row: Row | None, found: Record | Fault | None) -> InputError:
    what = f"page {row['id']} is missing" if row else "more pages than rows"
    return InputError(f"{source.shown}: {found if isinstance(found, Fault) else what}; give the output of the same run")

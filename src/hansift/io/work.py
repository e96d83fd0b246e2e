"""What a worker does with a part: read, judge, write beside the others, note what was counted."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol

from hansift.cleaner import Cleaner, batches
from hansift.errors import ModelError
from hansift.features import kernels
from hansift.io import parquet
from hansift.io.jsonl import dumps, encoded
from hansift.io.outcome import outcome_of
from hansift.io.packing import packed
from hansift.io.parts import lines_in, loaded, records
from hansift.io.record import Fault, Part, Record
from hansift.io.removed import by_policy, row_of
from hansift.io.settings import Settings
from hansift.io.sink import Output, mirrored, replacing
from hansift.io.sources import PAGES
from hansift.io.workspace import Workspace

BETWEEN = "\n\n"
"""What stands between the texts of two pages in one text file."""

_BYTES = 3
"""Of a character in UTF-8."""


@dataclass(frozen=True, slots=True)
class Job:
    """All that a worker needs to know; the same for every part. `ahead` are the bytes of text that each can expect, as
    far as that is known.
    """

    settings: Settings
    output: Output
    folder: Path
    removed: bool
    model: str
    version: str
    ahead: int = 0

    @property
    def digest(self) -> str:
        """What tells parts that may stand side by side from others."""
        shape = (self.settings.shaping(), self.output.form, self.output.packing, self.output.folder)
        return hashlib.sha256(json.dumps([shape, self.removed, self.model, self.version]).encode()).hexdigest()


class Writer(Protocol):
    """Takes the cleaned pages of a part; `close` gives what goes into the part's file."""

    def add(self, record: Record, text: str) -> None:
        """Takes the next page."""

    def close(self) -> bytes:
        """The bytes of the part, packed."""


class Lines:
    """Writes text or JSONL: `encode` makes a page's bytes, `between` stands between two."""

    def __init__(self, encode: Callable[[Record, str], bytes], between: bytes, packing: str) -> None:
        self.encode, self.between, self.packing = encode, between, packing
        self.done: list[bytes] = []

    def add(self, record: Record, text: str) -> None:
        """Takes the next page."""
        self.done.append(self.encode(record, text))

    def close(self) -> bytes:
        """The bytes of the part, packed."""
        data = self.between.join(self.done)
        return packed(data, self.packing) if data else b""


class Files:
    """Writes each page to a file of its own."""

    def __init__(self, targets: dict[str, tuple[str, str]]) -> None:
        self.targets = targets

    def add(self, record: Record, text: str) -> None:
        """Writes the page's file."""
        path, packing = self.targets[record.file]
        with replacing(path) as stream:
            stream.write(packed(f"{text}\n".encode(), packing))

    def close(self) -> bytes:
        """Nothing: all is written."""
        return b""


Finished = tuple[dict[str, Any], dict[str, bytes]]
"""What was counted in a part, and its files by their kind in the workspace."""


class Worker:
    """Cleans parts, one after the other, by the cleaner that it is given or makes; raises ModelError if its model is
    not the run's.
    """

    def __init__(self, job: Job, cleaner: Cleaner | None = None) -> None:
        self.job = job
        self.space = Workspace(job.folder, job.digest)
        self.cleaner = cleaner or Cleaner(job.settings.model, job.settings.policy, markup=job.settings.markup)
        if self.cleaner.model.header.get("digest") != job.model:
            raise ModelError(f"{job.settings.model}: changed while the run was under way; put it back and --resume")
        self.run = {"model": job.model, "policy": job.settings.policy}
        kernels.expect(job.ahead // _BYTES)

    def __call__(self, part: Part, name: str, moved: Callable[[float], Any] = id) -> None:
        """Cleans a part and leaves its files and its note in the workspace under that name.

        `moved` is told from time to time which share of the part is done.
        """
        self.space.finish(name, *self.cleaned(part, moved))

    def cleaned(self, part: Part, moved: Callable[[float], Any] = id) -> Finished:
        """The note and the files of a part, cleaned; pages that have files of their own are written."""
        part = loaded(part, self.job.settings)
        writer = self._writer(part)
        counts: Counter[str] = Counter()
        faults: list[Fault] = []
        taken: dict[str, str] = {}
        rows: list[bytes] = []
        names = {source.shown: mirrored(source) if self.job.output.folder else "" for source in part.sources}
        for batch in batches(accepted(records(part, self.job.settings), faults.append), attrgetter("text")):
            counts.update(self._clean(batch, writer, (rows, names)))
            taken.update({record.file: record.encoding for record in batch if record.encoding != "utf-8"})
            moved((batch[-1].byte - part.start) / max(part.end - part.start, 1))
        counts["records.rejected"] += sum(not fault.damage for fault in faults)
        counts["records.in"] += sum(not fault.damage for fault in faults)
        counts["damaged"] += sum(fault.damage for fault in faults)
        note = {"counts": dict(counts), "taken": taken, "lines": lines_in(part)}
        errors = b"".join(dumps(fault.to_dict()) + b"\n" for fault in faults)
        return note, {"out": writer.close(), "removed": b"".join(rows), "errors": errors}

    def _clean(self, batch: list[Record], writer: Writer, removed: tuple[list[bytes], dict[str, str]]) -> Counter[str]:
        verdicts = self.cleaner.verdicts([record.page for record in batch])
        outcome = outcome_of(verdicts)
        rows, names = removed
        others = by_policy(self.cleaner, verdicts) if self.job.removed else []
        counts = outcome.counts
        counts["records.in"] += len(batch)
        for page, (record, text) in enumerate(zip(batch, outcome.texts, strict=True)):
            dropped = self.job.settings.drop_empty and not text
            counts["records.dropped" if dropped else "records.out"] += 1
            counts["records.empty"] += not text
            if not dropped:
                writer.add(record, text)
            if self.job.removed:
                row = row_of(verdicts, page, record)
                run = {**self.run, "policies": others[page], "to": names[record.file], "dropped": dropped}
                # a record that is not written leaves no other place for what stood around its text
                around = {"around": as_text(record.around), "url": record.url} if dropped else {}
                rows.append(dumps({**row, **run, **around}) + b"\n")
        return counts

    def _writer(self, part: Part) -> Writer:
        output, source = self.job.output, part.sources[0]
        form = output.form_of(source)
        if output.folder and source.form in PAGES:
            return Files({one.shown: (output.target(one), one.packing) for one in part.sources})
        if form == "parquet":
            return parquet.Writer(self.job.settings)
        if form == "jsonl":
            return Lines(lambda record, text: encoded(record, text, self.job.settings), b"", output.packing_of(source))
        return Lines(lambda _, text: f"{text}\n".encode(), BETWEEN.encode(), output.packing_of(source))


def as_text(around: tuple[bytes, bytes] | None) -> list[str] | None:
    """What stood around a record's text, for a row of JSON."""
    return around and [part.decode() for part in around]


def accepted(found: Iterable[Record | Fault], reject: Callable[[Fault], Any]) -> Iterator[Record]:
    """The records; faults are handed to `reject`."""
    for item in found:
        if isinstance(item, Fault):
            reject(item)
        else:
            yield item

"""Outputs: where each goes, and files that take their name only when they are whole and on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hansift.errors import UsageError
from hansift.io.files import exists, filesystem, is_folder, join, remote, said
from hansift.io.record import Source
from hansift.io.sources import PAGES, by_suffix

STDOUT = "-"
_PACKED = {"": "", "gzip": ".gz", "zstd": ".zst"}
_COPY = 1 << 20


@dataclass(frozen=True, slots=True)
class Output:
    """Where cleaned pages go: standard output or one file of that form and packing, or a folder that mirrors the input.

    `form` is text, jsonl or parquet; in a folder each file is written in its own kind.
    """

    path: str = STDOUT
    folder: bool = False
    form: str = "text"
    packing: str = ""

    def target(self, source: Source) -> str:
        """The file that an input's pages go to."""
        return join(self.path, mirrored(source)) if self.folder else self.path

    def form_of(self, source: Source) -> str:
        """The form that an input's pages are written in."""
        if not self.folder:
            return self.form
        return "text" if source.form in PAGES else "parquet" if source.form == "parquet" else "jsonl"

    def packing_of(self, source: Source) -> str:
        """The packing that an input's pages are written in."""
        return source.packing if self.folder else self.packing


def mirrored(source: Source) -> str:
    """The name of an input's output: its own, with a suffix added where it is written in another form.

    >>> mirrored(Source("", "a/x.warc.wet.gz", "warc", "gzip")), mirrored(Source("", "p.html", "html"))
    ('a/x.warc.wet.jsonl.gz', 'p.html.txt')
    """
    suffix = {"html": ".txt", "warc": ".jsonl"}.get(source.form)
    if suffix is None:
        return source.name
    packed = _PACKED[source.packing]
    return source.name.removesuffix(packed) + suffix + packed


def output_for(path: str | None, sources: list[Source], several: bool = False) -> Output:
    """The output that `-o PATH` means.

    It is a folder if it is one already, if it ends in "/", or if it has no suffix and takes several files; also
    where one file is all that a folder or a glob holds, which is what `several` says.
    """
    pages_only = all(source.form in PAGES for source in sources)
    usual = "text" if pages_only else "jsonl"
    if path is None or path == STDOUT:
        return Output(form=usual)
    form, packing = by_suffix(path)
    if path.endswith("/") or is_folder(path) or (form is None and (several or len(sources) != 1)):
        return Output(path, folder=True)
    if form in ("html", "warc"):
        raise UsageError(f"{path}: {form} is not written; name an output that ends in .jsonl or .txt")
    return Output(path, False, form or usual, packing)


def check(output: Output, sources: list[Source], others: Iterable[str], replace: bool) -> list[str]:
    """The files that will be written. Raises UsageError where one is an input, meant twice, or there already."""
    wanted = [output.target(source) for source in sources] if output.folder else [output.path]
    targets = [path for path in (*wanted, *others) if path != STDOUT]
    twice = {path for path in targets if targets.count(path) > 1} if len(targets) < 100 else _twice(targets)
    if twice:
        raise UsageError(f"{min(twice)}: two outputs would be written there; clean them into folders of their own")
    inputs = {identity(source.path) for source in sources}
    for path in targets:
        if identity(path) in inputs:
            raise UsageError(f"{path}: is an input too; nothing is cleaned in place, choose another -o")
        if not replace and exists(path):
            raise UsageError(f"{path}: exists already; --force replaces it, or choose another name")
        if is_folder(path):
            raise UsageError(f"{path}: is a folder; name a file")
    return targets


def _twice(paths: list[str]) -> set[str]:
    seen: set[str] = set()
    return {path for path in paths if path in seen or seen.add(path)}  # type: ignore[func-returns-value]


def identity(path: str) -> object:
    """What tells two names of one file: its device and number, its full path or URL while there is none."""
    if remote(path):
        system, inner = filesystem(path)
        if "file" not in system.protocol:
            return str(system.unstrip_protocol(inner))
        path = inner
    try:
        state = Path(path).stat()
    except OSError:
        return str(Path(path).resolve())
    return state.st_dev, state.st_ino


@contextmanager
def replacing(path: str) -> Iterator[IO[bytes]]:
    """A file to write; it takes its name when the block ends, and leaves nothing behind when that fails.

    Raises UsageError for a place that cannot be written, a full disk included.
    """
    try:
        if remote(path):
            system, inner = filesystem(path)
            with system.open(f"{inner}.unfinished", "wb") as stream:
                yield stream
            system.mv(f"{inner}.unfinished", inner)
            return
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.unfinished")
        try:
            with beside.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
        synced(target.parent)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: object, error: OSError) -> UsageError:
    """The error that says so, and what to do."""
    return UsageError(f"{path}: cannot be written ({said(error)}); make room or choose another place, then --resume")


def synced(folder: Path) -> None:
    """Makes sure that a renaming in the folder outlives the machine."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copied(paths: Iterable[Path], stream: IO[bytes], between: bytes = b"") -> None:
    """Writes the files that exist one behind the other."""
    first = True
    for path in paths:
        if not path.exists():
            continue
        if between and not first:
            stream.write(between)
        first = False
        with path.open("rb") as part:
            while block := part.read(_COPY):
                stream.write(block)

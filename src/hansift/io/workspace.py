"""Where the finished parts of a run wait, so that another run can go on from them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

from hansift.errors import UsageError
from hansift.io.files import exists, remote
from hansift.io.record import Part, Source
from hansift.io.sink import STDOUT, Output, synced, unwritable

KINDS = ("out", "removed", "errors")


class Workspace:
    """A folder of finished parts.

    A part is `NAME.out`, `NAME.removed`, `NAME.errors` (each only where there is something in it) and
    `NAME.done`, which is written last; NAME tells the settings, the model and the input that it came from, so
    a part is never taken for another. `LOT.done` lists the parts of an input all of whose parts are there.
    """

    def __init__(self, folder: Path, digest: str) -> None:
        self.folder = folder
        self.digest = digest

    def lot(self, sources: tuple[Source, ...]) -> str:
        """The name of an input: a digest of what it is and of what is done to it."""
        sha = hashlib.sha256(self.digest.encode())
        for source in sources:
            mark = (source.path, source.name, source.form, source.packing, source.size, source.stamp)
            sha.update(json.dumps(mark).encode())
        return sha.hexdigest()[:16]

    def name(self, lot: str, number: int, part: Part) -> str:
        """The name of a part of that input."""
        return f"{lot}-{number:06d}-{part.start}-{part.end}"

    def path(self, name: str, kind: str) -> Path:
        """The file of that kind of a part."""
        return self.folder / f"{name}.{kind}"

    def done(self, name: str) -> Any:
        """What was noted when the part or input was done; None if it is not."""
        try:
            return json.loads(self.path(name, "done").read_bytes())
        except (OSError, ValueError):
            return None

    def finish(self, name: str, note: Any, contents: Mapping[str, bytes] | None = None) -> None:
        """Writes a part's files, and then that it is done. Raises UsageError where there is no room."""
        for kind, data in {**(contents or {}), "done": json.dumps(note).encode()}.items():
            if data:
                self._write(self.path(name, kind), data)
        synced(self.folder)

    def drop(self, names: list[str], kind: str) -> None:
        """Deletes files of a kind that have been taken over."""
        for name in names:
            self.path(name, kind).unlink(missing_ok=True)

    def _write(self, path: Path, data: bytes) -> None:
        # a worker of a run that was killed may still write the same part: each under a name of its own
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            with beside.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise unwritable(path, error) from error


def place_of(output: Output) -> Path | None:
    """The folder where the parts for an output wait: beside it; None for standard output."""
    if output.path == STDOUT:
        return None
    if remote(output.path):
        return Path(f"{PurePosixPath(output.path).name}.parts")
    return Path(f"{output.path.rstrip('/')}.parts")


@contextmanager
def opened(place: Path | None, digest: str, resume: bool, force: bool) -> Iterator[Workspace]:
    """The workspace, for this run alone; the caller closes it with `discard` when all is done.

    Raises UsageError where an unfinished run is there and neither to be resumed nor replaced, or is still
    running.
    """
    if place is None:
        with tempfile.TemporaryDirectory(prefix="hansift-") as folder:
            yield Workspace(Path(folder), digest)
        return
    if exists(str(place)) and not (resume or force):
        raise UsageError(f"{place}: parts of an unfinished run; --resume goes on with it, --force starts anew")
    try:
        place.mkdir(parents=True, exist_ok=True)
        with _locked(place):
            if not resume:
                discard(place, keep=True)
            yield Workspace(place, digest)
    except OSError as error:
        raise unwritable(place, error) from error


def discard(place: Path, keep: bool = False) -> None:
    """Deletes the parts, and the folder too unless it is to be kept.

    What says that others are whole goes first: a death on the way leaves parts to do again, never half of
    one.
    """
    for kind in (_is_lot, _is_note, _is_part):
        for path in filter(kind, place.glob("*")):
            path.unlink(missing_ok=True)
        synced(place)
    if not keep:
        shutil.rmtree(place, ignore_errors=True)


def _is_lot(path: Path) -> bool:
    return path.suffix == ".done" and "-" not in path.name


def _is_note(path: Path) -> bool:
    return path.suffix == ".done"


def _is_part(path: Path) -> bool:
    return path.name != "lock"


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # no such locks on Windows
        yield
        return
    with (place / "lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(f"{place}: another run is at work there; wait for it, or choose another -o") from error
        yield

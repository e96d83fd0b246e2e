"""Where the finished parts of a run wait, so that another run can go on from them."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

from hansift.errors import UsageError
from hansift.io.files import exists, remote
from hansift.io.record import Part, Source
from hansift.io.sink import STDOUT, Output, synced, unwritable

try:
    import fcntl
except ImportError:  # no such locks on Windows
    fcntl = None  # type: ignore[assignment]

_LOCK, _WORKERS, _OVER = "lock", "workers", "over"


class Workspace:
    """A folder of finished parts.

    A part is `NAME.out`, `NAME.removed`, `NAME.errors` (each only where there is something in it) and
    `NAME.done`, which is written last; NAME tells the settings, the model and the input that it came from, so
    a part is never taken for another. `LOT.done` lists the parts of an input that is whole; where it has an
    output of its own their `NAME.out` are gone into that.
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

    def kept(self, name: str) -> bool:
        """Whether a part is there to be taken: it is done, and its output has not gone into that of its input."""
        note = self.done(name)
        return note is not None and (not note["out"] or self.path(name, "out").exists())

    def finish(self, name: str, note: Any, contents: Mapping[str, bytes]) -> None:
        """Writes a part's files, and then that it is done. Raises UsageError where there is no room."""
        for kind, data in contents.items():
            if data:
                self._write(self.path(name, kind), data)
        synced(self.folder)
        self.close(name, {**note, "out": bool(contents.get("out"))})

    def close(self, name: str, note: Any) -> None:
        """Writes that a part or an input is done. Raises UsageError where there is no room."""
        self._write(self.path(name, "done"), json.dumps(note).encode())
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


def unfinished(place: Path | None) -> bool:
    """Whether parts of a run that has not come to its end wait there."""
    return place is not None and exists(str(place)) and any(place.iterdir()) and not (place / _OVER).exists()


@contextmanager
def opened(place: Path | None, digest: str, resume: bool, force: bool) -> Iterator[Workspace]:
    """The workspace, for this run alone; it is gone when the block ends, and stays when that fails.

    Raises UsageError where an unfinished run is there and neither to be resumed nor replaced, or is still
    running.
    """
    if place is None:
        with tempfile.TemporaryDirectory(prefix="hansift-") as folder, _locked(Path(folder)):
            yield Workspace(Path(folder), digest)
        return
    try:
        if unfinished(place) and not (resume or force):
            raise UsageError(f"{place}: parts of an unfinished run; --resume goes on with it, --force starts anew")
        place.mkdir(parents=True, exist_ok=True)
        with _locked(place):
            if not (resume and unfinished(place)):
                _empty(place)
            yield Workspace(place, digest)
            # from here on the outputs are whole: a death on the way must not leave what looks like half a run
            (place / _OVER).touch()
            synced(place)
            _empty(place)
            for name in (_WORKERS, _LOCK, _OVER):
                (place / name).unlink(missing_ok=True)
            with suppress(OSError):
                place.rmdir()
    except OSError as error:
        raise unwritable(place, error) from error


def _empty(place: Path) -> None:
    """Deletes all parts; what says that others are whole goes first, so that a death leaves parts to do again."""
    for kind in ("lot", "note", "part"):
        for path in place.iterdir():
            if _kind(path) == kind:
                path.unlink(missing_ok=True)
        synced(place)


def _kind(path: Path) -> str:
    if path.name in (_LOCK, _WORKERS, _OVER):
        return ""
    return "part" if path.suffix != ".done" else "note" if "-" in path.name else "lot"


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    """Keeps other runs out, and waits for the workers of one that was killed: they end with their part."""
    if fcntl is None:
        yield
        return
    with (place / _LOCK).open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(f"{place}: another run is at work there; wait for it, or choose another -o") from error
        with (place / _WORKERS).open("wb") as workers:
            fcntl.flock(workers, fcntl.LOCK_EX)
        yield


@contextmanager
def at_work(place: Path) -> Iterator[None]:
    """Lets the next run wait, if this process is a worker that outlives its own; EOFError where that is over."""
    if fcntl is None:
        yield
        return
    try:
        workers = (place / _WORKERS).open("rb")
    except FileNotFoundError as error:
        raise EOFError from error
    with workers:
        fcntl.flock(workers, fcntl.LOCK_SH)
        yield

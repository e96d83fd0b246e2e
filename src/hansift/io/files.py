"""Files here and far away, by one set of functions: a name with "://" goes through fsspec."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from hansift.errors import InputError, UsageError

STDIN = "-"


def remote(path: str) -> bool:
    """Whether the path is a URL.

    >>> remote("s3://crawl/a.jsonl"), remote("a.jsonl")
    (True, False)
    """
    return "://" in path


def filesystem(path: str) -> tuple[Any, str]:
    """The fsspec file system of a URL, and the path in it. Raises UsageError where its library is missing."""
    try:
        import fsspec
    except ImportError as error:
        raise UsageError(f"{path}: needs fsspec; pip install 'hansift[remote]'") from error
    try:
        system, inner = fsspec.core.url_to_fs(path)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{path}: {error}; install what fsspec asks for, or copy the file here") from error
    return system, inner


def open_bytes(path: str) -> IO[bytes]:
    """The file opened for reading; "-" is standard input. Raises OSError."""
    if path == STDIN:
        return sys.stdin.buffer
    if not remote(path):
        return Path(path).open("rb")
    system, inner = filesystem(path)
    stream: IO[bytes] = system.open(inner, "rb")
    return stream


def size_and_stamp(path: str) -> tuple[int, str]:
    """The file's size in bytes, and a text that changes when the file does. Raises OSError."""
    if path == STDIN:
        return 0, "stdin"
    if not remote(path):
        state = Path(path).stat()
        return state.st_size, f"{state.st_size}-{state.st_mtime_ns}"
    system, inner = filesystem(path)
    about = system.info(inner)
    marks = [str(about.get(key, "")) for key in ("size", "ETag", "etag", "LastModified", "mtime", "created")]
    return int(about.get("size") or 0), "-".join(marks)


def exists(path: str) -> bool:
    """Whether there is a file or folder of that name, as far as one may look."""
    if not remote(path):
        return os.path.exists(path)  # noqa: PTH110  Path.exists raises where one may not look
    system, inner = filesystem(path)
    return bool(system.exists(inner))


def is_folder(path: str) -> bool:
    """Whether the path is a folder that exists."""
    if not remote(path):
        return os.path.isdir(path)  # noqa: PTH112  as above
    system, inner = filesystem(path)
    return bool(system.isdir(inner))


def join(folder: str, name: str) -> str:
    """The path of a name below a folder."""
    return f"{folder.rstrip('/')}/{name}" if remote(folder) else str(Path(folder) / name)


def below(folder: str) -> Iterator[tuple[str, str] | InputError]:
    """Path and relative name of every file below a folder, in the order of their names, hidden ones left out.

    An InputError stands in for a folder that cannot be listed.
    """
    if remote(folder):
        system, inner = filesystem(folder)
        for path in sorted(system.find(inner)):
            yield system.unstrip_protocol(path), str(PurePosixPath(path).relative_to(inner))
        return
    refused: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(parent) / name
                yield str(path), path.relative_to(folder).as_posix()
    for error in refused:
        yield InputError(f"{error.filename}: {error.strerror}; check the folder and its permissions")


def matching(pattern: str) -> list[tuple[str, str]]:
    """Path and relative name, below the last folder before a sign, of the files that a glob matches, sorted."""
    if remote(pattern):
        system, inner = filesystem(pattern)
        return [(system.unstrip_protocol(path), _below_fixed(inner, path)) for path in sorted(system.glob(inner))]
    import glob

    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  Path.glob takes no absolute pattern
    return [(path, _below_fixed(pattern, path)) for path in found if not is_folder(path)]


def _below_fixed(pattern: str, path: str) -> str:
    fixed = re.split(r"[*?\[]", pattern, maxsplit=1)[0]
    return path.removeprefix(fixed[: fixed.rfind("/") + 1])


def said(error: OSError) -> str:
    """What an OSError says, in a few words.

    >>> said(FileNotFoundError(2, "No such file or directory"))
    'no such file or directory'
    """
    text = error.strerror or str(error) or type(error).__name__
    return text[:1].lower() + text[1:]

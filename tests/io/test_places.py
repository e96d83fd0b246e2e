"""Places that cannot be read or written: a clear message, and nothing half-written under a final name."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import hansift
from hansift.errors import UsageError
from hansift.io.sink import replacing


def test_a_full_disk_leaves_nothing_under_a_final_name(command: Any, kinds: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(kinds.jsonl(2000))

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    call = (
        "clean",
        tmp_path / "a.jsonl",
        "-o",
        tmp_path / "out.jsonl",
        "--part-size",
        "64K",
        "--removed",
        tmp_path / "r.jsonl",
    )
    for workers in (1, 2):
        ran = command(*call, "--workers", workers, "--force", preexec_fn=little_room)
        assert ran.code == 2
        assert "make room" in ran.err
        assert {path.name for path in tmp_path.iterdir()} == {"a.jsonl", "out.jsonl.parts"}
    assert command(*call, "--resume").code == 0
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 2000


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")

    def write() -> None:
        with replacing(str(path)) as stream:
            stream.write(b"new")
            raise OSError(28, "No space left on device")

    with pytest.raises(UsageError, match="no space left"):
        write()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("where", ["file/out.jsonl", "file/out/", "folder.jsonl"])
def test_a_place_that_cannot_be(cli: Any, kinds: Any, tmp_path: Path, where: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(kinds.jsonl(3))
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder.jsonl").mkdir()
    out = tmp_path / "o.jsonl" if where == "folder.jsonl" else f"{tmp_path}/{where}"
    extra = ("--removed", tmp_path / where) if where == "folder.jsonl" else ()
    ran = cli("clean", tmp_path / "a.jsonl", "-o", out, *extra, "--force")
    assert ran.code == 2
    assert str(tmp_path) in ran.err


def unprivileged(warm: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """The command run by a user whom permissions bind, after a first run that loads what it needs."""
    program = (
        "import os, sys, encodings.gb18030\n"
        "from hansift.cli import main\n"
        "rest = sys.argv[2:]\n"
        "sys.argv = ['hansift', 'clean', sys.argv[1], '-o', sys.argv[1] + '.out', '--force']\n"
        "main()\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "sys.argv = ['hansift', *rest]\n"
        "main()\n"
    )
    call = [sys.executable, "-c", program, str(warm), *arguments]
    environ = {**os.environ, "PYTHONPATH": str(Path(hansift.__file__).parents[1])}
    return subprocess.run(call, capture_output=True, text=True, timeout=60, check=False, cwd="/", env=environ)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everyone may enter; pytest's own is for its user alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_folders_without_permission(
    kinds: Any, open_folder: Path, by_drawn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path = open_folder
    monkeypatch.setenv("HANSIFT_MODEL", str(shutil.copy(by_drawn, tmp_path)))
    warm = tmp_path / "warm.jsonl"
    warm.write_bytes(kinds.jsonl(1))
    (tmp_path / "in" / "closed").mkdir(parents=True)
    (tmp_path / "in" / "a.jsonl").write_bytes(kinds.jsonl(3))
    (tmp_path / "in" / "b.txt").write_text(kinds.text(1))
    (tmp_path / "out").mkdir()
    (tmp_path / "out").chmod(0o777)
    (tmp_path / "ro").mkdir(mode=0o555)
    (tmp_path / "in" / "b.txt").chmod(0)
    (tmp_path / "in" / "closed").chmod(0)
    try:
        ran = unprivileged(warm, ["clean", str(tmp_path / "in"), "-o", str(tmp_path / "out/x/")])
        assert (ran.returncode, "Traceback" in ran.stderr) == (1, False), ran.stderr
        assert f"{tmp_path}/in/closed: permission denied" in ran.stderr
        assert f"{tmp_path}/in/b.txt: permission denied" in ran.stderr
        assert (tmp_path / "out" / "x" / "a.jsonl").read_bytes().count(b"\n") == 3
        ran = unprivileged(warm, ["clean", str(tmp_path / "in" / "a.jsonl"), "-o", str(tmp_path / "ro" / "a.jsonl")])
        assert (ran.returncode, "Traceback" in ran.stderr) == (2, False), ran.stderr
        assert "permission denied" in ran.stderr
        assert list((tmp_path / "ro").iterdir()) == []
    finally:
        (tmp_path / "in" / "closed").chmod(0o755)
        (tmp_path / "ro").chmod(0o755)


def test_nothing_is_cleaned_in_place(cli: Any, kinds: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(kinds.jsonl(3))
    os.link(path, tmp_path / "hard.jsonl")
    (tmp_path / "soft.jsonl").symlink_to(path)
    before = path.read_bytes()
    for out in ("a.jsonl", "./a.jsonl", "hard.jsonl", "soft.jsonl", ""):
        for start in ("", "file://"):
            ran = cli("clean", path, "-o", f"{start}{tmp_path}/{out}", "--force")
            assert ran.code == 2, out
            assert "in place" in ran.err
        assert cli("clean", f"file://{path}", "-o", f"{tmp_path}/{out}", "--force").code == 2
    assert cli("clean", path, "-o", tmp_path / "o.jsonl", "--removed", path, "--force").code == 2
    assert path.read_bytes() == before


def test_an_output_that_exists_is_refused(cli: Any, kinds: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(kinds.jsonl(3))
    (tmp_path / "out.jsonl").write_bytes(b"precious")
    call = ("clean", tmp_path / "a.jsonl", "-o", tmp_path / "out.jsonl")
    ran = cli(*call)
    assert (ran.code, (tmp_path / "out.jsonl").read_bytes()) == (2, b"precious")
    assert "--force" in ran.err
    ran = cli("clean", tmp_path / "none.txt", "-o", tmp_path / "other")
    assert (ran.code, "nothing to resume" in ran.err) == (1, False)
    ran = cli(*call, "--resume")
    assert (ran.code, (tmp_path / "out.jsonl").read_bytes()) == (0, b"precious")
    assert "nothing to resume" in ran.err
    assert cli(*call, "--force").code == 0
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 3


def test_an_unfinished_run_is_not_overwritten_unasked(cli: Any, kinds: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(kinds.jsonl(3))
    (tmp_path / "out.jsonl.parts").mkdir()
    (tmp_path / "out.jsonl.parts" / "0-0.out").touch()
    ran = cli("clean", tmp_path / "a.jsonl", "-o", tmp_path / "out.jsonl")
    assert ran.code == 2
    assert "--resume goes on" in ran.err


def test_two_inputs_for_one_output(cli: Any, kinds: Any, tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.jsonl").write_bytes(kinds.jsonl(3))
    ran = cli("clean", tmp_path / "x" / "a.jsonl", tmp_path / "y" / "a.jsonl", "-o", f"{tmp_path}/out/")
    assert ran.code == 2
    assert "two outputs" in ran.err
    assert cli("clean", tmp_path / "x", tmp_path / "y", "-o", tmp_path / "all.jsonl").code == 0
    assert (tmp_path / "all.jsonl").read_bytes().count(b"\n") == 6

"""Death before each single step that a run takes on the disk, one after the other: none changes what comes out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hansift.io.workspace import at_work

STEPS = ("replace", "unlink", "rmdir", "fsync")


class DeathError(BaseException):
    """What a killed process does not outlive: nothing catches it."""


class Steps:
    """Counts what is done to the disk; from step `last` on nothing is done any more."""

    def __init__(self, patch: pytest.MonkeyPatch, last: int | None = None) -> None:
        self.count, self.last = 0, last
        for name in STEPS:
            patch.setattr(os, name, self.counted(getattr(os, name)))

    def counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **options: Any) -> Any:
            self.count += 1
            if self.last is not None and self.count > self.last:
                raise DeathError
            return real(*args, **options)

        return step


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.parquet", "all.jsonl", "pages"])
def test_death_before_each_step(
    cli: Any, kinds: Any, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = kinds.file(tmp_path / name, 5)
    out = "out.jsonl" if name == "all.jsonl" else "out"

    def call(folder: str, *more: str) -> list[str]:
        (tmp_path / folder).mkdir(exist_ok=True)
        return ["clean", str(source), "-o", f"{tmp_path}/{folder}/{out}{'' if '.' in out else '/'}", "--workers", "1",
                "--removed", f"{tmp_path}/{folder}/removed", "--errors", f"{tmp_path}/{folder}/errors",
                "--part-size", "1K", *more]  # fmt: skip

    with monkeypatch.context() as patch:
        steps = Steps(patch)
        assert cli(*call("calm")).code == 0
    expected = tree(tmp_path / "calm")
    assert steps.count > 30
    assert not list((tmp_path / "calm").rglob("*.parts"))
    for last in range(steps.count):
        with monkeypatch.context() as patch:
            Steps(patch, last)
            with pytest.raises(DeathError):
                cli(*call(f"{last}"))
        ran = cli(*call(f"{last}", "--resume"))
        assert (ran.code, tree(tmp_path / f"{last}")) == (0, expected), f"step {last} of {steps.count}"
        shutil.rmtree(tmp_path / f"{last}")


def test_a_run_waits_for_the_workers_of_one_that_was_killed(by_drawn: Path, kinds: Any, tmp_path: Path) -> None:
    source, parts = kinds.file(tmp_path / "a.jsonl", 3), tmp_path / "out.jsonl.parts"
    parts.mkdir()
    (parts / "workers").touch()
    call = [sys.executable, "-m", "hansift", "clean", str(source), "-o", str(tmp_path / "out.jsonl"), "--resume"]
    with at_work(parts):
        process = subprocess.Popen(call, stderr=subprocess.DEVNULL)
        while not (parts / "lock").exists():
            time.sleep(0.01)
        time.sleep(0.5)
        assert process.poll() is None
        assert {path.name for path in parts.iterdir()} == {"lock", "workers"}
    assert process.wait(30) == 0
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 3
    assert not parts.exists()

"""SIGKILL at 50 random moments of a run, resumed each time: the outputs are those of a run that nothing befell."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

KILLS = {"a.jsonl.gz": 13, "a.jsonl.zst": 13, "a.parquet": 12, "a.wet.gz": 12}
PAGES = 240


def finished(parts: Path) -> int:
    try:
        return sum("-" in path.name and path.suffix == ".done" for path in parts.iterdir())
    except FileNotFoundError:
        return 0


def killed(call: list[str], parts: Path, moment: float) -> bool:
    """Whether the run was still at work when it was killed: so many parts and a little after its start."""
    wanted, pause = divmod(moment, 1)
    before = finished(parts)
    process = subprocess.Popen([*call, "--resume"], stderr=subprocess.DEVNULL)
    while process.poll() is None and finished(parts) < before + wanted:
        time.sleep(0.002)
    time.sleep(pause / 20)
    running = process.poll() is None
    process.kill()
    process.wait()
    return running


@pytest.mark.parametrize("name", KILLS)
def test_a_run_killed_again_and_again_ends_as_if_it_was_not(
    kinds: Any, command: Any, tmp_path: Path, name: str
) -> None:
    kinds.file(tmp_path / name, PAGES)
    calm, torn = tmp_path / "calm", tmp_path / "torn"
    outputs = ("removed.jsonl", "errors.jsonl", f"out/{name.replace('.wet', '.wet.jsonl')}")

    def call(folder: Path, workers: int) -> list[str]:
        (folder / "out").mkdir(parents=True, exist_ok=True)
        return ["clean", str(tmp_path / name), "-o", str(folder / "out"), "--removed", str(folder / "removed.jsonl"),
                "--errors", str(folder / "errors.jsonl"), "--part-size", "6K", "--workers", str(workers)]  # fmt: skip

    assert command(*call(calm, 1)).code == 0
    expected = [(calm / output).read_bytes() for output in outputs]
    rng = random.Random(name)
    count = 0
    while count < KILLS[name]:
        run = [sys.executable, "-m", "hansift", *call(torn, 2 if count % 6 == 5 else 1)]
        if killed(run, torn / "out.parts", rng.uniform(0, 5)):
            count += 1
        else:
            # it had come to its end: that end is looked at, and another run is begun
            assert [(torn / output).read_bytes() for output in outputs] == expected
            for output in outputs:
                (torn / output).unlink()
    # a killed parent's workers finish their part at most
    assert command(*call(torn, 2), "--resume").code == 0
    assert [(torn / output).read_bytes() for output in outputs] == expected
    assert not (torn / "out.parts").exists()
    assert sorted(path.name for path in torn.rglob("*") if path.is_file()) == sorted(Path(o).name for o in outputs)

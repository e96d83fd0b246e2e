"""Workers: the same output from any number of them; they stop when told and do not outlive the run."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest


def mixed(kinds: Any, folder: Path) -> Path:
    """Inputs of every kind, a bad record and a broken file among them."""
    folder.mkdir()
    (folder / "deep").mkdir()
    (folder / "a.jsonl").write_bytes(kinds.jsonl(80) + b"{}\n" + kinds.jsonl(40))
    (folder / "b.jsonl.gz").write_bytes(kinds.gzip(kinds.jsonl(60))[:-20])
    (folder / "c.jsonl.zst").write_bytes(kinds.zstd(kinds.jsonl(60)))
    kinds.parquet(60, folder / "d.parquet")
    (folder / "e.wet.gz").write_bytes(kinds.gzip(kinds.wet(60)))
    for number in range(12):
        (folder / "deep" / f"{number}.txt").write_text(kinds.text(number))
    (folder / "deep" / "page.html").write_text(f"<html><body><p>{kinds.text(1)}</p></body></html>")
    (folder / "deep" / "gbk.txt").write_bytes(kinds.text(2).encode("gbk"))
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_any_number_of_workers_and_any_hash_seed(command: Any, kinds: Any, tmp_path: Path) -> None:
    source = mixed(kinds, tmp_path / "in")
    found = []
    for workers, seed in ((1, "0"), (4, "1"), (2, "random")):
        out = tmp_path / f"out{workers}"
        ran = command("clean", source, "-o", out / "pages", "--workers", workers, "--part-size", "4K",
                      "--removed", out / "removed.jsonl", "--errors", out / "errors.jsonl",
                      env={**os.environ, "PYTHONHASHSEED": seed})  # fmt: skip
        assert ran.code == 1
        found.append(tree(out))
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 5 + 14 + 2


def test_one_file_from_many(command: Any, kinds: Any, tmp_path: Path) -> None:
    source = mixed(kinds, tmp_path / "in")
    for workers in (1, 3):
        ran = command(
            "clean", source, "-o", tmp_path / f"{workers}.jsonl.gz", "--workers", workers, "--part-size", "4K"
        )
        assert ran.code == 1
    assert (tmp_path / "1.jsonl.gz").read_bytes() == (tmp_path / "3.jsonl.gz").read_bytes()


def started(call: list[str], parts: Path, **how: Any) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-m", "hansift", *call], **how)
    for _ in range(3000):
        if len(list(parts.glob("*.done"))) > 2 or process.poll() is not None:
            break
        time.sleep(0.01)
    return process


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


DEAF = """
import multiprocessing, signal, time
from hansift.io.pool import deaf
with deaf():
    child = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(60,), daemon=True)
    child.start()
rows = open(f"/proc/{child.pid}/status").read().split("\\n")
print([int(row.split()[1], 16) >> signal.SIGINT - 1 & 1 for row in rows if row.startswith("SigBlk")])
print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))
child.kill()
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="/proc says here which signals a process blocks")
def test_workers_never_hear_ctrl_c_the_first_one_included() -> None:
    done = subprocess.run([sys.executable, "-c", DEAF], capture_output=True, check=True, timeout=60)
    assert done.stdout.split() == [b"[1]", b"False"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_stops_within_a_second_and_can_be_resumed(
    command: Any, kinds: Any, tmp_path: Path, workers: str
) -> None:
    (tmp_path / "a.jsonl").write_bytes(kinds.jsonl(1500, 12))
    call = [
        "clean",
        str(tmp_path / "a.jsonl"),
        "-o",
        str(tmp_path / "out.jsonl"),
        "--part-size",
        "16K",
        "--workers",
        workers,
    ]
    # a shell's background jobs ignore Ctrl-C, and what they start inherits that
    hearing = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    how: dict[str, Any] = {"stderr": subprocess.PIPE, "start_new_session": True, "preexec_fn": hearing}
    process = started(call, tmp_path / "out.jsonl.parts", **how)
    assert process.poll() is None, process.stderr.read()
    before = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=10)
    assert time.monotonic() - before < 1
    assert process.returncode == 130
    assert b"--resume goes on" in said
    assert b"Traceback" not in said
    assert not (tmp_path / "out.jsonl").exists()
    ran = command(*call, "--resume")
    assert ran.code == 0
    assert "parts from before" in ran.err
    assert command("clean", tmp_path / "a.jsonl", "-o", tmp_path / "calm.jsonl").code == 0
    assert (tmp_path / "calm.jsonl").read_bytes() == (tmp_path / "out.jsonl").read_bytes()


def test_a_worker_that_dies_is_told_and_none_outlives_the_run(command: Any, kinds: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(kinds.jsonl(1500, 12))
    call = [
        "clean",
        str(tmp_path / "a.jsonl"),
        "-o",
        str(tmp_path / "out.jsonl"),
        "--part-size",
        "16K",
        "--workers",
        "2",
    ]
    process = started(call, tmp_path / "out.jsonl.parts", stderr=subprocess.PIPE)
    workers = [pid for pid in children(process.pid) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 1
    assert b"a worker died" in said
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    process = started([*call, "--resume"], tmp_path / "out.jsonl.parts", stderr=subprocess.DEVNULL)
    workers = children(process.pid)
    process.kill()
    process.wait()
    for _ in range(500):
        if not any(Path(f"/proc/{pid}").exists() for pid in workers):
            break
        time.sleep(0.01)
    else:
        pytest.fail("workers go on without their parent")
    assert command(*call, "--resume").code == 0


def test_two_runs_do_not_share_a_place(command: Any, kinds: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(kinds.jsonl(1500, 12))
    call = [
        "clean",
        str(tmp_path / "a.jsonl"),
        "-o",
        str(tmp_path / "out.jsonl"),
        "--part-size",
        "16K",
        "--workers",
        "1",
    ]
    process = started(call, tmp_path / "out.jsonl.parts", stderr=subprocess.DEVNULL)
    ran = command(*call, "--resume")
    process.kill()
    process.wait()
    assert ran.code == 2
    assert "another run" in ran.err


@pytest.mark.usefixtures("by_drawn")
def test_a_bar_is_for_terminals_alone(kinds: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(kinds.jsonl(1500))
    ours, theirs = pty.openpty()
    call = ["clean", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "out.jsonl"), "--part-size", "32K"]
    process = subprocess.Popen(
        [sys.executable, "-m", "hansift", *call], stderr=theirs, env={**os.environ, "TERM": "xterm"}
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            block = os.read(ours, 4096)
        except OSError:
            break
        if not block:
            break
        shown += block
    os.close(ours)
    assert process.wait() == 0
    assert b"\x1b[" in shown
    assert b"B/s" in shown
    assert re.search(rb"\d:\d\d:\d\d", shown)


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_moves_within_a_part(
    cli: Any, kinds: Any, tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jsonl").write_bytes(kinds.jsonl(600))
    seen: list[int] = []
    monkeypatch.setattr("hansift.cli.clean.progress", lambda total: nullcontext(seen.append))
    assert cli("clean", tmp_path / "a.jsonl", "-o", tmp_path / "out.jsonl", "--workers", workers).code == 0
    assert seen == sorted(seen)
    size = (tmp_path / "a.jsonl").stat().st_size
    assert seen[-1] == size
    assert any(0 < done < size for done in seen)


def test_a_worker_knows_how_much_text_lies_ahead(cli: Any, kinds: Any, tmp_path: Path, monkeypatch: Any) -> None:
    told: list[int] = []
    monkeypatch.setattr("hansift.features.kernels.expect", told.append)
    folder = mixed(kinds, tmp_path / "in")
    text = [p.stat().st_size for p in folder.rglob("*") if p.is_file() and p.suffix != ".html" and p.name != "e.wet.gz"]
    cli("clean", folder, "-o", tmp_path / "out", "--workers", "1")
    (tmp_path / "html.jsonl").write_text('{"html": "<p>' + "正文" * 4000 + '"}\n')
    cli("clean", tmp_path / "html.jsonl", "--html-key", "html", "--workers", "1", "-o", tmp_path / "html.out.jsonl")
    cli("clean", tmp_path / "html.jsonl", "--text-key", "html", "--workers", "1", "-o", tmp_path / "text.out.jsonl")
    assert told == [sum(text) // 3, 0, (tmp_path / "html.jsonl").stat().st_size // 3]

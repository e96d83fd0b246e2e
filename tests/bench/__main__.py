"""How fast: `python -m tests.bench [scoring] [stages] [end] [growth]`, all but growth without a name.

Every figure is the median of runs in turn, in CPU seconds, on one core, so that other work on the machine counts the
same for all; `--rounds`, `--megabytes` and `--file` (of the end-to-end file) change how much is run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from tests.bench.peers import Work, peers
from tests.bench.workload import MIXES, Mix, Workload, size

from hansift.cleaner import Cleaner, batches
from hansift.features import kernels
from hansift.io.outcome import outcome_of
from hansift.model.cut import find_cuts
from hansift.model.judge import judge
from hansift.model.linear import Model
from hansift.text.restore import restore

PLAIN, FAST = "hansift", "hansift[fast]"
BASE = "fastText, best batch mode"


def batched(work: Callable[[list[str]], object]) -> Work:
    """The work done a batch at a time, as `Cleaner.pipe` and the command do."""
    return lambda pages: [work(batch) for batch in batches(pages, str)]


def by(loops: str, work: Work) -> Work:
    """The work done by numpy's loops or by the compiled ones."""
    wanted = {PLAIN: sys.maxsize, FAST: 0}[loops]

    def run(pages: list[str]) -> object:
        worth, kernels.WORTH = kernels.WORTH, wanted
        try:
            return work(pages)
        finally:
            kernels.WORTH = worth

    return run


def in_turn(works: dict[str, tuple[Work, list[str]]], rounds: int) -> dict[str, float]:
    """MB/s of each, the median over the rounds; a first round is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, (work, pages) in works.items():
            started = time.process_time()
            work(pages)
            if number:
                seconds[name].append(time.process_time() - started)
    return {name: sum(map(size, works[name][1])) / 1e6 / median(spent) for name, spent in seconds.items()}


def table(title: str, rows: dict[str, dict[str, float]], base: str = "") -> None:
    """Prints a row a name with its MB/s in each column, and how many times the base that is."""
    columns = list(next(iter(rows.values())))
    print(f"\n{title}\n| | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}")
    for name, found in rows.items():
        cells = [
            f"{found[c]:.1f}" + (f" ({found[c] / rows[base][c]:.2f}x)" if base in rows and name != base else "")
            for c in columns
        ]
        print(f"| {name} | {' | '.join(cells)} |")


def turned(found: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Columns to rows."""
    return {name: {mix: found[mix][name] for mix in found} for name in next(iter(found.values()))}


def scoring(model: Model, rounds: int, megabytes: float) -> None:
    """Text to labels, context and decoding with it, beside what others need for less."""
    others = list(peers())
    found = {}
    for mix in MIXES:
        pages = Workload(mix).pages(megabytes)
        works = {name: (by(name, batched(lambda texts: judge(model, texts))), pages) for name in names()}
        works |= {name: (work, pages[::share]) for name, work, share in others}
        found[column(mix)] = in_turn(works, rounds)
    table("Scoring, MB/s (times fastText)", turned(found), BASE)


def stages(model: Model, rounds: int, megabytes: float) -> None:
    """The steps of cleaning one by one."""
    cleaner = Cleaner(model)
    for name in names():
        found = {}
        for mix in MIXES:
            pages = next(batches(Workload(mix).pages(megabytes), str))
            judged, verdicts = judge(model, pages), cleaner.verdicts(pages)
            steps: dict[str, Work] = {
                "restore: text known clean": lambda texts: [restore(text) for text in texts],
                "judge": lambda texts: judge(model, texts),
                "cuts": lambda texts, judged=judged: find_cuts(model, judged, texts),  # type: ignore[misc]
                "cleaned text and counts": lambda texts, verdicts=verdicts: outcome_of(verdicts),  # type: ignore[misc]
            }
            found[column(mix)] = in_turn({step: (by(name, work), pages) for step, work in steps.items()}, rounds)
        table(f"Stages of {name}, MB/s", turned(found))


def names() -> list[str]:
    """The ways hansift can run here."""
    return [PLAIN, FAST] if kernels.compiled_wanted() else [PLAIN]


def column(mix: Mix) -> str:
    return {"seeds": "lines of the seeds' length mix", "short": "short lines of 62 bytes"}[mix]


def written(mix: Mix, megabytes: float, path: Path) -> None:
    """Writes that many megabytes as JSONL."""
    total = 0
    with path.open("w", encoding="utf-8") as stream:
        for number, page in enumerate(Workload(mix)):
            row = {"id": f"p{number}", "url": f"https://example.org/{number}", "text": page}
            total += stream.write(json.dumps(row, ensure_ascii=False) + "\n") and size(page)
            if total >= megabytes * 1e6:
                return


def cleaned(path: Path, loops: str, workers: int) -> tuple[float, float, float]:
    """`hansift clean` on a file: CPU seconds, seconds, and megabytes at the peak of a process."""
    call = [sys.executable, "-m", "hansift", "clean", str(path), "-o", str(path.with_suffix(".out.jsonl"))]
    env = {**os.environ, kernels.SWITCH: "plain" if loops == PLAIN else ""}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([*call, "--force", "--workers", str(workers)], env=env, capture_output=True, check=False)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, seconds, after.ru_maxrss / 1024


def end(rounds: int, megabytes: float, file: float) -> None:
    """`hansift clean`, file to cleaned file, beside others without any file."""
    others = [(name, work, share) for name, work, share in peers() if "jieba" not in name]
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for mix in MIXES:
            path = Path(folder) / f"{mix}.jsonl"
            written(mix, file, path)
            pages = Workload(mix).pages(megabytes)
            works = {name: (work, pages[::share]) for name, work, share in others}
            # the first run, which may compile the loops, is not counted
            spent = {name: [cleaned(path, name, 1)[0] for _ in range(rounds + 1)][1:] for name in names()}
            rates = {f"{name} clean": path.stat().st_size / 1e6 / median(own) for name, own in spent.items()}
            found[column(mix)] = rates | in_turn(works, rounds)
            if (os.cpu_count() or 1) > 1:
                one, two = (median(cleaned(path, PLAIN, workers)[1] for _ in range(3)) for workers in (1, 2))
                print(f"{column(mix)}: two workers {one / two:.2f} times one")
        table(f"End to end on {file:g} MB of JSONL, MB/s (times reading)", turned(found), "decode, split, join, encode")


def growth(_: int, __: float, file: float) -> None:
    """Time and memory as the file grows."""
    with tempfile.TemporaryDirectory() as folder:
        for megabytes in (1, 10, 100, 1000):
            if megabytes > file:
                break
            path = Path(folder) / "grown.jsonl"
            written("short", megabytes, path)
            for name in names():
                spent, _, peak = cleaned(path, name, 1)
                print(f"{megabytes} MB by {name}: {spent:.1f} s, {peak:.0f} MB at the peak of any run so far")


def main() -> None:
    """Runs what is named and prints it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("parts", nargs="*", default=["scoring", "stages", "end"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--megabytes", type=float, default=4)
    parser.add_argument("--file", type=float, default=200)
    chosen = parser.parse_args()
    if hasattr(os, "sched_setaffinity") and "end" not in chosen.parts:
        os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
    print(f"{processor()}, Python {platform.python_version()}, numpy {np.__version__}")
    model = Cleaner().model
    for part in chosen.parts:
        if part in ("scoring", "stages"):
            {"scoring": scoring, "stages": stages}[part](model, chosen.rounds, chosen.megabytes)
        else:
            {"end": end, "growth": growth}[part](chosen.rounds, chosen.megabytes, chosen.file)


def processor() -> str:
    """The name of the processor."""
    try:
        rows = Path("/proc/cpuinfo").read_text().split("\n")
    except OSError:
        return platform.processor()
    return next((row.partition(":")[2].strip() for row in rows if row.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()

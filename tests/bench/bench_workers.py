"""How much faster two workers are than one: `python tests/bench/bench_workers.py [MB] [ROUNDS]`.

The pages of `data/` are cleaned as JSONL, gzip and Parquet, the removed lines written too. Prints of each the rates
and their ratio, by the wall clock and, for a machine that has other things to do, by the processor time that the work
took: twice that of one worker over that of two is the ratio that two free cores come near.
"""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow
import pyarrow.parquet

from hansift.corpus.labelled import read_folder

ROOT = Path(__file__).parents[2]


def inputs(folder: Path, size: int) -> list[Path]:
    """The same pages as three kinds of file, so many bytes of text each."""
    texts = [page.text for page in read_folder(ROOT / "data" / "pages")]
    rows = [{"id": n, "text": text} for n, text in enumerate(texts * (size // sum(len(t.encode()) for t in texts) + 1))]
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    paths = [folder / "a.jsonl", folder / "a.jsonl.gz", folder / "a.parquet"]
    paths[0].write_bytes(data)
    paths[1].write_bytes(gzip.compress(data, 6))
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), paths[2], row_group_size=len(rows) // 16)
    return paths


def timed(path: Path, out: Path, workers: int) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    call = [sys.executable, "-m", "hansift", "clean", path, "-o", out, "--workers", workers, "--part-size", "2M"]
    call += ["--removed", out.with_suffix(".removed"), "--force"]
    subprocess.run([*map(str, call)], check=True, stderr=subprocess.DEVNULL)
    seconds = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Prints a line a kind of file: the best of each over the rounds."""
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else 32) * 1e6)
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as name:
        for path in inputs(Path(name), size):
            out = Path(name) / f"out{path.suffix}"
            wall, cpu = map(min, zip(*(timed(path, out, 1) for _ in range(rounds)), strict=True))
            wall2, cpu2 = map(min, zip(*(timed(path, out, 2) for _ in range(rounds)), strict=True))
            print(
                f"{path.name:12} one worker {size / wall / 1e6:.2f} MB/s, two {size / wall2 / 1e6:.2f} MB/s: "
                f"{wall / wall2:.2f} times as fast; processor {cpu:.1f} s and {cpu2:.1f} s"
            )


if __name__ == "__main__":
    main()

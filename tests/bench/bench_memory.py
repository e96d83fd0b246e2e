"""Peak memory of each process, and the rate, over a large JSONL: `python tests/bench/bench_memory.py [GB] [WORKERS]`.

The file is made of the seeds, in a temporary folder. The bound is 600 MB a process, whatever the size of the file.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BOUND = 600
ROOT = Path(__file__).parents[2]


def peak(pid: int) -> dict[int, float]:
    """Peak resident megabytes of a process and its children, by process."""
    found = {}
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return {}
    for line in status.split("\n"):
        if line.startswith("VmHWM"):
            found[pid] = int(line.split()[1]) / 1024
    for child in children:
        found |= peak(int(child))
    return found


def main() -> None:
    size = float(sys.argv[1] if len(sys.argv) > 1 else 2) * 1e9
    workers = sys.argv[2] if len(sys.argv) > 2 else "2"
    texts = [path.read_text(encoding="utf-8-sig") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    block = "".join(json.dumps({"id": n, "text": text}, ensure_ascii=False) + "\n" for n, text in enumerate(texts))
    data = block.encode() * 100
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        with path.open("wb") as stream:
            for _ in range(int(size / len(data)) + 1):
                stream.write(data)
        started = time.monotonic()
        call = [sys.executable, "-m", "hansift", "clean", str(path), "-o", str(out), "--workers", workers]
        process = subprocess.Popen(call)
        peaks: dict[int, float] = {}
        while process.poll() is None:
            peaks |= peak(process.pid)
            time.sleep(0.2)
        seconds = time.monotonic() - started
        done = path.stat().st_size
        assert process.returncode == 0
        assert out.stat().st_size
    most, rate = max(peaks.values()), done / seconds / 1e6
    print(f"{done / 1e9:.1f} GB, {workers} workers: {rate:.1f} MB/s, {most:.0f} MB at the peak of a process")
    raise SystemExit(most >= BOUND)


if __name__ == "__main__":
    main()

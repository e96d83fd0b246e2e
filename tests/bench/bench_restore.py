"""Prints how fast pages are restored, in MB of UTF-8 a second: `python tests/bench/bench_restore.py`."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from hansift.text.restore import restore

ROOT = Path(__file__).parents[2]
ROUNDS = 60
HOSTILE = ("(", "國(", "國(guó)", "國?cè)", "，，", "\u200b ", '<u id="a8k2f">')


def rate(pages: list[str], rounds: int) -> float:
    """MB/s over the pages, each its best of some rounds: other work on the machine slows the rest."""
    size = sum(len(page.encode()) for page in pages)
    return size / sum(min(_seconds(page) for _ in range(rounds)) for page in pages) / 1e6


def _seconds(page: str) -> float:
    start = perf_counter()
    restore(page)
    return perf_counter() - start


def main() -> None:
    """Prints a row for pages without damage, pages with it, and each hostile text."""
    seeds = [path.read_bytes().decode("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    damaged = [page for page in seeds if restore(page).steps]
    clean = [restore(page).text for page in seeds]
    print(f"no repair     {rate(clean, ROUNDS):7.1f} MB/s")
    print(f"repair        {rate(damaged, ROUNDS):7.1f} MB/s")
    print(f"repair, long  {rate([page * 50 for page in damaged], 5):7.1f} MB/s")
    for unit in HOSTILE:
        text = unit * (10_000_000 // len(unit.encode()))
        print(f"10 MB of {unit!r:18} {rate([text], 1):7.1f} MB/s")


if __name__ == "__main__":
    main()

"""What the benchmark runs on: pages of the labelled corpus and the seeds, drawn anew so that no line repeats."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Literal

from hansift.corpus.labelled import read_folder
from hansift.text.restore import restore

ROOT = Path(__file__).parents[2]
Mix = Literal["seeds", "short"]
MIXES: tuple[Mix, ...] = ("seeds", "short")
SHORT = (40, 85)
"""Bytes of the lines of the mix `short`: 62 at the mean."""
CHANGED = 12
"""One character in so many becomes another Han character of the corpus, and at least one a line."""


class Workload:
    """Endless pages of one mix of line lengths, always the same ones.

    `seeds` takes the lengths of the lines, blank ones too, from the seeds, page by page; `short` has lines of 62
    bytes, as many a page as the corpus has. The pages are as they stand once what a hijack did to their characters is
    undone, so that few of them need repair, as on the web.
    """

    def __init__(self, mix: Mix) -> None:
        self.rng = Random(f"hansift {mix}")
        self.seen: set[int] = set()
        found = [page for name in ("pages", "seeds") for page in read_folder(ROOT / "data" / name)]
        texts = [restore(page.text).text for page in found]
        lines = sorted(
            {line for text in texts for line in text.split("\n") if line.strip()}, key=lambda line: (size(line), line)
        )
        self.lines = lines if mix == "seeds" else [line for line in lines if SHORT[0] <= size(line) <= SHORT[1]]
        self.sizes = [size(line) for line in self.lines]
        self.han = [char for line in lines for char in line if "\u4e00" <= char <= "\u9fff"]
        self.mix = mix
        if mix == "seeds":
            texts = [path.read_text("utf-8-sig") for path in sorted((ROOT / "seeds").glob("*.txt"))]
            self.shapes = [[size(line) if line.strip() else 0 for line in text.split("\n")] for text in texts]
        else:
            self.shapes = [[1 if line.letter else 0 for line in page.lines] for page in found]

    def __iter__(self) -> Iterator[str]:
        while True:
            yield "\n".join(self._line(length) if length else "" for length in self.rng.choice(self.shapes))

    def pages(self, megabytes: float) -> list[str]:
        """The next pages, that many megabytes of UTF-8 or a little more."""
        taken: list[str] = []
        total = 0
        for page in self:
            taken.append(page)
            total += size(page)
            if total >= megabytes * 1e6:
                break
        return taken

    def _line(self, length: int) -> str:
        """A line of about that many bytes that has not been there before."""
        while True:
            line = self._changed(self._drawn(length))
            if hash(line) not in self.seen:
                self.seen.add(hash(line))
                return line

    def _drawn(self, length: int) -> str:
        if self.mix == "short":
            return self.rng.choice(self.lines)
        parts: list[str] = []
        while length > 0:
            near = bisect_left(self.sizes, length) + self.rng.randint(-20, 20)
            parts.append(self.lines[min(max(near, 0), len(self.lines) - 1)])
            length -= size(parts[-1])
            if length < 12:
                break
        return "".join(parts)

    def _changed(self, line: str) -> str:
        chars = list(line)
        for _ in range(1 + len(chars) // CHANGED):
            at = self.rng.randrange(len(chars))
            if chars[at] >= "\u4e00":
                chars[at] = self.rng.choice(self.han)
        return "".join(chars)


def size(text: str) -> int:
    """Bytes of UTF-8."""
    return len(text.encode())

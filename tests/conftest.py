"""What many tests share: the seeds, models that need no training, pages in every kind of file, the command line."""

import gzip
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import settings

from hansift import Cleaner
from hansift.corpus.labelled import read_folder
from hansift.features import CONTEXT, SHAPE
from hansift.features.ngrams import BUCKETS, ORDERS
from hansift.model.file import save
from hansift.model.linear import MARGINS, CutModel, Model
from hansift.model.lines import LINE_MARGINS, MOST_GRAM, LineModel
from hansift.model.segments import SEGMENT

ROOT = Path(__file__).parents[1]

# The same examples in every run; HANSIFT_FULL draws new ones, and more of them.
settings.register_profile("project", deadline=None, derandomize=True)
settings.register_profile("full", deadline=None, max_examples=1000)
settings.load_profile("full" if os.environ.get("HANSIFT_FULL") else "project")


@pytest.fixture(scope="session")
def root():
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def seeds():
    """The five labelled seeds."""
    return list(read_folder(ROOT / "data" / "seeds"))


@pytest.fixture(scope="session")
def drawn():
    """A model of random weights: it knows nothing of Chinese, and every weight of it counts."""
    rng = np.random.default_rng(20240229)

    def tables(*shape, spread=3000):
        return rng.integers(-spread, spread, shape).astype(np.int32)

    grams = rng.integers(-MOST_GRAM, MOST_GRAM + 1, (ORDERS, BUCKETS, LINE_MARGINS)).astype(np.int16)
    of_shape = tables(len(SHAPE), 256, LINE_MARGINS)
    stages = tuple(tables(len(SHAPE) + len(CONTEXT), 256, MARGINS) for _ in range(2))
    return Model(
        alone=LineModel(grams, 12e-5, of_shape, tables(LINE_MARGINS)),
        stages=stages,
        bias=tables(2, MARGINS),
        thresholds=np.array([1.0, 0.0, -1.0]),
        cut=CutModel(tables(len(SEGMENT), 256, 1, spread=4000), 0, 0.5, 0.03),
        header={"made": "by drawing"},
    )


@pytest.fixture(scope="session")
def cleaner(drawn):
    """A cleaner that decides at random, and always alike."""
    return Cleaner(drawn)


NAV = ("首页", "联系我们", "上一篇 | 下一篇", "版权所有", "当前位置：首页 > 新闻", "热门推荐", "分享到：微博")
BODY = (
    "  昨天下午，镇上的老粮站重新开了门，里面摆的不再是麻袋，而是一排排旧书。",
    "  管理员说，书都是附近居民捐的，最早的一本印于民国二十三年。",
    "  孩子们放学以后常来，坐在窗下的木凳上，一直读到天黑。",
    "  “以前这里收粮，现在这里收书。”他笑着把门轴上的灰擦掉。",
)


class Ran(NamedTuple):
    """What a command came to."""

    code: int
    out: bytes
    err: str


class Kinds:
    """The same pages as files of every kind."""

    def text(self, number: int, lines: int = 6) -> str:
        rng = random.Random(number)
        body = [rng.choice(BODY) + str(number) for _ in range(lines - 3)]
        return "\n".join([rng.choice(NAV), rng.choice(NAV), "", *body, rng.choice(NAV)])

    def planted(self, number: int) -> str:
        """A page with planted segments in its lines, replaced bytes and readings; one in ten is all planted."""
        rng = random.Random(number)
        spam = ("鸿运88棋牌", "办证刻章", "日本在线观看免费", "彩票开户", "www.example.org")
        lines = [rng.choice(NAV)]
        for _ in range(0 if number % 10 == 9 else rng.randint(1, 5)):
            pieces = re.split("(?<=，)", rng.choice(BODY))
            pieces.insert(
                rng.randint(0, len(pieces)), f"（{rng.choice(spam)}）" if rng.random() < 0.5 else rng.choice(spam)
            )
            lines.append("".join(pieces))
        lines += [f"{rng.choice(spam)}| {rng.choice(spam)}", "國(guó)內(nèi)的們?cè)诜模?，圖(tú)書(shū)館，，開放"]
        rng.shuffle(lines)
        return "\n".join(lines)

    def rows(self, count: int, lines: int = 6) -> list[dict[str, object]]:
        return [{"id": f"p{n}", "n": n, "text": self.text(n, lines)} for n in range(count)]

    def jsonl(self, count: int, lines: int = 6) -> bytes:
        return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in self.rows(count, lines))

    def gzip(self, data: bytes) -> bytes:
        return gzip.compress(data, mtime=0)

    def zstd(self, data: bytes) -> bytes:
        import zstandard

        return zstandard.ZstdCompressor(write_checksum=True).compress(data)

    def parquet(self, count: int, path: Path, group: int = 20) -> None:
        import pyarrow
        import pyarrow.parquet

        table = pyarrow.Table.from_pylist(self.rows(count))
        pyarrow.parquet.write_table(table, path, row_group_size=group, write_page_checksum=True)

    def warc(self, texts: list[bytes], kind: str = "conversion", mime: str = "text/plain") -> bytes:
        out = []
        for number, text in enumerate(texts):
            head = (
                f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"WARC-Target-URI: http://example.org/{number}\r\nContent-Type: {mime}\r\n"
                f"Content-Length: {len(text)}\r\n\r\n"
            )
            out.append(head.encode() + text + b"\r\n\r\n")
        return b"".join(out)

    def wet(self, count: int) -> bytes:
        return self.warc([self.text(n).encode() for n in range(count)])

    def file(self, path: Path, count: int) -> Path:
        """The pages as the kind of file that its name tells; a folder of them if it has no suffix."""
        if not path.suffix:
            path.mkdir()
            for number in range(count):
                (path / f"{number}.txt").write_text(self.text(number))
        elif path.suffix == ".parquet":
            self.parquet(count, path, max(count // 20, 2))
        else:
            data = self.wet(count) if ".wet" in path.name else self.jsonl(count)
            path.write_bytes({".gz": self.gzip, ".zst": self.zstd}.get(path.suffix, bytes)(data))
        return path


@pytest.fixture(scope="session")
def kinds():
    """Maker of inputs."""
    return Kinds()


@pytest.fixture(scope="session")
def drawn_file(drawn, tmp_path_factory):
    """The model of random weights as a file."""
    path = tmp_path_factory.mktemp("model") / "drawn.npz"
    save(drawn, path)
    return path


@pytest.fixture
def by_drawn(drawn_file, monkeypatch):
    """Lets every command take the model of random weights, which keeps and removes lines, and cuts, on any page."""
    monkeypatch.setenv("HANSIFT_MODEL", str(drawn_file))
    return drawn_file


@pytest.fixture
def cli(by_drawn, monkeypatch, capfdbinary):
    """Runs the command in this process."""
    from hansift.cli import main

    def run(*args: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["hansift", *map(str, args)])
        capfdbinary.readouterr()
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return Ran(code, out, err.decode())

    return run


@pytest.fixture
def command(by_drawn):
    """Runs the command in a process of its own."""

    def run(*args: object, **how: object) -> Ran:
        call = [sys.executable, "-m", "hansift", *map(str, args)]
        done = subprocess.run(call, capture_output=True, timeout=600, check=False, **how)
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return Ran(done.returncode, done.stdout, done.stderr.decode())

    return run

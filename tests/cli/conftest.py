"""Pages made up on the spot, in every kind of file, and the command line called as a user does."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyarrow
import pyarrow.parquet
import pytest
import zstandard

from hansift.cli import main

NAV = ("首页", "联系我们", "上一篇 | 下一篇", "版权所有 京ICP备00000000号", "当前位置：首页 > 新闻", "热门推荐", "分享到：微博")
BODY = (
    "  昨天下午，镇上的老粮站重新开了门，里面摆的不再是麻袋，而是一排排旧书。",
    "  管理员说，书都是附近居民捐的，最早的一本印于民国二十三年。",
    "  孩子们放学以后常来，坐在窗下的木凳上，一直读到天黑。",
    "  “以前这里收粮，现在这里收书。”他笑着把门轴上的灰擦掉。",
)


class Ran(NamedTuple):
    code: int
    out: bytes
    err: str


class Kinds:
    """The same pages as files of every kind."""

    def text(self, number: int, lines: int = 6) -> str:
        rng = random.Random(number)
        body = [rng.choice(BODY) + str(number) for _ in range(lines - 3)]
        return "\n".join([rng.choice(NAV), rng.choice(NAV), "", *body, rng.choice(NAV)])

    def rows(self, count: int, lines: int = 6) -> list[dict[str, object]]:
        return [{"id": f"p{n}", "n": n, "text": self.text(n, lines)} for n in range(count)]

    def jsonl(self, count: int, lines: int = 6) -> bytes:
        return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in self.rows(count, lines))

    def gzip(self, data: bytes) -> bytes:
        return gzip.compress(data, mtime=0)

    def zstd(self, data: bytes) -> bytes:
        return zstandard.ZstdCompressor(write_checksum=True).compress(data)

    def parquet(self, count: int, path: Path, group: int = 20) -> None:
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


@pytest.fixture
def kinds() -> Kinds:
    return Kinds()


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    """Runs the command in this process."""

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
def command() -> Callable[..., Ran]:
    """Runs the command in a process of its own."""

    def run(*args: object, **how: object) -> Ran:
        call = [sys.executable, "-m", "hansift", *map(str, args)]
        done = subprocess.run(call, capture_output=True, timeout=60, check=False, **how)  # type: ignore[call-overload]
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return Ran(done.returncode, done.stdout, done.stderr.decode())

    return run

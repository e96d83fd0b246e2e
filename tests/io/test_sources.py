from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import fsspec
import pytest

from hansift.errors import UsageError
from hansift.io.record import Fault, Source
from hansift.io.sink import Output, output_for
from hansift.io.sources import find


def test_suffix_then_content_then_format(tmp_path: Path, kinds: Any) -> None:
    files = {
        "a.txt": b"text", "b.jsonl": b'{"text": "a"}', "c.html": b"<p>", "d": b'{"text": "a"}', "e": b"<!doctype html>",
        "f": kinds.gzip(b'{"text": "a"}\n'), "g": b"WARC/1.0\r\n", "h": "正文".encode(),
        "i.warc.wet.gz": b"", ".hidden": b"",
    }  # fmt: skip
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    found = [s for s in find([str(tmp_path)]) if isinstance(s, Source)]
    assert [(s.name, s.form, s.packing) for s in found] == [
        ("a.txt", "text", ""), ("b.jsonl", "jsonl", ""), ("c.html", "html", ""), ("d", "jsonl", ""), ("e", "html", ""),
        ("f", "jsonl", "gzip"), ("g", "warc", ""), ("h", "text", ""), ("i.warc.wet.gz", "warc", "gzip"),
    ]  # fmt: skip
    assert [s.form for s in find([str(tmp_path / "b.jsonl")], "text") if isinstance(s, Source)] == ["text"]
    assert isinstance(next(find([str(tmp_path / "none")])), Fault)
    with pytest.raises(UsageError, match="parquet"):
        next(find(["a"], "docx"))


def test_globs_are_sorted_and_go_deep(tmp_path: Path) -> None:
    for name in ("x/b.txt", "x/y/a.txt", "x/c[1].txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("正文")
    names = [Path(s.path).name for s in find([f"{tmp_path}/**/*.txt"]) if isinstance(s, Source)]
    assert names == ["b.txt", "c[1].txt", "a.txt"]
    assert [s.name for s in find([f"{tmp_path}/x/**/*.txt"]) if isinstance(s, Source)] == [
        "b.txt",
        "c[1].txt",
        "y/a.txt",
    ]
    assert isinstance(next(find([f"{tmp_path}/x/c[1].txt"])), Source)


def test_where_the_output_goes(tmp_path: Path) -> None:
    page, rows = Source("p.txt", "p.txt", "text"), Source("r.jsonl", "r.jsonl", "jsonl")
    assert output_for(None, [page]).form == "text"
    assert output_for(None, [page, rows]).form == "jsonl"
    assert output_for("out.jsonl.zst", [page]) == Output("out.jsonl.zst", False, "jsonl", "zstd")
    assert output_for("out", [page]) == Output("out", False, "text", "")
    assert output_for("out", [page, rows]).folder
    assert output_for("out", [page], several=True).folder
    assert output_for(str(tmp_path), [page]).folder
    with pytest.raises(UsageError, match="jsonl"):
        output_for("out.html", [page])


def test_far_files_are_read_and_written(cli: Any, kinds: Any) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/crawl/a.jsonl", kinds.jsonl(30))
    memory.pipe("/crawl/sub/b.jsonl.gz", kinds.gzip(kinds.jsonl(20)))
    call = ("--workers", 1, "--part-size", "1K", "--force")
    assert cli("clean", "memory://crawl/", "-o", "memory://clean/", *call).code == 0
    assert sorted(memory.find("/clean")) == ["/clean/a.jsonl", "/clean/sub/b.jsonl.gz"]
    assert memory.cat("/clean/a.jsonl").count(b"\n") == 30
    assert cli("clean", "memory://crawl/**/*.gz", "-o", "memory://one.jsonl", *call).code == 0
    assert [json.loads(row)["id"] for row in memory.cat("/one.jsonl").split(b"\n") if row] == [
        f"p{n}" for n in range(20)
    ]
    assert cli("clean", "nothing://there/a.jsonl").code == 2

"""One bad record of each kind among 2,000 good ones costs that record."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOOD = 2000
AT = 1234  # good records before the odd one


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


BAD = {
    "invalid UTF-8": (b'{"id": "x", "text": "\xff\xfe"}', "not utf-8"),
    "invalid JSON": (b'{"id": "x", "text": "abc"', "not JSON"),
    "missing text": (b'{"id": "x"}', "no text under 'text'"),
    "a number": (b'{"id": "x", "text": 12}', "not text"),
    "a list": (b'{"id": "x", "text": ["a"]}', "not text"),
    "null": (b'{"id": "x", "text": null}', "not text"),
    "NUL": (b'{"id": "x", "text": "a\\u0000b"}', "NUL"),
    "a bare NUL": (b'{"id": "x", "text": "a\0b"}', "not JSON"),
    "a lone surrogate": (b'{"id": "x", "text": "\\ud800"}', "lone surrogate"),
    "a lone surrogate in the id": (b'{"id": "\\udfff", "text": "a"}', "lone surrogate"),
    "50 MB": (b'{"id": "x", "text": "' + b"y" * 50_000_000 + b'"}', "--max-record"),
}
ODD = {
    "U+2028": '{"id": "x", "text": "正\u2028文\u2029。"}'.encode(),
    "U+0085": '{"id": "x", "text": "正\x85文\x0b。"}'.encode().replace(b"\x0b", b"\\u000b"),
    "a BOM": b'\xef\xbb\xbf{"id": "x", "text": "a"}',
    "CRLF": b'{"id": "x", "text": "a"}\r',
    "blank lines": b'\n \n{"id": "x", "text": "a"}\n\r',
}


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
@pytest.mark.parametrize("kind", BAD)
def test_a_bad_record_is_told_by_its_place(cli: Any, kinds: Any, tmp_path: Path, kind: str, packing: str) -> None:
    lines = kinds.jsonl(GOOD, 4).split(b"\n")
    bad, said = BAD[kind]
    data = b"\n".join([*lines[:AT], bad, *lines[AT:]])
    pack: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": kinds.gzip, ".zst": kinds.zstd}
    (tmp_path / f"a.jsonl{packing}").write_bytes(pack[packing](data))
    ran = cli("clean", tmp_path / f"a.jsonl{packing}", "-o", tmp_path / "out.jsonl", "--part-size", "64K",
              "--errors", tmp_path / "e.jsonl", "--summary", tmp_path / "s.json", "--workers", 1)  # fmt: skip
    assert ran.code == 1
    assert len(rows(tmp_path / "out.jsonl")) == GOOD
    (error,) = rows(tmp_path / "e.jsonl")
    assert (error["line"], error["byte"]) == (AT + 1, len(b"\n".join(lines[:AT])) + 1)
    assert said in error["reason"]
    records = json.loads((tmp_path / "s.json").read_text())["records"]
    assert (records["in"], records["out"], records["rejected"]) == (GOOD + 1, GOOD, 1)


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("at", [0, AT])
def test_an_odd_record_is_a_record(cli: Any, kinds: Any, tmp_path: Path, kind: str, at: int) -> None:
    lines = kinds.jsonl(GOOD, 4).split(b"\n")
    (tmp_path / "a.jsonl").write_bytes(b"\n".join([*lines[:at], ODD[kind], *lines[at:]]))
    ran = cli(
        "clean",
        tmp_path / "a.jsonl",
        "-o",
        tmp_path / "out.jsonl",
        "--errors",
        tmp_path / "e.jsonl",
        "--part-size",
        "64K",
    )
    assert (ran.code, (tmp_path / "e.jsonl").read_bytes()) == (0, b"")
    assert [row["id"] for row in rows(tmp_path / "out.jsonl")][at] == "x"
    assert len(rows(tmp_path / "out.jsonl")) == GOOD + 1


@pytest.mark.parametrize(
    "name",
    ["empty.jsonl", "empty.jsonl.gz", "empty.jsonl.zst", "empty.txt", "empty.warc", "empty.parquet", "empty.html"],
)
def test_an_empty_file_costs_itself(cli: Any, kinds: Any, tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_bytes(kinds.jsonl(GOOD, 4))
    (tmp_path / "in" / name).write_bytes(b"")
    ran = cli("clean", tmp_path / "in", "-o", tmp_path / "out", "--errors", tmp_path / "e.jsonl")
    assert ran.code == 1
    assert len(rows(tmp_path / "out" / "a.jsonl")) == GOOD
    (error,) = rows(tmp_path / "e.jsonl")
    assert error["file"].endswith(name)


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_an_empty_member_is_told_by_its_position(cli: Any, kinds: Any, tmp_path: Path, packing: str) -> None:
    pack = getattr(kinds, packing)
    whole = kinds.jsonl(GOOD, 4)
    first = pack(whole[:100_000])
    name = {"gzip": "a.jsonl.gz", "zstd": "a.jsonl.zst"}[packing]
    (tmp_path / name).write_bytes(first + pack(b"") + pack(whole[100_000:]))
    ran = cli(
        "clean", tmp_path / name, "-o", tmp_path / "out.jsonl", "--errors", tmp_path / "e.jsonl", "--part-size", "64K"
    )
    assert ran.code == 1
    assert len(rows(tmp_path / "out.jsonl")) == GOOD
    (error,) = rows(tmp_path / "e.jsonl")
    assert error["byte"] == len(first)


def test_a_bad_page_of_an_archive_costs_itself(cli: Any, kinds: Any, tmp_path: Path) -> None:
    pages = [kinds.text(n, 4).encode() for n in range(GOOD)]
    bad = [b"", "正文".encode() + b"\xff\xff", b"a\0b"]
    (tmp_path / "a.warc.wet.gz").write_bytes(kinds.gzip(kinds.warc([*pages[:AT], *bad, *pages[AT:]])))
    ran = cli(
        "clean",
        tmp_path / "a.warc.wet.gz",
        "-o",
        tmp_path / "out.jsonl",
        "--errors",
        tmp_path / "e.jsonl",
        "--part-size",
        "64K",
    )
    assert ran.code == 1
    assert len(rows(tmp_path / "out.jsonl")) == GOOD
    assert len(rows(tmp_path / "e.jsonl")) == len(bad)


def test_max_errors_stops_and_is_resumed(cli: Any, kinds: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(kinds.jsonl(50) + b"{}\n" * 5 + kinds.jsonl(50))
    call = ("clean", tmp_path / "a.jsonl", "-o", tmp_path / "out.jsonl", "--part-size", "2K", "--workers", 1)
    ran = cli(*call, "--max-errors", 2, "--errors", tmp_path / "e.jsonl")
    assert ran.code == 1
    assert "--max-errors 2" in ran.err
    assert len(rows(tmp_path / "e.jsonl")) >= 3
    assert not (tmp_path / "out.jsonl").exists()
    ran = cli(*call, "--resume")
    assert ran.code == 1
    assert "parts from before" in ran.err
    assert len(rows(tmp_path / "out.jsonl")) == 100

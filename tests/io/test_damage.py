"""A flipped byte, a file cut short: what was read before is kept, and never is it called a success."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

COUNT = 300


def written(kinds: Any, kind: str, folder: Path) -> tuple[Path, bytes]:
    path = folder / {"gzip": "a.jsonl.gz", "zstd": "a.jsonl.zst", "parquet": "a.parquet", "wet": "a.wet.gz"}[kind]
    if kind == "parquet":
        kinds.parquet(COUNT, path, 50)
    else:
        data = kinds.wet(COUNT) if kind == "wet" else kinds.jsonl(COUNT)
        path.write_bytes(kinds.zstd(data) if kind == "zstd" else kinds.gzip(data))
    return path, path.read_bytes()


def records_out(summary: Path) -> int:
    return int(json.loads(summary.read_text())["records"]["out"])


@pytest.mark.parametrize("kind", ["gzip", "zstd", "parquet", "wet"])
@pytest.mark.parametrize("harm", ["flip", "cut"])
def test_damage_is_never_silent(cli: Any, kinds: Any, tmp_path: Path, kind: str, harm: str) -> None:
    path, whole = written(kinds, kind, tmp_path)
    kept = []
    for step in range(16):
        at = len(whole) * step // 16
        data = whole[:at] if harm == "cut" else whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :]
        path.write_bytes(data)
        ran = cli("clean", path, "-o", tmp_path / f"out{step}", "--summary", tmp_path / "s.json", "--force",
                  "--errors", tmp_path / "e.jsonl", "--part-size", "16K", "--workers", 1)  # fmt: skip
        found = records_out(tmp_path / "s.json")
        assert ran.code in (0, 1)
        if ran.code == 0:
            assert found == COUNT
        else:
            assert (tmp_path / "e.jsonl").read_bytes()
        if harm == "cut":
            assert ran.code == 1
            assert path.name in ran.err
        kept.append(found)
    if harm == "cut" and kind in ("gzip", "wet"):
        # inflating goes byte by byte: the further the damage, the more is kept
        assert kept == sorted(kept)
        assert kept[15] > COUNT // 2


def test_the_rows_before_a_damaged_group_are_kept(cli: Any, kinds: Any, tmp_path: Path) -> None:
    path, whole = written(kinds, "parquet", tmp_path)
    at = len(whole) // 2
    path.write_bytes(whole[:at] + bytes(400) + whole[at + 400 :])
    ran = cli("clean", path, "-o", tmp_path / "out.parquet", "--summary", tmp_path / "s.json")
    assert ran.code == 1
    assert "damaged Parquet" in ran.err
    assert 0 < records_out(tmp_path / "s.json") < COUNT


@pytest.mark.parametrize("kind", ["gzip", "zstd", "wet"])
def test_a_damaged_member_costs_itself(cli: Any, kinds: Any, tmp_path: Path, kind: str) -> None:
    """Members end where they like, in the middle of a record too: that record is lost, and told."""
    path, _ = written(kinds, kind, tmp_path)
    whole = kinds.wet(COUNT) if kind == "wet" else kinds.jsonl(COUNT)
    size = len(whole) // 10
    pack = kinds.zstd if kind == "zstd" else kinds.gzip
    members = [pack(whole[at : at + size]) for at in range(0, len(whole), size)]
    middle = len(members[4]) // 2
    members[4] = members[4][:middle] + bytes([members[4][middle] ^ 0x10]) + members[4][middle + 1 :]
    path.write_bytes(b"".join(members))
    for workers in (1, 2):
        out = tmp_path / f"{workers}.jsonl"
        ran = cli("clean", path, "-o", out, "--part-size", "8K", "--workers", workers, "--force",
                  "--errors", tmp_path / "e.jsonl", "--summary", tmp_path / "s.json")  # fmt: skip
        assert ran.code == 1
        errors = [json.loads(row) for row in (tmp_path / "e.jsonl").read_text().split("\n")[:-1]]
        assert any(error["damage"] and "read on with the member" in error["reason"] for error in errors)
        ids = [json.loads(row)["id"].removeprefix("urn:uuid:") for row in out.read_text().split("\n")[:-1]]
        assert COUNT * 8 // 10 < len(ids) < COUNT
        assert ids[-1] in (f"p{COUNT - 1}", f"{COUNT - 1}")
        assert len(ids) == len(set(ids))
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()

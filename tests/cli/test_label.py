from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def test_one_row_a_record_in_order(cli: Any, kinds: Any, tmp_path: Path) -> None:
    rows = kinds.rows(600)
    rows[7]["text"] = "正文\u2028还是这一行\u0085\n\n  \n又一行"
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    ran = cli("label", "--format", "jsonl", tmp_path / "a.jsonl", "-o", tmp_path / "out.jsonl")
    assert ran.code == 0
    found = [json.loads(row) for row in (tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n") if row]
    assert [row["id"] for row in found] == [row["id"] for row in rows]
    for row, said in zip(rows, found, strict=True):
        lines = str(row["text"]).split("\n")
        assert len(said["labels"]) == len(said["scores"]) == len(lines)
        assert [label is None for label in said["labels"]] == [not line.strip() for line in lines]
        assert all(abs(sum(scores) - 1) < 1e-9 for scores in said["scores"] if scores)


def test_bad_records_are_told_and_the_rest_is_done(cli: Any, kinds: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(kinds.jsonl(3) + b"nonsense\n" + kinds.jsonl(2))
    ran = cli("label", "--format", "jsonl", tmp_path / "a.jsonl", tmp_path / "none.txt", SEEDS[0])
    assert ran.code == 1
    assert ran.out.count(b"\n") == 6
    assert "a.jsonl, line 4 (byte" in ran.err
    assert "none.txt: no such file" in ran.err


def test_keys_and_every_form(cli: Any, kinds: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"key": 5, "body": "首页"}) + "\n")
    ran = cli("label", "--format", "jsonl", "--text-key", "body", "--id-key", "key", tmp_path / "a.jsonl")
    assert json.loads(ran.out)["id"] == "5"
    (tmp_path / "b.wet.gz").write_bytes(kinds.gzip(kinds.wet(2)))
    kinds.parquet(2, tmp_path / "c.parquet")
    for name in ("b.wet.gz", "c.parquet"):
        assert cli("label", "--format", "jsonl", tmp_path / name).out.count(b"\n") == 2
    rows = cli("label", SEEDS[0]).out.decode().split("\n")
    assert rows[0].startswith(f"{SEEDS[0]}\t1\t")
    assert cli("label", "--format", "table", SEEDS[0]).code == 0

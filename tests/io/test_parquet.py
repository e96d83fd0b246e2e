from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest


def test_columns_pass_through_and_rows_keep_their_order(cli: Any, kinds: Any, tmp_path: Path) -> None:
    table = pyarrow.table(
        {
            "id": pyarrow.array(range(100)),
            "text": pyarrow.array([kinds.text(n) for n in range(100)], pyarrow.large_string()),
            "when": [datetime(2024, 1, 1, tzinfo=UTC)] * 100,
            "deep": [{"a": [n, None]} for n in range(100)],
            "raw": [b"\xff\0"] * 100,
        },
        metadata={"made": "by hand"},
    )
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet", row_group_size=40)
    ran = cli(
        "clean",
        tmp_path / "a.parquet",
        "-o",
        tmp_path / "out.parquet",
        "--part-size",
        "1K",
        "--removed",
        tmp_path / "r",
    )
    assert ran.code == 0
    table = pyarrow.parquet.read_table(tmp_path / "a.parquet")
    out = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert out.schema.equals(table.schema, check_metadata=True)
    assert out.drop_columns("text") == table.drop_columns("text")
    assert cli("replay", tmp_path / "r", tmp_path / "out.parquet", "-o", tmp_path / "back.parquet").code == 0
    assert pyarrow.parquet.read_table(tmp_path / "back.parquet") == table


def test_a_row_without_text_costs_itself(cli: Any, tmp_path: Path) -> None:
    texts = ["正文", None, "a\0b", "正文"]
    pyarrow.parquet.write_table(pyarrow.table({"text": texts}), tmp_path / "a.parquet")
    ran = cli("clean", tmp_path / "a.parquet", "-o", tmp_path / "out.parquet")
    assert ran.code == 1
    assert ran.err.count("a.parquet, row") == 2
    assert pyarrow.parquet.read_table(tmp_path / "out.parquet").num_rows == 2


@pytest.mark.parametrize("texts", [[1, 2], [["a"], ["b"]]])
def test_a_column_that_is_no_text_is_told(cli: Any, tmp_path: Path, texts: list[object]) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"text": texts}), tmp_path / "a.parquet")
    assert cli("clean", tmp_path / "a.parquet", "-o", tmp_path / "out.parquet").code == 1
    ran = cli("clean", tmp_path / "a.parquet", "-o", tmp_path / "out2.parquet", "--text-key", "body")
    assert ran.code == 1
    assert "no column 'body'" in ran.err


def test_parquet_is_written_from_parquet_and_read_into_jsonl(cli: Any, kinds: Any, tmp_path: Path) -> None:
    kinds.parquet(5, tmp_path / "a.parquet")
    (tmp_path / "b.jsonl").write_bytes(kinds.jsonl(5))
    assert cli("clean", tmp_path / "a.parquet", "-o", tmp_path / "a.jsonl").code == 0
    assert cli("clean", tmp_path / "b.jsonl", "-o", tmp_path / "b").code == 0
    found = [[json.loads(row) for row in (tmp_path / name).read_text().splitlines()] for name in ("a.jsonl", "b")]
    assert found[0] == found[1]
    ran = cli("clean", tmp_path / "b.jsonl", "-o", tmp_path / "b.parquet")
    assert ran.code == 2
    assert "from Parquet alone" in ran.err


@pytest.mark.parametrize("column", ["text", "kept"])
def test_pages_in_html_are_judged_by_their_markup(cli: Any, tmp_path: Path, column: str) -> None:
    pages = [f"<ul><li><a href=x>首页</a></ul><h1>标题</h1><p>第{n}句话，说得完整。\0</p>" for n in range(30)]
    table = pyarrow.table({"id": range(len(pages)), "html": pages, "text": ["旧"] * len(pages)})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet", row_group_size=8)
    rows = (json.dumps({"id": n, "html": page}) + "\n" for n, page in enumerate(pages))
    (tmp_path / "a.jsonl").write_text("".join(rows), "utf-8")
    told = ("--html-key", "html", "--text-key", column, "--removed")
    for form in ("parquet", "jsonl"):
        ran = cli("clean", tmp_path / f"a.{form}", "-o", tmp_path / f"out.{form}", *told, tmp_path / f"removed.{form}")
        assert ran.code == 0, ran.err
    out = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert out.column_names == ["id", "html", "text", *(["kept"] if column == "kept" else [])]
    assert out.drop_columns(column) == table.select([name for name in table.column_names if name != column])
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert out[column].to_pylist() == [json.loads(line)[column] for line in lines]
    back = tmp_path / "back.parquet"
    replay = cli("replay", tmp_path / "removed.parquet", tmp_path / "out.parquet", "-o", back, "--text-key", column)
    assert replay.code == 0, replay.err
    assert pyarrow.parquet.read_table(back)["id"].to_pylist() == list(range(len(pages)))
    labelled = [
        cli("label", tmp_path / f"a.{form}", "--html-key", "html", "--format", "jsonl") for form in ("parquet", "jsonl")
    ]
    assert json.loads(labelled[0].out.decode().partition("\n")[0])["lines"][:2] == ["  • 首页", ""]
    assert labelled[0].out == labelled[1].out


def test_a_column_of_html_that_is_not_there_is_told(cli: Any, tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"html": ["<p>"], "text": [1]}), tmp_path / "a.parquet")
    ran = cli("clean", tmp_path / "a.parquet", "-o", tmp_path / "out.parquet", "--html-key", "page")
    assert (ran.code, "no column 'page'" in ran.err, "--html-key" in ran.err) == (1, True, True)
    ran = cli("clean", tmp_path / "a.parquet", "-o", tmp_path / "out2.parquet", "--html-key", "html")
    assert (ran.code, "name another with --text-key" in ran.err) == (1, True)

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from hansift.model.decode import POLICIES

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.fixture
def run(cli: Any, kinds: Any, tmp_path: Path) -> Path:
    """A folder `in` of pages and records, cleaned into `out` and `all.jsonl`."""
    (tmp_path / "in" / "seeds").mkdir(parents=True)
    for path in SEEDS:
        (tmp_path / "in" / "seeds" / path.name).write_bytes(path.read_bytes())
    rows = [*kinds.rows(30), {"id": "menu", "text": "首页\n联系我们\n"}, {"id": "none", "text": ""}]
    (tmp_path / "in" / "a.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows))
    assert cli("clean", tmp_path / "in", "-o", tmp_path / "out", "--removed", tmp_path / "r").code == 0
    return tmp_path


def test_the_input_comes_back_byte_for_byte(cli: Any, run: Path) -> None:
    assert cli("replay", run / "r", run / "out", "-o", run / "back").code == 0
    for path in sorted((run / "in").rglob("*.*")):
        assert (run / "back" / path.relative_to(run / "in")).read_bytes() == path.read_bytes()


@pytest.fixture
def planted(cli: Any, kinds: Any, tmp_path: Path) -> Path:
    """A folder of pages with planted text in their lines and replaced bytes, of every kind that is written."""
    texts = [kinds.planted(number) for number in range(60)]
    folder = tmp_path / "in"
    folder.mkdir()
    rows = [{"id": f"p{n}", "x": n, "text": text} for n, text in enumerate(texts)]
    (folder / "a.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "b.parquet")
    for number, text in enumerate(texts[:9]):
        (folder / f"{number}.txt").write_text(text)
    return folder


def test_any_policy_from_the_file_of_any_other(
    cli: Any, planted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = {}
    for policy in POLICIES:
        call = ("clean", planted, "-o", tmp_path / policy, "--removed", tmp_path / f"{policy}.r", "--policy", policy)
        assert cli(*call).code == 0
        ran[policy] = {path.name: content(path) for path in sorted((tmp_path / policy).iterdir())}
    assert len({str(found["a.jsonl"]) for found in ran.values()}) == len(POLICIES)
    cuts = {
        policy: [json.loads(row)["cuts"] for row in (tmp_path / f"{policy}.r").read_text().split("\n")[:-1]]
        for policy in POLICIES
    }
    assert len({str(found) for found in cuts.values()}) == len(POLICIES)
    monkeypatch.setenv("HANSIFT_MODEL", "none.npz")
    for given, wanted in product(POLICIES, POLICIES):
        out = tmp_path / f"{given}-{wanted}"
        assert cli("replay", tmp_path / f"{given}.r", tmp_path / given, "-o", out, "--policy", wanted).code == 0
        assert {path.name: content(path) for path in sorted(out.iterdir())} == ran[wanted], (given, wanted)


def content(path: Path) -> object:
    """The rows of Parquet, for their groups may differ; else the bytes."""
    return pyarrow.parquet.read_table(path).to_pylist() if path.suffix == ".parquet" else path.read_bytes()


def test_a_policy_with_what_is_empty_left_out(cli: Any, planted: Path, tmp_path: Path) -> None:
    source = planted / "a.jsonl"
    for policy in POLICIES:
        call = ("clean", source, "-o", tmp_path / f"{policy}.jsonl", "--policy", policy, "--drop-empty")
        assert cli(*call, "--removed", tmp_path / f"{policy}.r").code == 0
    few = {(tmp_path / f"{policy}.jsonl").read_bytes().count(b"\n") for policy in POLICIES}
    assert len(few) > 1
    for given, wanted in product(POLICIES, POLICIES):
        out = tmp_path / f"{given}-{wanted}.jsonl"
        call = ("replay", tmp_path / f"{given}.r", tmp_path / f"{given}.jsonl", "-o", out, "--drop-empty")
        assert cli(*call, "--policy", wanted).code == 0
        assert out.read_bytes() == (tmp_path / f"{wanted}.jsonl").read_bytes()


def test_dropped_records_come_back_whole(cli: Any, run: Path) -> None:
    call = ("clean", run / "in" / "a.jsonl", "-o", run / "few.jsonl", "--drop-empty", "--removed", run / "r2")
    assert cli(*call).code == 0
    assert cli("replay", run / "r2", run / "few.jsonl", "-o", run / "b.jsonl").code == 0
    rows = [
        [json.loads(line) for line in path.read_text().splitlines()] for path in (run / "in/a.jsonl", run / "b.jsonl")
    ]
    assert rows[0] == rows[1]


def test_rows_say_where_and_how_surely(run: Path) -> None:
    for line in (run / "r").read_text().splitlines():
        row = json.loads(line)
        assert len(row["model"]) == 64
        for item in row["removed"]:
            assert item["label"] in ("nav", "spam")
            assert 0 <= item["score"] <= 1
            assert item["end"] - item["start"] >= 0
            assert row["labels"][item["line"]] in "ns"


def test_what_does_not_fit_together_is_told(cli: Any, run: Path, tmp_path: Path) -> None:
    ran = cli("replay", run / "r", run / "in", "-o", run / "back")
    assert ran.code == 1
    assert "not the one" in ran.err
    assert cli("replay", run / "r", run / "out", "-o", run / "out").code == 2
    assert cli("replay", run / "in/a.jsonl", run / "out", "-o", run / "x").code == 1
    assert cli("replay", run / "none", run / "out", "-o", run / "x").code == 1
    assert cli("replay", run / "r", run / "out/a.jsonl", "-o", run / "x").code == 2
    (run / "out" / "a.jsonl").write_text("")
    ran = cli("replay", run / "r", run / "out", "-o", run / "y")
    assert ran.code == 1
    assert not (run / "y" / "a.jsonl").exists()

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hansift.model.file import save
from hansift.model.linear import Model

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


@pytest.mark.parametrize("policy", ["precision", "balanced", "recall"])
def test_another_policy_without_the_model(
    cli: Any, run: Path, drawn: Model, policy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # cuts are found in lines that are kept, so only without them is a replay the same as a run
    save(replace(drawn, cut=None), run / "model.npz")
    monkeypatch.setenv("HANSIFT_MODEL", str(run / "model.npz"))
    assert cli("clean", run / "in", "-o", run / "out", "--removed", run / "r", "--force").code == 0
    assert cli("clean", run / "in", "-o", run / "other", "--policy", policy).code == 0
    monkeypatch.setenv("HANSIFT_MODEL", "none.npz")
    assert cli("replay", run / "r", run / "out", "-o", run / "replayed", "--policy", policy).code == 0
    assert (run / "replayed" / "a.jsonl").read_bytes() == (run / "other" / "a.jsonl").read_bytes()


def test_dropped_records_come_back(cli: Any, run: Path) -> None:
    call = ("clean", run / "in" / "a.jsonl", "-o", run / "few.jsonl", "--drop-empty", "--removed", run / "r2")
    assert cli(*call).code == 0
    assert cli("replay", run / "r2", run / "few.jsonl", "-o", run / "b.jsonl").code == 0
    rows = [
        [json.loads(line) for line in path.read_text().splitlines()] for path in (run / "in/a.jsonl", run / "b.jsonl")
    ]
    assert [row["text"] for row in rows[0]] == [row["text"] for row in rows[1]]


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

import json

import pytest

from hansift.model.file import save


@pytest.fixture
def model(drawn, tmp_path):
    save(drawn, tmp_path / "drawn.npz")
    return tmp_path / "drawn.npz"


def test_tables_json_and_report(cli, model, root, tmp_path):
    out, page = tmp_path / "m.json", tmp_path / "r.html"
    ran = cli("evaluate", "--model", model, root / "data" / "seeds", "--json", out, "--report", page)
    assert ran.code == 0, ran.err
    text = ran.out.decode()
    for part in ("By source", "By role of line", "char F1", "Probability of body"):
        assert part in text
    measures = json.loads(out.read_text("utf-8"))
    assert measures["all"]["lines"] == 96
    assert measures["policy"] == "balanced"
    assert page.read_text("utf-8").startswith("<!doctype html>")
    only = cli("evaluate", "--model", model, root / "data" / "seeds", "--json", "-")
    assert json.loads(only.out) == measures


def test_bad_data_is_told(cli, model, tmp_path):
    assert cli("evaluate", tmp_path / "none").code == 2
    (tmp_path / "a.jsonl").write_text('{"id": "a", "lines": ["x"], "labels": "?"}\n')
    ran = cli("evaluate", "--model", model, tmp_path / "a.jsonl")
    assert (ran.code, ran.out) == (2, b"")
    assert "a.jsonl:1" in ran.err


def test_explain_a_line_and_a_page(cli, model, root):
    seed = next((root / "seeds").glob("001*"))
    ran = cli("explain", "--model", model, f"{seed}:13", "--top", 8)
    assert ran.code == 0, ran.err
    text = ran.out.decode()
    for part in ("line 13:", "What the page changed", "share of", "pull to body", "prose", "sum", "more"):
        assert part in text
    assert "1/64" not in text
    whole = cli("explain", "--model", model, seed).out.decode()
    assert "first reason" in whole
    assert "字號" in whole
    # n-grams are shown as they are counted: in one script
    assert "「字号」" in cli("explain", "--model", model, f"{seed}:11", "--grams", "--top", 99).out.decode()
    assert "blank" in cli("explain", "--model", model, f"{seed}:2").out.decode()


def test_explain_what_is_not_there(cli, model, root, tmp_path):
    seed = next((root / "seeds").glob("001*"))
    ran = cli("explain", "--model", model, f"{seed}:99")
    assert ran.code == 2
    assert "lines; name one of them" in ran.err
    assert cli("explain", "--model", model, tmp_path / "none.txt").code == 1

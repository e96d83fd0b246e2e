import json

import pytest

from hansift.io.html import read_html
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


def test_main_texts_and_predictions(cli, model, tmp_path):
    body = "昨天下午，镇上的老粮站重新开了门。\n里面摆的不再是麻袋，而是一排排旧书。"
    page = f"首页\n{body}"
    gold = [
        {"id": "t", "text": page, "gold": body},
        {"id": "h", "html": "".join(f"<p>{line}</p>" for line in page.split("\n")), "gold": body},
    ]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in gold))
    ran = cli("evaluate", "--model", model, tmp_path / "gold.jsonl", "--json", "-")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["all"]["pages"] == 2
    pages = tmp_path / "pages.jsonl"
    texts = {"t": page, "h": read_html(gold[1]["html"]).text}
    pages.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()))
    assert cli("clean", "--model", model, pages, "-o", tmp_path / "cleaned.jsonl").code == 0
    assert cli("label", "--model", model, pages, "--format", "jsonl", "-o", tmp_path / "labels.jsonl").code == 0
    found = []
    for name in ("cleaned.jsonl", "labels.jsonl"):
        ran = cli("evaluate", tmp_path / "gold.jsonl", "--pred", tmp_path / name, "--json", tmp_path / "m.json",
                  "--report", tmp_path / "r.html")  # fmt: skip
        assert (ran.code, "F1 by page" in ran.out.decode()) == (0, True)
        assert "truth by label" not in ran.out.decode()
        found.append(json.loads((tmp_path / "m.json").read_text())["by_source"]["gold"]["body_char_recall"])
    assert len(set(found)) == 1
    assert cli("evaluate", tmp_path / "gold.jsonl", "--pred", pages, "--policy", "recall").code == 2


def test_pages_are_judged_from_their_html(cli, tmp_path):
    """By their markup, and measured as the cleaned text that `clean --html-key` writes."""
    body = ["昨天下午，镇上的老粮站重新开了门。", "里面摆的不再是麻袋，而是一排排旧书。"]
    menu = "".join(f"<li><a href=x>{word}</a></li>" for word in ("首页", "新闻", "联系我们"))
    html = f"<ul class=nav>{menu}</ul><h1>老粮站</h1>{''.join(f'<p>{line}</p>' for line in body)}"
    lines = ["首页", "新闻", "联系我们", "老粮站", *body]
    rows = [
        {"id": "labelled", "lines": lines, "labels": "nnnbbb", "page": html},
        {"id": "main", "gold": "\n".join(("老粮站", *body)), "page": html, "text": "别的"},
        {"id": "text", "lines": lines, "labels": "nnnbbb"},
    ]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows))
    ran = cli("evaluate", gold, "--html-key", "page", "--json", "-")
    assert ran.code == 0, ran.err
    heard = json.loads(ran.out)
    plain = json.loads(cli("evaluate", gold, "--html-key", "page", "--no-markup", "--json", "-").out)
    assert heard["model"] == plain["model"]
    for told, measures in (((), heard), (("--no-markup",), plain)):
        out = tmp_path / f"cleaned{len(told)}.jsonl"
        (tmp_path / "in.jsonl").write_text("".join(json.dumps({"id": r["id"], "page": html}) + "\n" for r in rows[:2]))
        assert cli("clean", tmp_path / "in.jsonl", "--html-key", "page", *told, "-o", out).code == 0
        (tmp_path / "two.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows[:2]))
        own = json.loads(cli("evaluate", tmp_path / "two.jsonl", "--html-key", "page", *told, "--json", "-").out)
        pred = json.loads(cli("evaluate", tmp_path / "two.jsonl", "--pred", out, "--json", "-").out)
        assert own["all"] == pred["all"]
        assert measures["all"]["pages"] == 3
    ran = cli("evaluate", gold, "--html-key", "html")
    assert (ran.code, "no page has HTML under 'html'" in ran.err) == (2, True)
    assert cli("evaluate", gold, "--html-key", "page", "--pred", tmp_path / "in.jsonl").code == 2


def test_a_page_that_is_not_there_cannot_be_judged(cli, model, tmp_path):
    (tmp_path / "gold.jsonl").write_text('{"id": "a", "gold": "正文"}\n')
    ran = cli("evaluate", "--model", model, tmp_path / "gold.jsonl")
    assert (ran.code, "give its text" in ran.err) == (2, True)
    (tmp_path / "p.jsonl").write_text('{"id": "a", "text": "正文"}\n')
    ran = cli("evaluate", tmp_path / "gold.jsonl", "--pred", tmp_path / "p.jsonl", "--json", "-")
    assert json.loads(ran.out)["all"]["char_f1"] == 1


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

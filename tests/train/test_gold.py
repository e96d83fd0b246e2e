import json

import pytest

from hansift.errors import DataError
from hansift.train.gold import gold_page, read_gold


def test_lines_and_jsonl_in_one_form(root, tmp_path):
    row = {"id": "p", "group": "site", "lines": ["首页", "", "正文"], "labels": "n-b", "spans": {"2": [[0, 1]]}}
    (tmp_path / "real.jsonl").write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    page, *seeds = read_gold([tmp_path / "real.jsonl", root / "data" / "seeds"])
    assert (page.name, page.site, page.facts["source"]) == ("p", "site", "real")
    assert [(line.letter, line.spans) for line in page.lines] == [("n", ()), ("", ()), ("b", ((0, 1),))]
    assert len(seeds) == 5
    assert {page.facts["source"] for page in seeds} == {"seeds"}


def test_the_source_of_a_page_is_above_its_kind(tmp_path):
    folder = tmp_path / "pages" / "news"
    folder.mkdir(parents=True)
    (folder / "a.lines").write_text("#: kind: news\nb\t正文\n", encoding="utf-8")
    (page,) = read_gold([tmp_path])
    assert page.facts["source"] == "pages"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("[]", "no labelled page"),
        ("{", "no labelled page"),
        ('{"id": "a", "lines": ["x"]}', "no labelled page"),
        ('{"id": "a", "lines": ["x"], "labels": "bb"}', "2 labels for 1 lines"),
        ('{"id": "a", "lines": ["x"], "labels": "q"}', "one of bnsxe-"),
        ('{"id": "a", "lines": ["x\\ny"], "labels": "b"}', "line break"),
        ('{"id": "a", "lines": ["x"], "labels": "b", "spans": {"0": 5}}', "no labelled page"),
    ],
)
def test_a_bad_row_is_named(row, reason):
    with pytest.raises(DataError, match=reason) as caught:
        gold_page(row, "s", "file.jsonl:7")
    assert "file.jsonl:7" in str(caught.value)


def test_bad_files_are_named(tmp_path):
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe")
    for path, reason in ((tmp_path / "bytes.jsonl", "not UTF-8"), (tmp_path / "none.jsonl", "check the path")):
        with pytest.raises(DataError, match=reason):
            list(read_gold([path]))
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match=r"no \.lines or .jsonl file"):
        list(read_gold([tmp_path / "empty"]))

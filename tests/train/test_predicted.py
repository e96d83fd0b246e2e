import json
from collections import Counter
from dataclasses import replace

import pytest

from hansift import Cleaner
from hansift.errors import DataError
from hansift.page import Label
from hansift.train.gold import gold_page
from hansift.train.outcome import outcome_of
from hansift.train.predicted import of_text, read_predictions, results_of
from hansift.train.summary import summary
from hansift.train.texts import PIECE, letters


def measured(pages, rows):
    return summary(outcome_of(pages, results_of(pages, {row["id"]: row for row in rows})))["all"]


def test_labels_measure_as_the_model_does(drawn, seeds):
    cleaner = Cleaner(drawn)
    results = list(cleaner.pipe(page.text for page in seeds))
    rows = [
        json.loads(json.dumps({"id": page.name, **result.to_dict()}))
        for page, result in zip(seeds, results, strict=True)
    ]
    assert measured(seeds, rows) == summary(outcome_of(seeds, results))["all"]


def test_the_lines_of_a_cleaned_text_are_found_again(drawn, seeds):
    """All that were kept and stand once, and of the others those alone that the text has too."""
    others = 0
    for page, result in zip(seeds, Cleaner(replace(drawn, cut=None)).pipe(page.text for page in seeds), strict=True):
        times = Counter(line.text.strip() for line in result.lines)
        for line, found in zip(result.lines, of_text(page, result.text).lines, strict=True):
            assert (line.label is None) == (found.label is None)
            if line.label is Label.BODY and times[line.text.strip()] == 1:
                assert found.label is Label.BODY
            elif found.label is Label.BODY:
                assert letters(line.text)[:PIECE] in letters(result.text)
            others += found.label is Label.NAV
    assert others


def test_cuts_are_seen_in_a_cleaned_text():
    line = "昨天下午镇上的老粮站重新开了门鸿运棋牌开户里面摆的是一排排旧书"
    row = {"id": "p", "lines": ["首页", line], "labels": "nb", "spans": {"1": [[15, 21]]}}
    page = gold_page(json.dumps(row), "s", "s:1")
    found = measured([page], [{"id": "p", "text": line[:15] + line[21:]}])
    assert (found["spliced_chars_cut"], found["body_char_recall"], found["clean_pages"]) == (1.0, 1.0, 1.0)
    whole = measured([page], [{"id": "p", "text": line}])
    assert (whole["spliced_chars_cut"], whole["clean_pages"]) == (0.0, 0.0)


def test_the_main_text_alone():
    body = "昨天下午，镇上的老粮站重新开了门。\n\n里面摆的不再是麻袋，而是一排排旧书。"
    page = gold_page(json.dumps({"id": "p", "text": f"首页\n{body}\n版权所有", "gold": body}), "s", "s:1")
    for text, recall, precision in (
        (body, 1, 1),
        (f"首页\n{body}", 1, 35 / 37),
        (body[:17], 17 / 35, 1),
        ("", 0, None),
    ):
        found = measured([page], [{"id": "p", "text": text}])
        assert (found["lines"], found["body_char_recall"]) == (0, pytest.approx(recall, abs=1e-6))
        assert found["body_char_precision"] == (precision and pytest.approx(precision, abs=1e-6))
        assert found["clean_pages"] == (recall == precision == 1)
    labels = {"id": "p", "labels": ["nav", "body", None, "body", "nav"]}
    assert measured([page], [labels])["char_f1"] == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"id": "q", "text": ""}, "p: no prediction"),
        ({"id": "p", "labels": ["body"]}, "1 labels for 2 lines"),
        ({"id": "p", "labels": ["body", "menu"]}, "labels are body"),
        ({"id": "p", "labels": ["body", None], "cuts": [1]}, "cuts ranges"),
    ],
)
def test_predictions_that_do_not_fit(row, reason):
    page = gold_page('{"id": "p", "lines": ["a", "b"], "labels": "bb"}', "s", "s:1")
    with pytest.raises(DataError, match=reason):
        measured([page], [row])


def test_bad_files_are_named(tmp_path):
    for name, data, reason in (
        ("a", b"\xff", "not UTF-8"), ("b", b'\n{"id": "a"}', "b:2: no prediction"), ("c", b"[]", "c:1"),
        ("d", b'{"id": 1, "text": 2}', "d:1"),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(data)
        with pytest.raises(DataError, match=reason):
            read_predictions(tmp_path / name)
    with pytest.raises(DataError, match="check the path"):
        read_predictions(tmp_path / "none")

import importlib.util
import json
import os
from pathlib import Path

import numpy as np
import pytest

from hansift.corpus.labelled import LabelledLine, LabelledPage
from hansift.page import Cut, Label, Line, Result
from hansift.train.evaluate import calibration_error, figures, intervals, precision_recall, reliability, tally
from hansift.train.gold import read_gold
from hansift.train.outcome import outcome_of
from hansift.train.summary import summary

REAL = Path(os.environ.get("HANSIFT_EVAL", Path(__file__).parents[3] / "shared" / "eval"))
LABELS = {"b": Label.BODY, "n": Label.NAV, "s": Label.SPAM, "-": None}


def page(name, rows, spans=(), **facts):
    lines = [LabelledLine(text, letter, spans=dict(spans).get(i, ())) for i, (letter, text) in enumerate(rows)]
    return LabelledPage(name, tuple(lines), facts)


def result(gold, labels, cuts=(), chance=None):
    """A result with these labels; its probabilities of body are `chance`, else 1 and 0."""
    lines, start = [], 0
    for number, (line, letter) in enumerate(zip(gold.lines, labels, strict=True)):
        label, end = LABELS[letter], start + len(line.text)
        body = (chance or {}).get(number, float(letter == "b"))
        scores = (body, 1 - body, 0.0) if label else None
        lines.append(Line(number, start, end, line.text, label, scores, scores))
        start = end + 1
    return Result(gold.text, tuple(lines), tuple(cuts))


@pytest.fixture
def gold():
    rows = [
        ("n", "首页 导航"),
        ("", ""),
        ("b", "正文四字赌场正文"),
        ("b", "第二段。"),
        ("s", "澳门"),
        ("x", "杂"),
        ("e", "1999"),
    ]
    return page("a", rows, {2: ((4, 6),)}, site="甲", source="s", kind="news")


def test_figures_by_hand(gold):
    got = result(gold, "n-bnnbb", [Cut(2, 3, 6)])
    found = {name: float(value) for name, value in figures(tally(outcome_of([gold], [got])).sum(axis=0)).items()}
    # body 6 + 4 characters; 5 saved, as the cut took one too many; of noise only 杂 is kept; 1999 is not scored
    assert found["body_char_recall"] == 5 / 10
    assert found["body_char_precision"] == 5 / 6
    assert found["char_f1"] == found["char_f1_by_page"] == pytest.approx(0.625)
    assert found["spliced_chars_cut"] == 1
    assert found["nav_chars_removed"] == 1
    assert found["spam_chars_removed"] == pytest.approx(2 / 3)
    assert (found["body_precision"], found["body_recall"], found["nav_precision"]) == (1, 0.5, pytest.approx(1 / 3))
    assert found["line_macro_f1"] == pytest.approx((2 / 3 + 0.5 + 0) / 3)
    assert found["clean_pages"] == 0
    assert np.isnan(found["pages_without_body_emptied"])


def test_planted_text_that_stays_is_noise(gold):
    found = figures(tally(outcome_of([gold], [result(gold, "n-bbsnn")])).sum(axis=0))
    assert found["spliced_chars_cut"] == 0
    assert found["body_char_recall"] == 1
    assert found["body_char_precision"] == 10 / 12
    perfect = figures(tally(outcome_of([gold], [result(gold, "n-bbsnn", [Cut(2, 4, 6)])])).sum(axis=0))
    assert perfect["clean_pages"] == perfect["char_f1"] == perfect["line_macro_f1"] == 1


def test_nothing_to_measure():
    found = figures(tally(outcome_of([], [])).sum(axis=0))
    assert all(np.isnan(value) or value == 0 for value in found.values())


@pytest.mark.parametrize("name", ["magic", "cleaneval", "cc", "fixtures"])
def test_figures_are_those_of_the_norm(name, cleaner):
    path = REAL / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip(f"no real pages in {REAL}")
    spec = importlib.util.spec_from_file_location("score", REAL / "score.py")
    norm = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(norm)
    pages = list(read_gold([path]))
    results = list(cleaner.pipe(page.text for page in pages))
    said = {page.name: result.to_dict() for page, result in zip(pages, results, strict=True)}
    want = norm.score(norm.load(str(path)), said)
    found = figures(tally(outcome_of(pages, results)).sum(axis=0))
    names = dict(zip("bns", ("body", "nav", "spam"), strict=True))
    want |= {f"{names[c]}_{key}": value for c, row in want["classes"].items() for key, value in row.items()}
    shared = [key for key in found if key in want]
    assert len(shared) == len(found) == 10 + 9 + ("body_char_precision" not in found)
    for key in shared:
        # the norm rounds to four places before it makes an F1 of two figures
        assert np.nan_to_num(found[key]) == pytest.approx(want[key] or 0, abs=1.1e-4), key


def test_intervals_are_seeded_and_hold_the_figure():
    pages = [page(str(i), [("b", "正文" * (i + 1)), ("n", "导航")], site=str(i // 2)) for i in range(8)]
    outcome = outcome_of(pages, [result(p, "bn" if i % 3 else "nb") for i, p in enumerate(pages)])
    sums, sites = tally(outcome), outcome.facts("site")
    low, high = intervals(sums, sites)["char_f1"]
    assert low < figures(sums.sum(axis=0))["char_f1"] < high
    assert intervals(sums, sites, 1) == intervals(sums, sites, 1) != intervals(sums, sites, 2)
    assert np.isnan(intervals(sums[:2], sites[:2])["char_f1"]).all()


def test_reliability_and_calibration_error():
    rows = [("b", "甲"), ("b", "乙"), ("n", "丙"), ("e", "丁")]
    gold = page("a", rows)
    outcome = outcome_of([gold], [result(gold, "bbbb", chance={0: 0.85, 1: 0.85, 2: 0.85, 3: 0.1})])
    said, there, lines = reliability(outcome)
    assert lines.tolist() == [0, 0, 0, 0, 0, 0, 0, 0, 3, 0]
    assert (said[8], there[8]) == (pytest.approx(0.85), pytest.approx(2 / 3))
    assert calibration_error(outcome) == pytest.approx(0.85 - 2 / 3)


def test_precision_against_recall():
    gold = page("a", [("b", "一二"), ("n", "三四"), ("b", "五六")])
    outcome = outcome_of([gold], [result(gold, "bbb", chance={0: 0.9, 1: 0.5, 2: 0.5})])
    threshold, precision, recall = precision_recall(outcome)
    assert threshold.tolist() == [0.9, 0.5]
    assert precision.tolist() == [1, pytest.approx(2 / 3)]
    assert recall.tolist() == [0.5, 1]


def test_summary_is_plain_and_by_every_group(seeds, cleaner):
    measures = summary(outcome_of(seeds, cleaner.pipe(page.text for page in seeds)))
    assert json.loads(json.dumps(measures)) == measures
    assert measures["all"]["pages"] == 5
    assert measures["all"]["lines"] == sum(map(sum, measures["all"]["confusion"])) == 96
    assert sum(row["lines"] for row in measures["by_role"].values()) == 96
    assert sum(row["lines"] for row in measures["reliability"]) == 96

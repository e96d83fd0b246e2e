"""From a text to its result: every line has its place, and nothing is lost."""

import json
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hansift
from hansift import Cleaner, HansiftError, clean
from hansift import cleaner as cleaning
from hansift.cleaner import PAGES, batches
from hansift.corpus import injure
from hansift.model.tables import UNIT
from hansift.text.edits import apply
from hansift.text.html.walk import extract

PIECES = "首页 新闻 正文，正文。 国家 國(guó)家(jiā) x0dx0a \u200b \u2028 \x85 \r \t | ，， 12:30 \ud800 𠮷".split(" ")
TEXTS = st.lists(st.sampled_from([*PIECES, " ", "\n", "\n\n"]) | st.text(max_size=4), max_size=30).map("".join)


@pytest.fixture(scope="module")
def injured():
    """Pages with readings, replaced bytes and planted text, as hijackers leave them."""
    rng = Random(3)
    text = "中國臺灣網移動版，學習時間開放，國內網友參觀。\n\n他們在服從社區安排的前提下，發自內心。\n首頁 新聞 | 圖片"
    texts = []
    for _ in range(40):
        damaged, _ = injure.inject_readings(text, rng)
        texts.append(injure.damage_bytes(damaged, rng)[0])
    return texts


@pytest.fixture(scope="module")
def keeper(drawn):
    """A model that keeps every line, and cuts what its drawn weights speak for at all."""
    cut = replace(drawn.cut, threshold=float(np.quantile(drawn.cut.tables, 0.6)) / UNIT, least=0.0)
    return replace(drawn, thresholds=drawn.thresholds - 99, cut=cut)


@pytest.mark.parametrize("restore", [True, False])
@given(text=TEXTS)
def test_lines_are_those_of_the_text(drawn, restore, text):
    result = Cleaner(drawn, restore=restore)(text)
    rows = text.split("\n")
    assert result.original == text
    assert [line.number for line in result.lines] == list(range(len(rows)))
    assert [text[line.start : line.end] for line in result.lines] == rows
    assert [line.label is None for line in result.lines] == [not row.strip() for row in rows]
    assert [line.scores is None for line in result.lines] == [line.alone is None for line in result.lines]
    assert 0 <= result.removed_ratio <= 1
    json.dumps(result.to_dict())


@given(TEXTS)
def test_repairs_are_the_only_rewriting(drawn, text):
    result = Cleaner(drawn)(text)
    assert "\n".join(line.text for line in result.lines) == apply(text, result.repairs)


@given(TEXTS)
def test_kept_and_removed_are_the_input(drawn, text):
    result = Cleaner(drawn, restore=False)(text)
    assert result.repairs == ()
    assert "\n".join(line.text for line in result.lines) == text
    blank = [line for line in result.lines if line.label is None]
    assert sorted((*result.kept, *result.removed, *blank), key=lambda line: line.number) == list(result.lines)


def test_injured_pages_are_mended_or_left(keeper, injured):
    mended, left = Cleaner(keeper), Cleaner(keeper, restore=False)
    for text in injured:
        one, other = mended(text), left(text)
        assert [line.label for line in one.lines] == [line.label for line in other.lines]
        assert one.cuts == other.cuts
        assert one.repairs
        assert 0 <= one.removed_ratio <= 1
        assert "(guó)" not in one.text
    uncut = Cleaner(replace(keeper, cut=None), restore=False)
    assert all("(guó)" in uncut(text).text for text in injured if "(guó)" in text)
    assert any("(guó)" in text for text in injured)


def test_the_text_after_cuts_is_in_the_original_lines(keeper, injured):
    """What is kept of a line is what stands in it, repaired, less its cuts."""
    cut = 0
    for text in injured:
        result = Cleaner(keeper)(text)
        kept = [line for line in result.lines if line.label == "body"]
        cuts = {line.number: [c for c in result.cuts if c.line == line.number] for line in kept}
        assert {c.line for c in result.cuts} <= cuts.keys()
        edits = sorted(
            (
                *(step for step in result.repairs if not overlaps(step, result)),
                *(
                    ("cut", result.lines[c.line].start + c.start, result.lines[c.line].start + c.end, "")
                    for c in result.cuts
                ),
            ),
            key=lambda step: step[1],
        )
        rows = apply(text, edits).split("\n")
        assert [row for row in result.text.split("\n") if row] == [rows[line.number] for line in kept]
        cut += len(result.cuts)
    assert cut


def overlaps(step, result):
    starts = [(result.lines[c.line].start + c.start, result.lines[c.line].start + c.end) for c in result.cuts]
    return any(start < step[2] and step[1] < end for start, end in starts)


def test_pipe_keeps_the_order_over_batches(cleaner):
    texts = [f"第{number}页，正文。\n\n首页 | 新闻 | {number}" for number in range(2 * PAGES + 7)]
    found = list(cleaner.pipe(iter(texts)))
    assert [result.original for result in found] == texts
    assert found[PAGES] == cleaner(texts[PAGES])
    assert list(cleaner.pipe([])) == []


def test_pipe_takes_what_comes_a_batch_at_a_time(cleaner):
    taken = []

    def source():
        for number in range(3 * PAGES):
            taken.append(number)
            yield "正文"

    next(cleaner.pipe(source()))
    assert len(taken) == PAGES


def test_batches_are_bounded_by_pages_and_by_characters(monkeypatch):
    monkeypatch.setattr(cleaning, "PAGES", 3)
    monkeypatch.setattr(cleaning, "CHARACTERS", 10)
    texts = ["正文", "正文", "", "正文", "文" * 8, "文" * 10, "文" * 90, "", "文" * 5, "文" * 6]
    assert [list(map(len, batch)) for batch in batches(texts, str)] == [[2, 2, 0], [2, 8], [10], [90], [0, 5], [6]]
    assert list(batches([], str)) == []


def test_policies_keep_more_and_less(drawn, seeds):
    kept = [
        sum(len(Cleaner(drawn, policy)(page.text).kept) for page in seeds)
        for policy in ("precision", "balanced", "recall")
    ]
    assert kept[0] < kept[1] < kept[2]


def test_a_policy_that_is_not_known(drawn):
    with pytest.raises(HansiftError, match="use one of precision, balanced, recall"):
        Cleaner(drawn, "careful")


def test_clean_is_the_packaged_cleaner(seeds):
    page = seeds[2].text
    assert clean(page) == Cleaner()(page).text == hansift.clean(page) != ""


def test_clean_takes_html_as_text_or_bytes():
    lines = ["老粮站重新开门", "昨天下午，镇上的老粮站重新开了门，里面摆的是一排排旧书。"] * 3
    page = "<html><head><meta charset=gbk></head><body><p>" + "</p><p>".join(lines) + "</p></body></html>"
    text = clean(html=page)
    assert text == clean(html=page.encode("gb18030"))
    assert "一排排旧书" in text


@pytest.mark.parametrize("empty", ["", "<script>0</script>", "<p> </p>"])
def test_html_without_a_line_takes_no_other_page_with_it(empty):
    page = "<p>昨天下午，镇上的老粮站重新开了门，里面摆的是一排排旧书。</p>" * 3
    cleaner = Cleaner()
    alone = cleaner(html=page).text
    found = [result.text for result in cleaner.pipe(map(extract, [empty, page, empty, empty, page, empty]))]
    assert found == ["", alone, "", "", alone, ""]

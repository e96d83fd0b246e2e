import numpy as np
import pytest

from hansift.features import CONTEXT, features_of
from hansift.features.chars import CLASSES
from hansift.features.context import context

NAMES = [feature.name for feature in CONTEXT]
HAN, STOP = CLASSES.index("han"), CLASSES.index("stop")
SENTENCE = "这一行读起来像一个完整的句子，对吧。"


def context_of(*texts, odds=None, spam=None, listed=None):
    """Each feature of the rows' context, by name."""
    features = features_of(texts)
    m = len(features.rows.index)
    odds, spam, listed = (np.full(m, -5.0) if x is None else np.array(x, float) for x in (odds, spam, listed))
    columns = context(features.rows, odds, spam, listed)
    assert columns.dtype == np.uint8
    return dict(zip(NAMES, columns.tolist(), strict=True))


def halves(*pairs):
    return [high << 4 | low for high, low in pairs]


def test_names_are_their_own():
    assert len(set(NAMES)) == len(NAMES)


def test_neighbours_are_those_of_the_page():
    found = context_of("甲\n\n乙", "丙", odds=[0, 1, 2], spam=[-1, -2, -3], listed=[1, 0, -1])
    assert found["odds"] == [128, 140, 152]
    assert found["odds_-1"] == [0, 128, 0]
    assert found["odds_+1"] == [140, 0, 0]
    assert found["odds_-2"] == [0, 0, 0]
    assert found["odds_spam_-1"] == [0, 116, 0]
    assert found["odds_spam_+1"] == [104, 0, 0]
    assert found["list"] == [140, 128, 116]
    assert found["list_+1"] == [128, 0, 0]


def test_means_are_over_the_page():
    found = context_of("甲\n乙\n丙", "丁", odds=[99, -99, 99, -99])
    assert found["mean_2"] == [170, 170, 170, 0]
    assert found["page"] == halves((4, 10), (4, 10), (4, 10), (2, 0))


def test_how_lines_join():
    found = context_of("天地。\n玄黄")
    assert found["join_before"] == halves((0, HAN), (STOP, HAN))
    assert found["join_after"] == halves((STOP, HAN), (HAN, 0))
    assert found["lengths"] == halves((0, 2), (3, 0))


def test_runs_of_like_lines():
    found = context_of("首页\n新闻\n体育\n" + SENTENCE, "首页")
    likeness = [byte >> 4 for byte in found["run"]]
    assert likeness == [0, 4, 4, 1, 0]  # the last is alike in its indent only, none is like a line of another page
    assert [byte & 15 for byte in found["run"]] == [6, 6, 6, 3, 3]  # thirds of log2(1 + 3), of log2(1 + 1)


def test_place():
    found = context_of("首页\n\n\n正文\n尾", "独")
    assert found["gaps"] == halves((0, 2), (2, 0), (0, 15), (0, 15))
    assert found["from_top"] == [0, 16, 25, 0]
    assert found["from_bottom"] == [25, 16, 0, 0]
    assert found["relative"] == [0, 21, 42, 0]
    assert found["share"] == [51, 51, 25, 128]


def test_where_the_block_is():
    menu, text = ["首页"] * 3, ["字" * 30] * 2
    found = context_of("\n".join([*menu, *text, *menu]), odds=[-5] * 3 + [5] * 2 + [-5] * 3)
    assert found["block"] == [104, 109, 116, 128, 128, 140, 147, 152]  # 12 log2 of 1 + the way
    assert found["block_inside"] == [0, 0, 0, *halves((1, 4), (4, 1)), 0, 0, 0]
    assert found["barrier"] == [68] * 3 + [255] * 2 + [68] * 3
    assert {byte >> 4 for byte in found["block_indent"][3:5]} == {3}
    assert {byte >> 4 for byte in found["block_indent"][:3]} == {1}


def test_where_the_sentences_are():
    found = context_of("\n".join(["首页", SENTENCE, SENTENCE, "版权"]))
    assert found["sentences"] == [116, 128, 128, 140]
    assert found["sentences_3"] == [127] * 4


@pytest.mark.parametrize(
    ("text", "page", "lines"),
    [
        ("山水\n人大", 0, [0, 0]),
        ("國國國國國\n国国", 1 + 3, [5, 8]),
        ("国国国国\n山", 2, [9, 0]),
        ("國" * 11 + "\n国", 1, [6, 8]),
        ("國国", 2 + 3, [12]),
    ],
)
def test_script_of_page_and_line(text, page, lines):
    assert context_of(text)["script"] == [page << 4 | line for line in lines]


def test_nothing_has_no_context():
    assert context_of() == context_of("", "\n \n") == {name: [] for name in NAMES}


def test_spam_around_is_a_mean_within_the_page():
    found = context_of("\n".join("一二三四五六七"), "丙", spam=[50, *[-50] * 6, 50])
    assert found["spam_5"] == [42, 36, 36, 36, 36, 36, 0, 255]
    assert found["spam_12"] == [36] * 7 + [255]


def test_runs_of_lines_between_paragraphs():
    paragraph = SENTENCE * 3
    found = context_of(f"{paragraph}\n小标题\n{paragraph}\n旧闻一则\n旧闻两则\n旧闻三则")
    assert [byte >> 4 for byte in found["stretch"]] == [5, 3, 6, 2, 2, 2]
    assert found["stretch_place"][3:] == halves((0, 3), (2, 2), (3, 0))

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.features import features_of
from hansift.features.block import GAP, barrier, heaviest, main_block, run_lengths, sentence_block

SENTENCE = "这一行读起来像一个完整的句子，对吧。"


def rows(*pages):
    return features_of(["\n".join("字" for _ in page) if isinstance(page, list) else page for page in pages]).rows


def stretches(*pages):
    """First and last row of the heaviest stretch of each page of weights."""
    found = rows(*pages)
    start, last = heaviest(found, np.array([weight for page in pages for weight in page]))
    at = found.first[:-1]
    return list(zip(start[at].tolist(), last[at].tolist(), strict=True))


@pytest.mark.parametrize(
    ("weights", "stretch"),
    [
        ([5], (0, 0)),
        ([-5], (0, 0)),
        ([-3, 4, -1, 4, -9, 6], (1, 3)),
        ([-3, 4, -9, 6], (3, 3)),
        ([-2, -1, -3], (1, 1)),
        ([2, -9, 2], (0, 0)),
    ],
)
def test_the_heaviest_stretch(weights, stretch):
    assert stretches(weights) == [stretch]


def best_sum(weights):
    n = len(weights)
    return max(sum(weights[i : j + 1]) for i in range(n) for j in range(i, n))


@given(st.lists(st.lists(st.integers(-9, 9), min_size=1, max_size=8), min_size=1, max_size=5))
def test_no_stretch_of_a_page_is_heavier(pages):
    at = 0
    for page, (start, last) in zip(pages, stretches(*pages), strict=True):
        assert at <= start <= last < at + len(page)
        assert sum(page[start - at : last + 1 - at]) == best_sum(page)
        at += len(page)


def test_the_main_block_is_where_the_likely_body_is():
    found = rows("首页\n" + "\n".join(["字" * 40] * 2) + "\n版权")
    chance = np.array([10, 250, 250, 10])
    top, bottom = main_block(found, chance)
    assert (top.tolist(), bottom.tolist()) == ([1] * 4, [2] * 4)


@pytest.mark.parametrize(("between", "bridged"), [(0, True), (1, False)])
def test_sentences_are_bridged_over_what_they_are_worth(between, bridged):
    lines = len(SENTENCE) // GAP + between
    found = rows("\n".join([SENTENCE, *["菜单"] * lines, SENTENCE]))
    first, last = sentence_block(found)
    assert (first[0] == 0 and last[0] == len(found.page) - 1) == bridged


def test_the_barrier_is_the_lowest_on_the_way_to_the_block():
    found = rows(["字"] * 6, ["字"] * 3)
    odds = np.array([200, 50, 90, 180, 70, 220, 30, 20, 10], dtype=np.uint8)
    top, bottom = np.array([3] * 6 + [7] * 3), np.array([3] * 6 + [7] * 3)
    assert barrier(found, odds, top, bottom).tolist() == [50, 50, 90, 255, 70, 70, 30, 255, 10]


def test_runs_of_like_lines():
    assert run_lengths(np.array([False, True, True, False, False, True])).tolist() == [3, 3, 3, 1, 2, 2]
    assert run_lengths(np.zeros(0, dtype=bool)).tolist() == []

"""A page is judged by what stands on it, and by nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.model.judge import BLANK, judge

LINE = st.text(
    st.sampled_from("首页新闻国國的，。|12 a\u3000\u2028\x85\r\ufeff\ud800𠮷") | st.characters(), max_size=12
)
PAGE = st.lists(LINE | st.sampled_from(["", "  ", "首页", "这一行是完整的句子，读起来也像一个句子。"]), max_size=8)
TEXTS = st.lists(PAGE.map("\n".join), min_size=1, max_size=5)
HOSTILE = [
    "",
    "\n",
    "\n" * 300,
    " \u3000\t\n\u2028\x85",
    "一",
    "\ud800",
    "\udc00\ud800\n\udfff",
    "甲\r\n乙\r\n",
    "甲\u2028乙\x85丙\x0b丁\x1c戊",
    "\x00\x01\ufeff\u200b",
    "𠮷" * 40,
    "字" * 5000,
    "短\n" + "字，" * 5000 + "\n短",
    "a" * 70_000 + "\n\n" + "1 " * 9000,
    "|" * 6000,
]


def said(judged):
    """What each page came to, as values."""
    rows = judged.first.searchsorted(judged.index, side="right") - 1
    return [
        (
            judged.labels[low:high].tolist(),
            (judged.index[rows == page] - low).tolist(),
            judged.own[rows == page].tolist(),
            judged.scores[rows == page].tolist(),
            judged.visible[rows == page].tolist(),
        )
        for page, (low, high) in enumerate(zip(judged.first, judged.first[1:], strict=False))
    ]


@given(TEXTS, st.randoms(use_true_random=False))
def test_company_changes_nothing(drawn, texts, random):
    alone = [said(judge(drawn, [text]))[0] for text in texts]
    assert said(judge(drawn, texts)) == alone
    order = list(range(len(texts)))
    random.shuffle(order)
    assert said(judge(drawn, [texts[i] for i in order])) == [alone[i] for i in order]


def test_hostile_company_changes_nothing(drawn, seeds):
    texts = [*(page.text for page in seeds), *HOSTILE]
    alone = [said(judge(drawn, [text]))[0] for text in texts]
    assert said(judge(drawn, texts)) == alone
    assert said(judge(drawn, texts[::-1])) == alone[::-1]
    assert len({str(page) for page in alone}) > len(texts) - 3


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_line_has_a_label_unless_it_is_blank(drawn, text):
    judged = judge(drawn, [text])
    lines = text.split("\n")
    assert [label == BLANK for label in judged.labels] == [not line.strip() for line in lines]
    for scores in (judged.alone(slice(None)), judged.scores):
        assert scores.shape == (sum(bool(line.strip()) for line in lines), 3)
        assert np.allclose(scores.sum(axis=1), 1)
        assert ((scores >= 0) & (scores <= 1)).all()


@pytest.mark.parametrize("texts", [[], [""] * 100, ["\n\n"] * 100, [" \u3000"] * 100])
def test_nothing_is_blank(drawn, texts):
    judged = judge(drawn, texts)
    assert (judged.labels == BLANK).all()
    assert len(judged.labels) == sum(text.count("\n") + 1 for text in texts)
    assert len(judged.index) == len(judged.scores) == 0


@given(texts=TEXTS)
def test_each_line_is_found_among_the_characters_of_all_pages(drawn, texts):
    every = "".join(f"{text}\n" for text in texts)
    found = judge(drawn, texts)
    assert [every[start:end] for start, end in found.spans.T.tolist()] == every[:-1].split("\n")
    assert found.page.tolist() == [k for k, text in enumerate(texts) for line in text.split("\n") if line.strip()]


def test_a_policy_moves_the_line_of_body(drawn, seeds):
    texts = [page.text for page in seeds]
    kept = [(judge(drawn, texts, policy).labels == 0).sum() for policy in ("precision", "balanced", "recall")]
    assert kept[0] < kept[1] < kept[2]

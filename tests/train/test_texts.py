import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.train.outcome import text_outcome
from hansift.train.texts import PIECE, kept_lines, shared, squeezed, standing

BODY = "孔乙己便涨红了脸，额上的青筋条条绽出。\n窃书\n窃书不能算偷……窃书！读书人的事，能算偷么？"
TEXTS = st.text(st.sampled_from("孔乙己窃书\n 。"), max_size=60)


@given(TEXTS)
def test_a_text_stands_in_itself(text):
    assert shared(text, text) == len(squeezed(text))


@given(TEXTS, TEXTS)
def test_no_more_is_shared_than_there_is(one, other):
    assert 0 <= shared(one, other) <= len(squeezed(one))
    flags = standing(one.split("\n"), other)
    assert list(map(len, flags)) == [len(squeezed(line)) for line in one.split("\n")]


def test_white_space_and_line_breaks_do_not_count():
    assert shared(BODY, BODY.replace("\n", " ").replace("，", "， ")) == len(squeezed(BODY))


def test_what_is_there_once_counts_once():
    size = len(squeezed(BODY))
    assert text_outcome(BODY, f"{BODY}\n{BODY}") == (size, size, size)
    assert text_outcome(BODY, "") == (size, 0, 0)
    assert text_outcome("", "首页") == (0, 0, 2)


def test_a_short_line_stands_where_its_neighbours_do():
    lines = ["窃书", "首页", *BODY.split("\n")]
    kept = [bool(flags) and all(flags) for flags in standing(lines, BODY)]
    assert kept == [False, False, True, True, True]
    assert [all(flags) for flags in standing(["窃书", "首页"], "首页\n别的")] == [False, True]


def test_less_than_a_piece_is_chance():
    assert shared("甲乙丙丁戊己庚" + "子" * 9, "甲乙丙丁戊己庚" + "丑" * 9) == 0
    assert PIECE == 8


LONG = "孔乙己便涨红了脸，额上的青筋条条绽出。"


@pytest.mark.parametrize(
    ("lines", "text", "kept"),
    [
        ([LONG, "首页"], LONG.replace("，", " , "), [True, False]),
        ([LONG], LONG[:10], [False]),
        (["窃书", LONG, "窃书", "首页"], f"{LONG}\n窃书", [True, True, False, False]),
        (["窃书", LONG, "窃书", "首页"], f"窃书 | {LONG} | 窃书", [True, True, True, False]),
        ([LONG, "窃书", LONG, "窃书", "首页"], f"{LONG}窃书{LONG}", [True, True, True, False, False]),
        (["首页", "窃书", LONG, "窃书", LONG], f"{LONG}\n窃书\n{LONG}", [False, False, True, True, True]),
        (["", " ", "！"], "！", [False, False, False]),
    ],
)
def test_which_lines_a_text_holds(lines, text, kept):
    assert kept_lines(lines, text) == kept

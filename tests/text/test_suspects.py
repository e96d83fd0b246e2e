"""The pass over many texts finds what the expression for one finds."""

from hypothesis import given
from hypothesis import strategies as st

from hansift.text import suspects as module
from hansift.text.signs import LINE_END
from hansift.text.suspects import suspects

SIGNS = ["國", "鶓", "𠀀", "😀", "\ud800", "\u200b", "\u200e", "\ue123", "(", "（", " ", ")", "）", "guó", "u", "ɡ"]
SIGNS += ["3", "<", "/", "tr", " id=", ",", "，", "。", "\n", "\0", "A", LINE_END]


def by_expression(text: str) -> bool:
    return bool(module._SUSPECT.search(text)) or LINE_END in text


@given(st.lists(st.lists(st.sampled_from(SIGNS), max_size=12).map("".join), max_size=6))
def test_many_texts_are_told_apart_like_one(texts):
    assert suspects(texts) == [by_expression(text) for text in texts]


def test_what_stands_in_two_texts_is_in_neither():
    assert suspects(["正文，", "，正文", "國(guó", ")", "<tr", " id=", ""]) == [False] * 7


def test_each_kind_is_found_at_either_end():
    for found in ("\u200b", "\u200e", "\ue123", "國(guó)", "國（ guó ）", "<tr id=", "</tr id=", ",，", LINE_END):
        assert suspects([found, f"正文{found}", f"{found}正文", "正文"]) == [True, True, True, False]

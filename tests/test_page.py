"""The values: labels, lines, results."""

import json
from dataclasses import FrozenInstanceError

import pytest

from hansift import Cut, Label, Line, Result
from hansift.page import LABELS, cuts_by_line, replaced
from hansift.text.split import offsets


def result(*lines, cuts=(), repairs=()):
    """A result of (letter, text) lines; a blank line has no letter."""
    labels = {"b": Label.BODY, "n": Label.NAV, "s": Label.SPAM, "": None}
    text = "\n".join(text for _, text in lines)
    places = zip(lines, offsets(text), strict=True)
    scored = (0.5, 0.3, 0.2)
    made = [
        Line(number, start, end, own, labels[letter], scored if letter else None, scored if letter else None)
        for number, ((letter, own), (start, end)) in enumerate(places)
    ]
    return Result(text, tuple(made), tuple(cuts), (), tuple(repairs))


def test_labels_are_their_names():
    assert [str(label) for label in LABELS] == ["body", "nav", "spam"]
    assert Label("spam") is Label.SPAM == "spam"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([("", "")], ""),
        ([("n", "首页"), ("s", "鸿运")], ""),
        ([("b", "标题"), ("n", "首页"), ("b", "正文")], "标题\n正文"),
        (
            [("", ""), ("n", "首页"), ("", " "), ("b", "标题"), ("", ""), ("", "\t"), ("b", "正文"), ("", "")],
            "标题\n\n正文",
        ),
        ([("b", "标题"), ("", ""), ("n", "首页"), ("", ""), ("b", "正文")], "标题\n\n正文"),
        ([("b", "  缩进\r"), ("b", "正文 ")], "  缩进\r\n正文 "),
    ],
)
def test_the_text_is_the_kept_lines(lines, text):
    assert result(*lines).text == str(result(*lines)) == text


def test_cuts_are_left_out():
    page = result(("n", "首页"), ("b", "正文鸿运，正文娱乐"), cuts=[Cut(1, 2, 5), Cut(1, 7, 9)])
    assert page.text == "正文正文"


def test_repairs_are_done_in_a_line_that_is_cut_but_for_those_that_go_with_it():
    repairs = [("readings", 1, 4, ""), ("readings", 5, 8, ""), ("readings", 9, 12, "")]
    page = result(("b", "國(a)文(b)中(c)尾"), cuts=[Cut(0, 4, 8)], repairs=repairs)
    assert page.text == "國中尾"


def test_lines_kept_and_removed():
    page = result(("n", "首页"), ("b", "正文"), ("", ""), ("s", "鸿运"))
    assert [line.text for line in page.kept] == ["正文"]
    assert [(line.text, line.label) for line in page.removed] == [("首页", "nav"), ("鸿运", "spam")]
    assert [line.kept for line in page.lines] == [False, True, True, False]


@pytest.mark.parametrize(
    ("lines", "cuts", "ratio"),
    [
        ([("", "")], [], 0.0),
        ([("b", "正文")], [], 0.0),
        ([("n", "首页"), ("s", "鸿运")], [], 1.0),
        ([("n", "首页"), ("b", "正文正文正文")], [], 0.25),
        ([("n", "首页"), ("b", "正文正文正文")], [Cut(1, 0, 2)], 0.5),
    ],
)
def test_the_share_removed(lines, cuts, ratio):
    assert result(*lines, cuts=cuts).removed_ratio == ratio


def test_a_result_is_json():
    page = result(("b", "正文鸿运"), ("", ""), ("n", "首页"), cuts=[Cut(0, 2, 4)], repairs=[("commas", 0, 1, "，")])
    assert json.loads(json.dumps(page.to_dict())) == {
        "labels": ["body", None, "nav"],
        "scores": [[0.5, 0.3, 0.2], None, [0.5, 0.3, 0.2]],
        "cuts": {"0": [[2, 4]]},
        "flags": [],
        "repairs": [["commas", 0, 1, "，"]],
    }


def test_cuts_of_a_line_stand_together():
    assert cuts_by_line((Cut(3, 0, 1), Cut(3, 5, 6), Cut(9, 2, 4))) == {"3": [[0, 1], [5, 6]], "9": [[2, 4]]}


def test_values_are_frozen():
    page = result(("b", "正文"))
    for value, name in ((page, "lines"), (page.lines[0], "label"), (Cut(0, 0, 1), "line")):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, None)


def test_replacing_a_stretch():
    assert replaced("零一二三四五", 1, 5, [("x", 2, 3, "贰"), ("x", 4, 5, "")]) == "一贰三"

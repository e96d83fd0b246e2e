import numpy as np
import pytest

from hansift.cleaner import Cleaner
from hansift.model.cut import chosen
from hansift.model.segments import segments_of, span


def segments(line):
    found = segments_of([line])
    return [line[start:end] for start, end in zip(found.start, found.end, strict=True)]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("", []),
        ("，。|", []),
        ("正文", ["正文"]),
        ("正文（鸿运娱乐）正文。", ["正文", "鸿运娱乐", "正文"]),
        ("标题_鸿运 娱乐|首页", ["标题", "鸿运", "娱乐", "首页"]),
    ],
)
def test_segments_stand_between_marks(line, parts):
    assert segments(line) == parts


def test_segments_know_their_line_and_place():
    found = segments_of(["甲，乙", "", "丙"])
    assert found.owner.tolist() == [0, 0, 2]
    assert found.start.tolist() == [0, 2, 0]
    assert found.end.tolist() == [1, 3, 1]


def test_marks_have_a_class():
    found = segments_of(["（甲。乙，丙", "丁"])
    assert list(zip(found.before.tolist(), found.after.tolist(), strict=True)) == [(1, 2), (2, 3), (3, 0), (0, 0)]


def test_places_are_characters():
    found = segments_of(["𠮷，甲", "\ud842\udfb7，𠮷𠮷，乙"])
    assert list(zip(found.start.tolist(), found.end.tolist(), strict=True)) == [(0, 1), (2, 3), (0, 2), (3, 5), (6, 7)]


@pytest.mark.parametrize(
    ("line", "segment", "cut"),
    [
        ("正文（鸿运娱乐）正文", "鸿运娱乐", "（鸿运娱乐）"),
        ("鸿运娱乐：正文", "鸿运娱乐", "鸿运娱乐："),
        ("正文，鸿运娱乐，正文", "鸿运娱乐", "鸿运娱乐，"),
        ("正文_鸿运娱乐", "鸿运娱乐", "_鸿运娱乐"),
        ("正文。鸿运娱乐", "鸿运娱乐", "鸿运娱乐"),
        ("正文 | 鸿运娱乐 |", "鸿运娱乐", "鸿运娱乐 |"),
    ],
)
def test_the_marks_that_go_with_a_segment(line, segment, cut):
    at = line.index(segment)
    start, end = span(line, at, at + len(segment))
    assert line[start:end] == cut


def picked(line, *spam):
    """What is cut from a line when these segments are spam."""
    found = segments_of([line])
    margin = np.array([1.0 if text in spam else -1.0 for text in segments(line)])
    return [line[start:end] for start, end in chosen([line], found, margin, 0.0).get(0, [])]


def test_neighbours_are_cut_in_one():
    assert picked("正文。鸿运，娱乐，正文", "鸿运", "娱乐") == ["鸿运，娱乐，"]


def test_what_is_too_short_or_too_long_stays():
    assert picked("正文。鸿，正文", "鸿") == []
    assert picked(f"正文。{'鸿' * 161}，正文", "鸿" * 161) == []


def test_a_whole_line_is_never_cut():
    assert picked("  鸿运娱乐 ", "鸿运娱乐") == []
    assert picked("鸿运，娱乐", "鸿运", "娱乐") == []


def test_cuts_stay_in_lines_that_are_kept(cleaner, seeds):
    text = "\n".join(page.text for page in seeds)
    result = cleaner(text)
    assert result.cuts
    rows = text.split("\n")
    for cut in result.cuts:
        assert result.lines[cut.line].kept
        assert 0 <= cut.start < cut.end <= len(rows[cut.line])
    ends = [(cut.line, cut.start, cut.end) for cut in result.cuts]
    assert ends == sorted(ends)


def test_a_model_without_weights_for_cuts_cuts_nothing(drawn, seeds):
    from dataclasses import replace

    assert all(Cleaner(replace(drawn, cut=None))(page.text).cuts == () for page in seeds)

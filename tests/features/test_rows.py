import numpy as np

from hansift.features import features_of
from hansift.features.chars import CLASSES
from hansift.features.rows import SENTENCE, length_byte


def rows(*texts):
    return features_of(texts).rows


def test_blank_lines_are_no_rows():
    found = rows("\n甲\n \n\n乙", "丙", "\n", "\n丁")
    assert found.index.tolist() == [1, 4, 5, 9]
    assert found.page.tolist() == [0, 0, 1, 3]
    assert found.first.tolist() == [0, 2, 3, 3, 4]
    assert found.filled.tolist() == [0, 1, 3]
    assert (found.above.tolist(), found.below.tolist()) == ([0, 1, 0, 0], [1, 0, 0, 0])
    assert found.gap.tolist() == [1, 2, 0, 1]


def test_edges_and_indent():
    found = rows("　（甲。 ")
    assert [CLASSES[c] for c in (found.head[0], found.tail[0])] == ["opener", "stop"]
    assert found.indent.tolist() == [1]


def test_a_sentence_is_long_and_has_a_mark():
    lines = ["字" * (SENTENCE - 1) + "，", "字" * SENTENCE, "字，"]
    assert rows("\n".join(lines)).sentence.tolist() == [True, False, False]


def test_length_in_half_octaves():
    assert length_byte(np.array([0, 1, 2, 4, 256, 10000])).tolist() == [0, 0, 2, 4, 15, 15]


def test_neighbours_stop_at_the_page():
    found = rows("甲\n乙\n丙", "丁\n戊")
    values = np.array([1, 2, 3, 4, 5])
    assert found.shift(values, 1, 0).tolist() == [2, 3, 0, 5, 0]
    assert found.shift(values, -1, 0).tolist() == [0, 1, 2, 0, 4]
    assert found.shift(values, 3, 9).tolist() == [9] * 5
    assert [mean.tolist() for mean in found.windows(values * 10, (1, 9))] == [
        [15, 20, 25, 45, 45],
        [20, 20, 20, 45, 45],
    ]
    assert found.by_page(values).tolist() == [6, 9]


def test_no_rows():
    for found in (rows(), rows("\n\n")):
        assert found.index.tolist() == []
        assert found.shift(np.zeros(0, dtype=np.int64), -3, 0).tolist() == []
        assert next(found.windows(np.zeros(0, dtype=np.int64), (5,))).tolist() == []


def test_the_most_of_a_page_wherever_blank_pages_stand():
    found = rows("", "甲\n乙", "\n", "丙", "", "")
    assert found.most(np.array([-3, -5, -9])).tolist() == [0, -3, 0, -9, 0, 0]
    assert found.by_page(np.array([-3, -5, -9])).tolist() == [0, -8, 0, -9, 0, 0]

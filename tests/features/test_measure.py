import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.features.batch import batch_of
from hansift.features.chars import COUNTERS, LONGEST_SUM
from hansift.features.measure import Measures

NAMES = [name for group in COUNTERS for name in group]


def measured(text):
    """What is counted in each line, zeros left out."""
    measures = Measures(batch_of([text]))
    columns = {name: getattr(measures, name).tolist() for name in NAMES}
    return [{name: values[i] for name, values in columns.items() if values[i]} for i in range(len(measures.size))]


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("", {}),
        (" \u3000\t\u00a0", {}),
        ("山水", {"visible": 2, "han": 2}),
        ("国國", {"visible": 2, "han": 2, "simplified": 1, "traditional": 1}),
        ("的 12，Ab。", {"visible": 7, "han": 1, "function": 1, "digit": 2, "comma": 1, "latin": 2, "stop": 1}),
        ("【甲】|“乙”:", {"visible": 8, "han": 2, "bracket": 2, "separator": 1, "quote": 2, "colon": 1}),
        ("3月4日", {"visible": 4, "han": 2, "digit": 2, "date": 2}),
        ("かなカナ", {"visible": 4, "kana": 4}),
        ("１２Ａ", {"visible": 3, "digit": 2, "latin": 1}),
        ("\u2028甲\x85", {"visible": 1, "han": 1}),
    ],
)
def test_counts(line, counts):
    assert measured(line) == [counts]


def test_lines_are_counted_apart():
    assert measured("山\n\n水，水") == [{"visible": 1, "han": 1}, {}, {"visible": 3, "han": 2, "comma": 1}]


@pytest.mark.parametrize("size", [LONGEST_SUM - 1, LONGEST_SUM, LONGEST_SUM + 1, 3 * LONGEST_SUM, 20000])
def test_a_long_line_overflows_no_counter(size):
    assert measured(f"山\n{'山' * size}\n水") == [
        {"visible": 1, "han": 1},
        {"visible": size, "han": size},
        {"visible": 1, "han": 1},
    ]


@given(st.lists(st.text("山国國1，。 a", max_size=6), min_size=1, max_size=6))
def test_a_long_line_changes_no_other(lines):
    alone = [measured(line)[0] for line in lines]
    assert measured("\n".join(lines)) == alone
    assert measured("\n".join([*lines, "，" * 5000]))[:-1] == alone


def test_the_first_and_last_visible_unit():
    measures = Measures(batch_of(["  甲 乙 \n \n丙"]))
    assert measures.head.tolist() == [3, 9, 10]
    assert measures.tail.tolist() == [5, 9, 10]
    assert Measures(batch_of([" \n"])).head.tolist() == [2, 3]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.features.batch import batch_of
from hansift.features.chars import COUNTED, SPACES, tables
from hansift.features.kernels.plain import LONGEST_COUNTED as LONGEST_SUM
from hansift.features.measure import measured


def measures_of(text):
    batch = batch_of([text])
    return measured(batch, tables().kind.take(batch.units))


def counted(text):
    """What is counted in each line, zeros left out."""
    columns = measures_of(text).counts.T.tolist()
    return [{name: value for name, value in zip(COUNTED, column, strict=True) if value} for column in columns]


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
    assert counted(line) == [counts]


def test_lines_are_counted_apart():
    assert counted("山\n\n水，水") == [{"visible": 1, "han": 1}, {}, {"visible": 3, "han": 2, "comma": 1}]


@pytest.mark.parametrize("size", [LONGEST_SUM - 1, LONGEST_SUM, LONGEST_SUM + 1, 3 * LONGEST_SUM, 20000])
def test_a_long_line_overflows_no_counter(size):
    assert counted(f"山\n{'山' * size}\n水") == [
        {"visible": 1, "han": 1},
        {"visible": size, "han": size},
        {"visible": 1, "han": 1},
    ]


@given(st.lists(st.text("山国國1，。 a", max_size=6), min_size=1, max_size=6))
def test_a_long_line_changes_no_other(lines):
    alone = [counted(line)[0] for line in lines]
    assert counted("\n".join(lines)) == alone
    assert counted("\n".join([*lines, "，" * 5000]))[:-1] == alone


def test_the_first_and_last_visible_unit():
    measures = measures_of("  甲 乙 \n \n丙")
    assert measures.head.tolist() == [3, 9, 10]
    assert measures.tail.tolist() == [5, 9, 10]
    assert measures_of(" \n").head.tolist() == [2, 3]


def test_pieces_stand_between_marks():
    assert measures_of("天地，玄\n\n，a b").pieces.T.tolist() == [[2, 3, 5, 2], [0, 0, 0, 0], [2, 2, 2, 1]]


@pytest.mark.parametrize("text", ["", "\n", "国國 的1a，。", "中" * 700 + "\n" + "，" * 700])
def test_the_kind_of_a_unit_says_what_its_class_says(text):
    known = tables()
    assert (known.kind[[ord(char) for char in text]] >= known.first_mark).tolist() == [
        char.isspace() or char in "，。" for char in text
    ]


def test_blanks_are_what_python_holds_to_be_blank():
    assert sorted(SPACES) == [chr(unit) for unit in range(1 << 16) if chr(unit).isspace()]

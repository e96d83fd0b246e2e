from hypothesis import given
from hypothesis import strategies as st

from hansift.features.batch import NEWLINE, batch_of, characters_before

TEXTS = st.lists(st.text(st.sampled_from("甲乙\n\r\u2028\x85𠮷") | st.characters(), max_size=20), max_size=6)


def test_two_pages_side_by_side():
    batch = batch_of(["甲\n乙丙", ""])
    assert batch.units.tobytes().decode("utf-16-le") == "\n甲\n乙丙\n\n"
    assert batch.starts.tolist() == [1, 3, 6]
    assert batch.ends.tolist() == [2, 5, 6]
    assert batch.page.tolist() == [0, 0, 1]
    assert batch.first.tolist() == [0, 2, 3]


def test_no_page_is_one_line_break():
    batch = batch_of([])
    assert batch.units.tolist() == [NEWLINE]
    assert batch.first.tolist() == [0]


def test_a_character_above_ffff_takes_two_units_and_a_lone_surrogate_one():
    batch = batch_of(["𠮷\ud800字"])
    assert (batch.ends - batch.starts).tolist() == [4]


@given(TEXTS)
def test_units_give_the_lines_back(texts):
    batch = batch_of(texts)
    lines = [line for text in texts for line in text.split("\n")]
    spans = zip(batch.starts, batch.ends, strict=True)
    found = [batch.units[start:end].tobytes() for start, end in spans]
    assert found == [line.encode("utf-16-le", "surrogatepass") for line in lines]
    assert [len(text.split("\n")) for text in texts] == (batch.first[1:] - batch.first[:-1]).tolist()
    assert (batch.units[batch.ends] == NEWLINE).all()


@given(TEXTS | st.just(["\ud842", "\ud842\udfb7𠮷", "\udfb7"]))
def test_positions_are_those_of_characters(texts):
    batch = batch_of(texts)
    found = characters_before(batch, batch.starts) - 1
    joined = "\n".join(texts)
    lines = [line for text in texts for line in text.split("\n")]
    assert [joined[at : at + len(line)] for at, line in zip(found, lines, strict=True)] == lines

from hypothesis import given
from hypothesis import strategies as st

from hansift.text.edits import Step, apply, compose


@st.composite
def edits(draw, length, name):
    marks = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return [Step(name, start, end, draw(st.text("xyz", max_size=3))) for start, end in pairs]


@st.composite
def two_rounds(draw):
    text = draw(st.text("abc\n", max_size=20))
    first = draw(edits(len(text), "first"))
    middle = apply(text, first)
    return text, first, middle, draw(edits(len(middle), "second"))


@given(two_rounds())
def test_composed_steps_do_both_rounds(rounds):
    text, first, middle, second = rounds
    both = compose(first, second, middle)
    assert apply(text, both) == apply(middle, second)
    ends = [0, *(step.end for step in both)]
    assert all(end <= step.start <= step.end for end, step in zip(ends, both, strict=False))


def test_overlapping_steps_become_one():
    first = [Step("first", 2, 3, "")]
    assert compose(first, [Step("second", 1, 4, "")], "abde") == [Step("second", 1, 5, "")]

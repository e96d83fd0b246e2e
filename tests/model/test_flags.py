import numpy as np
import pytest

from hansift.model.flags import flags_of
from hansift.model.judge import BLANK, Judged


def judged(*pages):
    """Pages as lists of label letter and size; `-` is a blank line."""
    lines = [line for page in pages for line in page]
    rows = [(i, size) for i, (letter, size) in enumerate(lines) if letter != "-"]
    labels = np.array(["bns-".index(letter) for letter, _ in lines], dtype=np.uint8)
    first = np.cumsum([0, *map(len, pages)])
    index, visible = (np.array([row[k] for row in rows], dtype=np.int64) for k in (0, 1))
    nothing = np.zeros((len(rows), 3))
    return Judged(first, labels, index, nothing, nothing, visible)


@pytest.mark.parametrize(
    ("page", "flags"),
    [
        ([("b", 9)], ()),
        ([("-", 0)], ()),
        ([("n", 9), ("-", 0)], ("emptied",)),
        ([("s", 9), ("n", 5)], ("spam",)),
        ([("s", 5), ("n", 9)], ("emptied",)),
        ([("s", 90), ("b", 1)], ("gutted",)),
        ([("b", 40), ("n", 80)], ()),
        ([("b", 40), ("n", 120)], ("gutted",)),
        ([("b", 9), ("n", 39), ("n", 39)], ()),
    ],
)
def test_flags(page, flags):
    assert flags_of(judged(page)) == [flags]


def test_each_page_has_its_own():
    pages = [[("n", 9)], [("-", 0)], [("s", 9)], [("b", 9)]]
    assert flags_of(judged(*pages)) == [("emptied",), (), ("spam",), ()]
    assert BLANK == 3

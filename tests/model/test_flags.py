import numpy as np
import pytest

from hansift.model.flags import flags_of
from hansift.model.judge import BLANK, Judged


def judged(*pages, spam=0.0):
    """Pages as lists of label letter and size; `-` is a blank line. `spam` is every line's probability of it."""
    lines = [line for page in pages for line in page]
    rows = [(i, size) for i, (letter, size) in enumerate(lines) if letter != "-"]
    labels = np.array(["bns-".index(letter) for letter, _ in lines], dtype=np.uint8)
    first = np.cumsum([0, *map(len, pages)])
    index, visible = (np.array([row[k] for row in rows], dtype=np.int64) for k in (0, 1))
    scores = np.tile([1 - spam, 0, spam], (len(rows), 1))
    spans = np.zeros((2, len(labels)), dtype=np.int64)
    return Judged(first, spans, labels, index, scores[:, ::2], scores, visible)


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


@pytest.mark.parametrize(("spam", "flags"), [(0.1, ()), (0.19, ()), (0.21, ("suspect",)), (0.4, ("suspect",))])
def test_what_was_kept_may_be_spam_yet(spam, flags):
    assert flags_of(judged([("b", 50), ("n", 50)], spam=spam)) == [flags]


def test_no_page_is_suspect_for_what_was_removed():
    assert flags_of(judged([("s", 50), ("b", 100)], [("-", 0)], [("n", 9)], spam=0.1)) == [(), (), ("emptied",)]


def test_each_page_has_its_own():
    pages = [[("n", 9)], [("-", 0)], [("s", 9)], [("b", 9)]]
    assert flags_of(judged(*pages)) == [("emptied",), (), ("spam",), ()]
    assert BLANK == 3

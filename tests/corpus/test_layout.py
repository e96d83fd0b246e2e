"""A page laid out anew keeps its text and its labels."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.corpus.labelled import ROLES, LabelledLine
from hansift.corpus.layout import LAYOUTS, cut_short, relayout

BASE = {"b": 0x3400, "n": 0x3A00, "s": 0x4000}
"""Each label writes in rare characters of its own, which no layout adds."""
CHANGES = [change for change, _ in LAYOUTS]
LINE = st.sampled_from([("", "")] + [(letter, role) for letter, roles in ROLES.items() for role in ("", *roles)])
LINES = st.lists(st.tuples(LINE, st.sampled_from([1, 6, 18, 90])), min_size=1, max_size=12)


def lines_of(drawn):
    """Lines of those labels and lengths, of which no two share a character."""
    used = dict(BASE)
    made = []
    for (letter, role), size in drawn:
        text = "".join(chr(used.get(letter, 0) + i) for i in range(size))
        if letter:
            used[letter] += size
            text = f"  {text[: size // 2]} {text[size // 2 :]}，" if size > 6 else text
        made.append(LabelledLine(text if letter else "", letter, role))
    return made


def written(lines):
    """Every such character with the labels of the lines that it stands in."""
    return {(char, line.letter) for line in lines for char in line.text if "\u3400" <= char < "\u4600"}


def test_every_layout_is_drawn():
    assert len({change.__name__ for change in CHANGES}) == len(CHANGES)
    assert all(0 < rate < 1 for _, rate in LAYOUTS)
    lines = lines_of([(("n", "teaser"), 90), (("b", "para"), 90), (("n", "menu"), 6), (("n", "related"), 6)] * 3)
    done = {name for seed in range(400) for name in relayout(lines, Random(seed))[1]}
    assert done == {change.__name__ for change in CHANGES}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@given(drawn=LINES, seed=st.integers(0, 99))
def test_labels_go_with_their_text(change, drawn, seed):
    lines = lines_of(drawn)
    after = change(list(lines), Random(seed))
    assert written(after) <= written(lines)
    lost = written(lines) - written(after)
    assert all(letter == "n" for _, letter in lost) if change is cut_short else not lost
    assert all(bool(line.letter) == bool(line.text.strip()) for line in after)
    assert all(line.role in ("", *ROLES.get(line.letter, ())) for line in after)


@given(LINES, st.integers(0, 99))
def test_planted_spans_keep_their_text(drawn, seed):
    lines = [
        LabelledLine(line.text, "b", "para", ((2, 4),)) if line.letter == "b" and len(line.text) > 8 else line
        for line in lines_of(drawn)
    ]
    planted = Counter(line.text[a:b] for line in lines for a, b in line.spans)
    after, _ = relayout(lines, Random(seed))
    assert Counter(line.text[a:b] for line in after for a, b in line.spans) == planted

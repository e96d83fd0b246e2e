import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hansift.features.copies import copies_of
from hansift.features.kernels.plain import repeated


def test_copies_by_key_are_those_of_the_page():
    assert copies_of(np.array([0, 0, 0, 1]), np.array([7, 8, 7, 7])).tolist() == [1, 0, 1, 0]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9)), max_size=40).map(sorted))
def test_copies_are_counted_as_by_hand(drawn):
    page, key = (np.array([one[k] for one in drawn], dtype=np.int64) for k in (0, 1))
    assert copies_of(page, key).tolist() == [drawn.count(one) - 1 for one in drawn]


@given(st.lists(st.integers(0, 40) | st.integers(0, 2**32 - 1)))
def test_no_repeat_is_missed(keys):
    found = repeated(np.array(keys, dtype=np.uint32)).tolist()
    assert found == sorted(set(found))
    assert set(found) >= {i for i, key in enumerate(keys) if keys.count(key) > 1}


def test_what_stands_once_is_seldom_taken_for_a_repeat():
    assert len(repeated((np.arange(100_000) * 65537).astype(np.uint32))) < 40_000

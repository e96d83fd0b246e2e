import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.features.bytes import log_byte, nibbles, odds_byte, share_byte


def ints(*values):
    return np.array(values, dtype=np.int64)


@pytest.mark.parametrize(("value", "byte"), [(0, 0), (1, 8), (3, 16), (4, 18), (2**31 - 1, 248), (2**40, 255)])
def test_logarithms_in_eighths(value, byte):
    assert log_byte(ints(value)).tolist() == [byte]


@given(st.integers(0, 2**40), st.integers(1, 16))
def test_logarithms_of_any_size_are_exact(value, steps):
    byte = int(log_byte(ints(value), steps)[0])
    assert 1 << byte <= (value + 1) ** steps
    assert byte == 255 or (value + 1) ** steps < 2 << byte


def test_shares_stop_at_a_byte_and_nothing_of_nothing_is_nothing():
    assert share_byte(ints(1, 3, 9, 0), ints(2, 3, 1, 0), 64).tolist() == [32, 64, 255, 0]


def test_log_odds_in_twelfths_around_128():
    assert odds_byte(np.array([0.0, 1.0, -1.0, 99.0, -99.0])).tolist() == [128, 140, 116, 255, 0]


@given(st.lists(st.integers(0, 10**6), min_size=1), st.integers(1, 16))
def test_more_is_never_less(values, steps):
    values = sorted(values)
    assert (np.diff(log_byte(ints(*values), steps).astype(int)) >= 0).all()
    halves = nibbles(ints(*values), ints(*values))
    assert (halves >> 4 == halves & 15).all()
    assert (halves >> 4 == np.minimum(values, 15)).all()

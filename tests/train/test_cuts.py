import numpy as np
import pytest

from hansift.train.cuts import FALSE_CUTS, threshold_for


@pytest.mark.parametrize(
    ("lost", "threshold"),
    [
        (0, 2.0),  # no good character may go: the second segment is one
        (1, 1.0),  # the second may, the last may not
        (2, 0.5),
    ],
)
def test_threshold_is_the_lowest_that_cuts_few_good_characters(lost, threshold):
    margin, planted = np.array([1.0, 2.0, 0.5, 1.5]), np.array([True, True, False, False])
    assert threshold_for(margin, planted, np.full(4, 10), round(lost * 10 / FALSE_CUTS) + 1) == threshold


def test_threshold_is_even_odds_at_least():
    assert threshold_for(np.array([-1.0]), np.array([True]), np.array([5]), 100) == 0.0


def test_threshold_is_beyond_all_where_none_will_do():
    assert threshold_for(np.array([3.0, 1.0]), np.array([False, True]), np.array([5, 5]), 100) == 3.0

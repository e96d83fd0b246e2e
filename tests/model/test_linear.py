import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.model.decode import decode
from hansift.model.linear import (
    kind_odds,
    list_odds,
    log_odds,
    merged,
    probabilities,
)

MARGIN = st.floats(-30, 30)


def rows_of(size):
    return st.lists(st.tuples(*[MARGIN] * size), min_size=1, max_size=5).map(np.array)


@given(rows_of(2))
def test_log_odds_are_those_of_the_probabilities(margins):
    scores = probabilities(margins)
    body, spam = log_odds(margins)
    assert np.allclose(1 / (1 + np.exp(-body)), scores[:, 0], atol=1e-3)
    assert np.allclose(1 / (1 + np.exp(-spam)), scores[:, 2], atol=1e-3)


@given(rows_of(4))
def test_groups_are_merged_by_adding_their_probabilities(margins):
    power = np.exp(np.concatenate([margins, np.zeros((len(margins), 1))], axis=1))
    prose, short, listed, spam, nav = (power / power.sum(axis=1, keepdims=True)).T
    assert np.allclose(probabilities(merged(margins)).T, [prose + short, listed + nav, spam], atol=1e-3)
    assert np.allclose(1 / (1 + np.exp(-list_odds(margins))), listed, atol=1e-3)


@given(rows_of(4))
def test_kinds_have_the_odds_of_their_probabilities(margins):
    power = np.exp(np.concatenate([margins, np.zeros((len(margins), 1))], axis=1))
    chance = power / power.sum(axis=1, keepdims=True)
    assert np.allclose(1 / (1 + np.exp(-kind_odds(margins))), chance[:, :4])


@pytest.mark.parametrize("size", [9e4, -9e4])
@pytest.mark.parametrize("kind", range(4))
def test_kinds_of_any_margin_have_odds(kind, size):
    margins = np.zeros((1, 4))
    margins[0, kind] = size
    odds = kind_odds(margins)
    assert np.isfinite(odds).all()
    assert (odds[0, kind] > 600) == (size > 0)


def test_margins_of_any_size_make_probabilities():
    scores = probabilities(np.array([[9e4, -9e4], [-9e4, 9e4], [-9e4, -9e4]]))
    assert scores.tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]


@pytest.mark.parametrize(
    ("scores", "threshold", "label"),
    [
        ((0.5, 0.3, 0.2), 0.0, 0),
        ((0.4, 0.3, 0.3), 0.0, 1),
        ((0.4, 0.2, 0.4), 0.0, 2),
        ((0.4, 0.3, 0.3), -1.0, 0),
        ((0.6, 0.1, 0.3), 1.0, 2),
    ],
)
def test_body_from_a_threshold_on_else_the_likelier_other(scores, threshold, label):
    assert decode(np.array([scores]), threshold).tolist() == [label]

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.features import features_of
from hansift.model.decode import decode
from hansift.model.linear import (
    MOST_GRAM,
    gram_sums,
    list_odds,
    log_odds,
    merged,
    paired_tables,
    probabilities,
    table_sums,
)

MARGIN = st.floats(-30, 30)


def rows_of(size):
    return st.lists(st.tuples(*[MARGIN] * size), min_size=1, max_size=5).map(np.array)


@given(rows_of(2))
def test_log_odds_are_those_of_the_probabilities(margins):
    scores = probabilities(margins)
    body, spam = log_odds(margins)
    assert np.allclose(1 / (1 + np.exp(-body)), scores[:, 0])
    assert np.allclose(1 / (1 + np.exp(-spam)), scores[:, 2])


@given(rows_of(4))
def test_groups_are_merged_by_adding_their_probabilities(margins):
    power = np.exp(np.concatenate([margins, np.zeros((len(margins), 1))], axis=1))
    prose, short, listed, spam, nav = (power / power.sum(axis=1, keepdims=True)).T
    assert np.allclose(probabilities(merged(margins)).T, [prose + short, listed + nav, spam])
    assert np.allclose(1 / (1 + np.exp(-list_odds(margins))), listed)


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


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
def test_tables_are_summed(columns):
    rng = np.random.default_rng(columns)
    tables = rng.integers(-(2**24), 2**24, (5, 256, columns)).astype(np.int32)
    bytes_ = rng.integers(0, 256, (5, 7)).astype(np.uint8)
    slow = [[sum(int(tables[f, bytes_[f, row], c]) for f in range(5)) for c in range(columns)] for row in range(7)]
    assert table_sums(paired_tables(tables), bytes_, columns).tolist() == slow


def slow_sums(model, features):
    spans = [(features.batch.starts[i], features.batch.ends[i] + 1) for i in features.rows.index]
    return [
        sum(model.grams[n][order[a:b]].astype(np.int64).sum(axis=0) for n, order in enumerate(features.grams)).tolist()
        for a, b in spans
    ]


def test_ngrams_are_summed(drawn, seeds):
    features = features_of([page.text for page in seeds])
    assert gram_sums(drawn, features).tolist() == slow_sums(drawn, features)


def test_weights_of_sixteen_bits_are_summed_too(drawn, seeds):
    wide = np.random.default_rng(2).integers(-(1 << 15), 1 << 15, drawn.grams.shape).astype(np.int16)
    model, features = replace(drawn, grams=wide), features_of([page.text for page in seeds])
    assert gram_sums(model, features).tolist() == slow_sums(model, features)


@pytest.mark.parametrize("weight", [-(1 << 15), -MOST_GRAM, MOST_GRAM, (1 << 15) - 1])
def test_a_very_long_line_overflows_no_sum(drawn, weight):
    model = replace(drawn, grams=np.full_like(drawn.grams, weight))
    features = features_of(["短\n" + "字" * 100_000])
    assert gram_sums(model, features).tolist() == slow_sums(model, features)

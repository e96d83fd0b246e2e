from dataclasses import replace

import numpy as np
import pytest

from hansift.features import features_of
from hansift.model.lines import MOST_GRAM, gram_sums


def slow_sums(model, features):
    spans = [(features.batch.starts[i], features.batch.ends[i] + 1) for i in features.rows.index]
    return [
        sum(model.grams[n][order[a:b]].astype(np.int64).sum(axis=0) for n, order in enumerate(features.grams)).tolist()
        for a, b in spans
    ]


def test_ngrams_are_summed(drawn, seeds):
    features = features_of([page.text for page in seeds])
    assert gram_sums(drawn.alone, features).tolist() == slow_sums(drawn.alone, features)


def test_weights_of_sixteen_bits_are_summed_too(drawn, seeds):
    wide = np.random.default_rng(2).integers(-(1 << 15), 1 << 15, drawn.alone.grams.shape).astype(np.int16)
    model, features = replace(drawn.alone, grams=wide), features_of([page.text for page in seeds])
    assert gram_sums(model, features).tolist() == slow_sums(model, features)


@pytest.mark.parametrize("weight", [-(1 << 15), -MOST_GRAM, MOST_GRAM, (1 << 15) - 1])
def test_a_very_long_line_overflows_no_sum(drawn, weight):
    model = replace(drawn.alone, grams=np.full_like(drawn.alone.grams, weight))
    features = features_of(["短\n" + "字" * 100_000])
    assert gram_sums(model, features).tolist() == slow_sums(model, features)

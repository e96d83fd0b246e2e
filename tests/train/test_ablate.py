import numpy as np
import pytest

from hansift.features import CONTEXT
from hansift.features.chars import tables
from hansift.train.ablate import alone, bench_of, in_page, masked, of_words
from hansift.train.tokens import tokens_of, word_counts, word_pieces
from hansift.train.topic import pairs_of


@pytest.fixture(scope="module")
def bench(seeds):
    return bench_of(seeds)


@pytest.fixture(scope="module")
def tokens(bench):
    return tokens_of(bench.features, np.ones(len(bench.truth), dtype=bool))


def test_a_family_off_says_nothing():
    columns = np.arange(len(CONTEXT) * 3, dtype=np.uint8).reshape(-1, 3) + 1
    off = masked(columns, CONTEXT, "script")
    assert [bool(row.any()) for row in off] == [feature.family != "script" for feature in CONTEXT]


def test_tokens_are_words_at_their_places(bench, tokens):
    units = tables().fold[bench.features.batch.units]
    found = {
        "".join(map(chr, units[end - size + 1 : end + 1])) for end, size in zip(tokens.end, tokens.size, strict=True)
    }
    assert {"来源", "新闻", "脚步声"} <= found
    assert all(word.isalnum() for word in found)
    assert (np.diff(tokens.row) >= 0).all()


def test_words_as_counts_pieces_and_choice(bench, tokens):
    assert word_counts(bench.features, tokens).shape == (96, 65536)
    pieces = word_pieces(tokens)
    assert (np.diff(pieces.row) >= 0).all()
    chosen = of_words(bench, tokens)
    assert 0 < chosen.nnz < bench.grams.tocsr().nnz or bench.grams.nnz == 0


def test_heldout_margins_of_both_steps(bench):
    own = alone(bench, None)
    margins = in_page(bench, own, "neighbours")
    assert own.shape[0] == margins.shape[0] == 96
    assert np.isfinite(margins).all()
    by_topic = in_page(bench, own, pieces=pairs_of(bench.features))
    assert by_topic.shape == margins.shape
    assert (by_topic != in_page(bench, own)).any()

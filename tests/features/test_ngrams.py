import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hansift.features.batch import batch_of
from hansift.features.kernels.plain import scanned
from hansift.features.ngrams import BUCKETS, ORDERS

EVERY = np.arange(1 << 16, dtype=np.uint16)

LINES = st.lists(st.text("的一是在不了有和 ，a", max_size=8), min_size=1, max_size=6)


def buckets(batch):
    """The buckets of the units as they are, an order a row."""
    return scanned(batch.units, batch.starts, EVERY.astype(np.uint8), EVERY)[1:]


def grams_of(line):
    """The buckets of a line alone on its page, an order a row; the break that opens the buffer left out."""
    batch = batch_of([line])
    return [order[1:].tolist() for order in buckets(batch)]


def test_a_unigram_is_its_character():
    assert grams_of("在a")[0] == [ord("在"), ord("a"), ord("\n")]


def test_the_same_pair_falls_into_the_same_bucket_wherever_it_stands():
    _, pairs, _ = grams_of("在家在家")
    assert pairs[1] == pairs[3]
    assert pairs[1] != pairs[2]


def test_a_line_knows_where_it_begins_and_ends():
    _, pairs, _ = grams_of("家在家")
    assert pairs[0] != pairs[2]  # ⏎家 is not 在家
    assert grams_of("家")[1][1] == pairs[3]  # 家⏎


def test_what_reaches_into_the_line_before_is_nothing():
    assert [order[0] == 0 for order in grams_of("家家")] == [False, False, True]


@given(LINES)
def test_a_line_has_the_same_buckets_in_any_company(lines):
    batch = batch_of(["\n".join(lines)])
    together = buckets(batch)
    assert len(together) == ORDERS
    for line, start, end in zip(lines, batch.starts, batch.ends, strict=True):
        assert [order[start : end + 1].tolist() for order in together] == grams_of(line)


def test_the_buckets_of_different_pairs_are_spread():
    han = np.arange(0x4E00, 0x4E00 + 2000, dtype=np.uint16)
    text = "".join(map(chr, np.random.default_rng(1).permutation(np.repeat(han, 5))))
    _, pairs, triples = grams_of(text)
    assert len(set(pairs)) > 0.9 * BUCKETS * (1 - np.exp(-len(text) / BUCKETS))
    assert len(set(triples)) > 0.9 * BUCKETS * (1 - np.exp(-len(text) / BUCKETS))


def test_buckets_are_fixed_for_good():
    """Model files depend on them."""
    assert grams_of("中文，") == [[20013, 25991, 65292, 10], [31867, 23106, 21866, 13600], [0, 21770, 49834, 17072]]

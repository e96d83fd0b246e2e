import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hansift.features import features_of, pieces_in, topic_in
from hansift.features.kernels.plain import repeated
from hansift.features.topic import commonest, rarity_table, shared

EVERY = np.ones(1 << 16, dtype=np.uint8)


def found_in(*texts, rarity=EVERY):
    return pieces_in(features_of(texts), rarity)


def topic(*texts):
    return topic_in(features_of(texts), EVERY)


def said(topic, member):
    """What each row shares with the members, and all that it has."""
    return list(zip(shared(topic, member).tolist(), topic.total.tolist(), strict=True))


def test_pieces_are_pairs_of_han():
    found = found_in("天地a玄\n黄宇，宙洪", "荒")
    assert found.row.tolist() == [0, 1, 1]
    assert len(set(found.bucket.tolist())) == 3


def test_what_a_line_shares_with_others_of_its_page():
    found = topic("水库大坝\n大坝\n山路\n大坝", "水库")
    every = np.ones(5, dtype=bool)
    assert said(found, every) == [(1, 3), (1, 1), (0, 1), (1, 1), (0, 1)]


def test_only_members_count_and_none_counts_for_itself():
    found = topic("水库大坝\n大坝\n山路\n大坝")
    assert said(found, np.array([True, False, True, False])) == [(0, 3), (1, 1), (0, 1), (1, 1)]
    assert said(found, np.array([False, False, False, True])) == [(1, 3), (1, 1), (0, 1), (0, 1)]


def test_twice_in_one_line_is_not_elsewhere():
    assert said(topic("大坝大坝\n山路"), np.ones(2, dtype=bool)) == [(0, 3), (0, 1)]


def test_how_often_the_commonest_piece_stands_in_the_page():
    assert commonest(topic("大坝，大坝\n大坝水库\n山路\n12\n流水流水", "大坝")).tolist() == [3, 3, 1, 0, 2, 1]
    assert commonest(topic("", "1")).tolist() == [0]


def test_common_pairs_are_no_pieces_and_of_rare_ones_a_third_weighs():
    pages = ["的人" + chr(0x5000 + i) + chr(0x6000 + i) for i in range(900)]
    features = features_of(pages)
    table = rarity_table(pieces_in(features, EVERY), features.rows)
    assert not len(found_in("的人", rarity=table).row)
    weights = found_in(*(page[2:] for page in pages), rarity=table).weight.tolist()
    assert 250 < len(weights) < 350
    assert max(weights) == 14  # 16 ln(901 / 2) / ln 901 = 14.4
    assert min(weights) >= 13  # two pairs of one bucket: 16 ln(901 / 3) / ln 901 = 13.4


@given(st.lists(st.integers(0, 40) | st.integers(0, 2**32 - 1)))
def test_no_repeat_is_missed(keys):
    found = repeated(np.array(keys, dtype=np.uint32)).tolist()
    assert found == sorted(set(found))
    assert set(found) >= {i for i, key in enumerate(keys) if keys.count(key) > 1}


def test_what_stands_once_is_seldom_taken_for_a_repeat():
    assert len(repeated((np.arange(100_000) * 65537).astype(np.uint32))) < 40_000

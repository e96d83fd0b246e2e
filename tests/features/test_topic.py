import numpy as np

from hansift.features import features_of
from hansift.features.topic import pieces, rarity_table, shared

EVERY = np.ones(1 << 16, dtype=np.uint8)


def topic(*texts, rarity=EVERY):
    features = features_of(texts)
    return pieces(features.batch, features.rows, features.grams[1], rarity)


def said(found, total):
    return list(zip(found.tolist(), total.tolist(), strict=True))


def test_pieces_are_pairs_of_han():
    found = topic("天地a玄\n黄宇，宙洪", "荒")
    assert found.row.tolist() == [0, 1, 1]
    assert len(set(found.key.tolist())) == 3


def test_what_a_line_shares_with_others_of_its_page():
    found = topic("水库大坝\n大坝\n山路\n大坝", "水库")
    every = np.ones(5, dtype=bool)
    assert said(*shared(found, every)) == [(1, 3), (1, 1), (0, 1), (1, 1), (0, 1)]


def test_only_members_count_and_none_counts_for_itself():
    found = topic("水库大坝\n大坝\n山路\n大坝")
    assert said(*shared(found, np.array([True, False, True, False]))) == [(0, 3), (1, 1), (0, 1), (1, 1)]
    assert said(*shared(found, np.array([False, False, False, True]))) == [(1, 3), (1, 1), (0, 1), (0, 1)]


def test_twice_in_one_line_is_not_elsewhere():
    assert said(*shared(topic("大坝大坝\n山路"), np.ones(2, dtype=bool))) == [(0, 3), (0, 1)]


def test_common_pairs_are_no_pieces_and_rare_ones_weigh_more():
    pages = ["的人" + chr(0x5000 + i) + chr(0x6000 + i) for i in range(50)]
    table = rarity_table(topic(*pages), len(pages))
    weights = topic("的人", chr(0x5000) + chr(0x6000), rarity=table)
    assert weights.row.tolist() == [1]
    assert weights.weight.tolist() == [13]  # 16 ln(51 / 2) / ln 51 = 13.2

import numpy as np

from hansift.features import features_of
from hansift.train.topic import TOPIC, pairs_of, rarity, shared, topic


def told(text, member):
    """What each row shares with the members."""
    pieces = pairs_of(features_of([text]))
    return shared(pieces.row, pieces.bucket.astype(np.int64), np.ones_like(pieces.row), np.array(member)).tolist()


def test_pieces_are_pairs_of_han():
    found = pairs_of(features_of(["天地a玄\n黄宇，宙洪", "荒"]))
    assert found.row.tolist() == [0, 1, 1]
    assert len(set(found.bucket.tolist())) == 3


def test_only_members_count_and_none_counts_for_itself():
    text = "水库大坝\n大坝\n山路\n大坝"
    assert told(text, [True] * 4) == [1, 1, 0, 1]
    assert told(text, [True, False, True, False]) == [0, 1, 0, 1]
    assert told(text, [False, False, False, True]) == [1, 1, 0, 0]
    assert told("大坝大坝\n山路", [True, True]) == [0, 0]


def test_common_pairs_weigh_nothing_and_rare_ones_most():
    features = features_of(["的人" + chr(0x5000 + i) + chr(0x6000 + i) for i in range(900)])
    pieces = pairs_of(features)
    weights = rarity(pieces, features.rows)
    common = pieces.bucket == np.bincount(pieces.bucket).argmax()
    assert common.sum() == 900
    assert not weights[common].any()
    assert weights[~common].min() > 0
    assert weights.max() == 14  # 16 ln(901 / 2) / ln 901 = 14.4


def test_the_share_found_in_the_main_block_and_in_the_page():
    # a piece of one of six pages weighs something
    features = features_of(["水库大坝\n大坝\n山路", *"甲乙丙丁戊"])
    likely = np.array([255, 0, 0, *[0] * 5])
    in_block, in_page = topic(pairs_of(features), features.rows, likely)
    assert len(TOPIC) == 2
    assert [byte >> 4 for byte in in_block] == [0, 15, 0, *[0] * 5]
    assert [byte >> 4 for byte in in_page] == [5, 15, 0, *[0] * 5]

import pytest

from hansift.features import SHAPE, features_of
from hansift.features.chars import CLASSES

NAMES = [feature.name for feature in SHAPE]


def shape_of(line):
    return dict(zip(NAMES, features_of([line]).shape[:, 0].tolist(), strict=True))


def halves(high, low):
    return high << 4 | low


@pytest.mark.parametrize(
    ("line", "name", "byte"),
    [
        ("天地玄黄", "length", 18),  # log2(1 + 4) in eighths
        ("天地玄黄。", "length_stops", halves(4, 1)),  # log2(5) in halves
        ("天，地，玄，", "length_commas", halves(5, 3)),
        ("天地。", "edges", halves(CLASSES.index("han"), CLASSES.index("stop"))),
        ("　　天地", "indent_length", halves(2, 2)),
        ("我的天地", "function", 64),
        ("天地ab", "han", 32),
        ("天地12", "digits", 32),
        ("天地玄a", "latin", 16),
        ("かなかな", "kana", 64),
        ("首页 | 新闻", "separators_spaces", halves(2, 3)),
        ("来源:天地", "colons_length", halves(1, 4)),
        ("（天）“地”", "brackets_quotes", halves(2, 2)),
        ("3月", "dates_digits", halves(1, 3)),
        ("天，地。", "punctuation", 64),
        ("天地，玄黄，宇宙，", "pieces_rhythm", halves(4, 0)),  # pieces of 2, 2, 2
        ("天地，玄黄洪荒", "pieces_rhythm", halves(6, 2)),  # pieces of 2, 4: mean 3, deviation 1
        ("天地，玄黄洪荒", "longest_piece", halves(4, 3)),
    ],
)
def test_shapes(line, name, byte):
    assert shape_of(line)[name] == byte


def test_pieces_end_with_their_line():
    whole = features_of(["天地\n玄黄洪荒\n\n宇"])
    for column, line in zip(whole.shape.T, ("天地", "玄黄洪荒", "宇"), strict=True):
        assert column.tolist() == features_of([line]).shape[:, 0].tolist()


def test_names_are_their_own():
    assert len(set(NAMES)) == len(NAMES)

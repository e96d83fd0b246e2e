import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.text.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ａｖ在线", "av在线"),
        ("Аv", "Av"),
        ("𝐚𝐯", "av"),
        ("а√天堂", "av天堂"),
        ("aⅴ", "av"),
        ("高清，网站", "高清,网站"),
    ],
)
def test_look_alikes(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_length_stays_and_twice_is_once(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded

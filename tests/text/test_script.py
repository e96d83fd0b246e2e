import builtins
from pathlib import Path

import pytest

from hansift.corpus.injure import to_traditional
from hansift.errors import UsageError
from hansift.text import script
from hansift.text.restore import restore
from hansift.text.script import convert, script_of

ROOT = Path(__file__).parents[2]
SEEDS = [restore(path.read_bytes().decode("utf-8")).text for path in sorted((ROOT / "seeds").glob("*.txt"))]
TAIWAN = "市長表示，後續工程會於明年開始，里民怎麼說，他們心裡都有準備。「乾淨的水才是關鍵」，幹部們說。"
SIMPLIFIED = "市长表示，后续工程会于明年开始，居民怎么说，他们心里都有准备。干净的水才是关键，干部们这里那里地说。"


@pytest.mark.parametrize("text", SEEDS)
def test_hijacked_pages_are_naive(text):
    assert script_of(text) == "naive"
    assert script_of(convert(text, "original")) == "simplified"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "none"),
        ("English only, 123", "none"),
        ("人山人海", "none"),
        (TAIWAN, "traditional"),
        (SIMPLIFIED, "simplified"),
        (to_traditional(SIMPLIFIED)[0], "naive"),
        ("皇後住在三公裡外的頭發店，幾裡路上若幹人，萬裡無雲，這一公裡，皇太後也來，幹擾與幹涉", "naive"),
    ],
)
def test_script_of(text, expected):
    assert script_of(text) == expected


def test_only_naive_pages_go_back():
    assert convert(TAIWAN, "original") is TAIWAN
    assert convert(SIMPLIFIED, "original") is SIMPLIFIED
    assert convert(to_traditional(SIMPLIFIED)[0], "original") == SIMPLIFIED
    assert convert(TAIWAN, "keep") is TAIWAN


def test_converting_keeps_lines():
    text = "\n臺灣\u2028網頁\n\n\r\n學校\n"
    converted = convert(text, "simplified")
    assert converted == "\n台湾\u2028网页\n\n\r\n学校\n"


def test_a_missing_extra_is_named(monkeypatch):
    real = builtins.__import__

    def without_opencc(name, *args, **kwargs):
        if name == "opencc":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_opencc)
    script._converter.cache_clear()
    with pytest.raises(UsageError, match=r"pip install 'hansift\[script\]'"):
        convert(TAIWAN, "simplified")

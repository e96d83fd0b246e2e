from __future__ import annotations

import pytest

from hansift.errors import InputError, UsageError
from hansift.io.encoding import decode, encode, guess, guess_lines, known

SIMPLE = "昨天下午，镇上的老粮站重新开了门，里面摆的不再是麻袋，而是一排排旧书。\n管理员说，这些书都是居民捐的。"
OLD = "昨天下午，鎮上的老糧站重新開了門，裡面擺的不再是麻袋，而是一排排舊書。\n管理員說，這些書都是居民捐的。"


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        (SIMPLE, "utf-8", "utf-8"),
        (SIMPLE, "utf-8-sig", "utf-8-sig"),
        (SIMPLE, "gb18030", "gb18030"),
        (SIMPLE + "𠮷㐀", "gb18030", "gb18030"),
        (OLD, "gb18030", "gb18030"),
        (OLD, "big5hkscs", "big5hkscs"),
        (SIMPLE, "utf-16-le-sig", "utf-16-le-sig"),
        (OLD, "utf-16-be-sig", "utf-16-be-sig"),
        (SIMPLE, "utf-16-le", "utf-16-le"),
        (OLD, "utf-16-be", "utf-16-be"),
        (SIMPLE.replace("\n", ""), "utf-16-le", "utf-16-le"),
        ("plain ASCII", "utf-8", "utf-8"),
        ("", "utf-8", "utf-8"),
    ],
)
def test_a_file_is_read_as_it_was_written(text: str, written: str, found: str) -> None:
    data = encode(text, written)
    evidence = guess(data)
    assert evidence is not None
    assert evidence.encoding == found
    assert decode(data, evidence) == text


def test_a_declared_charset_decides_where_the_bytes_are_few() -> None:
    assert guess("孔乙己".encode("gbk"), ("gb2312",)).encoding == "gb18030"  # type: ignore[union-attr]
    assert guess("孔乙己".encode(), ("gb2312",)).encoding == "utf-8"  # type: ignore[union-attr]


@pytest.mark.parametrize("data", [bytes(range(256)), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "prix élevé".encode("latin-1")])
def test_what_fits_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        decode(data, guess(data))


def test_lines_are_utf8_although_one_is_not() -> None:
    lines = [SIMPLE.replace("\n", "").encode()] * 5 + [SIMPLE.replace("\n", "").encode("gbk")]
    assert guess_lines(b"\n".join(lines)).encoding == "utf-8"
    assert guess_lines(b"\n".join(line.decode().encode("gbk") for line in lines[:5])).encoding == "gb18030"
    assert guess_lines(SIMPLE.encode("utf-16-le")).encoding == "utf-16-le"


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(UsageError, match="gb18030"):
        known("gb-nothing")

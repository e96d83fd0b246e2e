from __future__ import annotations

import gzip
import io
import random
from collections.abc import Callable

import pytest
import zstandard

from hansift.io.packing import Chunk, Damage, packed, unpacked

PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "zstd": zstandard.ZstdCompressor(write_checksum=True).compress,
}
BGZF_END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")


def read(data: bytes, packing: str) -> tuple[bytes, list[Damage]]:
    items = list(unpacked(io.BytesIO(data), packing))
    return b"".join(i.data for i in items if isinstance(i, Chunk)), [i for i in items if isinstance(i, Damage)]


@pytest.mark.parametrize("packing", PACK)
def test_members_follow_each_other(packing: str) -> None:
    data = PACK[packing](b"one\n" * 9000) + packed(b"two\n", packing)
    assert read(data, packing) == (b"one\n" * 9000 + b"two\n", [])
    assert packed(b"two\n", packing) == packed(b"two\n", packing)


@pytest.mark.parametrize("packing", PACK)
def test_an_empty_member_is_told_by_its_position(packing: str) -> None:
    first = PACK[packing](b"one\n")
    text, damage = read(first + PACK[packing](b"") + PACK[packing](b"two\n"), packing)
    assert text == b"one\ntwo\n"
    assert [(d.position, d.gap) for d in damage] == [(len(first), False)]


@pytest.mark.parametrize("packing", PACK)
def test_what_precedes_damage_is_kept(packing: str) -> None:
    first = PACK[packing](b"one\n" * 50)
    text, damage = read(first + PACK[packing](bytes(range(256)) * 500)[:-9], packing)
    assert text.startswith(b"one\n" * 50)
    assert damage[-1].gap
    text, damage = read(first + b"rubbish that is no member", packing)
    assert text == b"one\n" * 50
    assert damage[0].position == len(first)


def test_padding_and_the_end_of_bgzf_are_no_damage() -> None:
    assert read(PACK["gzip"](b"one") + BGZF_END, "gzip") == (b"one", [])
    assert read(PACK["gzip"](b"one") + bytes(600), "gzip") == (b"one", [])


def test_nothing_before_a_broken_checksum_is_lost() -> None:
    data = bytearray(PACK["gzip"]("正文\n".encode() * 100))
    data[-6] ^= 1
    text, damage = read(bytes(data), "gzip")
    assert text == "正文\n".encode() * 100
    assert "damaged gzip" in damage[0].reason


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("place", range(0, 100, 7))
def test_reading_goes_on_behind_a_damaged_member(packing: str, place: int) -> None:
    parts = [random.Random(n).randbytes(3000).hex().encode() + b"\n" for n in range(5)]
    members = [PACK[packing](part) for part in parts]
    at = len(members[2]) * place // 100
    members[2] = members[2][:at] + bytes([members[2][at] ^ 0x10]) + members[2][at + 1 :]
    text, damage = read(b"".join(members), packing)
    assert text.startswith(parts[0] + parts[1])
    assert text.endswith(parts[3] + parts[4])
    assert [d.gap for d in damage] == [True]
    assert damage[0].position < sum(map(len, members[:4]))
    assert f"read on with the member at byte {sum(map(len, members[:3]))}" in damage[0].reason


@pytest.mark.parametrize("packing", PACK)
def test_what_only_looks_like_a_member_is_passed_over(packing: str) -> None:
    first, last = (PACK[packing](data) for data in (b"one\n", b"two\n"))
    opening = first[:3] if packing == "gzip" else first[:4]
    text, damage = read(first + b"rubbish" + (opening + b"\xff" * 9) * 9 + last, packing)
    assert (text, len(damage)) == (b"one\ntwo\n", 1)
    text, damage = read(first + b"rubbish" + (opening + b"\xff" * 9) * 999 + last, packing)
    assert (text, len(damage)) == (b"one\n", 1)
    assert damage[0].reason.endswith("what follows is not read")

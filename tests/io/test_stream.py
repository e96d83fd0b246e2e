from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hansift.io.packing import Chunk, Damage
from hansift.io.record import Fault, Source
from hansift.io.settings import Settings
from hansift.io.stream import Feed, in_utf8, lines
from hansift.io.warc import cut

SOURCE = Source("a", "a", "warc")


def chunked(data: bytes, size: int) -> list[Chunk | Damage]:
    return [Chunk(data[at : at + size], at + size) for at in range(0, len(data), size)]


@given(st.binary(max_size=200).map(lambda b: b.replace(b"\0", b"\n")), st.integers(1, 50), st.integers(1, 60))
def test_lines_are_cut_alike_whatever_the_chunks(data: bytes, size: int, part: int) -> None:
    found = list(lines(Feed(chunked(data, size)), part, 1000))
    assert b"".join(piece for _, piece in found) == data
    assert found == list(lines(Feed([Chunk(data, 0)]), part, 1000))
    assert all(piece.endswith(b"\n") for _, piece in found[:-1])


def test_a_line_cut_off_by_damage_is_left_out() -> None:
    feed = Feed([Chunk(b"one\ntwo", 3), Damage(3, "broken")])
    assert list(lines(feed, 100, 100)) == [(0, b"one\n")]
    assert feed.told() == [Damage(3, "broken")]


def test_the_line_after_one_beyond_the_limit_is_found() -> None:
    feed = Feed(chunked(b"a\n" + b"x" * 200_000 + b"\nb\n", 4096))
    found = list(lines(feed, 5, 10))
    assert found[0][1].startswith(b"a\nxxx")
    assert len(found[0][1]) < 100_000
    assert found[1:] == [(200_003, b"b\n")]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 9), st.sampled_from(["utf-16", "utf-16-be"]))
def test_utf16_becomes_utf8(text: str, size: int, encoding: str) -> None:
    found = in_utf8(chunked(text.encode(encoding), size), encoding)
    assert b"".join(item.data for item in found if isinstance(item, Chunk)).decode() == text


def record(content: bytes, length: int | None = None) -> bytes:
    size = len(content) if length is None else length
    return b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (size, content)


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=8), st.integers(1, 99), st.integers(1, 300))
def test_archives_are_cut_at_whole_records(contents: list[bytes], size: int, part: int) -> None:
    data = b"".join(map(record, contents))
    settings = Settings(part_size=part)
    found = list(cut(Feed(chunked(data, size)), SOURCE, settings))
    assert found == list(cut(Feed([Chunk(data, 0)]), SOURCE, settings))
    assert b"".join(item[1] for item in found if not isinstance(item, Fault)) == data
    starts = [item[1].lstrip()[:5] for item in found if not isinstance(item, Fault)]
    assert set(starts) <= {b"WARC/", b""}


def test_the_next_record_is_found_behind_rubbish_and_giants() -> None:
    data = record(b"one") + b"rubbish\r\n\r\n" + record(b"two") + record(b"x" * 5000) + record(b"three")
    found = list(cut(Feed(chunked(data, 64)), SOURCE, Settings(max_record=1000)))
    faults = [item for item in found if isinstance(item, Fault)]
    kept = b"".join(item[1] for item in found if not isinstance(item, Fault))
    assert [kept.count(word) for word in (b"one", b"two", b"three", b"xxx", b"rubbish")] == [1, 1, 1, 0, 0]
    assert [fault.damage for fault in faults] == [True, False]


def test_a_record_cut_off_by_the_end_is_told() -> None:
    found = list(cut(Feed([Chunk(record(b"one") + record(b"two", 99), 0)]), SOURCE, Settings()))
    assert any(isinstance(item, Fault) and "middle of a record" in item.reason for item in found)

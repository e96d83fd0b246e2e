from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.io import jsonl
from hansift.io.jsonl import dumps, encoded, load, records, spans
from hansift.io.record import Fault, Part, Record, Source
from hansift.io.settings import Settings

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def read(data: bytes, settings: Settings | None = None) -> list[Record | Fault]:
    part = Part((Source("a.jsonl", "a.jsonl", "jsonl"),), 0, len(data), data)
    return list(records(part, settings or Settings()))


@given(st.dictionaries(st.text(), plain, max_size=4), texts, texts, st.booleans())
def test_all_but_the_text_passes_through(fields: dict[str, object], text: str, new: str, ascii_only: bool) -> None:
    row = json.dumps({**fields, "text": text, "id": "7"}, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    try:
        row.decode()
    except UnicodeDecodeError:
        return
    (record,) = read(row + b"\n")
    assert isinstance(record, Record)
    assert (record.text, record.id) == (text, "7")
    written = encoded(record, new, Settings())
    assert json.loads(written) == {**fields, "text": new, "id": "7"}
    assert encoded(record, text, Settings()).count(b"\n") == 1


def test_numbers_and_blanks_stay_as_they_were_written() -> None:
    row = '{ "n":123456789012345678901234567890, "x": 1.10e5 ,"text" : "旧" ,"y":[NaN, {"text": "里"}]}'
    (record,) = read(row.encode())
    assert isinstance(record, Record)
    assert encoded(record, "新", Settings()) == (row.replace("旧", "新") + "\n").encode()


@given(texts)
def test_orjson_and_json_write_the_same(text: str) -> None:
    assert dumps(text) == json.dumps(text, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "row", ["", "{", "[]", "{}{}", '{"a":1,}', '{"a" 1}', '{"a":}', "{'a':1}", '{"a":"\n"}', "1", "{a:1}"]
)
def test_what_is_not_one_object_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        spans(row, ("text",))


def test_deep_nesting_is_a_fault_not_a_crash() -> None:
    (fault,) = read(b'{"text": ' + b"[" * 200_000 + b"\n")
    assert isinstance(fault, Fault)


def test_the_last_of_two_texts_counts() -> None:
    (record,) = read(b'{"text": "a", "text": "b"}')
    assert isinstance(record, Record)
    assert record.text == "b"


@given(
    st.lists(st.binary(max_size=30).map(lambda b: b.replace(b"\n", b"")), max_size=20),
    st.integers(1, 40),
    st.booleans(),
)
def test_ranges_hold_every_line_once(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], size: int, end: bool
) -> None:
    data = b"\n".join(lines) + (b"\n" if end else b"")
    path = tmp_path_factory.getbasetemp() / "ranges"
    path.write_bytes(data)
    source = Source(str(path), "ranges", "jsonl")
    pieces = [load(source, at, min(at + size, len(data)), 1000) for at in range(0, len(data), size)]
    assert b"".join(piece for _, piece in pieces) == data
    assert all(data[start:].startswith(piece) for start, piece in pieces)


def test_a_line_beyond_the_limit_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 1_000_000 + b"\n")
    _, data = load(Source(str(path), "a", "jsonl"), 0, 10, 100)
    assert len(data) < 200_000
    fault = read(data, Settings(max_record=100))[0]
    assert isinstance(fault, Fault)
    assert "--max-record" in fault.reason


def test_it_works_without_orjson(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_orjson", None)
    assert dumps({"文": ["\u2028", 1, None]}).decode() == '{"文":["\u2028",1,null]}'

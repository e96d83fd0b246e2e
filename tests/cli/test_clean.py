from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hansift import Cleaner, clean
from hansift.io.encoding import encode

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def test_pages_go_to_standard_output(cli: Any, cleaner: Cleaner) -> None:
    ran = cli("clean", *SEEDS)
    bodies = [cleaner(path.read_text(encoding="utf-8-sig")).text + "\n" for path in SEEDS]
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode() == "\n\n".join(bodies)


def test_standard_input_of_every_kind(command: Any, kinds: Any) -> None:
    page = SEEDS[0].read_bytes()
    text = command("clean", input=page)
    assert (text.code, text.out) == (0, command("clean", SEEDS[0]).out)
    assert command("clean", "-", input=kinds.gzip(page)).out == text.out
    rows = command("clean", "-", input=kinds.zstd(kinds.jsonl(30)))
    assert [json.loads(row)["id"] for row in rows.out.splitlines()] == [f"p{n}" for n in range(30)]


def test_parquet_is_not_read_from_a_pipe(command: Any, kinds: Any, tmp_path: Path) -> None:
    kinds.parquet(3, tmp_path / "a.parquet")
    ran = command("clean", input=(tmp_path / "a.parquet").read_bytes())
    assert (ran.code, "name the file" in ran.err) == (1, True)


def test_one_record_in_is_one_record_out(cli: Any, kinds: Any, cleaner: Cleaner, tmp_path: Path) -> None:
    rows = [*kinds.rows(20), {"id": "empty", "text": "首页\n"}, {"text": ""}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({**row, "x": [1, "二"]}) + "\n" for row in rows))
    ran = cli("clean", tmp_path / "a.jsonl")
    out = [json.loads(row) for row in ran.out.split(b"\n") if row]
    expected = [result.text for result in cleaner.pipe(str(row["text"]) for row in rows)]
    assert [row["text"] for row in out] == expected
    assert [{**row, "text": ""} for row in out] == [{**row, "x": [1, "二"], "text": ""} for row in rows]
    ran = cli("clean", tmp_path / "a.jsonl", "--drop-empty", "--summary", tmp_path / "s.json")
    records = json.loads((tmp_path / "s.json").read_text())["records"]
    empty = expected.count("")
    assert empty
    assert ran.out.count(b"\n") == len(rows) - empty
    assert (records["in"], records["out"], records["dropped"]) == (len(rows), len(rows) - empty, empty)


def test_the_tree_is_mirrored_in_kind(cli: Any, kinds: Any, tmp_path: Path) -> None:
    source = tmp_path / "in"
    (source / "deep").mkdir(parents=True)
    (source / "a.jsonl.gz").write_bytes(kinds.gzip(kinds.jsonl(9)))
    (source / "deep" / "b.txt").write_text(kinds.text(1))
    (source / "deep" / "c.html").write_bytes(f"<p>{kinds.text(2)}</p>".encode("gbk"))
    (source / "d.warc.gz").write_bytes(kinds.gzip(kinds.warc([http(kinds.text(3), "gb2312")], "response", HTTP)))
    assert cli("clean", source, "-o", tmp_path / "out").code == 0
    names = sorted(str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*") if p.is_file())
    assert names == ["a.jsonl.gz", "d.warc.jsonl.gz", "deep/b.txt", "deep/c.html.txt"]
    assert gzip.decompress((tmp_path / "out/a.jsonl.gz").read_bytes()).count(b"\n") == 9
    (row,) = gzip.decompress((tmp_path / "out/d.warc.jsonl.gz").read_bytes()).splitlines()
    assert json.loads(row)["url"] == "http://example.org/0"
    assert not (tmp_path / "out.parts").exists()


HTTP = "application/http; msgtype=response"


def http(text: str, charset: str) -> bytes:
    body = "<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</body></html>"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={charset}\r\n\r\n"
    return head.encode() + body.encode("gbk")


@pytest.mark.parametrize(
    "encoding",
    ["gb18030", "big5hkscs", "utf-16-le-sig", "utf-16-be-sig", "utf-16-le", "utf-16-be", "utf-32-be-sig", "utf-8-sig"],
)
def test_encodings_are_found_and_told(cli: Any, tmp_path: Path, encoding: str) -> None:
    text = "昨天下午，鎮上的老糧站重新開了門，裡面擺的是一排排舊書。\n管理員說，這些書都是居民捐的。"
    (tmp_path / "a.txt").write_bytes(encode(text, encoding))
    (tmp_path / "b.jsonl").write_bytes(encode(json.dumps({"text": text}, ensure_ascii=False) + "\n", encoding))
    ran = cli("clean", tmp_path, "-o", tmp_path / "out", "--summary", tmp_path / "s.json", "--removed", tmp_path / "r")
    assert ran.code == 0
    assert json.loads((tmp_path / "s.json").read_text())["encodings"][str(tmp_path / "a.txt")] == encoding
    assert f"a.txt as {encoding}" in ran.err
    assert (tmp_path / "out" / "b.jsonl").read_bytes().decode()
    assert cli("replay", tmp_path / "r", tmp_path / "out", "-o", tmp_path / "back").code == 0
    assert (tmp_path / "back" / "a.txt").read_bytes() == (tmp_path / "a.txt").read_bytes()
    assert json.loads((tmp_path / "back" / "b.jsonl").read_bytes())["text"] == text


def test_bytes_that_their_encoding_writes_otherwise_come_back(cli: Any, tmp_path: Path) -> None:
    """Big5 has two codes for some characters, of which an encoder knows one."""
    other = "昨天下午，鎮上的老糧站重新開了門，擺的是舊書，管理員說，這些書都是居民捐的。".encode("big5") + b"\xa2\xcc"
    assert other.decode("big5hkscs").encode("big5hkscs") != other
    (tmp_path / "a.txt").write_bytes(other)
    assert cli("clean", tmp_path, "-o", tmp_path / "out", "--removed", tmp_path / "r").code == 0
    assert cli("replay", tmp_path / "r", tmp_path / "out", "-o", tmp_path / "back").code == 0
    assert (tmp_path / "back" / "a.txt").read_bytes() == other


@pytest.mark.parametrize("written", ["utf-16-be-sig", "utf-16-le-sig", "utf-16-le"])
def test_a_told_encoding_keeps_order_and_mark(cli: Any, tmp_path: Path, written: str) -> None:
    (tmp_path / "a.txt").write_bytes(encode("孔乙己", written))
    call = ("clean", tmp_path, "-o", tmp_path / "out", "--removed", tmp_path / "r", "--encoding", "utf-16")
    assert cli(*call).code == 0
    assert cli("replay", tmp_path / "r", tmp_path / "out", "-o", tmp_path / "back").code == 0
    assert (tmp_path / "back" / "a.txt").read_bytes() == encode("孔乙己", written)


def test_the_encoding_can_be_told(cli: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("孔乙己".encode("gbk"))
    assert cli("clean", tmp_path / "a.txt", "--encoding", "utf-8").code == 1
    assert cli("clean", tmp_path / "a.txt", "--encoding", "GB2312").code == 0
    assert cli("clean", tmp_path / "a.txt", "--encoding", "klingon").code == 2


def test_the_summary_adds_up(cli: Any, kinds: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(kinds.jsonl(50) + b"{}\n")
    cli("clean", tmp_path / "a.jsonl", *SEEDS, tmp_path / "none.txt", "-o", tmp_path / "out.jsonl",
        "--summary", tmp_path / "s.json", "--errors", tmp_path / "e.jsonl")  # fmt: skip
    found = json.loads((tmp_path / "s.json").read_text())
    assert found["finished"] is True
    records = found["records"]
    assert records["in"] == 57 == records["out"] + records["rejected"] + records["dropped"]
    texts = [kinds.text(n) for n in range(50)] + [path.read_text(encoding="utf-8-sig") for path in SEEDS]
    assert found["lines"]["in"] == sum(text.count("\n") + 1 for text in texts)
    for kind in ("lines", "characters"):
        assert found[kind]["in"] == found[kind]["kept"] + found[kind]["removed"] + found[kind]["blank"]
    assert found["lines"]["removed"] == found["labels"]["lines"]["nav"] + found["labels"]["lines"]["spam"]
    errors = [json.loads(row) for row in (tmp_path / "e.jsonl").read_text().splitlines()]
    assert sorted(Path(error["file"]).name for error in errors) == ["a.jsonl", "none.txt"]


def test_settings_come_from_three_places(cli: Any, kinds: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.hansift]\ntext_key = "body"\n')
    (tmp_path / "a.jsonl").write_text(json.dumps({"body": kinds.text(1), "key": "k"}) + "\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HANSIFT_ID_KEY", "key")
    assert cli("clean", "a.jsonl").code == 0
    shown = cli("clean", "--show-config", "--policy", "recall").out.decode()
    assert [line.split()[-1] for line in shown.splitlines() if line.split()[0] in ("policy", "text_key", "id_key")] == [
        "--policy", str(tmp_path / "pyproject.toml"), "HANSIFT_ID_KEY"
    ]  # fmt: skip
    assert cli("clean", "a.jsonl", "--text-key", "other").code == 1
    assert cli("clean", "a.jsonl", "--policy", "none").code == 2
    assert cli("clean", "a.jsonl", "--model", "none.npz").code == 2


def test_html_is_a_page(
    cli: Any, kinds: Any, cleaner: Cleaner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "<html><head><meta charset=gbk></head><body><ul><li>首页<li>登录</ul>" + "".join(
        f"<p>{line}</p>" for line in kinds.text(4).split("\n")
    )
    (tmp_path / "page.html").write_bytes(page.encode("gbk"))
    ran = cli("clean", tmp_path / "page.html")
    assert ran.code == 0
    assert ran.out.decode() == cleaner(html=page).text + "\n"
    monkeypatch.setattr("hansift.cleaner._default", lambda: cleaner)
    assert clean(html=page.encode("gbk")) == clean(html=page)


def html_rows(count: int) -> list[dict[str, object]]:
    page = "<ul><li><a href=/>首页</a></ul><h1>旧书</h1><p>昨天，老粮站重新开了门。</p><p>里面摆的都是旧书，第{}本。"
    return [{"id": f"h{n}", "html": page.format(n), "n": n} for n in range(count)]


def test_records_that_hold_html(cli: Any, cleaner: Cleaner, tmp_path: Path) -> None:
    rows = html_rows(300)
    rows[5]["text"] = "旧的文字"
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    args = ("clean", tmp_path / "a.jsonl", "--html-key", "html")
    assert cli(*args, "-o", tmp_path / "out.jsonl", "--removed", tmp_path / "removed.jsonl").code == 0
    found = [json.loads(row) for row in (tmp_path / "out.jsonl").read_text("utf-8").split("\n") if row]
    assert found == [{**row, "text": cleaner(html=str(row["html"])).text} for row in rows]
    again = ("replay", tmp_path / "removed.jsonl", tmp_path / "out.jsonl", "-o", tmp_path / "again.jsonl")
    assert cli(*again).code == 0
    back = [json.loads(row)["text"] for row in (tmp_path / "again.jsonl").read_text("utf-8").split("\n") if row]
    assert back == [cleaner(html=str(row["html"])).original for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_what_stands_beside_the_html_is_written_in_utf8(
    cli: Any, cleaner: Cleaner, tmp_path: Path, encoding: str
) -> None:
    rows = [{**row, "站": "旧书店"} for row in html_rows(3)]
    rows[1]["text"] = "旧的文字"
    source = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "a.jsonl").write_bytes(source.encode(encoding))
    ran = cli("clean", tmp_path / "a.jsonl", "--html-key", "html", "--encoding", encoding)
    assert ran.code == 0
    found = [json.loads(row) for row in ran.out.decode().split("\n") if row]
    assert found == [{**row, "text": cleaner(html=str(row["html"])).text} for row in rows]


def test_records_without_the_html_they_should_hold(cli: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "正文"}\n{"html": 5}\n{"html": "<p>正文"}\n')
    ran = cli("clean", "--html-key", "html", tmp_path / "a.jsonl")
    assert ran.code == 1
    assert ran.out.count(b"\n") == 1
    assert "no text under 'html'; name its key with --html-key" in ran.err
    assert "'html' not text but another value" in ran.err


def test_html_of_a_warc_by_its_markup_or_not(cli: Any, kinds: Any, cleaner: Cleaner, tmp_path: Path) -> None:
    pages = [str(row["html"]) for row in html_rows(3)]
    response = [
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gbk\r\n\r\n{page}".encode("gbk") for page in pages
    ]
    (tmp_path / "a.warc").write_bytes(kinds.warc(response, "response", "application/http; msgtype=response"))
    for option in ("--markup", "--no-markup"):
        ran = cli("label", "--format", "jsonl", option, tmp_path / "a.warc")
        rows = [json.loads(row) for row in ran.out.decode().split("\n") if row]
        assert [row["lines"] for row in rows] == [cleaner(html=page).original.split("\n") for page in pages]
        assert all(len(row["labels"]) == len(row["lines"]) for row in rows)


def test_a_missing_extra_is_named(cli: Any, kinds: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds.parquet(3, tmp_path / "a.parquet")
    (tmp_path / "a.jsonl.zst").write_bytes(kinds.zstd(kinds.jsonl(3)))
    (tmp_path / "a.wet").write_bytes(kinds.wet(3))
    for module, path, extra in (
        ("pyarrow", "a.parquet", "parquet"), ("zstandard", "a.jsonl.zst", "zstd"), ("fastwarc.warc", "a.wet", "warc"),
        ("fsspec", "s3://bucket/a.jsonl", "remote"),
    ):  # fmt: skip
        monkeypatch.setitem(sys.modules, module, None)
        ran = cli("clean", path if "://" in path else tmp_path / path)
        assert ran.code == 2
        assert f"hansift[{extra}]" in ran.err


def test_one_page_takes_under_a_second_and_loads_nothing_heavy(command: Any) -> None:
    command("clean", SEEDS[0])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert command("clean", SEEDS[0]).code == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # by the processor's clock: the machine may have other things to do
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1
    program = (
        "import sys, hansift; heavy = {'sklearn', 'pandas', 'jieba', 'click', 'pyarrow', 'fsspec', 'orjson'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, env=os.environ).returncode == 0

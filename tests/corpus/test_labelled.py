import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.corpus.labelled import (
    ROLES,
    LabelledLine,
    LabelledPage,
    parse,
    parse_row,
    read,
    read_folder,
    read_loose,
    serialize,
)
from hansift.errors import DataError

TEXT = st.text(st.sampled_from("正文\t:#-, \r\u2028\x85b") | st.characters(exclude_characters="\n", codec="utf-8"))
WORD = st.from_regex(r"[a-z]{1,8}", fullmatch=True)


@st.composite
def labelled(draw):
    text = draw(TEXT)
    if not text.strip():
        return LabelledLine(text)
    letter = draw(st.sampled_from("bns"))
    role = draw(st.sampled_from(("", *ROLES[letter])))
    marks = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4))) if letter == "b" and role else []
    return LabelledLine(text, letter, role, tuple(zip(marks[::2], marks[1::2], strict=False)))


PAGES = st.builds(
    LabelledPage,
    st.just("page"),
    st.lists(labelled(), min_size=1, max_size=8).map(tuple),
    st.dictionaries(WORD, TEXT.map(lambda text: re.sub(r"[\r\x85]", "", text).strip()), max_size=3),
)


@given(PAGES)
def test_a_page_is_read_back_as_it_was_written(page):
    assert parse(serialize(page), "page") == page


def test_a_page_of_every_form_of_row():
    page = parse("#: site: 某站: 首页\n#: kind: news\nb:title\t标题\n\nn\t  首页\ns:links\t\t鸿运\n", "x")
    assert page.facts == {"site": "某站: 首页", "kind": "news"}
    assert page.site == "某站: 首页"
    assert page.text == "标题\n\n  首页\n\t鸿运"
    assert [(line.letter, line.role) for line in page.lines] == [("b", "title"), ("", ""), ("n", ""), ("s", "links")]


def test_spans_of_planted_text():
    assert parse_row("b:para:0-3,7-9\t鸿运，正文正文鸿运", "x:1").spans == ((0, 3), (7, 9))


def test_a_page_without_a_site_is_its_own():
    assert parse("b\t正文\n", "x").site == "x"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("首页", "x:1: no tab in '首页'; write a label, a tab, the line"),
        ("x\t首页", "x:1: 'x' is no label; use b, n or s"),
        ("body\t首页", "x:1: 'body' is no label; use b, n or s"),
        ("\t首页", "x:1: '' is no label; use b, n or s"),
        ("n:title\t首页", "x:1: 'title' is no role of 'n'; use one of menu,"),
        ("b\t  ", "x:1: a blank line carries no label; leave the row empty"),
        ("#: kind\nb\t正文", "x:1: a fact is written '#: key: value'"),
        ("#: kind: news\n\nb\t正文\n首页", "x:4: no tab"),
        ("b:para:3\t正文", "x:1: "),
        ("b:para:a-b\t正文", "x:1: "),
        ("b:para:\t正文", "x:1: "),
    ],
)
def test_what_breaks_the_format_is_named(row, message):
    with pytest.raises(DataError) as error:
        parse(row, "x")
    assert str(error.value).startswith(message)


def test_files_that_cannot_be_read(tmp_path):
    (tmp_path / "a.lines").write_bytes("b\t正文".encode("gb18030"))
    with pytest.raises(DataError, match=r"a\.lines: not UTF-8 at byte 2; save it as UTF-8"):
        read(tmp_path / "a.lines")
    with pytest.raises(DataError, match=r"none\.lines: .*; check the path"):
        read(tmp_path / "none.lines")
    with pytest.raises(DataError, match=r"no \.lines file; name a folder of labelled pages"):
        list(read_folder(tmp_path / "none"))


def test_a_folder_in_the_order_of_its_names(tmp_path):
    for name in ("b/2", "a/10", "a/9", "c"):
        path = tmp_path / f"{name}.lines"
        path.parent.mkdir(exist_ok=True)
        path.write_text("b\t正文\n", encoding="utf-8")
    assert [page.name for page in read_folder(tmp_path)] == ["a/10.lines", "a/9.lines", "b/2.lines", "c.lines"]
    assert [page.name for page in read_folder(tmp_path / "c.lines")] == ["c.lines"]


def test_lines_that_stand_in_no_page_are_pages_of_their_own(tmp_path):
    (tmp_path / "loose").mkdir()
    (tmp_path / "loose" / "a.lines").write_text("#: hand: one\nn:byline\t来源\n\nb:para\t正文\n", encoding="utf-8")
    (tmp_path / "b.lines").write_text("b\t正文\n", encoding="utf-8")
    assert [page.name for page in read_folder(tmp_path)] == ["b.lines"]
    loose = list(read_loose(tmp_path))
    assert [(page.site, page.text) for page in loose] == [("loose/a.lines:1", "来源"), ("loose/a.lines:3", "正文")]
    assert list(read_loose(tmp_path / "b.lines")) == []

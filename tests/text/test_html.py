import json
import random
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.text.html import FAMILIES, tags, tokens, walk
from hansift.text.html.moves import DEEPEST
from hansift.text.html.walk import KNOWN, Walk, extract

CASES = Path(__file__).parents[1] / "cases" / "html"


def cases(name):
    rows = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return [pytest.param(row, id=row["name"]) for row in rows]


@pytest.mark.parametrize("case", cases("layout"))
def test_lines(case):
    assert extract(case["html"]).text == case["lines"]


@pytest.mark.parametrize("case", cases("marks"))
def test_marks(case):
    found = extract(case["html"])
    expect = dict(case["expect"])
    line = expect.pop("line", 0) % (found.text.count("\n") + 1)
    marks = found.markup.marks(line)
    said = {name: getattr(marks, name) for name in expect}
    said |= {"names": [list(pair) for pair in marks.names]} if "names" in said else {}
    assert said == expect


def holds(found):
    """What is true of every page's markup."""
    lines, markup = found.text.split("\n"), found.markup
    assert len(lines) == len(markup.lines) == len(markup.box)
    assert [box >= 0 for box in markup.box.tolist()] == [bool(line) for line in lines]
    up, first, end = markup.boxes[:, 0], markup.boxes[:, 1], markup.boxes[:, 2]
    assert (up < np.arange(len(up))).all()
    inner = np.flatnonzero(up >= 0)
    assert (first[up[inner]] <= first[inner]).all()
    assert (end[up[inner]] >= end[inner]).all()
    for number, box in enumerate(markup.box.tolist()):
        if box >= 0:
            assert first[box] <= number < end[box]


PIECES = (
    *(
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<ul>",
        "<li>",
        "</ul>",
        "<br>",
    ),
    *("<a href=x>", "</a>", "<span class=nav>", "</span>", "<pre>", "</pre>", "<h1>", "</h1>", "<img alt=图>", "<b>"),
    *("文字", " ", "\n", "&nbsp;", "<", ">", '"', "<!--", "-->", "<script>", "</script>", "&#0;", "\0", "\u2028"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_markup_is_a_page(pieces):
    holds(extract("".join(pieces)))


@pytest.mark.parametrize("html", ["<pre> <br>文字</pre>", "<p>甲<pre> </pre>", "<pre>\n  \n文字</pre>"])
def test_a_line_of_blanks_is_a_blank_line(html):
    holds(extract(html))


def test_a_page_is_the_same_in_however_many_stretches(monkeypatch):
    rng = random.Random(9)
    pages = ["".join(rng.choice(PIECES) for _ in range(rng.randrange(80))) for _ in range(100)]
    whole = [extract(page) for page in pages]
    monkeypatch.setattr(tokens, "_LEAST", 3)
    for page, before in zip(pages, whole, strict=True):
        after = extract(page)
        assert after.text == before.text
        assert (after.markup.lines == before.markup.lines).all()
        assert (after.markup.boxes == before.markup.boxes).all()


@given(st.text(max_size=200))
def test_any_text_is_a_page(text):
    holds(extract(text))


@pytest.mark.parametrize(
    "unit",
    [
        "<div>", "<span>", "<ul><li>", "<table><tr><td>", "<b id=x>", "<p><font size=1>x", "<a href=x>x<p>", "</div>",
        "<", "<!--", "<a \"", "<script>", "&", "<p class=\"", "<li>x", "<div>x</span>", "<td>", "<pre>\n", "<x y=",
    ],
)  # fmt: skip
def test_a_hostile_page_comes_to_an_end(unit):
    size = 200_000
    found = extract(unit * (size // len(unit)) + "末")
    assert len(found.markup.lines) == found.text.count("\n") + 1


def test_a_nesting_of_a_hundred_thousand_gives_its_text():
    page = "<div>" * 100_000 + "最深处" + "</div>" * 100_000 + "<p>外面</p>"
    found = extract(page)
    assert found.text == "最深处\n\n外面"
    assert found.markup.lines.max() <= 255


def test_the_depth_is_bounded():
    found = Walk()
    found.run("<div><b>" * 10_000)
    assert found.style.depth == DEEPEST
    assert len(found.boxes) == DEEPEST // 2 + 1


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr(walk, "MOST_MOVES", 50)
    monkeypatch.setattr(tags, "_MOST", 50)
    names = ["".join(pair) for pair in product("abcdefgh", repeat=3)]
    page = "".join(f"<div class={name}><p id={name}>文字</p></div>" for name in names)
    KNOWN.forget()
    first = extract(page)
    assert KNOWN.moves == 50
    assert len(tags.TAGS) <= 50
    KNOWN.forget()
    monkeypatch.undo()
    again = extract(page)
    assert KNOWN.moves > 50
    assert again.text == first.text
    assert (again.markup.boxes == first.markup.boxes).all()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ('a class="nav x9" href="/n/1.html" title="新闻">', (True, False, "nav")),
        ('A CLASS="nav" HREF="/n/1.html">', (True, False, "nav")),
        ("a class='nav' href='x \"'>", (True, False, "nav")),
        ('a class = "nav" href = "x">', (True, False, "nav")),
        ('a style="display: none" href="x" data-x="a class=nav">', (True, True, "")),
        ('a class=nav href="x', (True, False, "nav")),
        ('a title="x" class="nav">', (False, False, "nav")),
        (f'div data-x="{"x" * 200}" id="nav" hidden>', (False, True, "nav")),
        ('div title="class=nav">', (False, False, "")),
        (f'div class="{"nav " * 99}">', (False, False, "nav")),
        (f"td background='{'x' * 200}' class=nav>", (False, False, "nav")),
    ],
)
def test_what_is_left_out_of_a_tag_says_nothing(raw, said):
    tags.TAGS.clear()
    for found in (tags.TAGS[raw], tags.TAGS[raw]):
        assert (found.link, found.hidden, "".join(FAMILIES[family] for family in found.families)) == said


def test_the_text_of_an_image_is_found_among_long_attributes():
    assert extract(f'<img src="{"x" * 300}" alt="一张图" title="{"y" * 300}">').text == "一张图"
    assert extract(f'<img src="{"x" * 300}" alt = "一张图">').text == "一张图"


def test_links_that_differ_in_their_address_are_remembered_once():
    tags.TAGS.clear()
    extract("".join(f'<a class="more" href="/n/{number}.html" title="第{number}条">更多</a>' for number in range(50)))
    assert sum("more" in raw for raw in tags.TAGS) == 1


def test_a_long_title_with_quotes_is_whole():
    title = f'他说"好"，又说"再看"：{"长" * 200}'
    walked = Walk()
    assert walked.run(f"<title>{title}</title>") == title


def test_a_lone_surrogate_and_long_attributes():
    page = f"<p title='{'x' * 1_000_000}' class='{'nav ' * 100_000}'>甲\ud800</p>"
    assert extract(page).text == "甲\ud800"


def test_the_order_of_the_text_is_that_of_the_page():
    rng = random.Random(3)
    words = [f"第{number}句" for number in range(400)]
    page = "".join(f"{rng.choice(PIECES[:20])}{word}" for word in words)
    text = extract(page).text
    places = [text.find(word) for word in words]
    assert -1 not in places
    assert places == sorted(places)

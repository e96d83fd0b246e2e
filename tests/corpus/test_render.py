import re
from random import Random

import pytest

from hansift.corpus.labelled import LabelledLine, LabelledPage, read_folder
from hansift.corpus.mix import interlink
from hansift.corpus.render import bare, render, rendered
from hansift.corpus.render.article import posts
from hansift.corpus.render.comments import comments
from hansift.corpus.render.hand import Hand
from hansift.corpus.render.names import NAMES, SCHEMES, named
from hansift.text.html.walk import extract


@pytest.fixture(scope="module")
def pages(root):
    return list(read_folder(root / "data"))


def test_extraction_gives_back_exactly_the_authored_lines(pages):
    wrong = [page.name for page, html in rendered(pages, 1, 2) if bare(extract(html).text) != bare(page.text)]
    assert wrong == []


def test_the_same_seed_writes_the_same_bytes_and_another_does_not(pages):
    some = pages[:20]
    first, again, other = ([html for _, html in rendered(some, seed)] for seed in (4, 4, 5))
    assert first == again
    assert all(one != two for one, two in zip(first, other, strict=True))


def test_copies_are_by_other_hands(pages):
    written = [html for _, html in rendered(pages[:1], 1, 6)]
    assert len(set(written)) == 6


def test_hands_differ_in_what_they_write(pages):
    written = [html for _, html in rendered(pages, 2)]
    signs = ("<table", "<TABLE", "<article", "<nav", "<br", "<p", "<li", "<dl", "<pre", "display:none", "<h1", "<font")
    seen = {sign: sum(sign in html for html in written) for sign in signs}
    assert all(0.01 * len(written) < count for count in seen.values()), seen
    assert all(seen[sign] < 0.9 * len(written) for sign in ("<table", "<article", "<nav", "<pre", "<font"))


def test_menus_are_not_always_in_nav_nor_articles_in_article(pages):
    kinds = {"nav": 0, "content": 0}
    for page, html in rendered(pages[::4], 3):
        found = extract(html)
        numbers = [i for i, line in enumerate(found.text.split("\n")) if line]
        for number, line in zip(numbers, (line for line in page.lines if line.letter), strict=True):
            names = dict(found.markup.marks(number).names)
            kinds["nav"] += line.role == "menu" and "nav" not in names
            kinds["content"] += line.role == "para" and "content" not in names
    assert kinds["nav"] > 100
    assert kinds["content"] > 60


def test_a_page_of_seeds_without_roles_and_a_page_without_body():
    lines = [LabelledLine("  • 首页", "n"), LabelledLine(""), LabelledLine("正文在此，说得完整。" * 5, "b")]
    for page in (LabelledPage("a", tuple(lines)), LabelledPage("b", tuple(lines[:1])), LabelledPage("c", ())):
        for seed in range(40):
            assert bare(extract(render(page, Random(seed))).text) == bare(page.text)


@pytest.mark.parametrize(
    "text", ["甲 < 乙 & 丙 > 丁", '说："a"', "a\u00a0\u00a0b", "一  二   三", "<p>标签</p>", "&nbsp;", "a\tb"]
)
def test_any_line_comes_back(text):
    page = LabelledPage("a", tuple(LabelledLine(text, letter, role) for letter, role in (("n", "menu"), ("b", "para"))))
    for seed in range(40):
        assert bare(extract(render(page, Random(seed))).text) == bare(page.text)


def test_every_scheme_names_every_kind():
    rng = Random(1)
    for scheme in SCHEMES:
        for kind in NAMES["english"]:
            name = named(scheme, kind, rng)
            assert re.fullmatch(r"[\w -]*", name)
    assert set(NAMES["english"]) >= set(NAMES["pinyin"])


def test_an_element_is_written_in_the_hand_of_the_page():
    for seed in range(50):
        hand = Hand(Random(seed))
        assert re.fullmatch(r"<(div|DIV)( (class|id)=.*)?>文</(div|DIV)>\n?", hand.el("div", "文", "nav"))


def test_links_among_the_paragraphs_keep_every_line(pages):
    for page in pages[:60]:
        lines = interlink(list(page.lines), Random(page.name))
        assert sorted(line.text for line in lines) == sorted(line.text for line in page.lines)
        assert [line for line in lines if line.letter == "b"] == [line for line in page.lines if line.letter == "b"]


SAID = ["井早就填了，可惜。", "说得好，下次带瓶子来装。", "我们村也有一口，夏天冰西瓜用。"]
COMMENTS = ["全部留言", "瓦松", SAID[0], "回复", "石匠", SAID[1], "回复", "阿井", SAID[2], "回复"]


def test_comments_come_back_and_are_set_alike():
    for seed in range(60):
        found = extract(comments(Hand(Random(seed)), COMMENTS))
        lines = found.text.split("\n")
        assert bare(found.text) == COMMENTS
        boxes = [found.markup.box[i] for i, line in enumerate(lines) if bare(line) and bare(line)[0] in SAID]
        assert len({found.markup.boxes[box][3] for box in boxes}) == 1, seed


THREAD = [
    LabelledLine(text, *label)
    for text, label in (
        ("井水为什么凉", ("b", "title")),
        *(
            (text, label)
            for name, said in zip(("瓦松", "石匠", "阿井"), SAID, strict=True)
            for text, label in ((name, ("n", "byline")), (said, ("b", "reply")), ("回复", ("n", "tool")))
        ),
    )
]


def test_threads_come_back_and_their_opening_stands_apart_in_some_hands():
    apart = 0
    for seed in range(100):
        found = extract(posts(Hand(Random(seed)), THREAD))
        assert bare(found.text) == [line.text for line in THREAD]
        lines = found.text.split("\n")
        box = [found.markup.box[i] for i, line in enumerate(lines) if bare(line) and bare(line)[0] in SAID]
        first, *others = (found.markup.boxes[one][3] for one in box)
        apart += first not in others
    assert 20 < apart < 70

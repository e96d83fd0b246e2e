"""The generator: the same seed gives the same pages, and every label stays true."""

from collections import Counter
from itertools import pairwise
from random import Random

import pytest

from hansift.corpus import augment as generator
from hansift.corpus import spam
from hansift.corpus.augment import Ingredients, augment, plant, undone
from hansift.corpus.labelled import ROLES, LabelledLine, LabelledPage, parse, read_folder, serialize
from hansift.corpus.layout import LAYOUTS
from hansift.corpus.mix import crop, dump, excerpt, span_of_body, transplant, without_title
from hansift.corpus.spam import NEVER_USED, adult_words, campaign, splice
from hansift.corpus.words import KINDS, counties, kind, leads
from hansift.page import replaced


@pytest.fixture(scope="module")
def pages(root, seeds):
    """The seeds, and one authored page in eight."""
    return [*seeds, *list(read_folder(root / "data" / "pages"))[::8]]


@pytest.fixture(scope="module")
def copies(pages):
    return list(augment(pages, 7, 3))


def test_the_same_seed_gives_the_same_pages(pages, copies):
    assert [serialize(page) for page in augment(pages, 7, 3)] == [serialize(page) for page in copies]
    other = {serialize(page) for page in augment(pages, 8, 1)}
    assert len(other & {serialize(page) for page in copies}) < len(other) / 20


def test_a_copy_depends_on_its_seed_and_number_alone(pages, copies):
    assert list(augment(pages, 7, 1)) == copies[: len(pages)]
    assert [page.name for page in copies[: len(pages)]] == [f"{page.name}#0" for page in pages]


def test_every_line_of_a_copy_has_its_label(copies):
    for page in copies:
        assert any(line.letter for line in page.lines)
        for line in page.lines:
            assert "\n" not in line.text
            assert bool(line.letter) == bool(line.text.strip())
            assert line.role in ("", *ROLES.get(line.letter, ()))
            assert not line.spans or line.letter == "b"
            assert all(0 <= start < end <= len(line.text) for start, end in line.spans)
        assert parse(serialize(page), page.name) == page


def test_facts_say_what_was_done(pages, copies):
    made = Counter(change for page in copies for change in page.facts["made"].split())
    assert made.keys() >= {
        *("transplant", "dump", "crop", "excerpt", "without_title", "feed", "spam", "doorway"),
        *("to_traditional", "readings", "bytes", "double_commas", "lose_fullwidth", "lose_numerals"),
        *(change.__name__ for change, _ in LAYOUTS),
    }
    assert all(page.facts.items() >= source.facts.items() for page, source in zip(copies, pages * 3, strict=True))


def test_what_was_done_can_be_undone(pages, copies, monkeypatch):
    for rate in ("INJURED", "SPLICED", "SPAMMED", "DOORWAY"):
        monkeypatch.setattr(generator, rate, 0)
    before = augment(pages, 7, 3)
    undoings = [
        (page, plain) for page, plain in zip(copies, before, strict=True) if "doorway" not in page.facts["made"]
    ]
    assert len(undoings) > 0.9 * len(copies)
    assert sum("undo" in page.facts for page, _ in undoings) > 10
    for page, plain in undoings:
        assert undone(page) == undone(plain)


def test_all_spam_is_planted_somewhere(copies):
    roles = Counter(line.role for page in copies for line in page.lines if line.letter == "s")
    assert roles.keys() >= set(ROLES["s"])
    assert any(line.spans for page in copies for line in page.lines)


def test_spans_are_the_planted_text():
    rng = Random(4)
    for number in range(600):
        c = campaign(rng, ("亚洲", "国产"))
        line = LabelledLine(f"  第{number}天，他们在家里。谁都没有来", "b", "para")
        planted = splice(line, c)
        ((start, end),) = planted.spans
        assert planted.text[:start] + planted.text[end:] == line.text
        assert (planted.letter, planted.role) == ("b", "para")
        names = c.brands or c.adult
        assert any(name in planted.text[start:end] for name in names)


def test_planting_leaves_the_lines_of_the_page(seeds):
    for seed in range(60):
        rng = Random(seed)
        lines = list(seeds[4].lines)
        planted = plant(lines, campaign(rng, ()), Ingredients((), ("昨天下午", "镇上的老粮站", "重新开了门"), ()), rng)
        rest = [line for line in planted if line.letter != "s" or line in lines]
        assert [without_spans(line) for line in rest] == [line.text for line in lines]
        assert [line.letter for line in rest] == [line.letter for line in lines]


def without_spans(line):
    text = line.text
    for start, end in sorted(line.spans, reverse=True):
        text = text[:start] + text[end:]
    return text


def test_adult_words_are_those_of_the_seeds_and_no_other(seeds):
    words = adult_words(seeds)
    said = "\n".join(line.text for page in seeds for line in page.lines if line.letter == "s")
    assert len(words) > 100
    assert all(word in said for word in words)
    assert not [word for word in words if NEVER_USED.search(word)]


def test_words_put_side_by_side_make_none_that_is_never_used(seeds):
    c = spam.Campaign(None, (), adult_words(seeds), Random(1))
    phrases = [c.phrase() for _ in range(20_000)]
    assert not [phrase for phrase in phrases if NEVER_USED.search(phrase)]


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_its_vocabulary(name):
    found = kind(name)
    assert len(set(found.stems)) >= 20
    assert len(set(found.tails)) >= 8
    assert len(set(found.words)) >= 20
    assert len(set(found.promos)) == len(found.promos) >= 20
    assert all("{brand}" in promo for promo in found.promos)


def test_counties_and_leads():
    assert len(set(counties())) == len(counties()) >= 300
    assert not {name for name in counties() if len(name) > 2 and name.endswith(("县", "市", "区"))}
    assert all(leads())


def page_of(rows, name="x"):
    return LabelledPage(name, tuple(LabelledLine(text, letter, role) for letter, role, text in rows))


OWN = page_of(
    [("n", "menu", "首页"), ("b", "title", "标题"), ("n", "ad", "广告"), ("b", "para", "正文"), ("n", "footer", "版权")]
)
OTHER = page_of([("n", "menu", "主页"), ("n", "crumb", "位置"), ("b", "title", "别的标题"), ("n", "footer", "备案")])


def texts(lines):
    return [line.text for line in lines]


def test_the_span_of_body():
    assert span_of_body(list(OWN.lines)) == (1, 4)
    assert span_of_body([LabelledLine("首页", "n")]) == (0, 0)


def test_a_body_in_the_furniture_of_another():
    found = {tuple(texts(transplant(list(OWN.lines), list(OTHER.lines), Random(seed)))) for seed in range(40)}
    assert ("主页", "位置", "标题", "广告", "正文", "备案") in found
    assert all("别的标题" not in lines and lines[-4:-1] == ("标题", "广告", "正文") for lines in found)


def test_a_crop_keeps_the_body():
    for seed in range(60):
        after = crop(list(OWN.lines), Random(seed))
        assert [line for line in after if line.letter == "b"] == [OWN.lines[1], OWN.lines[3]]
        assert set(after) <= set(OWN.lines)


def test_a_dump_loses_furniture_by_its_role_and_the_end_of_a_long_body():
    roles = ("menu", "footer", "related", "pager")
    head = [LabelledLine(f"{role}{i}", "n", role) for role in roles for i in range(3)]
    body = [LabelledLine(f"第{i}段", "b", "para") for i in range(12)]
    lines, left = [*head, *body[:6], LabelledLine("广告", "n", "ad"), *body[6:], *head], Counter()
    for seed in range(200):
        after = dump(list(lines), Random(seed))
        kept = [line for line in after if line.letter == "b"]
        assert kept == body[: len(kept)]
        assert len(kept) in (2, 4, 8, 12)
        for role in roles:
            number = sum(line.role == role for line in after)
            assert number in (0, 6)
            left[role] += bool(number)
    assert left["related"] > 2 * left["menu"] > 20
    assert left["pager"] > 2 * left["footer"] > 20


def test_an_excerpt_is_a_stretch():
    lines = [LabelledLine(f"第{i}段", "b" if i % 3 else "n") for i in range(90)]
    for seed in range(60):
        after = excerpt(list(lines), Random(seed))
        at = lines.index(after[0])
        assert after == lines[at : at + len(after)]
        assert sum(line.letter == "b" for line in after) >= 2


def test_a_page_without_its_headline():
    assert texts(without_title(list(OWN.lines), Random(0))) == ["首页", "广告", "正文", "版权"]


def test_campaigns_that_only_splice_have_brands_of_their_own():
    def brands(unseen):
        return {brand for seed in range(300) for brand in campaign(Random(seed), (), unseen).brands}

    plain = [brand for brand in brands(True) if not brand[0].isascii()]
    stems = {stem for name in KINDS for i, stem in enumerate(kind(name).stems) if i % spam.UNSEEN == 0}
    assert plain
    assert all(any(stem in brand for stem in stems) for brand in plain)
    assert not {brand for brand in brands(False) if not brand[0].isascii()} & set(plain)


def test_a_splice_can_stand_anywhere_in_a_line():
    line = LabelledLine("甲乙丙丁戊己庚辛壬癸子丑", "b", "para")
    inside = 0
    for seed in range(200):
        made = splice(line, campaign(Random(seed), (), unseen=True))
        ((start, end),) = made.spans
        assert made.text[:start] + made.text[end:] == line.text
        inside += start > 0 and end < len(made.text)
    assert inside > 20


def test_adult_words_are_those_of_the_seeds_alone():
    spam_line, body = "s:links\t鸿运娱乐平台注册|鸿运娱乐平台登录", "b:para\t正文在此，读一读。"
    authored = parse(f"#: site: a\n{spam_line}\n{body}\n", "pages/a.lines")
    made = [line.text for page in augment([authored], 1, 60) for line in page.lines if line.letter == "s"]
    assert len(set(made)) > 20
    assert authored.seed is False
    assert adult_words([authored])
    adult = [text for text in made if text not in {line.text for line in authored.lines} and "鸿运娱乐平台" in text]
    assert adult == []


def test_what_is_planted_twice_in_a_line_comes_out_whole():
    line = LabelledLine("大潭石业位于县城东郊，自有矿山两座，年产荒料一万方。", "b", "para")
    for number in range(300):
        rng = Random(number)
        spammer = campaign(rng, ())
        twice = splice(splice(line, spammer), spammer)
        assert all(one[1] <= other[0] for one, other in pairwise(twice.spans))
        assert replaced(twice.text, 0, len(twice.text), [("planted", *span, "") for span in twice.spans]) == line.text

import numpy as np

from hansift.features import MARKS, features_of
from hansift.features.marks import marks
from hansift.text.html import FAMILIES
from hansift.text.html.families import families_of
from hansift.text.html.walk import extract

PAGE = """<title>老粮站重新开门_青坪新闻</title>
<div class=nav><ul><li><a href=1>首页</a><li><a href=2>新闻</a></ul></div>
<div class=article><h1>老粮站重新开门</h1><div id=content>
<p>昨天下午，镇上的老粮站重新开了门。<p>里面摆的是一排排旧书，都是居民捐的。</div></div>
<div class=related><a href=3>另一篇文章的标题</a></div>"""


def columns(pages, chance=None):
    found = [extract(page) for page in pages]
    features = features_of([one.text for one in found])
    chance = np.full(len(features.rows.page), 100) if chance is None else np.array(chance)
    return marks(features.batch, features.rows, [one.markup for one in found], chance)


def named(values):
    return dict(zip((feature.name for feature in MARKS), values, strict=True))


def test_a_row_a_feature_and_a_column_a_line():
    assert columns([PAGE]).shape == (len(MARKS), 6)
    assert columns([]).shape == columns([""]).shape == (len(MARKS), 0)


def test_a_page_says_the_same_whatever_stands_beside_it():
    alone = columns([PAGE])
    beside = columns(["", "<p>别的页面</p>", PAGE, "<ul><li>一<li>二</ul>", "<script>0</script>"])
    assert np.array_equal(beside[:, 1:-2], alone)


def test_links_and_headline_and_the_heaviest_block():
    found = named(columns([PAGE], [10, 10, 120, 250, 250, 90]))
    assert found["link"].tolist() == [255, 255, 0, 0, 0, 255]
    assert found["title"].tolist()[2] == 128
    assert found["title"][3] > 128 > found["title"][1]
    assert (found["titled"] >> 4).tolist()[2] > 5
    # the block of the paragraphs is the heaviest: no step up to its lines, some to the menu's
    assert (found["main"] >> 4).tolist()[3:5] == [0, 0]
    assert found["main"][0] >> 4 > 0
    assert (found["text"] >> 4).tolist()[3:5] == [0, 0]


def test_a_page_without_markup_has_no_marks():
    features = features_of(["首页\n正文"])
    found = named(marks(features.batch, features.rows, [None], np.array([100, 100])))
    assert not found["link"].any()
    assert not found["named"].any()


def test_names_speak_with_the_probability_of_body():
    found = named(columns([PAGE], [0, 0, 255, 255, 255, 255]))
    kinds = {name: number for number, name in enumerate(FAMILIES, 1)}
    assert found["named_odds"].tolist()[3] == kinds["content"] << 4 | 15
    # what stands in links as a whole is no body, whatever it says
    assert found["named_odds"].tolist()[0] == kinds["nav"] << 4
    assert found["named_odds"].tolist()[5] == kinds["related"] << 4


def test_what_stands_between_headline_and_line():
    comments = "<div class=comments><p>写得真好，我也去过。<p>请问几点开门？</div><p>说明一句。"
    found = named(columns([PAGE + comments], [255] * 9))
    passed = (found["title_passed"] >> 4).tolist()
    assert passed[:3] == [0, 0, 1]  # above the headline, and the headline
    assert passed[3:5] == [1, 1]
    assert 1 == passed[5] < passed[6] < passed[7] < passed[8]
    assert (named(columns(["<p>没有标题的一页。"], [255]))["title_passed"] >> 4).tolist() == [15]


def test_replies_are_not_among_comments():
    assert families_of("comments") == families_of("pinglun") == (FAMILIES.index("comment"),)
    assert FAMILIES.index("comment") not in {
        family for name in ("reply", "replies", "huifu", "message") for family in families_of(name)
    }

import numpy as np

from hansift.features import MARKS, features_of
from hansift.features.marks import marked_of
from hansift.features.weighed import KINDS, own_of, weighed
from hansift.text.html import FAMILIES
from hansift.text.html.families import families_of
from hansift.text.html.walk import extract

PAGE = """<title>老粮站重新开门_青坪新闻</title>
<div class=nav><ul><li><a href=1>首页</a><li><a href=2>新闻</a></ul></div>
<div class=article><h1>老粮站重新开门</h1><div id=content>
<p>昨天下午，镇上的老粮站重新开了门。<p>里面摆的是一排排旧书，都是居民捐的。</div></div>
<div class=related><a href=3>另一篇文章的标题</a></div>"""


def odds_of(chance):
    """Log-odds whose probability is so many 1/255, sure ones at the ends."""
    share = np.clip(np.array(chance) / 255, 1e-9, 1 - 1e-9)
    return np.log(share / (1 - share))


def columns(pages, chance=None, alone=None, **kinds):
    found = [extract(page) for page in pages]
    features = features_of([one.text for one in found])
    chance = np.full(len(features.rows.page), 100) if chance is None else np.array(chance)
    marked = marked_of(features.batch, features.rows, [one.markup for one in found])
    of_kinds = np.stack([odds_of(kinds.get(kind, np.zeros_like(chance))) for kind in KINDS], axis=1)
    return weighed(marked, own_of(marked, odds_of(chance if alone is None else alone), of_kinds), chance)


def named(values):
    return dict(zip((feature.name for feature in MARKS), values, strict=True))


def test_a_row_a_feature_and_a_column_a_line():
    assert columns([PAGE]).shape == (len(MARKS), 6)
    assert columns(["", ""]).shape == columns([""]).shape == (len(MARKS), 0)


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
    marked = marked_of(features.batch, features.rows, [None])
    found = named(weighed(marked, own_of(marked, np.zeros(2), np.zeros((2, len(KINDS)))), np.array([100, 100])))
    assert not found["link"].any()
    assert not found["named"].any()


def test_kinds_speak_with_the_block_around_them():
    page = "<div><p>镇上的老粮站重新开了门。<p>来源：青坪新闻</div><div><p>写得真好。</div>"
    found = named(columns([page], [255, 255, 0], byline=[0, 255, 0], comment=[0, 0, 255]))
    assert (found["byline_block"] >> 4).tolist() == [0, 15, 0]
    assert (found["comment_block"] & 15).tolist() == [15, 15, 0]
    # all stand in paragraphs of a like kind, of which the comment makes five characters of twenty-four
    assert set((found["comment_alike"] >> 4).tolist()) == {15 * 5 // 24}
    assert found["comment_up"].tolist() == [0, 0, 255]


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


ARTICLE = """<title>井水为什么凉_村志</title><h1>井水为什么凉</h1>
<div class=text><p>小侄子问我，井水为什么夏天凉、冬天暖。<p>我说因为地下十米的地方，一年到头都差不多。</div>
<ul><li><p>我们村的井早就填了，可惜。<li><p>说得好，下次带瓶子来装。</ul>"""
THREAD = """<title>井水为什么凉_村志</title><h1>井水为什么凉</h1>
<div class=p><b>小侄子</b><div class=t>井水为什么夏天凉、冬天暖，谁知道？</div></div>
<div class=p><b>石匠</b><div class=t>地下十米的地方，一年到头都差不多。</div></div>"""
BEFORE, SAME, ALIKE, OTHER = 1, 2, 5, 6


def test_a_line_stands_to_the_one_that_opens_the_text_as_paragraph_as_comment_or_as_reply():
    article = named(columns([ARTICLE], [100, 250, 250, 250, 250]))
    assert (article["opening"] >> 4).tolist() == [BEFORE, SAME, ALIKE, OTHER, OTHER]
    thread = named(columns([THREAD], [100, 20, 250, 20, 250]))
    assert (thread["opening"] >> 4).tolist() == [BEFORE, BEFORE, SAME, ALIKE, ALIKE]


def test_without_a_line_likely_enough_no_text_is_opened():
    found = named(columns([ARTICLE], [10] * 5))
    assert not (found["opening"] >> 4).any()
    assert found["opening_steps"].tolist() == found["opening_body"].tolist() == [255] * 5


def test_what_a_line_says_by_itself_stands_beside_what_its_page_makes_of_it():
    found = named(columns([ARTICLE], [250] * 5, [1, 250, 250, 250, 250]))
    assert (found["alone_odds"] >> 4).tolist() == [1, 12, 12, 12, 12]
    assert (found["alone_odds"] & 15).tolist() == [12] * 5
    assert (found["alone_block"] & 15).tolist() == (found["alone_alike"] & 15).tolist() == [14] * 5

"""What the words in class names and ids say of a block: English, pinyin and the abbreviations of Chinese sites."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS: dict[str, tuple[str, str]] = {
    "nav": (
        "nav menu submenu crumb crumbs bread path position location place weizhi mbx dh cd lanmu channel channels",
        "navi breadcrumb menubar daohang caidan mianbaoxie dangqian navbar topmenu",
    ),
    "head": ("header head hd top logo toubu banner masthead tb", "header topbar toubu site-head pagetop"),
    "foot": (
        "foot footer ft bottom copyright copy banquan dibu beian icp yejiao link links friend flink",
        "footer copyright banquan youqing friendlink bottomnav",
    ),
    "side": ("side sidebar aside right rightbar rside left lside yc zc youce zuoce widget widgets", "sidebar rightcol"),
    "related": (
        "related relate relative recommend recommended rec rank ranking hot top10 more guess like likes xg tj ph xgwz "
        "ranklist yuedu latest also popular newest feed suggest paihang remen interest",
        "recommend related xiangguan tuijian paihang remen zuixin hotnews morenews guessyou xgyd",
    ),
    "content": (
        "article content contents text txt entry post detail details cont con nr zw wz bodytext artibody neirong "
        "zhengwen wenzhang editor richtext prose story essay endtext mainbody zoom post-body xx",
        "articlecontent article_content article-content newscontent news_content contenttext articlebody article-body "
        "artibody trs_editor trs-editor zhengwen neirong wenzhang endtext postmessage post_content post-content "
        "entry-content entrycontent rich_media_content js_content t_msgfont detailcontent detail-content contentbody "
        "newstext news_txt newsbody maintext textcontent showcontent blogbody contentarea",
    ),
    "main": ("main wrap wrapper container page body center middle box layout primary inner mid zhu", "maincontent"),
    "title": ("title tit headline subject bt biaoti h1 timu topic caption-title name", "biaoti headline subject"),
    "meta": (
        "info meta date time datetime source author byline by editor ly rq sj zz laiyuan shijian riqi zuozhe bianji "
        "pubtime pubdate post-info views count hits user face avatar profile level from writer",
        "pubtime pub_time pubdate publish postinfo laiyuan bianji articleinfo userinfo byline datetime authi",
    ),
    "tool": (
        "share tool tools toolbar btn button btns login search form zoomer fontsize print fav collect op opt action "
        "actions ctrl like digg ding zan sousuo denglu zhuce fenxiang register vote code qrcode qr app download weixin",
        "share fenxiang toolbar login search qrcode sousuo denglu zhuce fontsize dianzan",
    ),
    "comment": (
        "comment comments cmt reply replies pl pinglun liuyan huifu guestbook message discuss respond",
        "comment pinglun liuyan huifu guestbook changyan",
    ),
    "ad": (
        "ad ads adv advert adbox gg ggw guanggao sponsor promo promotion adsense tuiguang",
        "advert guanggao adsense",
    ),
    "list": (
        "list lists lst item items ul li row rows card cards tile tiles grid col cols liebiao news newslist",
        "newslist listbox liebiao",
    ),
    "pages": (
        "tag tags keyword keywords label biaoqian page pager pages paging pagination prev next fenye shangyi xiayi "
        "prenext pn catalog toc index mulu",
        "pagination biaoqian fenye keyword prevnext pagebar",
    ),
    "caption": (
        "caption figure figcaption pic photo img image images picture tu tp tupian tuzhu tushuo thumb gallery album media",
        "picdesc imgdesc tuzhu tushuo figcaption",
    ),
}
FAMILIES: tuple[str, ...] = tuple(_WORDS)
"""The families of words, in the order of their columns."""

_WHOLE = {word: number for number, (words, _) in enumerate(_WORDS.values()) for word in words.split()}
_INSIDE = re.compile(
    "|".join(
        f"(?P<f{number}>{'|'.join(sorted(map(re.escape, stems.split()), key=len, reverse=True))})"
        for number, (_, stems) in enumerate(_WORDS.values())
    )
)
_SPLIT = re.compile(r"[^a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

BY_TAG = {
    tag: FAMILIES.index(family)
    for tag, family in {
        "nav": "nav", "header": "head", "footer": "foot", "aside": "side", "article": "content", "main": "main",
        "figcaption": "caption", "figure": "caption", "form": "tool", "h1": "title", "time": "meta", "cite": "meta",
    }.items()
}  # fmt: skip
"""Elements that say by their own name what a class name may say of others."""

_LONGEST = 200


@lru_cache(maxsize=1 << 14)
def families_of(names: str) -> tuple[int, ...]:
    """The numbers of the families that the words of class names and ids belong to, ascending.

    >>> [FAMILIES[number] for number in families_of("Article-Content")], families_of("x7f3a")
    (['content'], ())
    """
    names = names[:_LONGEST]
    found = set()
    lower = names.lower()
    for word in _SPLIT.split(_CAMEL.sub("-", names).lower()):
        if word in _WHOLE:
            found.add(_WHOLE[word])
    for word in lower.split():
        if word in _WHOLE:
            found.add(_WHOLE[word])
    for match in _INSIDE.finditer(lower):
        found.add(int(str(match.lastgroup)[1:]))
    return tuple(sorted(found))

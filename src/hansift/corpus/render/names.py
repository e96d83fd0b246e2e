"""Class names and ids as sites give them: what a block is called, by a hand's scheme."""

from __future__ import annotations

import string
from random import Random

ENGLISH: dict[str, str] = {
    "page": "wrapper wrap container page main-wrap layout outer w1000 w1200 doc site-container app root bd g-doc warp box",
    "header": "header head top hd site-header topbar masthead page-head header-wrap top_bar g-hd topnav head_box logo_box",
    "nav": "nav menu navbar main-nav navigation nav_list mainmenu topnav channel navi subnav nav-bar sitenav menu-list "
    "head_nav links list cols tabs tab main-menu top-list category sort item-list",
    "crumb": "crumb breadcrumb crumbs path location position bread-crumb current curPath guide here location_bar nav place "
    "cur_pos mbx title-bar",
    "main": "main content container clearfix main-content layout-left left col-left w660 main_left center mid bd wrapper "
    "grid column left_content content_left con-left area page-main primary body-content row fl box_left main-l",
    "article": "article post content article-wrap detail entry article_box news-detail main-article article-content con "
    "news_content text_area content-detail show view content_box art_box hentry artical left-article conLeft block box "
    "content-wrap article-main articleBox news_show c-left module panel mod item left",
    "title": "title article-title tit headline post-title entry-title h1 main-title news_title art_tit con_tit bt "
    "title_h1 content-title main_title artitle subject t detail-title",
    "info": "info article-info meta post-meta time source date-source pub-time art_info desc from byline article_info "
    "news_info con_info titbar entry-meta sub-title about_con pubinfo msg property editor author",
    "text": "article-content content article-body post-body entry-content text TRS_Editor endText artibody article_content "
    "news_txt content-text con_txt detail-content rich-text main-text body editor-content artBody content_area left_zw "
    "show_text articleText cnt_bd post_text ContentBody Cnt-Main-Article-QQ articleContent contentText news-text pages_content "
    "view_con txt view-content zoom body-text markdown-body prose ueditor_content cont con",
    "tools": "share tools toolbar share-box op actions function bdsharebuttonbox art_tool ctrl fontsize print btn-group "
    "opt bar social-share article-tool left-tools",
    "search": "search search-box searchbar so login userbar login-box header-search top_login",
    "tags": "tags tag-list keywords tag labels art_tags key post-tags article-tags topic",
    "pager": "pager page pagination pagenav prev-next page_num pages pages-nav next-page paging article-nav post-nav fenye",
    "related": "related related-news recommend hot rank hot-news more-list relate_list like list recommend-list ranklist "
    "news-list relatedRead also-like top10 hot_list text-list list14 right-list newsList article-list content-list mod_list "
    "box item-list art-related post-list related_content hot_article blk_list block-list ul_list ranking clicks",
    "teaser": "feed list card-list news-feed recommend item-list article-list post-list waterfall feeds stream recommendation "
    "news_list summary-list content-list more-article ndi_main cards recommended-posts item_box index-list related-posts",
    "comment": "comment comments comment-list cmt review post-comments replies comment_box discuss user-comment pl "
    "cmt-list msg-list feedback guestbook comment-wrap",
    "panel": "panel side-box widget box mod module right-box user-info block card count stat profile side_block author-box "
    "info-box area bar data u-info score box1 aside-item",
    "side": "sidebar side right aside col-right right_content main_right rside w300 right-side fr secondary layout-right "
    "con-right sub side-bar r_col rightbox",
    "ad": "ad ads adv advert ad-box banner promotion ad_300 gg ad-slot sponsor app-download ad_area bottom-ad",
    "notice": "notice disclaimer statement copyright declare tip tips announcement remark alert prompt mianze note",
    "footer": "footer foot bottom copyright site-footer ft page-footer footer-wrap foot_box bottom-bar g-ft friend-link "
    "friendlink foot-nav about",
    "toc": "toc catalog directory contents index catalogue nav-toc article-directory lemma-catalog menu-list",
    "list": "list ul items clearfix list-unstyled lst row cols line",
    "item": "item li cell one row entry unit card block node list-item",
    "caption": "caption pic-desc img-desc image-caption pic_txt figcaption imgtext photo-info tip pictext",
    "table": "table data-table tb tbl infobox basic-info table-bordered MsoTableGrid spec params grid",
    "post": "post-item post thread-item plhin l_post reply-item floor message topic-reply cell t_con answer-item comment-item "
    "post_box viewthread article item list-item",
    "author": "author pls user d_author side user-info poster post_author avatar left postauthor authi",
    "posttext": "t_f postmessage post-content d_post_content reply_content message post_body tpc_content f14 message-body answer-content "
    "content text detail rich-text article-content pcb cont j_d_post_content",
    "quote": "quote blockquote quote-box cite reply_quote",
    "spam": "link links list friendlink yl zz footer-links box hd pc clearfix",
    "group": "inner clearfix box wrap cf row content-inner bd area container mod-inner con section block body",
    "browser": "pagetitle seo-title share-title hide-title wx-title title",
}  # fmt: skip
PINYIN: dict[str, str] = {
    "page": "zhuti waikuang dabj kuangjia neiye", "header": "toubu top_bj tou dingbu yetou", "nav": "daohang caidan lanmu dh lm zlm",
    "crumb": "mianbaoxie weizhi dqwz mbx dangqianweizhi lujing", "main": "zhuti zuobian zhuyao nr_left zhuqu zj",
    "article": "wenzhang neirong xwnr zhengwen nr wz xiangxi neirongye", "title": "biaoti bt xwbt dabiaoti wzbt",
    "info": "xinxi laiyuan shijian ly riqi fbt xx fubiaoti", "text": "zhengwen neirong nr zw wznr xw_nr nrbj wenben",
    "tools": "fenxiang gongju fx gj caozuo", "search": "sousuo denglu ss dl", "tags": "biaoqian guanjianci bq", "pager": "fenye fy shangxia sxp",
    "related": "xiangguan tuijian remen paihang xgwz rdtj xgyd liebiao lb", "teaser": "tuijian liebiao gengduo tj_list xwlb",
    "comment": "pinglun liuyan pl huifu wypl", "panel": "mokuai kuang mk tongji geren", "side": "youbian youce yb ce you_lan",
    "ad": "guanggao gg ggw tonglan", "notice": "shengming tishi mianze gonggao", "footer": "dibu banquan yejiao di bq youlian",
    "toc": "mulu ml", "list": "liebiao lb", "item": "xiang tiao hang", "caption": "tushuo tuzhu tpsm", "table": "biaoge bg canshu",
    "post": "tiezi louceng hf tie lou", "author": "zuozhe yonghu louzhu", "posttext": "tienr neirong huifunr nr", "quote": "yinyong yy",
    "spam": "youlian lianjie yqlj", "group": "nei kuang bao ceng", "browser": "biaoti",
}  # fmt: skip
LAYOUT = (
    "box1 box2 left right mid c1 c2 col a1 b2 cl cr area1 part1 part2 td1 style1 STYLE2 f14 main1 m1 content1 list01 div1 div2 "
    "layer1 con1 wz1 t1 t12 black12 font14 px14 unnamed1 body_01 line25 hei14 zi12 w640 w980 mt10 pd20 fl fr cf clear"
).split()
UTILITY = (
    "flex mt-4 text-sm px-6 mx-auto max-w-7xl grid gap-2 rounded bg-white relative w-full items-center py-2 leading-7 "
    "font-medium text-gray-500 block overflow-hidden border-b"
).split()

SCHEMES = (
    "english",
    "english",
    "english",
    "pinyin",
    "hashed",
    "layout",
    "utility",
    "none",
    "mixed",
    "mixed",
    "prefixed",
)
"""The ways in which a hand gives names, the likelier ones repeated."""


def named(scheme: str, kind: str, rng: Random) -> str:
    """A name for a block of that kind, empty where the scheme gives none."""
    if scheme == "none" or (scheme in ("layout", "mixed") and rng.random() < 0.3):
        return ""
    if scheme == "mixed":
        scheme = rng.choice(("english", "hashed", "layout", "pinyin", "english"))
    if scheme == "hashed":
        letters = "".join(rng.choices(string.ascii_letters + string.digits, k=rng.randint(4, 7)))
        return rng.choice(("_", "css-", "sc-", "jsx-", "style__", "index-module_", "x")) + letters
    if scheme == "utility":
        return " ".join(rng.sample(UTILITY, rng.randint(1, 4)))
    if scheme == "layout":
        return rng.choice(LAYOUT)
    if scheme == "pinyin":
        return rng.choice(PINYIN[kind].split())
    name = rng.choice(ENGLISH[kind].split())
    draw = rng.random()
    if scheme == "prefixed":
        return f"{rng.choice(('m', 'c', 'g', 'u', 'j', 'ui', 'mod', 'com', 'p'))}-{name}"
    if draw < 0.12:
        return name + rng.choice(("1", "2", "_box", "Box", "-wrap", "_con", "01", "_inner", "Wrap"))
    if draw < 0.2:
        return name + " " + rng.choice(LAYOUT + UTILITY[:6])
    return name

"""What stands in pages and gives no line: scripts, styles, comments, controls, empty elements, pictures."""

from __future__ import annotations

from html import escape

from hansift.corpus.render.hand import Hand

SCRIPTS = (
    "var a=1;if(a<2){document.write('<div>广告位</div>');}",
    "<!--\nwindow._hmt=window._hmt||[];(function(){var h=document.createElement('script');})();\n//-->",
    'var data={"title":"推荐阅读","html":"<p>不是正文</p>"};',
    "for(i=0;i<9;i++){s+='<li><a href=#>'+i+'</a></li>'}",
)
COMMENTS = (
    "<!-- 正文开始 -->",
    "<!--[if lt IE 9]><p>您的浏览器版本过低</p><![endif]-->",
    "<!-- <div>旧导航</div> -->",
    "<!--end-->",
    "<!-- 广告 -- 位 > 结束 -->",
)
CONTROLS = (
    "<select><option>全部<option selected>标题</select>",
    "<input type=text value=请输入关键词>",
    "<button type=button>提交</button>",
    "<textarea>说点什么</textarea>",
    '<input type="hidden" name="id" value="正文">',
)
NOTHING = (
    "<style>.a{color:red}/* <p> */</style>",
    "<noscript>请打开脚本</noscript>",
    "<iframe src=x>框架</iframe>",
    "<template><p>模板</p></template>",
    *("<div></div>", "<p></p>", "<ins></ins>", "<wbr>", "<object></object>", "<o:p></o:p>"),
    *('<span class="icon"></span>', '<a name="top"></a>', '<a href="#"></a>', '<div class="clear"></div>'),
    '<i class="iconfont icon-home"></i>',
    "<svg><path d='M0 0h24v24'/></svg>",
    *('<img src="x.gif">', "<img src=1.jpg alt=''>"),
    '<meta itemprop="x" content="正文">',
    "<?xml:namespace prefix=o ?>",
)


def noise(hand: Hand) -> str:
    """Something that gives no line, or nothing."""
    if not hand.chance(hand.noisy):
        return ""
    kind = hand.rng.randrange(4)
    if kind == 0:
        return f"<script>{hand.rng.choice(SCRIPTS)}</script>"
    return hand.rng.choice((COMMENTS, CONTROLS, NOTHING)[kind - 1])


def image(hand: Hand, text: str = "") -> str:
    """A picture, with a text in place of it if there is one."""
    alt = f' alt="{escape(text)}"' if text else hand.rng.choice(("", ' alt=""'))
    return f'<{hand.tag("img")} src="/p/{hand.rng.randrange(999)}.jpg"{alt} width=120>'


def head(hand: Hand, title: str) -> str:
    """The head of a document, its title in it."""
    doctype = hand.rng.choice(
        (
            "<!DOCTYPE html>", "<!doctype html>", "", '<?xml version="1.0" encoding="utf-8"?>',
            '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">',
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
        )
    )  # fmt: skip
    inner = "".join(
        (
            '<meta charset="utf-8">',
            f"<title>{escape(title)}</title>",
            '<meta name="description" content="不是正文的摘要">',
            f"<script>{hand.rng.choice(SCRIPTS)}</script>" * hand.chance(0.5),
            "<style>body{margin:0}</style>" * hand.chance(0.5), '<link rel="stylesheet" href="a.css">',
        )
    )  # fmt: skip
    return f"{doctype}\n<html lang=zh>{hand.tag('head').join(('<', '>'))}{inner}</head>\n"

import re

from hansift.corpus.labelled import LabelledLine, LabelledPage
from hansift.page import Label, Line, Result
from hansift.train.outcome import outcome_of
from hansift.train.report import report_html
from hansift.train.summary import summary
from hansift.train.svg import Chart, svg, thinned


def test_one_page_that_loads_nothing(seeds, cleaner):
    outcome = outcome_of(seeds, cleaner.pipe(page.text for page in seeds))
    html = report_html(outcome, summary(outcome))
    assert not re.search(r"""(src|href|url\(|@import|<script|https?://)""", re.sub(r"<ol>.*?</ol>", "", html))
    assert html.count("<svg") == 2
    assert "$" not in re.sub(r"<ol>.*?</ol>", "", html)
    assert "歷史" in html or "中國" in html


def test_lines_show_what_became_of_them():
    lines = (
        LabelledLine("<b>正文&</b>赌场", "b", "para", ((10, 12),)),
        LabelledLine("标题", "b", "title"),
        LabelledLine("首页", "n", "menu"),
        *(LabelledLine(f"导航{i}", "n", "menu") for i in range(9)),
    )
    page = LabelledPage("a<b", lines, {"site": "甲"})
    labels = [Label.BODY, Label.NAV, Label.BODY, *[Label.NAV] * 9]
    scores = (0.4, 0.5, 0.1)
    said = tuple(
        Line(i, 0, 0, line.text, label, scores, scores)
        for i, (line, label) in enumerate(zip(lines, labels, strict=True))
    )
    outcome = outcome_of([page], [Result(page.text, said)])
    html = report_html(outcome, summary(outcome))
    assert "&lt;b&gt;正文&amp;&lt;/b&gt;<mark>赌场</mark>" in html
    assert "a&lt;b" in html
    assert '<li class="lost"><span>2</span><span title="P(body) 0.40">body:title → nav</span><span>标题</span>' in html
    assert '<li class="left"><span>3</span>' in html
    assert "… 7 lines rightly removed …" in html


def test_charts():
    chart = Chart("recall", "precision", [(0.5, 0.9), (1, 0.5)], [(0.7, 0.8, 5, "a & b")], diagonal=True)
    drawn = svg(chart)
    assert drawn.startswith("<svg")
    assert "a &amp; b" in drawn
    assert len(thinned([(i / 5000, 0.5) for i in range(5001)])) <= 402

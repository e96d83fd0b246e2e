import pytest

from hansift.corpus.check import SAME_MENU, check

PROSE = "镇上的老粮站重新开了门里面摆的不再是麻袋而是一排排旧书管理员说书都是附近居民捐的最早的一本印于民国年间"


@pytest.fixture
def data(tmp_path):
    """Writes a page of labelled rows below a folder of data, and gives the folder."""

    def write(name, *rows, site=None):
        path = tmp_path / "data" / f"{name}.lines"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([f"#: site: {site or name}", *rows]) + "\n", encoding="utf-8")
        return tmp_path / "data"

    return write


def faults(folder):
    return list(check(folder))


def test_good_pages_have_no_fault(data):
    data("pages/a", "n:menu\t首页", f"b:para\t{PROSE}")
    assert faults(data("pages/b", "n:menu\t首页", "b:para\t另一个站的另一篇文章，没有一句相同")) == []


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["x\t首页", "b\t正文"], "'x' is no label"),
        (["b:menu\t首页"], "'menu' is no role of 'b'"),
        (["首页"], "no tab"),
        (["n\t首页"], "no line is body"),
        (["#: body: none", "b\t正文"], "take that out"),
        (["b\t同一行文字出现了两次是什么", "n\t  同一行文字出现了两次是什么"], "line 2 is both b and n"),
        (["b:para:2-9\t正文正文"], "span 2-9 is outside the line"),
        (["b:para:2-2\t正文正文"], "span 2-2 is outside the line"),
    ],
)
def test_a_page_that_breaks_a_rule(data, rows, message):
    (fault,) = faults(data("pages/a", *rows))
    assert message in fault
    assert "a.lines" in fault


def test_a_headline_may_stand_in_the_crumb_and_above_its_article(data):
    line = "社区图书馆重新开门迎接读者"
    assert faults(data("pages/a", f"n:crumb\t{line}", f"b:title\t{line}")) == []


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("首页\n正文", None),
        ("首页\n正 文", "line 2 is not in its page 000.txt: '正文'"),
        ("首页\n正文\n", "2 lines, 000.txt has 3; label every line"),
        ("正文\n首页", "line 1 is not in its page"),
    ],
)
def test_a_seed_is_its_page(data, tmp_path, raw, message):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "000.txt").write_text(raw, encoding="utf-8", newline="")
    found = faults(data("seeds/000", "n\t首页", "b\t正文"))
    assert len(found) == (message is not None)
    assert all(message in fault for fault in found)


def test_lines_that_stand_in_no_page_need_no_body_and_stand_once(data):
    data("pages/a", f"b:para\t{PROSE}")
    assert faults(data("loose/a", "n:byline\t来源：青坪新闻", "n:byline\t作者：柳三")) == []
    (fault,) = faults(data("loose/b", "n:byline\t来源：青坪新闻", "n:byline\t来源：青坪新闻"))
    assert "stands there 2 times" in fault
    (fault,) = faults(data("loose/b", "x\t来源：青坪新闻"))
    assert "is no label" in fault


@pytest.mark.parametrize("site", ["乙", "甲"])
def test_a_duplicate_page(data, site):
    rows = [f"b:para\t{PROSE}", "b:para\t还有第二段，也完全一样"]
    data("pages/a", *rows, site="甲")
    (fault,) = faults(data("pages/b", *rows, site=site))
    assert "a.lines" in fault
    assert "b.lines" in fault


def test_a_near_duplicate_page(data):
    data("pages/a", f"b:para\t{PROSE}")
    (fault,) = faults(data("pages/b", f"b:para\t抄来的：{PROSE}"))
    assert "rewrite one" in fault


def test_a_menu_used_twice(data):
    menu = [f"n:menu\t{word}" for word in "首页 要闻 图集 县情 乡村 文苑 影像 公告 连线".split()]
    assert len(menu) > SAME_MENU
    data("pages/a", *menu, "b\t甲站的正文在此")
    found = faults(data("pages/b", *menu, "b\t乙站另写一篇文章"))
    assert sum("the menu" in fault and "write its own" in fault for fault in found) == 1
    found = faults(data("pages/b", *menu[: SAME_MENU - 1], "b\t乙站另写一篇文章"))
    assert not any("the menu" in fault for fault in found)


def test_a_folder_without_pages(tmp_path):
    assert faults(tmp_path) == [f"{tmp_path}: no .lines file; name a folder of labelled pages"]


def test_the_command_says_so_and_fails(data, cli):
    folder = data("pages/a", "x\t首页")
    ran = cli("data", "check", folder)
    assert ran.code == 1
    assert "'x' is no label" in ran.out.decode()
    assert "1 fault" in ran.err
    assert cli("data", "check", data("pages/a", "b\t正文")).code == 0


def test_split_gives_rows_to_be_labelled(cli, tmp_path):
    (tmp_path / "page.txt").write_text("首页\n\n  正文\u2028一", encoding="utf-8")
    ran = cli("data", "split", tmp_path / "page.txt")
    assert ran.out.decode() == "\t首页\n\n\t  正文\u2028一\n"

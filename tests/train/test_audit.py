from hansift.corpus.labelled import LabelledLine, LabelledPage
from hansift.train.audit import doubts, leaks

LONG = "本站所有文章均来自互联网公开渠道，版权归原作者所有，如有侵权请来信告知，我们将在三个工作日内处理"


def page(name, site, *rows):
    return LabelledPage(name, tuple(LabelledLine(text, letter) for letter, text in rows), {"site": site})


def test_long_lines_alike_in_two_folds_or_under_two_labels():
    pages = [
        page("a", "甲", ("n", LONG)),
        page("b", "乙", ("n", LONG.replace("三个", "两个")), ("n", "首页"), ("n", "首页")),
    ]
    (leak,) = leaks(pages)
    assert (leak.here, leak.there) == ("a:1", "b:1")
    assert "folds" in leak.fault
    (other,) = leaks([page("a", "甲", ("n", LONG), ("", ""), ("b", LONG))])
    assert (other.here, other.there, other.fault) == ("a:1", "a:3", "labelled n and b")


def test_one_site_under_two_names():
    found = list(leaks([page(str(i), site, ("n", "首页")) for i, site in enumerate(("映象網", "映象网"))]))
    assert [leak.what for leak in found] == ["映象網 = 映象网"]


def test_seeds_leak_nothing(seeds):
    assert list(leaks(seeds)) == []


def test_doubts_are_lines_with_improbable_labels(seeds, fitted):
    every = doubts(seeds, fitted, below=1.01)
    assert len(every) == 96
    few = doubts(seeds, fitted, below=0.3)
    assert 0 < len(few) < 48
    assert few == every[: len(few)]
    assert all(doubt.probability < 0.3 and doubt.label != doubt.instead for doubt in few)
    assert all(doubt.page.lines[doubt.number].letter == doubt.label[0] for doubt in every)

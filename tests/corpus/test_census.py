from hansift.corpus.census import AXES, census
from hansift.corpus.labelled import parse, read_folder, read_loose


def test_counts_of_a_page():
    page = parse(
        "#: kind: news\n#: script: naive\nn:menu\t  • 首页\nn:menu\t    首页\n\nb:para\t|正文在此|\nb\t字\n",
        "pages/a.lines",
    )
    counts = census([page])
    assert (counts["pages"], counts["lines"]) == (1, 4)
    assert counts["by_kind"]["news"] == {"pages": 1, "lines": 4, "body": 2, "nav": 2, "spam": 0}
    assert counts["by_label"]["nav"] == {"lines": 2, "chars": 6}
    assert counts["by_role"]["b:"] == {"lines": 1, "chars": 1, "pages": 1}
    shown = {name for name, number in counts["axes"].items() if number}
    assert {"bulleted lines, the text again below", "| at both ends", "a line of one character", "blank lines"} <= shown
    assert "no blank lines" not in shown


def test_lines_that_stand_in_no_page_are_counted_by_themselves():
    loose = parse("n:byline\t来源：青坪新闻\n", "loose/a.lines:1")
    counts = census([], [loose])
    assert (counts["pages"], counts["lines"], counts["by_role"]) == (0, 0, {})
    assert counts["loose"] == {"n:byline": {"lines": 1, "chars": 7, "pages": 1}}
    (size,) = (need["found"] for need in counts["needs"] if need["name"] == "bytes at most")
    assert size == 21


def test_every_form_can_be_asked_of_an_empty_page():
    assert not any(
        shows(parse("\n", "a")) for name, shows in AXES.items() if name not in ("blank lines", "no blank lines")
    )


def test_the_corpus_has_what_it_must(root):
    counts = census(list(read_folder(root / "data")), list(read_loose(root / "data")))
    assert [need for need in counts["needs"] if not need["met"]] == []

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from hansift.cleaner import Cleaner
from hansift.features import kernels
from hansift.features.kernels import compiled_wanted
from hansift.model.cut import BODY, chosen, joined, margins_of, open_rows
from hansift.model.cut import SPAM as SPAM_LABEL
from hansift.model.judge import BLANK, Judged
from hansift.model.linear import SPAM
from hansift.model.runs import SHORTEST
from hansift.model.segments import LONGEST, odds_of, segment_columns, segments_of, span, with_odds
from hansift.model.tables import UNIT, table_sums


@pytest.fixture(scope="module")
def still(drawn):
    """A model by whose weights no run of characters speaks for spam."""
    return replace(drawn, alone=replace(drawn.alone, grams=np.zeros_like(drawn.alone.grams)))


@pytest.fixture(scope="module")
def loud(still):
    """A model by whose weights some characters speak for spam, and all others against it."""
    grams = still.alone.grams.copy()
    grams[0, :, SPAM] = -1
    grams[0, [ord(char) for char in "彩票开户"], SPAM] = 1
    return replace(still, alone=replace(still.alone, grams=grams))


def opened(*pages, least=0.1):
    """The rows looked into of pages whose lines are "-" for a blank one or a label's letter and the chance of spam that
    the line has by itself.
    """
    lines = [line for page in pages for line in page]
    index = np.array([i for i, line in enumerate(lines) if line != "-"], dtype=np.int64)
    labels = np.array([BLANK if line == "-" else {"b": BODY, "n": 1, "s": SPAM_LABEL}[line[0]] for line in lines])
    spam = np.array([float(lines[i][1:]) for i in index])
    own = np.stack([np.zeros(len(spam)), np.log(2 * spam / (1 - spam))], axis=1)
    scores, first = np.tile([0.8, 0.1, 0.1], (len(spam), 1)), np.cumsum([0, *map(len, pages)])
    spans = np.zeros((2, len(lines)), dtype=np.int64)
    return open_rows(Judged(first, spans, labels.astype(np.uint8), index, own, scores, np.ones_like(index)), least)


@pytest.mark.parametrize(
    ("pages", "rows"),
    [
        ([["b.01"] * 9], []),
        ([["b.01"] * 9 + ["b.2"]], [9]),
        ([["b.01", "-", *["b.01"] * 7, "b.2"]], [8]),
        # spam around a line tells little of it, and what is removed already is not looked into
        ([["s.9"] * 8 + ["b.01", "n.3"]], []),
        # where many lines speak for spam, all are looked into, on that page alone
        ([["b.01", "b.2", "b.01"], ["b.01", "n.9", "b.01"]], [0, 1, 2]),
        ([["-"]], []),
    ],
)
def test_lines_are_looked_into_by_their_own_characters(pages, rows):
    found, line_spam, page, share = opened(*pages)
    assert found.tolist() == rows
    assert len(line_spam) == len(page) == len(share) == len(rows)


def test_of_the_spam_of_its_page_a_line_still_knows():
    _, _, page, share = opened(["b.5", "s.9"], ["b.5", "b.5"])
    assert list(zip(page.tolist(), share.tolist(), strict=True)) == [(0, 32), (1, 0), (1, 0)]


def segments_in(model, *lines):
    return segments_of(model, lines, np.zeros(len(lines), dtype=np.int64))


def segments(model, line):
    found = segments_in(model, line)
    return [line[start:end] for start, end in zip(found.start, found.end, strict=True)]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("", []),
        ("，。|", []),
        ("正文", ["正文"]),
        ("正文（鸿运娱乐）正文。", ["正文", "鸿运娱乐", "正文"]),
        ("标题_鸿运 娱乐|首页", ["标题", "鸿运", "娱乐", "首页"]),
    ],
)
def test_segments_stand_between_marks(still, line, parts):
    assert segments(still, line) == parts


def test_segments_know_their_line_and_place(still):
    found = segments_in(still, "甲，乙", "", "丙")
    assert found.owner.tolist() == [0, 0, 2]
    assert found.start.tolist() == [0, 2, 0]
    assert found.end.tolist() == [1, 3, 1]


def test_marks_have_a_class(still):
    found = segments_in(still, "（甲。乙，丙", "丁", " 戊 ")
    assert [(place >> 6, place >> 2 & 15, place & 3) for place in found.place.tolist()] == [
        (0, 2, 1), (0, 3, 2), (1, 0, 3), (3, 0, 0), (3, 3, 3)
    ]  # fmt: skip


def test_places_are_characters(still):
    found = segments_in(still, "𠮷，甲", "\ud842\udfb7，𠮷𠮷，乙")
    assert list(zip(found.start.tolist(), found.end.tolist(), strict=True)) == [(0, 1), (2, 3), (0, 2), (3, 5), (6, 7)]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("去彩票开户吧，正文", ["去彩票开户吧", "彩票开户", "正文"]),
        ("彩票开户，彩", ["彩票开户", "彩"]),
        ("正文彩正文", ["正文彩正文"]),
        ("𠮷𠮷彩票𠮷", ["𠮷𠮷彩票𠮷", "彩票"]),
        ("彩票正文开户票", ["彩票正文开户票", "开户票"]),
    ],
)
def test_the_run_that_speaks_most_for_spam_is_one(loud, line, parts):
    assert segments(loud, line) == parts
    assert segments_in(loud, line).whole.tolist()[0] == len(parts[0])


def test_runs_that_repeat_in_their_page_are_some(still):
    lines = [f"{chr(0x5000 + i)}𠮷鸿运娱乐{chr(0x6000 + i)}" for i in range(3)] + ["鸿运娱乐"]
    pages = np.array([0, 0, 0, 1])
    found = segments_of(still, lines, pages)
    assert [lines[i][a:b] for i, a, b in zip(found.owner, found.start, found.end, strict=True)] == [
        lines[0], "𠮷鸿运娱乐", lines[1], "𠮷鸿运娱乐", lines[2], "𠮷鸿运娱乐", lines[3]
    ]  # fmt: skip
    assert segments_of(still, lines, np.array([0, 0, 1, 1])).owner.tolist() == [0, 1, 2, 3]


ODD = [
    "",
    "，。|",
    "𠮷",
    "𠮷𠮷，𠮷\ud842，\udfb7\ud842\udfb7",
    "鸿运" * 300 + "𠮷鸿",
    "鸿运娱乐|" * 40,
    "\u2003鸿运娱乐𠮷\u2003 ",
]


@pytest.mark.parametrize("which", ["drawn", "loud", "still"])
def test_the_compiled_loops_find_the_same_segments(request, monkeypatch, seeds, which):
    assert compiled_wanted(), "pip install -e '.[test]' brings numba"
    model = request.getfixturevalue(which)
    lines = [line for page in seeds for line in page.text.split("\n")] + ODD
    lines += [line.replace("的", "𠮷") for line in lines]
    page = np.arange(len(lines)) // 40
    found = []
    for wanted in (False, True):
        monkeypatch.setattr(kernels, "compiled_wanted", lambda wanted=wanted: wanted)
        monkeypatch.setattr(kernels, "WORTH", 0)
        found.append(segments_of(model, lines, page))
    one, other = ({name: getattr(each, name).tolist() for name in each.__slots__} for each in found)
    assert one == other
    assert one["owner"]
    assert which != "drawn" or max(one["copies"]) > 2


def test_what_is_left_out_unseen_could_be_no_cut(drawn, seeds):
    rng = np.random.default_rng(8)
    lines = [line for page in seeds for line in page.text.split("\n")]
    line_spam, page_spam = rng.integers(0, 256, (2, len(lines))).astype(np.uint8)
    left_out = 0
    for threshold in (0.0, 0.5, 1.5, 2.5):
        model = replace(drawn, cut=replace(drawn.cut, threshold=threshold))
        found = segments_of(model, lines, np.arange(len(lines)) // 100)
        margin = margins_of(model, found, line_spam, page_spam)
        odds = odds_of(model, found, np.arange(len(found.owner)))
        columns = with_odds(segment_columns(found, line_spam, page_spam), *odds)
        whole = (table_sums(model.cut.pairs, columns, 1)[:, 0] + model.cut.bias) / UNIT
        length = found.end - found.start
        cut = (whole > threshold) & (length >= SHORTEST) & (length <= LONGEST)
        assert cut.any()
        assert (margin[cut] == whole[cut]).all()
        seen = margin > -np.inf
        assert (margin[seen] == whole[seen]).all()
        left_out += int((~seen & (length >= SHORTEST) & (length <= LONGEST)).sum())
    assert left_out


@pytest.mark.parametrize(
    ("line", "segment", "cut"),
    [
        ("正文（鸿运娱乐）正文", "鸿运娱乐", "（鸿运娱乐）"),
        ("鸿运娱乐：正文", "鸿运娱乐", "鸿运娱乐："),
        ("正文，鸿运娱乐，正文", "鸿运娱乐", "鸿运娱乐，"),
        ("正文_鸿运娱乐", "鸿运娱乐", "_鸿运娱乐"),
        ("正文。鸿运娱乐", "鸿运娱乐", "鸿运娱乐"),
        ("正文 | 鸿运娱乐 |", "鸿运娱乐", "鸿运娱乐 |"),
    ],
)
def test_the_marks_that_go_with_a_segment(line, segment, cut):
    at = line.index(segment)
    start, end = span(line, at, at + len(segment))
    assert line[start:end] == cut


def picked(model, line, *spam):
    """What is cut from a line when these segments are spam."""
    found = segments_in(model, line)
    margin = np.array([1.0 if text in spam else -1.0 for text in segments(model, line)])
    return [line[start:end] for start, end in chosen([line], found, margin, 0.0).get(0, [])]


def test_neighbours_are_cut_in_one(still):
    assert picked(still, "正文。鸿运，娱乐，正文", "鸿运", "娱乐") == ["鸿运，娱乐，"]


def test_what_is_too_short_or_too_long_stays(still):
    assert picked(still, "正文。鸿，正文", "鸿") == []
    assert picked(still, f"正文。{'鸿' * 161}，正文", "鸿" * 161) == []


def test_of_spans_that_overlap_the_likeliest_is_cut(loud):
    line = "去彩票开户吧，正文"
    found = segments_in(loud, line)
    for margin, cut in (((1.0, 2.0, -1.0), "彩票开户"), ((2.0, 1.0, -1.0), "去彩票开户吧，")):
        ((start, end),) = chosen([line], found, np.array(margin), 0.0)[0]
        assert line[start:end] == cut


def test_a_whole_line_is_never_cut(still):
    assert picked(still, "  鸿运娱乐 ", "鸿运娱乐") == []
    assert picked(still, "鸿运，娱乐", "鸿运", "娱乐") == []


def test_cuts_stay_in_lines_that_are_kept(cleaner, seeds):
    text = "\n".join(page.text for page in seeds)
    result = cleaner(text)
    assert result.cuts
    rows = text.split("\n")
    for cut in result.cuts:
        assert result.lines[cut.line].kept
        assert 0 <= cut.start < cut.end <= len(rows[cut.line])
    ends = [(cut.line, cut.start, cut.end) for cut in result.cuts]
    assert ends == sorted(ends)


def test_a_model_without_weights_for_cuts_cuts_nothing(drawn, seeds):
    assert all(Cleaner(replace(drawn, cut=None))(page.text).cuts == () for page in seeds)


def test_many_spans_are_picked_as_one_by_one():
    rng = np.random.default_rng(4)
    line = "字" * 3000
    start = rng.integers(0, 2900, 2000)
    found = SimpleNamespace(owner=np.zeros(2000, np.int64), start=start, end=start + rng.integers(2, 60, 2000))
    margin = rng.permutation(2000) - 500.0
    spans = []
    for i in np.argsort(-margin):
        a, b = int(found.start[i]), int(found.end[i])
        if margin[i] > 0 and all(b <= low or high <= a for low, high in spans):
            spans.append((a, b))
    assert chosen([line], found, margin, 0.0) == {0: joined(line, sorted(spans))}

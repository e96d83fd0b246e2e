from dataclasses import replace

import numpy as np

from hansift.corpus.labelled import parse
from hansift.features import features_of
from hansift.features.weighed import KINDS
from hansift.model.linear import GROUPS
from hansift.model.lines import line_margins
from hansift.train.lines import distinct, fit_kinds, fit_lines, folds_of, groups_of, kinds_of, whole_lines


def test_equal_lines_of_one_group_and_fold_are_one_row():
    texts = ["首页\n\n正文在此", "首页\n首页"]
    groups, fold = np.array([2, 0, 2, 2]), np.array([0, 0, 0, 1])
    first, place, weight = distinct(texts, groups, fold, np.array([True, True, True, False]))
    assert first.tolist() == [0, 1, 3]
    assert place.tolist() == [0, 1, 0, 2]
    assert weight.tolist() == [2, 1, 0]


def test_spam_that_is_prose_is_prose_to_the_first_step():
    page = parse(
        "s:filler\t甲乙丙丁戊己\ns:promo\t鸿运娱乐官网\nn:related\t旧闻\nb:para\t正文在此\nb:para:0-2\t鸿运正文\n", "a"
    )
    names = [GROUPS[number] for number in groups_of([page], np.array([6, 6, 2, 4, 4]))]
    assert names == ["prose", "spam", "list", "prose", "prose"]
    assert whole_lines([page]).tolist() == [True, True, True, True, False]


def test_kinds_are_told_by_letter_and_role():
    page = parse(
        "n:byline\t来源\nn:footer\t版权\nn:comment\t写得好\nn:menu\t首页\nn\t别的\ns:promo\t官网\nb:para\t正文\n", "a"
    )
    names = [("body", *KINDS)[number] for number in kinds_of([page])]
    assert names == ["byline", "notice", "comment", "other", "other", "other", "body"]


def pages_of(*rows):
    """A dozen pages of as many sites with these rows, each with its number."""
    texts = ["".join(f"{row}{number}\n" for row in rows) for number in range(12)]
    return [parse(f"#: site: 青坪{number}\n{text}", str(number)) for number, text in enumerate(texts)]


BYLINE, BODY, COMMENT = "n:byline\t来源：青坪晚报", "b:para\t镇上的老粮站重新开了门", "n:comment\t写得真好，我也去过"


def test_kinds_are_learnt_from_other_sites():
    judges = fit_kinds(pages_of(BYLINE, BODY, COMMENT))
    margins = line_margins(judges.model(), features_of(["来源：白塔新闻\n老粮站开了门\n写得好，我去过"]))
    assert [KINDS[kind] for kind in margins.argmax(axis=1)[[0, 2]]] == ["byline", "comment"]
    assert (margins[1] < 0).all()


def test_lines_that_stand_in_no_page_teach_too_and_change_no_fold():
    pages, loose = pages_of(BYLINE, BODY), [replace(page, name=f"loose {page.name}") for page in pages_of(COMMENT)]
    spoken = features_of(["写得好，我去过"])
    without, with_them = (line_margins(fit_kinds(pages, some).model(), spoken)[0] for some in ([], loose))
    assert with_them[KINDS.index("comment")] > without[KINDS.index("comment")] + 1
    judges, margins = fit_lines(pages, loose, lambda pages, _: kinds_of(pages), 0)
    features = features_of([page.text for page in pages])
    assert margins.shape == (24, 4)
    assert np.allclose(judges(features, folds_of(pages)[features.rows.page]), margins, atol=1e-4)

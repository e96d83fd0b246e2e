import numpy as np
import scipy.sparse as sp

from hansift.corpus.labelled import parse
from hansift.features import SHAPE
from hansift.model.linear import GROUPS
from hansift.train.encode import encoder
from hansift.train.fit import SHAKE, distinct, groups_of, said_by_tables, shaken, whole_lines
from hansift.train.logistic import Task, linear, said


def test_equal_lines_of_one_group_and_fold_are_one_row():
    texts = ["首页\n\n正文在此", "首页\n首页"]
    groups, fold = np.array([2, 0, 2, 2]), np.array([0, 0, 0, 1])
    first, place, weight = distinct(texts, groups, fold, np.array([True, True, True, False]))
    assert first.tolist() == [0, 1, 3]
    assert place.tolist() == [0, 1, 0, 2]
    assert weight.tolist() == [2, 1, 0]


def test_a_weight_counts_like_that_many_rows():
    rng = np.random.default_rng(3)
    matrix, truth = sp.csr_matrix(rng.random((30, 6))), rng.integers(0, 3, 30)
    weight = rng.integers(0, 4, 30)
    again = np.repeat(np.arange(30), weight)
    one, bias = linear(Task(matrix, truth, weight.astype(float), 3, 1), 1.0, 500)
    two, other = linear(Task(matrix[again], truth[again], np.ones(len(again)), 3, 1), 1.0, 500)
    np.testing.assert_allclose(one, two, atol=1e-3)
    np.testing.assert_allclose(bias, other, atol=1e-3)


def test_spam_that_is_prose_is_prose_to_the_first_step():
    page = parse(
        "s:filler\t甲乙丙丁戊己\ns:promo\t鸿运娱乐官网\nn:related\t旧闻\nb:para\t正文在此\nb:para:0-2\t鸿运正文\n", "a"
    )
    names = [GROUPS[number] for number in groups_of([page], np.array([6, 6, 2, 4, 4]))]
    assert names == ["prose", "spam", "list", "prose", "prose"]
    assert whole_lines([page]).tolist() == [True, True, True, True, False]


def test_what_is_shaken_moves_page_by_page_and_always_alike():
    margins, page = np.zeros((4000, 4)), np.repeat(np.arange(2000), 2)
    moved = shaken(margins, page)
    assert (moved[::2] == moved[1::2]).all()
    assert len(np.unique(moved[:, 0])) == 2000
    assert np.allclose(moved.std(axis=0), SHAKE, rtol=0.1)
    assert (moved == shaken(margins, page)).all()
    assert shaken(margins[:0], page[:0]).shape == (0, 4)


def test_indicators_are_the_same_in_any_parts(monkeypatch):
    rng = np.random.default_rng(1)
    columns = rng.integers(0, 256, (len(SHAPE), 90)).astype(np.uint8)
    encode = encoder(columns, SHAPE)
    whole = encode(columns)
    for lines in (7, 30, 90, 91):
        monkeypatch.setattr("hansift.train.encode.LINES", lines)
        parts = encode(columns)
        assert (parts != whole).nnz == 0
        assert parts.shape == whole.shape == (90, encode.size)
    assert encode(columns[:, :0]).shape == (0, encode.size)


def test_tables_say_what_the_matrix_says():
    rng = np.random.default_rng(1)
    columns = rng.integers(0, 256, (len(SHAPE), 90)).astype(np.uint8)
    encode, fold = encoder(columns, SHAPE), np.arange(90) % 3
    fits = {held: (rng.normal(size=(encode.size, 2)), rng.normal(size=2)) for held in range(3)}
    assert np.allclose(said_by_tables(encode, columns, fold, fits), said(encode(columns), fold, fits), atol=1e-4)

import numpy as np
import scipy.sparse as sp

from hansift.features import SHAPE
from hansift.train.encode import encoder
from hansift.train.fit import SHAKE, said_by_tables, shaken
from hansift.train.logistic import Task, linear, said


def test_a_weight_counts_like_that_many_rows():
    rng = np.random.default_rng(3)
    matrix, truth = sp.csr_matrix(rng.random((30, 6))), rng.integers(0, 3, 30)
    weight = rng.integers(0, 4, 30)
    again = np.repeat(np.arange(30), weight)
    one, bias = linear(Task(matrix, truth, weight.astype(float), 3, 1), 1.0, 500)
    two, other = linear(Task(matrix[again], truth[again], np.ones(len(again)), 3, 1), 1.0, 500)
    np.testing.assert_allclose(one, two, atol=1e-3)
    np.testing.assert_allclose(bias, other, atol=1e-3)


def test_what_is_shaken_moves_page_by_page_and_always_alike():
    margins, page = np.zeros((4000, 4)), np.repeat(np.arange(2000), 2)
    moved = shaken(margins, page)
    assert (moved[::2] == moved[1::2]).all()
    assert len(np.unique(moved[:, 0])) == 2000
    assert np.allclose(moved.std(axis=0), SHAKE, rtol=0.1)
    assert (moved == shaken(margins, page)).all()
    assert (moved != shaken(margins, page, draw=1)).all()
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

"""The compiled loops give what numpy's give, number for number."""

from dataclasses import fields
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.corpus.labelled import read_folder
from hansift.features import features_of, kernels
from hansift.features.batch import batch_of
from hansift.features.chars import tables
from hansift.features.kernels import compiled, plain
from hansift.model.judge import judge
from hansift.model.linear import list_odds, merged, page_columns
from hansift.model.lines import line_margins

LINE = st.text(st.sampled_from("首页新闻国國的，。|12 a\u3000\u2028\x85\r\ud800𠮷") | st.characters(), max_size=12)
LONG = st.sampled_from(["字" * 300, "字，" * 9000, " " * 260 + "字" * 16400 + " " * 300])
TEXTS = st.lists(st.lists(LINE | LONG, max_size=6).map("\n".join), min_size=1, max_size=4)


def same(one, other):
    assert type(one) is type(other)
    if isinstance(one, tuple):
        for a, b in zip(one, other, strict=True):
            same(a, b)
    elif isinstance(one, np.ndarray):
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)
    else:
        assert one == other


@given(TEXTS)
def test_loops_over_units(drawn, texts):
    batch, known = batch_of(texts), tables()
    scanned = plain.scanned(batch.units, batch.starts, known.kind, known.fold)
    same(compiled.scanned(batch.units, batch.starts, known.kind, known.fold), scanned)
    _, *grams = scanned
    ends = batch.starts, batch.ends
    (words,) = drawn.alone.words
    rest = words, tuple(grams), *ends, np.arange(len(batch.starts))[::2]
    same(compiled.gram_sums(*rest), plain.gram_sums(*rest))


@given(st.integers(1, 3), st.integers(0, 40), st.integers(0, 600), st.randoms(use_true_random=False))
def test_sums_of_tables(words, features, rows, random):
    rng = np.random.default_rng(random.randrange(1 << 32))
    table = rng.integers(-(2**40), 2**40, (words, features, 256))
    columns = rng.integers(0, 256, (features, rows)).astype(np.uint8)
    same(compiled.table_sums(table, columns), plain.table_sums(table, columns))


@pytest.fixture
def by(monkeypatch):
    """Has all that follows done by these loops."""

    def use(module):
        monkeypatch.setattr(kernels, "compiled_wanted", lambda: module is compiled)
        monkeypatch.setattr(kernels, "WORTH", 0)

    return use


def everything(model, texts):
    """All that is made of the texts on the way to labels, dataclasses as lists."""
    features = features_of(texts)
    own = line_margins(model.alone, features)
    columns = page_columns(features, merged(own), list_odds(own))
    judged = judge(model, texts)
    rows = [getattr(features.rows, field.name) for field in fields(features.rows)]
    scores = judged.labels, judged.index, judged.own, judged.scores, judged.visible
    return (*rows, features.shape, features.size, own, columns, *scores)


HOSTILE = [
    "",
    " \n\n",
    "\n" * 300,
    "字" * 70_000,
    "短\n" + "字，" * 9000,
    "长" * 260 + " " * 600 + "字",
    " " * 9000 + "x\n" + " " * 9000,
    "同一行\n" * 300 + "another one\n" * 20,
    "。" * 5000 + "\n" + "國国" * 3000,
    "\U00020bb7" * 4000 + "\n\ud800\udc00\ud800",
    "水库大坝\n大坝\n\n山路",
]


def test_everything_on_the_way_to_labels(by, drawn, root):
    """Of the whole corpus, and of pages that no one would write; whatever the batch, whichever loops run."""
    pages = [page.text for name in ("pages", "seeds") for page in read_folder(root / "data" / name)]
    for texts in (pages, HOSTILE, *([text] for text in HOSTILE), HOSTILE[::-1] + pages[:9]):
        found = []
        for module in (plain, compiled):
            by(module)
            found.append(everything(drawn, texts))
        same(*found)


@given(TEXTS)
def test_everything_of_drawn_pages(drawn, texts):
    found = []
    for wanted in (False, True):
        with mock.patch.multiple(kernels, compiled_wanted=lambda wanted=wanted: wanted, WORTH=0):
            found.append(everything(drawn, texts))
    same(*found)


def test_numba_waits_until_it_pays(monkeypatch):
    monkeypatch.setattr(kernels, "compiled_wanted", lambda: True)
    monkeypatch.setattr(kernels, "_compiled", lambda: compiled)
    monkeypatch.setattr(kernels, "_had", 0)
    assert kernels.loops(10) is plain
    assert kernels.loops(kernels.WORTH - 11) is plain
    assert kernels.loops(1) is compiled
    assert kernels.loops() is compiled


def test_numba_is_there_at_once_for_what_lies_ahead(monkeypatch):
    monkeypatch.setattr(kernels, "compiled_wanted", lambda: True)
    monkeypatch.setattr(kernels, "_compiled", lambda: compiled)
    monkeypatch.setattr(kernels, "_had", 0)
    kernels.expect(kernels.WORTH - 1)
    assert kernels.loops(kernels.WORTH - 1) is plain  # counted once
    kernels.expect(kernels.WORTH)
    assert kernels.loops() is compiled


@pytest.mark.parametrize(("value", "wanted"), [("plain", False), ("", True)])
def test_the_switch(monkeypatch, value, wanted):
    monkeypatch.setenv(kernels.SWITCH, value)
    assert kernels.compiled_wanted.__wrapped__() is wanted

"""The compiled loops give what numpy's give, number for number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.features import features_of, kernels, topic_in
from hansift.features.batch import batch_of
from hansift.features.chars import COUNTED, tables
from hansift.features.kernels import compiled, plain
from hansift.features.topic import commonest, shared
from hansift.model.judge import judge

EVERY = np.ones(1 << 16, dtype=np.uint8)
LINE = st.text(st.sampled_from("首页新闻国國的，。|12 a\u3000\u2028\x85\r\ud800𠮷") | st.characters(), max_size=12)
LONG = st.sampled_from(["字" * 300, "字，" * 9000, " " * 260 + "字" * 16400 + " " * 300])
TEXTS = st.lists(st.lists(LINE | LONG, max_size=6).map("\n".join), min_size=1, max_size=4)
NUMBERS = st.integers(-(2**20), 2**20)


def same(one, other):
    assert type(one) is type(other)
    if isinstance(one, tuple):
        for a, b in zip(one, other, strict=True):
            same(a, b)
    elif isinstance(one, np.ndarray):
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist()
    else:
        assert one == other


@given(TEXTS)
def test_loops_over_units(drawn, texts):
    batch, known = batch_of(texts), tables()
    scanned = plain.scanned(batch.units, batch.starts, known.kind, known.fold)
    same(compiled.scanned(batch.units, batch.starts, known.kind, known.fold), scanned)
    kinds, *grams = scanned
    lines = kinds, batch.starts, batch.ends
    for name, last in (
        ("counted", (known.counters, len(COUNTED))),
        ("parted", (known.first_mark,)),
        ("edges", (known.first_space,)),
    ):
        same(getattr(compiled, name)(*lines, *last), getattr(plain, name)(*lines, *last))
    ends = batch.starts, batch.ends
    same(compiled.keys(grams[1], *ends), plain.keys(grams[1], *ends))
    (words,) = drawn.gram_words
    same(compiled.gram_sums(words, tuple(grams), *ends), plain.gram_sums(words, tuple(grams), *ends))
    rest = kinds, batch.ends, grams[1], EVERY, known.first_other
    same(compiled.rare_pairs(*rest), plain.rare_pairs(*rest))


@given(st.lists(st.lists(NUMBERS, max_size=9), min_size=1, max_size=5), st.integers(0, 12))
def test_loops_over_rows(pages, reach):
    first = np.cumsum([0, *map(len, pages)])
    page = np.repeat(np.arange(len(pages)), np.diff(first))
    values = np.array([value for own in pages for value in own], dtype=np.int64)
    here = np.arange(len(values))
    around = here - first[page], first[page + 1] - 1 - here
    same(compiled.window_sums(values, *around, reach), plain.window_sums(values, *around, reach))
    filled = first[1:] > first[:-1]
    for one, other in zip(compiled.heaviest(values, page, first), plain.heaviest(values, page, first), strict=True):
        same(one[filled], other[filled])


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


def test_a_topic(by, seeds):
    texts = [page.text for page in seeds] * 2 + ["", "水库大坝\n大坝\n\n山路", "大坝大坝\n山路"]
    found = []
    for module in (plain, compiled):
        by(module)
        features = features_of(texts)
        topic = topic_in(features, EVERY)
        member = np.arange(len(topic.total)) % 3 > 0
        found.append((shared(topic, member), topic.total, commonest(topic)))
    same(*found)


def test_judgements(by, drawn, seeds):
    """Whatever the batch, whichever loops run."""
    texts = [*(page.text for page in seeds), "", " \n\n", "字" * 70_000, "短\n" + "字，" * 9000]
    found = []
    for module in (plain, compiled):
        by(module)
        found.append(judge(drawn, texts))
    for name in ("labels", "index", "alone", "scores", "visible"):
        same(getattr(found[0], name), getattr(found[1], name))


def test_numba_waits_until_it_pays(monkeypatch):
    monkeypatch.setattr(kernels, "compiled_wanted", lambda: True)
    monkeypatch.setattr(kernels, "_compiled", lambda: compiled)
    monkeypatch.setattr(kernels._compiled, "cache_info", lambda: type("Info", (), {"currsize": 0}), raising=False)
    assert kernels.loops(10) is plain
    assert kernels.loops(kernels.WORTH) is compiled


@pytest.mark.parametrize(("value", "wanted"), [("plain", False), ("", True)])
def test_the_switch(monkeypatch, value, wanted):
    monkeypatch.setenv(kernels.SWITCH, value)
    assert kernels.compiled_wanted.__wrapped__() is wanted

from dataclasses import replace

import numpy as np
import pytest

from hansift import Cleaner, load
from hansift.errors import ModelError
from hansift.features import CONTEXT, MARKS, SHAPE, features_of
from hansift.model.explain import Explainer
from hansift.model.file import save
from hansift.model.linear import (
    MARGINS,
    MarkedModel,
    list_odds,
    marked_columns,
    marked_in,
    marked_margins,
    merged,
    own_in,
    page_columns,
)
from hansift.model.lines import line_margins
from hansift.model.tables import UNIT, table_sums
from hansift.text.html.walk import extract

PAGE = "<ul><li><a href=x>首页</a></ul><h1>老粮站</h1><p>昨天下午，镇上的老粮站重新开了门。<p>书都是居民捐的。"


@pytest.fixture(scope="module")
def marked(drawn):
    rng = np.random.default_rng(5)
    tables = rng.integers(-3000, 3000, (2, len(SHAPE) + len(CONTEXT) + len(MARKS), 256, MARGINS)).astype(np.int32)
    kinds = replace(drawn.alone, grams=(drawn.alone.grams[:, ::-1] >> 6).astype(np.int8), unit=8e-3)
    head = MarkedModel(
        kinds, tuple(tables), np.array([[100, -200], [0, 50]], dtype=np.int32), np.array([2.0, 0.5, -2.0])
    )
    return replace(drawn, marked=head)


def test_text_is_judged_as_by_a_model_without_the_head(drawn, marked):
    text = extract(PAGE).text
    assert Cleaner(marked)(text) == Cleaner(drawn)(text)
    assert Cleaner(marked, markup=False)(html=PAGE).to_dict() == Cleaner(drawn)(text).to_dict()


def test_which_was_used_stands_in_the_result(drawn, marked):
    heard, unheard, without = (
        cleaner(html=PAGE) for cleaner in (Cleaner(marked), Cleaner(marked, markup=False), Cleaner(drawn))
    )
    assert (heard.markup, unheard.markup, without.markup) == (True, False, False)
    assert heard.to_dict()["markup"] is True
    assert "markup" not in unheard.to_dict()
    assert all((line.marks is not None) == bool(line.text) for line in heard.lines)
    assert all(line.marks is None for line in unheard.lines)


def test_pages_of_both_kinds_stand_side_by_side(marked):
    cleaner, text, page = Cleaner(marked), "首页\n正文在此。", extract(PAGE)
    assert list(cleaner.pipe([text, page, text, page])) == [cleaner(text), cleaner(html=PAGE)] * 2


def test_the_file_keeps_the_head(drawn, marked, tmp_path):
    save(marked, tmp_path / "a.npz")
    again = load(tmp_path / "a.npz")
    assert np.array_equal(again.marked.stages, marked.marked.stages)
    assert again.marked.thresholds.tolist() == [2.0, 0.5, -2.0]
    assert np.array_equal(again.marked.kinds.grams, marked.marked.kinds.grams)
    save(drawn, tmp_path / "b.npz")
    assert load(tmp_path / "b.npz").marked is None


def test_a_head_of_another_form_is_refused(marked, tmp_path):
    save(
        replace(marked, marked=replace(marked.marked, stages=tuple(one[1:] for one in marked.marked.stages))),
        tmp_path / "a.npz",
    )
    with pytest.raises(ModelError, match="unexpected form"):
        load(tmp_path / "a.npz")


def test_a_stage_judges_by_what_the_one_before_made_of_the_page_and_each_line_by_itself(marked):
    page = extract(PAGE)
    features, head = features_of([page.text]), marked.marked
    own = line_margins(marked.alone, features)
    alone, listed = merged(own), list_odds(own)
    heard = marked_in(features, [page.markup])

    def said(stage, margins, alone, kinds=head.kinds):
        own = own_in(kinds, features, heard, alone)
        seen = marked_columns(heard, own, page_columns(features, margins, listed), margins)
        return (table_sums(head.pairs[stage], seen, MARGINS) + head.bias[stage]) / UNIT

    first = said(0, alone, alone)
    both = marked_margins(marked, features, alone, listed, [page.markup])
    assert np.array_equal(said(1, first, alone), both)
    assert not np.array_equal(said(1, alone, alone), both)
    assert not np.array_equal(said(1, first, first), both)
    assert not np.array_equal(said(1, first, alone, marked.alone), both)


def test_the_explained_terms_make_the_score(marked):
    page = extract(PAGE)
    result = Cleaner(marked)(html=PAGE)
    explainer = Explainer(marked, page.text, page.markup)
    for line in result.lines:
        if line.label is None:
            continue
        *_, step = explainer.explain(line.number).page
        assert len(step.terms) == len(SHAPE) + len(CONTEXT) + len(MARKS) + 1
        logits = np.array([step.sums[0], 0.0, step.sums[1]])
        scores = np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum()
        assert np.allclose(scores, line.scores)

import json
from dataclasses import replace

import pytest

from hansift.errors import DataError
from hansift.train.card import card
from hansift.train.heldout import heldout_figures, heldout_outcome
from hansift.train.summary import summary


@pytest.fixture
def shipped(fitted):
    header = {**fitted.model.header, "data": "d" * 64, "digest": "e" * 64, "generator": {"seed": 1, "copies": 2}}
    return replace(fitted, model=replace(fitted.model, header=header))


def test_card_says_what_there_is(shipped, seeds, tmp_path):
    text = card(shipped, seeds, tmp_path)
    for part in (
        "d" * 64,
        "e" * 64,
        "| pages | 5 |",
        "| labelled lines | 96 |",
        "## Held-out sites",
        "## Limits",
        "hansift train",
    ):
        assert part in text
    assert "jieba" not in text
    assert "Real pages" not in text


def test_card_takes_figures_in(shipped, seeds, tmp_path):
    row = {"name": "without n-grams", "char_f1": 0.912, "line_macro_f1": 0.8}
    ablation = {
        "pages": 5,
        "lines": 96,
        "folds": 3,
        "families": [row],
        "jieba": [{**row, "name": "words", "seconds": 1.5}],
    }
    (tmp_path / "ablation.json").write_text(json.dumps(ablation))
    text = card(shipped, seeds, tmp_path)
    assert "| without n-grams | 0.912 | 0.800 |" in text
    assert "| words | 0.912 | 0.800 | 1.500 |" in text
    rows = [{"strength": 14.0, "loss": 0.45, "error": 0.01}, {"strength": 28.0, "loss": 0.4, "error": 0.02}]
    penalty = {"pages": 5, "folds": 3, "rows": rows, "chosen": 28.0}
    (tmp_path / "penalty.json").write_text(json.dumps(penalty))
    text = card(shipped, seeds, tmp_path)
    assert "| 14 | 0.4500 | 0.0100 |" in text
    assert "is taken: 28." in text
    measures = {"model": "f" * 64, "by_source": summary(heldout_outcome(shipped, seeds))["by_source"]}
    (tmp_path / "evaluation.json").write_text(json.dumps(measures))
    assert f"an earlier model, of digest `{'f' * 64}`" in card(shipped, seeds, tmp_path)
    (tmp_path / "evaluation.json").write_text("{")
    with pytest.raises(DataError, match=r"evaluation\.json"):
        card(shipped, seeds, tmp_path)


def test_heldout_figures_are_plain(fitted, seeds):
    figures = heldout_figures(fitted, seeds)
    assert json.loads(json.dumps(figures)) == figures
    assert 0 < figures["000_0c04e58160ec2ddd.lines"]["char_f1"] <= 1

import numpy as np
import pytest

from hansift.features import CONTEXT, MARKS, SHAPE
from hansift.train.ablate import alone, bench_of, columns_of, marked_columns_of
from hansift.train.penalty import GRID, by_page, chosen, losses


@pytest.fixture(scope="module")
def bench(seeds):
    return bench_of(seeds)


def test_the_strongest_within_one_error_is_chosen():
    rows = [{"strength": k, "loss": loss, "error": 0.05} for k, loss in ((7, 0.6), (14, 0.449), (28, 0.4), (56, 0.41))]
    assert chosen(rows) == 14
    assert chosen(rows[:1]) == 7
    assert chosen([*rows, {"strength": 112, "loss": 0.1, "error": 0.0}]) == 112


def test_the_loss_of_a_page_is_the_mean_of_its_lines(bench):
    scores = np.full((len(bench.truth), 3), 0.25)
    scores[bench.features.rows.page == 1] = 0.5
    lost = by_page(scores, bench)
    assert lost.tolist() == pytest.approx([-np.log(0.25), -np.log(0.5), *[-np.log(0.25)] * 3])


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_every_penalty_has_its_loss(bench):
    own = alone(bench, None)
    text, html = columns_of(bench, own), marked_columns_of(bench, own)
    assert [each.shape for each in text] == [(len(SHAPE) + len(CONTEXT), 96)] * 2
    assert [each.shape for each in html] == [(len(SHAPE) + len(CONTEXT) + len(MARKS), 96)] * 2
    rows = losses(bench, text, (*SHAPE, *CONTEXT), 100)
    assert [row["strength"] for row in rows] == list(GRID)
    assert all(0 < row["loss"] < 3 and row["error"] > 0 for row in rows)

import numpy as np
import pytest

from hansift.corpus.augment import augment
from hansift.train.ablate import bench_of
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


def test_every_penalty_has_its_loss_on_the_labelled_pages(seeds):
    bench = bench_of([*seeds, *augment(seeds, 1, 1)])
    rows = losses(bench, len(seeds), 100)
    assert [row["strength"] for row in rows] == list(GRID)
    assert all(0 < row["loss"] < 3 and row["error"] > 0 for row in rows)

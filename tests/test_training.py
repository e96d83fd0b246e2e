"""Training: the same data gives the same bytes, and the exported pipeline says what the model says."""

import json

import joblib
import numpy as np
import pytest

from hansift import Cleaner, load
from hansift.adapters.sklearn import export_pipeline, pipeline_of
from hansift.model.file import save
from hansift.page import LABELS
from hansift.train.build import build, data_digest
from hansift.train.fit import fit
from hansift.train.markup import STAGES

SYNTHETIC = [
    "首页 | 新闻 | 体育",
    "他说，这件事还要从头说起。",
    "澳门金沙官网-鸿运娱乐-88棋牌",
    "",
    " \u3000",
    "𠮷野家\ud800 2024-01-01",
    "字" * 5000,
    "甲\u2028乙\r",
]


@pytest.fixture(scope="module")
def built(root, tmp_path_factory):
    """A model of the seeds alone, and its file."""
    path = tmp_path_factory.mktemp("built") / "model.npz"
    said = []
    fitted, digest = build(root / "data" / "seeds", path, said.append)
    return fitted.model, path, digest


def likeliest(line):
    return max(zip(line.alone, LABELS, strict=True))[1]


def test_the_same_data_gives_the_same_bytes(seeds, tmp_path):
    for name in ("one", "two"):
        save(fit(seeds).model, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_model_knows_what_it_was_made_of(built, seeds):
    _, path, digest = built
    header = load(path).header
    assert header["digest"] == digest
    assert header["data"] == data_digest(seeds)
    assert header["lines"] == 96
    assert header["versions"].keys() >= {"python", "numpy", "scikit-learn"}
    assert json.loads(json.dumps(header)) == header


def test_markup_has_weights_of_its_own_in_each_stage(built):
    head = built[0].marked
    assert len(head.stages) == len(head.bias) == STAGES
    assert not np.array_equal(head.stages[0], head.stages[1])


def test_other_data_has_another_digest(seeds):
    assert data_digest(seeds) == data_digest(seeds[::-1]) != data_digest(seeds[1:])


def test_the_seeds_are_learnt_nearly_by_heart(built, seeds):
    """Nearly: each of the fits whose mean judges a line alone has not seen one of the five pages."""
    cleaner, wrong = Cleaner(built[1]), []
    for page in seeds:
        labels = [line.label and line.label[0] for line in cleaner(page.text).lines]
        truth = [line.letter or None for line in page.lines]
        wrong += [pair for pair in zip(labels, truth, strict=True) if pair[0] != pair[1]]
    assert len(wrong) <= 2, wrong


def test_the_pipeline_says_what_the_first_step_says(built, seeds):
    pipeline = pipeline_of(built[0])
    lines = [line for page in seeds for line in Cleaner(built[0], restore=False)(page.text).lines if line.label]
    mended = [line for page in seeds for line in Cleaner(built[0])(page.text).lines if line.label]
    assert len(lines) == 96
    assert pipeline.predict([line.text for line in mended]).tolist() == [likeliest(line) for line in mended]
    alone = [line.alone for line in mended]
    assert np.allclose(pipeline.predict_proba([line.text for line in mended]), alone, atol=1e-3)


def test_the_pipeline_takes_any_line(built):
    pipeline = pipeline_of(built[0])
    judged = [Cleaner(built[0], restore=False)(text).lines[0] for text in SYNTHETIC]
    labels = pipeline.predict(SYNTHETIC).tolist()
    assert [label for label, line in zip(labels, judged, strict=True) if line.label] == [
        likeliest(line) for line in judged if line.label
    ]
    assert pipeline.predict_proba(SYNTHETIC).shape == (len(SYNTHETIC), 3)
    assert np.allclose(pipeline.predict_proba(SYNTHETIC).sum(axis=1), 1)


def test_the_pipeline_is_a_file_of_joblib(built, tmp_path):
    export_pipeline(built[0], tmp_path / "a" / "sklearn.joblib")
    again = joblib.load(tmp_path / "a" / "sklearn.joblib")
    assert again.predict(SYNTHETIC).tolist() == pipeline_of(built[0]).predict(SYNTHETIC).tolist()


def test_the_command_writes_model_and_pipeline(root, cli, built, tmp_path):
    (tmp_path / "data").mkdir()
    for path in (root / "data" / "seeds").iterdir():
        (tmp_path / "data" / path.name).write_bytes(path.read_bytes())
    ran = cli("train", tmp_path / "data", "-o", tmp_path / "m.npz", "--export", tmp_path / "m.joblib")
    assert ran.code == 0, ran.err
    assert ran.out == b""
    assert (tmp_path / "m.npz").read_bytes() == built[1].read_bytes()
    assert joblib.load(tmp_path / "m.joblib").predict(["首页"]).tolist()[0] in ("body", "nav", "spam")


def test_what_cannot_be_trained_on_is_told(cli, tmp_path):
    assert "no .lines file" in cli("train", tmp_path, "-o", tmp_path / "m.npz").err
    (tmp_path / "a.lines").write_text("首页\n", encoding="utf-8")
    ran = cli("train", tmp_path, "-o", tmp_path / "m.npz")
    assert ran.code == 2
    assert "no tab" in ran.err
    assert not (tmp_path / "m.npz").exists()

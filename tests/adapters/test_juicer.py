"""Data-Juicer: the mapper on a dataset, and named by a recipe."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.filterwarnings("default")  # those of the library's own making


@pytest.fixture
def ours(engine, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    engine("torch")  # it calls for it in every run, and would fetch several GB itself
    engine("data_juicer.ops.base_op")
    return engine("hansift.adapters.juicer")


def test_the_mapper_on_a_dataset(ours, rows, cleaned, drawn_file, drawn_cleaned):
    from data_juicer.core.data import NestedDataset

    found = ours.HansiftMapper(num_proc=1).run(NestedDataset.from_list(rows))
    assert found["text"][:] == cleaned
    assert found["id"][:] == [row["id"] for row in rows]
    pages = NestedDataset.from_list([{"page": row["text"]} for row in rows])
    found = ours.HansiftMapper(str(drawn_file), text_key="page", num_proc=2).run(pages)
    assert found["page"][:] == drawn_cleaned


def test_a_recipe_names_it(ours, jsonl, cleaned, tmp_path):
    """Data-Juicer finds the mapper by the package's entry point; the recipe needs no path."""
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(
        f"dataset_path: {jsonl}\nexport_path: {tmp_path}/out.jsonl\nnp: 2\n"
        "process:\n  - hansift_mapper:\n      policy: balanced\n"
    )
    environment = {
        **os.environ,
        "HF_HUB_OFFLINE": "1",
        "HF_HOME": str(tmp_path / "hf"),
        "DATA_JUICER_CACHE_HOME": str(tmp_path),
    }
    command = Path(sys.executable).with_name("dj-process")
    ran = subprocess.run([command, "--config", recipe], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-2000:]
    rows = [json.loads(row) for row in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [row["text"] for row in rows] == cleaned

"""Ray: `map_batches`, and the command on a cluster of this machine."""

import json
import logging
import subprocess
import sys

import pytest

from hansift import Cleaner
from hansift.adapters.ray import ColumnCleaner

pytestmark = pytest.mark.filterwarnings("default")  # those of the library's own making


@pytest.fixture(scope="module")
def ray(engine):
    ray = engine("ray")
    engine("ray.data")
    ray.init(address="local", num_cpus=2, logging_level=logging.ERROR, log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray
    ray.shutdown()


def test_batches_of_a_dataset(ray, rows, cleaned):
    dataset = ray.data.from_items(rows, override_num_blocks=4)
    found = dataset.map_batches(ColumnCleaner, concurrency=2).take_all()
    assert {row["id"]: row["text"] for row in found} == dict(zip((row["id"] for row in rows), cleaned, strict=True))


def test_any_model_and_missing_pages(ray, rows, drawn, drawn_cleaned):
    items = [{"page": row["text"], "n": n} for n, row in enumerate(rows)] + [{"page": None, "n": 500}]
    arguments = {"text": "page", "cleaner": Cleaner(drawn)}
    dataset = ray.data.from_items(items)
    found = dataset.map_batches(ColumnCleaner, fn_constructor_kwargs=arguments, concurrency=1, batch_size=64).take_all()
    texts = {row["n"]: row["page"] for row in found}
    assert [texts[n] for n in range(500)] == drawn_cleaned
    assert texts[500] is None


@pytest.fixture
def on_ray(ray):
    """Runs the command in a process of its own, on the cluster of this one."""
    address = ray.get_runtime_context().gcs_address

    def run(*args):
        call = [sys.executable, "-m", "hansift", "clean", *map(str, args), "--engine", "ray", "--address", address]
        return subprocess.run(call, capture_output=True, text=True, check=False, timeout=120)

    return run


def test_the_command_on_a_cluster(on_ray, command, jsonl, drawn_file, tmp_path):
    """Every file that a run writes is what processes of this machine write."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_bytes(b"{}\n" + jsonl.read_bytes())
    (tmp_path / "in" / "page.txt").write_text("首页\n正文，正文，正文。", "utf-8")
    common = (tmp_path / "in", "--part-size", "200K", "--model", drawn_file)
    wrote = {}
    for name, run in (("ray", on_ray), ("processes", lambda *args: command("clean", *args))):
        out = tmp_path / name
        ran = run(*common, "-o", out / "out", "--removed", out / "removed.jsonl", "--errors", out / "errors.jsonl")
        assert (ran.returncode if name == "ray" else ran.code) == 1, ran
        wrote[name] = {
            str(path.relative_to(out)): path.read_bytes().replace(b"/ray/", b"/processes/")
            for path in out.rglob("*")
            if path.is_file()
        }
    assert wrote["ray"].keys() == {"out/a.jsonl", "out/page.txt", "removed.jsonl", "errors.jsonl"}
    assert wrote["ray"] == wrote["processes"]


def test_the_command_says_what_it_did(on_ray, jsonl, cleaned, tmp_path):
    ran = on_ray(jsonl, "-o", tmp_path / "out.jsonl", "--summary", tmp_path / "s.json", "--workers", 1)
    assert ran.returncode == 0, ran.stderr
    assert "500 records in: 500 out" in ran.stderr
    assert [json.loads(row)["text"] for row in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()] == cleaned
    assert json.loads((tmp_path / "s.json").read_text())["workers"] == 1
    assert not (tmp_path / "out.jsonl.parts").exists()


def test_a_worker_that_dies_is_told(ray, jsonl, tmp_path, monkeypatch):
    """What was finished before stays, and a run with --resume takes it from there."""
    from hansift import __version__
    from hansift.adapters import ray as ours
    from hansift.errors import InputError
    from hansift.io.run import Extras, run
    from hansift.io.settings import Settings
    from hansift.io.sink import output_for
    from hansift.io.sources import find
    from hansift.io.work import Job

    out = tmp_path / "out.jsonl"
    found = list(find([str(jsonl)]))
    digest = str(Cleaner().model.header["digest"])
    job = Job(Settings(part_size=200_000, workers=1), output_for(str(out), found), tmp_path, False, digest, __version__)

    def killing(tasks, job, workers, moved):
        pool = ours._Actors(job, workers, moved)
        for number, task in enumerate(pool.ordered(tasks)):
            if number == 1:
                ray.kill(pool.actors[0])
            yield task

    with pytest.raises(InputError, match=r"a worker died over part .*; finished parts are kept: --resume"):
        run(found, job, Extras(), killing)
    summary = run(found, job, Extras(resume=True), ours.ordered)
    assert summary.resumed >= 1
    assert summary.finished
    assert len(out.read_text("utf-8").splitlines()) == 500


def test_no_cluster_and_no_engine(command, jsonl, engine):
    ran = command("clean", jsonl, "--address", "ray://nowhere:1")
    assert ran.code == 2
    assert "add --engine ray" in ran.err
    engine("ray")
    ran = command("clean", jsonl, "--engine", "ray", "--address", "127.0.0.1:1")
    assert ran.code == 2
    assert "127.0.0.1:1: no Ray cluster answers" in ran.err


def test_ray_that_is_missing_is_named(cli, jsonl, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    ran = cli("clean", jsonl, "--engine", "ray")
    assert ran.code == 2
    assert "pip install 'hansift[ray]'" in ran.err

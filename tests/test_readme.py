"""Every example in the README runs as it stands there; one for an engine that is not installed is left out, by name."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from hansift import clean

TRY = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/hansift clean seeds/*.txt"
TEST = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text("utf-8")


ENGINES = ("datasets", "datatrove", "ray", "pyspark", "data_juicer")
NEEDS = re.compile(rf"(?m)^(?:from|import) ({'|'.join(ENGINES)})\b|--engine (ray)")


def engine_of(example):
    """The library that an example needs beside hansift's own, if any."""
    found = NEEDS.search(example)
    return found and (found[1] or found[2])


def blocks(readme, *languages):
    found = re.findall(r"^( *)```(\w+)\n(.*?)^\1```$", readme, re.DOTALL | re.MULTILINE)
    return [dedent(content) for _, language, content in found if language in languages]


@pytest.fixture
def checkout(root, tmp_path):
    """A folder like the project's, with the seeds for all its data, and `hansift` on the path."""
    shutil.copytree(root / "seeds", tmp_path / "seeds")
    shutil.copytree(root / "data" / "seeds", tmp_path / "data" / "seeds")
    shutil.copy(next((root / "seeds").iterdir()), tmp_path / "page.txt")
    (tmp_path / "crawl").mkdir()
    texts = {path.name: path.read_text("utf-8-sig") for path in sorted((root / "seeds").iterdir())}
    rows = (json.dumps({"id": name, "text": text}, ensure_ascii=False) for name, text in texts.items())
    (tmp_path / "crawl" / "pages.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    command = tmp_path / "bin" / "hansift"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hansift "$@"\n')
    command.chmod(0o755)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("HANSIFT_")}
    environment["PATH"] = os.pathsep.join([str(command.parent), environment["PATH"]])
    environment |= {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path / "hf"), "PYSPARK_PYTHON": sys.executable}

    def run(*call):
        done = subprocess.run(call, cwd=tmp_path, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()

    return run


def test_the_two_commands_stand_on_lines_of_their_own(readme):
    lines = readme.split("\n")
    assert [line for line in lines if line.startswith("python3 -m venv")] == [TRY, TEST]


def test_every_block_is_of_a_kind_that_is_run_or_read(readme):
    assert set(re.findall(r"^ *```(\w*)", readme, re.MULTILINE)) - {""} <= {"python", "console", "sh", "text", "yaml"}


def test_python_runs(readme, checkout):
    examples = [code for code in blocks(readme, "python") if not engine_of(code)]
    assert len(examples) >= 4
    for code in examples:
        checkout(sys.executable, "-W", "error", "-c", code)


def test_commands_run(readme, checkout):
    lines = [line for block in blocks(readme, "console", "sh") for line in block.split("\n")]
    commands = [line.removeprefix("$ ") for line in lines if line.startswith(("$ ", "hansift "))]
    commands = [command for command in commands if not engine_of(command)]
    assert len(commands) >= 5
    checkout("bash", "-euc", "\n".join(commands))


@pytest.mark.parametrize("engine", ENGINES)
def test_examples_for_engines_run(readme, checkout, tmp_path, engine):
    examples = [code for code in blocks(readme, "python") if engine_of(code) == engine]
    commands = [block.removeprefix("$ ") for block in blocks(readme, "console") if engine_of(block) == engine]
    assert examples
    if importlib.util.find_spec(engine) is None:
        pytest.skip(f"{engine} is left out: not installed; pip install 'hansift[engines]'")
    for number, code in enumerate(examples):
        assert len([line for line in code.split("\n") if line.strip()]) <= 12
        (tmp_path / f"{number}.py").write_text(code, "utf-8")
        checkout(sys.executable, f"{number}.py")
    for command in commands:
        checkout("bash", "-euc", command)


def test_the_recipe_runs(readme, checkout, tmp_path):
    (recipe,) = blocks(readme, "yaml")
    if importlib.util.find_spec("data_juicer") is None:
        pytest.skip("data_juicer is left out: not installed; pip install 'hansift[engines]'")
    (tmp_path / "recipe.yaml").write_text(recipe)
    checkout(str(Path(sys.executable).with_name("dj-process")), "--config", "recipe.yaml")
    rows = [json.loads(row) for row in (tmp_path / "juicer" / "bodies.jsonl").read_text("utf-8").splitlines()]
    assert [row["text"] for row in rows] == [
        clean(json.loads(row)["text"]) for row in (tmp_path / "crawl" / "pages.jsonl").read_text("utf-8").splitlines()
    ]


def test_the_table_of_sizes_follows_from_the_rate(readme):
    """Core-hours are the size over the measured rate, to two figures; an example's time is theirs over its cores."""
    rate = float(re.search(r"^Measured: ([\d.]+) MB of text a second a core", readme, re.MULTILINE)[1])
    rows = re.findall(r"^\| (\d+) ([MGT])B \|.*\| ([\d.]+) \| (?:(\d+) cores, ([\d.]+) (\w+))?", readme, re.MULTILINE)
    assert [row[:2] for row in rows] == [
        ("1", "M"), ("1", "G"), ("100", "G"), ("1", "T"), ("10", "T"), ("100", "T")
    ]  # fmt: skip
    for size, unit, hours, cores, time, scale in rows:
        exact = float(size) * {"M": 1, "G": 1e3, "T": 1e6}[unit] / rate / 3600
        assert float(hours) == pytest.approx(exact, rel=0.1)
        if cores:
            seconds = float(time) * {"seconds": 1, "minutes": 60, "hours": 3600}[scale]
            assert seconds == pytest.approx(exact / int(cores) * 3600, rel=0.1)


def test_before_and_after_are_those_of_a_seed(readme, root):
    before, after = blocks(readme, "text")[:2]
    page = (root / re.search(r"seeds/\S+\.txt", readme)[0]).read_bytes().decode("utf-8")
    for shown, text in ((before, page), (after, clean(page))):
        lines = [line.removesuffix("…") for line in shown.removesuffix("\n").split("\n") if not line.startswith("[a ")]
        places = [next(i for i, own in enumerate(text.split("\n")) if own.startswith(line)) for line in lines]
        assert places == sorted(places)
    kept = [line.removesuffix("…") for line in after.removesuffix("\n").split("\n")]
    assert len(kept) < len(before.split("\n"))

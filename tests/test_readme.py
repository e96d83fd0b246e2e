"""Every example in the README runs as it stands there."""

import os
import re
import shutil
import subprocess
import sys
from textwrap import dedent

import pytest

from hansift import clean

TRY = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/hansift clean seeds/*.txt"
TEST = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text("utf-8")


def blocks(readme, *languages):
    found = re.findall(r"^( *)```(\w+)\n(.*?)^\1```$", readme, re.DOTALL | re.MULTILINE)
    return [dedent(content) for _, language, content in found if language in languages]


@pytest.fixture
def checkout(root, tmp_path):
    """A folder like the project's, with the seeds for all its data, and `hansift` on the path."""
    shutil.copytree(root / "seeds", tmp_path / "seeds")
    shutil.copytree(root / "data" / "seeds", tmp_path / "data" / "seeds")
    shutil.copy(next((root / "seeds").iterdir()), tmp_path / "page.txt")
    command = tmp_path / "bin" / "hansift"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hansift "$@"\n')
    command.chmod(0o755)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("HANSIFT_")}
    path = os.pathsep.join([str(command.parent), environment["PATH"]])

    def run(*call):
        done = subprocess.run(call, cwd=tmp_path, env={**environment, "PATH": path}, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()

    return run


def test_the_two_commands_stand_on_lines_of_their_own(readme):
    lines = readme.split("\n")
    assert [line for line in lines if line.startswith("python3 -m venv")] == [TRY, TEST]


def test_every_block_is_of_a_kind_that_is_run_or_read(readme):
    assert set(re.findall(r"^ *```(\w*)", readme, re.MULTILINE)) - {""} <= {"python", "console", "sh", "text"}


def test_python_runs(readme, checkout):
    assert blocks(readme, "python")
    for code in blocks(readme, "python"):
        checkout(sys.executable, "-W", "error", "-c", code)


def test_commands_run(readme, checkout):
    lines = [line for block in blocks(readme, "console", "sh") for line in block.split("\n")]
    commands = [line.removeprefix("$ ") for line in lines if line.startswith(("$ ", "hansift "))]
    assert len(commands) >= 5
    checkout("bash", "-euc", "\n".join(commands))


def test_before_and_after_are_those_of_a_seed(readme, root):
    before, after = blocks(readme, "text")[:2]
    page = (root / re.search(r"seeds/\S+\.txt", readme)[0]).read_bytes().decode("utf-8")
    for shown, text in ((before, page), (after, clean(page))):
        lines = [line.removesuffix("…") for line in shown.removesuffix("\n").split("\n") if not line.startswith("[a ")]
        places = [next(i for i, own in enumerate(text.split("\n")) if own.startswith(line)) for line in lines]
        assert places == sorted(places)
    kept = [line.removesuffix("…") for line in after.removesuffix("\n").split("\n")]
    assert len(kept) < len(before.split("\n"))

"""What the tests of all engines share: 500 pages, and what `hansift clean` makes of them."""

import importlib
import json
import subprocess
import sys
import warnings
from random import Random

import pytest

from hansift.corpus.labelled import read_folder


@pytest.fixture(scope="session")
def pages(root):
    """500 labelled pages, the seeds among them: the same in every run."""
    every = list(read_folder(root / "data"))
    seeds = [page for page in every if page.name.startswith("seeds/")]
    others = [page for page in every if page not in seeds]
    return [*seeds, *Random(500).sample(others, 500 - len(seeds))]


@pytest.fixture(scope="session")
def rows(pages):
    """The pages as an engine has them."""
    return [{"id": page.name, "text": page.text} for page in pages]


@pytest.fixture(scope="session")
def jsonl(rows, tmp_path_factory):
    """The pages in a file."""
    path = tmp_path_factory.mktemp("pages") / "pages.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def by_command(jsonl, out, *options):
    """The texts that `hansift clean` writes, in a process of its own."""
    call = [sys.executable, "-m", "hansift", "clean", str(jsonl), "-o", str(out), *map(str, options)]
    subprocess.run(call, check=True, capture_output=True)
    return [json.loads(line)["text"] for line in out.read_text("utf-8").removesuffix("\n").split("\n")]


@pytest.fixture(scope="session")
def cleaned(pages, jsonl, tmp_path_factory):
    """What `hansift clean` makes of the pages: nearly all of their body, and little else."""
    texts = by_command(jsonl, tmp_path_factory.mktemp("cleaned") / "out.jsonl")
    assert len(texts) == 500
    body = sum(len(line.text) for page in pages for line in page.lines if line.letter == "b")
    assert 0.9 * body < sum(map(len, texts)) < 1.2 * body
    return texts


@pytest.fixture(scope="session")
def drawn_cleaned(jsonl, drawn_file, tmp_path_factory):
    """What it makes of them by the model of random weights, which is not the packaged one."""
    return by_command(jsonl, tmp_path_factory.mktemp("drawn") / "out.jsonl", "--model", drawn_file)


@pytest.fixture(scope="session")
def engine():
    """Imports a library that hansift does not need, or skips the test and says what is left out."""

    def load(name):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the library's own making
            try:
                return importlib.import_module(name)
            except ImportError as error:
                pytest.skip(f"{name.partition('.')[0]} is left out: {error}; pip install 'hansift[engines]'")

    return load

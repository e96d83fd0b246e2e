"""The seeds are what they were, their labels are theirs, and the packaged model cleans them."""

import hashlib
from collections import Counter

import pytest

from hansift import Cleaner

SHA256 = {
    "000_0c04e58160ec2ddd": "51847e308d5bb0312de0be4071ff9d21775cc694f1d7b2a5ee3cc747fac07795",
    "001_47c11cc37319e84b": "a4da26c35d96db7b49db78e40d40456c96c214fa89f69ee8e53263e1cad5d01e",
    "002_07c0ed93aea70d57": "f10e8fca121461cdf8f095fc262ad601cebe7bf7e469fc66d0311f147b0e071d",
    "003_2c987b63909402cf": "e604aabf35125115f55190e489aa5791321d7ca3b93dacfdb992e4983a3e1c14",
    "004_1921fecc437ccdbd": "43335f4044dec847a556357b081b1480cbe61b4a8fca475e38f1fa23109783a6",
}


@pytest.mark.parametrize("name", SHA256)
def test_seeds_are_byte_for_byte(root, name):
    assert hashlib.sha256((root / "seeds" / f"{name}.txt").read_bytes()).hexdigest() == SHA256[name]


def test_every_seed_is_labelled_line_by_line(root, seeds):
    pages = {page.name.removesuffix(".lines"): page for page in seeds}
    assert pages.keys() == SHA256.keys() == {path.stem for path in (root / "seeds").iterdir()}
    for name, page in pages.items():
        raw = (root / "seeds" / f"{name}.txt").read_bytes().decode("utf-8")
        assert [line.text for line in page.lines] == raw.split("\n")
        assert all(bool(line.letter) == bool(line.text.strip()) for line in page.lines)


def test_the_seeds_have_forty_lines_of_body(seeds):
    counts = Counter(line.letter for page in seeds for line in page.lines if line.letter)
    assert counts == {"b": 40, "n": 49, "s": 7}


def test_the_packaged_model_cleans_the_seeds(seeds):
    cleaner = Cleaner()
    kept, lines = Counter(), Counter()
    for page in seeds:
        for gold, line in zip(page.lines, cleaner(page.text).lines, strict=True):
            lines[gold.letter] += 1
            kept[gold.letter] += line.kept
    assert kept["b"] == lines["b"] == 40
    assert kept["s"] == 0
    assert kept["n"] <= 2

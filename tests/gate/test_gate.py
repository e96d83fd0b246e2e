"""The shipped model reaches its floors. To raise them: python -m tests.gate.update."""

from functools import cache

import pytest
from tests.gate.figures import REAL, below, digest, figures, header, raised, read_baseline

BASELINE = read_baseline()
UPDATE = "run `python -m tests.gate.update`, and commit what it says"
measured = cache(figures)


def test_there_are_floors():
    assert any(name.startswith("heldout/") for name in BASELINE["floors"]), UPDATE


def test_floors_are_of_these_data():
    assert digest() == BASELINE["data"], f"data/ has changed: train again, {UPDATE}"


def test_the_model_was_trained_on_these_data():
    assert header()["data"] == digest(), "models/default.npz is of other data; train it again"


@pytest.mark.parametrize("name", BASELINE["floors"])
def test_floor(name):
    if name.startswith(("real/", "html/")) and name not in measured():
        pytest.skip(f"no real pages in {REAL}")
    assert name in measured(), f"no longer measured; {UPDATE}"
    assert measured()[name] >= BASELINE["floors"][name], f"below its floor; mend it, or lower it with --lower {name}"


def test_a_floor_rises_by_itself_and_falls_only_when_named():
    before = {"data": "old", "floors": {"a": 0.9, "b": 0.9, "not measured": 0.5}, "lowered": []}
    found = {"a": 0.9507, "b": 0.8, "new": 0.7}
    after = raised(before, found, "new data")
    assert after["floors"] == {"a": 0.95, "b": 0.9, "new": 0.7, "not measured": 0.5}
    assert after["lowered"] == []
    assert below(after, found) == ["b"]
    lowered = raised(before, found, "new data", ["b"])
    assert lowered["floors"]["b"] == 0.8
    assert lowered["lowered"] == [{"name": "b", "from": 0.9, "to": 0.8}]
    assert below(lowered, found) == []

"""Hugging Face datasets: `clean_columns` is what `map` takes."""

import pytest

from hansift import Cleaner, clean_columns

pytestmark = pytest.mark.filterwarnings("default")  # those of the library's own making


@pytest.fixture
def dataset(engine, rows, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    datasets = engine("datasets")
    datasets.disable_progress_bars()
    return datasets.Dataset.from_list(rows)


def test_map_takes_it_as_it_is(dataset, rows, cleaned):
    found = dataset.map(clean_columns, batched=True)
    assert found["text"][:] == cleaned
    assert found["id"][:] == [row["id"] for row in rows]
    assert found.features == dataset.features


def test_processes_streams_and_batches_of_any_size(dataset, cleaned):
    assert dataset.map(clean_columns, batched=True, num_proc=2, batch_size=77)["text"][:] == cleaned
    streamed = dataset.to_iterable_dataset().map(clean_columns, batched=True, batch_size=100)
    assert [row["text"] for row in streamed] == cleaned


def test_any_model_column_and_details(dataset, drawn, drawn_cleaned):
    dataset = dataset.rename_column("text", "content")
    found = dataset.map(
        clean_columns, batched=True, fn_kwargs={"text": "content", "detail": True, "cleaner": Cleaner(drawn)}
    )
    assert found["content"][:] == drawn_cleaned
    assert found["line_labels"][0][:3] == [line.label for line in Cleaner(drawn)(dataset["content"][0]).lines[:3]]


def test_the_cache_knows_the_model(engine, drawn):
    """`map` takes an earlier result only where function and arguments have the same fingerprint."""
    engine("datasets")
    from datasets.fingerprint import Hasher

    one, other = Hasher.hash(Cleaner()), Hasher.hash(Cleaner(drawn))
    assert one == Hasher.hash(Cleaner())
    assert one != other != Hasher.hash(Cleaner(drawn, "recall"))

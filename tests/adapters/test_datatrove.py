"""datatrove: a step of a pipeline, with its stats and its exclusion writer."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from hansift import Cleaner

pytestmark = pytest.mark.filterwarnings("default")  # those of the library's own making


@pytest.fixture
def ours(engine):
    engine("datatrove")
    return engine("hansift.adapters.datatrove")


def read(folder: Path):
    return [json.loads(row) for path in sorted(folder.iterdir()) for row in gzip.open(path, "rt", encoding="utf-8")]


def test_a_pipeline_of_two_tasks(ours, rows, jsonl, cleaned, tmp_path):
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    (tmp_path / "in").mkdir()
    for number in range(2):
        part = rows[number * 250 : number * 250 + 250]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in part)
        (tmp_path / "in" / f"{number}.jsonl").write_text(lines, "utf-8")
    executor = LocalPipelineExecutor(
        pipeline=[
            JsonlReader(str(tmp_path / "in")),
            ours.LineCleaner(exclusion_writer=JsonlWriter(str(tmp_path / "removed"))),
            JsonlWriter(str(tmp_path / "out")),
        ],
        tasks=2,
        workers=2,
        logging_dir=str(tmp_path / "logs"),
    )
    executor.run()
    found = {row["id"]: row["text"] for row in read(tmp_path / "out")}
    assert found == {row["id"]: text for row, text in zip(rows, cleaned, strict=True) if text}
    removed = read(tmp_path / "removed")
    reasons = Counter(row["metadata"]["filter_reason"] for row in removed)
    assert reasons["empty"] == cleaned.count("")
    assert reasons["removed"] == len({row["id"] for row in removed if row["metadata"]["filter_reason"] == "removed"})
    assert {row["metadata"]["file_path"] for row in removed} == {str(tmp_path / "in" / f"{n}.jsonl") for n in (0, 1)}
    stats = json.loads((tmp_path / "logs" / "stats.json").read_text())[1]["stats"]
    assert stats["total"] == 500
    assert {"lines_body", "lines_nav", "lines_spam", "doc_len"} <= stats.keys()


def documents(rows):
    from datatrove.data import Document

    return [Document(text=row["text"], id=row["id"], metadata={"n": n}) for n, row in enumerate(rows)]


def test_what_is_removed_is_written_and_counted(ours, rows, drawn, tmp_path):
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    cleaner = Cleaner(drawn)
    results = {row["id"]: cleaner(row["text"]) for row in rows[:80]}
    batch = [*documents(rows[:80]), *documents([{"id": "empty", "text": "首页\n"}, {"id": "none", "text": ""}])]
    results |= {doc.id: cleaner(doc.text) for doc in batch[80:]}
    step = ours.LineCleaner(cleaner, JsonlWriter(str(tmp_path), compression=None), batch_size=16)
    kept = list(step.run(iter(batch), rank=3))
    assert {doc.id: doc.text for doc in kept} == {name: r.text for name, r in results.items() if r.text}
    (path,) = tmp_path.iterdir()
    assert path.name == "00003.jsonl"
    rows_out = [json.loads(row) for row in path.read_text("utf-8").splitlines()]
    for row in rows_out:
        result = results[row["id"]]
        if row["metadata"]["filter_reason"] == "empty":
            assert not result.text
            assert row.get("text", "") == result.original  # the writer leaves out what is empty
        else:
            pieces = row["text"].split("\n")
            # the removed lines in their order, and what was cut out of others among them
            assert len(pieces) == len(result.removed) + len(result.cuts)
            rest = iter(pieces)
            assert all(line.text in rest for line in result.removed)
        assert "n" in row["metadata"]
    assert {row["id"] for row in rows_out} >= {name for name, result in results.items() if result.removed}
    labels = Counter(str(line.label) for result in results.values() for line in result.lines if line.label)
    for label, count in labels.items():
        assert step.stats[f"lines_{label}"].total == count
    empty = sum(not result.text for result in results.values())
    assert empty
    assert step.stats["dropped_empty"].total == empty


def test_one_document_and_no_writer(ours, rows, drawn):
    step = ours.LineCleaner(Cleaner(drawn))
    (doc,) = documents([{"id": "a", "text": rows[0]["text"]}])
    assert step.filter(doc) is True
    assert doc.text == Cleaner(drawn)(rows[0]["text"]).text
    assert step.filter(documents([{"id": "b", "text": ""}])[0]) == (False, "empty")

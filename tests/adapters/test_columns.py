"""Columns in, columns out: the same texts as the command, whatever stands beside them."""

import math
import pickle

import numpy as np
import pytest

from hansift import Cleaner, HansiftError, clean_columns, load
from hansift import cleaner as cleaning


def test_the_texts_are_those_of_the_command(rows, cleaned):
    batch = {name: [row[name] for row in rows] for name in ("id", "text")}
    assert clean_columns(batch) == {"id": batch["id"], "text": cleaned}
    assert batch["text"] == [row["text"] for row in rows]


def test_any_model_and_any_column(rows, drawn, drawn_cleaned):
    texts = [row["text"] for row in rows]
    assert clean_columns({"content": texts}, text="content", cleaner=Cleaner(drawn))["content"] == drawn_cleaned


def test_missing_pages_stay_missing(cleaner):
    nothing = [None, math.nan, np.float32("nan"), np.nan]
    found = clean_columns({"text": ["正文，正文。", *nothing, ""]}, cleaner=cleaner, detail=True)
    assert found["text"][1:] == [None] * 4 + [""]
    assert found["line_labels"][1:] == [None] * 4 + [[None]]
    assert found["removed"][1:] == [None] * 4 + [[]]
    assert clean_columns({"text": []}) == {"text": []}


def test_details_are_all_that_is_not_kept(rows, cleaner):
    texts = [row["text"] for row in rows[:60]]
    found = clean_columns({"text": texts}, cleaner=cleaner, detail=True)
    cut = 0
    for result, labels, removed in zip(cleaner.pipe(texts), found["line_labels"], found["removed"], strict=True):
        assert labels == [line.label for line in result.lines]
        gone = [line.text for line in result.removed]
        pieces = iter(removed)
        assert all(piece in pieces for piece in gone)  # all of them, in this order, with cuts between
        assert len(removed) == len(gone) + len(result.cuts)
        cut += len(result.cuts)
    assert cut


@pytest.mark.parametrize(
    ("batch", "message"),
    [({"body": ["正文"]}, "no column 'text'.*one of body"), ({"text": ["", 7]}, "row 1 of column 'text' is int")],
)
def test_what_is_no_text_is_told(batch, message):
    with pytest.raises(HansiftError, match=message):
        clean_columns(batch)


def test_columns_are_the_same_in_however_many_batches(cleaner, monkeypatch):
    texts = ["正文，正文。" * 3, "首页\n" * 30, "", "正文", "正文。"] * 3
    whole = clean_columns({"text": texts}, cleaner=cleaner, detail=True)
    monkeypatch.setattr(cleaning, "CHARACTERS", 40)
    assert len(list(cleaner.in_batches(texts))) > 3
    assert clean_columns({"text": texts}, cleaner=cleaner, detail=True) == whole
    assert whole["text"] == [result.text for result in cleaner.pipe(texts)]


def test_a_cleaner_travels_small(drawn):
    """To workers goes the digest of the packaged model, which they have, and any other with its numbers."""
    sent = pickle.dumps(Cleaner(policy="recall", restore=False))
    assert len(sent) < 500
    back = pickle.loads(sent)
    assert (back.policy, back.restore, back.model) == ("recall", False, Cleaner().model)
    page = "首页 | 新闻\n他说，这件事还要从头说起。"
    assert pickle.loads(pickle.dumps(Cleaner(drawn)))(page) == Cleaner(drawn)(page)


def test_a_worker_with_another_packaged_model_refuses(monkeypatch, drawn_file):
    other = load(drawn_file)
    sent = pickle.dumps(Cleaner())
    monkeypatch.setattr("hansift.model.file.default", lambda: other)
    with pytest.raises(HansiftError, match="install the same version of hansift on all machines"):
        pickle.loads(sent)

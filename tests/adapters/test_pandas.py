"""pandas: Series of every type of text, and one row a line."""

import pandas as pd
import pytest

from hansift import Cleaner, HansiftError, clean_series, label_frame

PAGES = ["首页 | 新闻\n\n他说，这件事还要从头说起。", None, "", "正文，他说，这件事还要从头说起。"]


@pytest.fixture
def arrow():
    return pytest.importorskip("pyarrow", reason="pyarrow is left out; pip install 'hansift[parquet]'")


def types(arrow):
    arrays = [pd.ArrowDtype(kind) for kind in (arrow.string(), arrow.large_string())]
    return ["object", "str", "string[python]", "string[pyarrow]", *arrays]


def test_the_texts_are_those_of_the_command(rows, cleaned, arrow):
    for dtype in types(arrow):
        texts = pd.Series([row["text"] for row in rows], dtype=dtype)
        found = clean_series(texts)
        assert found.dtype == texts.dtype
        assert found.tolist() == cleaned


def test_index_name_and_missing_values_stay(arrow, cleaner):
    for dtype in types(arrow):
        texts = pd.Series(PAGES, index=[7, 7, 8, 9], name="page", dtype=dtype)
        found = clean_series(texts, cleaner)
        assert found.index.equals(texts.index)
        assert found.name == "page"
        assert found.isna().tolist() == [False, True, False, False]
        assert found.dropna().tolist() == [cleaner(page).text for page in PAGES if page is not None]
        assert clean_series(texts.iloc[:0], cleaner).tolist() == []


def test_a_categorical_becomes_text(cleaner):
    found = clean_series(pd.Series(PAGES, dtype="category"), cleaner)
    assert not isinstance(found.dtype, pd.CategoricalDtype)
    assert found.isna().tolist() == [False, True, False, False]


def test_what_is_no_text_is_told():
    for values in ([1, 2], ["正文", 7]):
        with pytest.raises(HansiftError, match="no text; give pages as strings"):
            clean_series(pd.Series(values))
    with pytest.raises(HansiftError, match="no column 'text'"):
        label_frame(pd.DataFrame({"body": PAGES}))


def test_an_arrow_column_is_never_whole_in_python(arrow, monkeypatch):
    from hansift.adapters import arrow as ours

    seen = []

    def clean_columns(batch, cleaner):
        seen.append(len(batch["text"]))
        return {"text": [page and page.upper() for page in batch["text"]]}

    monkeypatch.setattr(ours, "clean_columns", clean_columns)
    chunks = [["a", None] * 2000, [], ["b"] * 5]
    column = pd.Series(pd.arrays.ArrowExtensionArray(arrow.chunked_array(chunks, type=arrow.string())))
    found = clean_series(column)
    assert found.dropna().tolist() == ["A"] * 2000 + ["B"] * 5
    assert max(seen) == ours.ROWS
    assert sum(seen) == len(found) == 4005


def test_a_row_a_line_as_the_label_command_says(cli, jsonl, rows, drawn):
    frame = label_frame(pd.DataFrame(rows), cleaner=Cleaner(drawn))
    ran = cli("label", jsonl, "--format", "tsv")
    told = [row.split("\t", 4) for row in ran.out.decode().removesuffix("\n").split("\n")]
    assert list(frame.columns) == ["id", "line", "text", "label", "score"]
    assert len(frame) == len(told)
    assert frame["id"].tolist() == [row[0] for row in told]
    assert (frame["line"] + 1).astype(str).tolist() == [row[1] for row in told]
    assert frame["label"].astype(object).fillna("").tolist() == [row[2] for row in told]
    assert [f"{score:.3f}" if score == score else "" for score in frame["score"]] == [row[3] for row in told]
    assert frame["text"].tolist() == [row[4] for row in told]
    assert frame.index.nunique() == 500
    kept = frame[frame["label"] == "body"].groupby("id").size()
    assert kept.sum() == sum(row[2] == "body" for row in told)


def test_missing_pages_have_a_row(cleaner):
    frame = label_frame(pd.DataFrame({"text": PAGES}, index=["a", "b", "c", "d"]), cleaner=cleaner)
    assert frame.index.tolist() == ["a", "a", "a", "b", "c", "d"]
    assert frame["id"].tolist() == frame.index.tolist()
    assert frame["line"].isna().tolist() == [False] * 3 + [True] + [False] * 2
    assert frame.loc["b", ["line", "text", "label", "score"]].isna().all()
    assert frame["text"].tolist()[4] == ""
    assert list(frame["label"].cat.categories) == ["body", "nav", "spam"]
    empty = label_frame(pd.DataFrame({"text": []}), cleaner=cleaner)
    assert len(empty) == 0
    assert empty["label"].dtype == frame["label"].dtype

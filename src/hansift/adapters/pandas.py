"""pandas: a Series of pages cleaned, and a DataFrame of pages as one of lines."""

from __future__ import annotations

import numpy as np
import pandas as pd

from hansift.adapters.columns import clean_columns
from hansift.cleaner import Cleaner
from hansift.errors import UsageError
from hansift.model.judge import BLANK
from hansift.page import LABELS


def clean_series(series: pd.Series, cleaner: Cleaner | None = None) -> pd.Series:
    """The Series with its pages cleaned; index, name, type and missing values stay, a categorical becomes text.

    A column that pandas keeps in Arrow goes to Arrow again, a stretch of rows at a time. Raises InputError for a value
    that is no text.
    """
    if isinstance(series.dtype, pd.CategoricalDtype):
        series = series.astype(series.cat.categories.dtype)
    if in_arrow(series.dtype):
        import pyarrow as pa

        from hansift.adapters.arrow import clean_arrow

        column = pa.chunked_array(series.array.__arrow_array__())
        values = series.dtype.__from_arrow__(clean_arrow(column, cleaner))
    else:
        values = series.to_numpy(dtype=object, copy=True)
        there = series.notna().to_numpy()
        values[there] = clean_columns({"text": values[there].tolist()}, cleaner=cleaner)["text"]
    return pd.Series(values, index=series.index, name=series.name, dtype=series.dtype)


def in_arrow(dtype: object) -> bool:
    """Whether pandas keeps values of that type in Arrow."""
    return isinstance(dtype, pd.ArrowDtype) or (isinstance(dtype, pd.StringDtype) and dtype.storage == "pyarrow")


def label_frame(frame: pd.DataFrame, text: str = "text", cleaner: Cleaner | None = None) -> pd.DataFrame:
    """One row a line of each page: id, line, text, label, score; the index is that of the page's row, repeated.

    `id` is the frame's column of that name, its index where it has none; `line` counts from 0; `label` is missing for
    a blank line; `score` is the label's probability. A missing page has one row, all of it missing but its id.
    """
    if text not in frame:
        raise UsageError(f"no column {text!r}; name the column of pages by text=, one of {list(frame.columns)}")
    there = frame[text].notna().to_numpy()
    lines: list[str] = []
    labels, scores, size = [np.zeros(0, np.int8)], [np.zeros(0)], np.ones(len(frame), dtype=np.int64)
    counts = []
    for verdicts in (cleaner or Cleaner()).in_batches(frame[text][there].tolist()):
        found = verdicts.judged
        lines += "\n".join(page.text for page in verdicts.pages).split("\n")
        counts += np.diff(found.first).tolist()
        score = np.full(len(found.labels), np.nan)
        score[found.index] = found.scores[np.arange(len(found.index)), found.labels[found.index]]
        labels.append(np.where(found.labels == BLANK, -1, found.labels).astype(np.int8))
        scores.append(score)
    size[there] = counts
    row = np.repeat(np.arange(len(frame)), size)
    texts = pd.Series(lines, dtype="str")
    columns = pd.DataFrame({"text": texts, "label": np.concatenate(labels), "score": np.concatenate(scores)})
    # a missing page has one row, which stands for no line
    columns = columns.set_index(np.flatnonzero(there[row])).reindex(np.arange(len(row)))
    number = pd.array(np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size), dtype="Int64")
    number[~there[row]] = pd.NA
    codes = columns["label"].fillna(-1).astype(np.int8)
    return pd.DataFrame(
        {
            "id": (frame["id"] if "id" in frame else frame.index.to_series()).iloc[row].array,
            "line": number,
            "text": columns["text"].array,
            "label": pd.Categorical.from_codes(codes, list(map(str, LABELS))),
            "score": columns["score"].array,
        },
        index=frame.index[row],
    )

"""Arrow columns of pages, cleaned a stretch at a time: never is a whole column held as Python objects."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from hansift.adapters.columns import clean_columns
from hansift.cleaner import Cleaner

ROWS = 1024
"""Rows that are Python strings at one time."""


def clean_arrow(column: pa.ChunkedArray, cleaner: Cleaner | None = None) -> pa.ChunkedArray:
    """The column with its pages cleaned, of the same Arrow type; nulls stay null. Raises InputError for other types."""
    pieces = [
        pa.array(clean_columns({"text": rows.to_pylist()}, cleaner=cleaner)["text"], type=column.type)
        for rows in _stretches(column)
    ]
    return pa.chunked_array(pieces, type=column.type)


def _stretches(column: pa.ChunkedArray) -> Iterator[pa.Array]:
    for chunk in column.chunks:
        yield from (chunk.slice(start, ROWS) for start in range(0, len(chunk), ROWS))

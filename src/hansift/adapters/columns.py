"""Columns in, columns out: the one function that every adapter calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, SupportsFloat

from hansift.cleaner import Cleaner, Verdicts
from hansift.errors import InputError, UsageError
from hansift.io.outcome import BODY, outcome_of
from hansift.model.judge import BLANK
from hansift.page import LABELS, Cut


def clean_columns(
    batch: Mapping[str, Sequence[Any]], *, text: str = "text", detail: bool = False, cleaner: Cleaner | None = None
) -> dict[str, list[Any]]:
    r"""The batch with its texts cleaned, all other columns as they were.

    `text` names the column of pages; a missing one (None, NaN) comes back as None, a page of which nothing stays as "".
    `detail` adds two columns: `line_labels`, for each page the label of every line (None for a blank one), and
    `removed`, the lines and parts of lines taken out of it. `cleaner` is the packaged one by default. Raises
    UsageError where there is no such column, InputError for a value that is no text.

    >>> clean_columns({"id": [1, 2], "text": ["", None]})
    {'id': [1, 2], 'text': ['', None]}
    """
    if text not in batch:
        raise UsageError(f"no column {text!r}; name the column of pages by text=, one of {', '.join(map(str, batch))}")
    values = batch[text]
    there = [row for row, value in enumerate(values) if not missing(value)]
    texts = [_text(values[row], row, text) for row in there]
    added = (text, "line_labels", "removed") if detail else (text,)
    columns: dict[str, list[Any]] = {name: [None] * len(values) for name in added}
    rows = iter(there)
    for verdicts in (cleaner or Cleaner()).in_batches(texts):
        outcome = outcome_of(verdicts)
        for page, cleaned in enumerate(outcome.texts):
            row = next(rows)
            columns[text][row] = cleaned
            if detail:
                columns["line_labels"][row], columns["removed"][row] = _details(verdicts, page)
    return {**{name: list(values) for name, values in batch.items() if name != text}, **columns}


def missing(value: Any) -> bool:
    """Whether a value stands for none: None, or a NaN of any kind.

    >>> missing(None), missing(float("nan")), missing("")
    (True, True, False)
    """
    return value is None or (not isinstance(value, str) and isinstance(value, SupportsFloat) and bool(value != value))


def _text(value: Any, row: int, column: str) -> str:
    if not isinstance(value, str):
        raise InputError(f"row {row} of column {column!r} is {type(value).__name__}, no text; give pages as strings")
    return value


def _details(verdicts: Verdicts, page: int) -> tuple[list[str | None], list[str]]:
    """The label of every line of a page, and what was taken out of it, in the order of its lines."""
    low, high = verdicts.judged.first[page : page + 2].tolist()
    labels = verdicts.judged.labels[low:high].tolist()
    spans: dict[int, list[Cut]] = {}
    for cut in verdicts.cuts[page]:
        spans.setdefault(cut.line, []).append(cut)
    removed: list[str] = []
    for number, (line, label) in enumerate(zip(verdicts.pages[page].text.split("\n"), labels, strict=True)):
        if label == BODY:
            removed += [line[cut.start : cut.end] for cut in spans.get(number, ())]
        elif label != BLANK:
            removed.append(line)
    return [None if label == BLANK else str(LABELS[label]) for label in labels], removed

"""Predictions in a file, of this or any other tool: labels line by line, or cleaned text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hansift.cleaner import original_cuts
from hansift.corpus.labelled import LabelledLine, LabelledPage
from hansift.errors import DataError
from hansift.page import LABELS, Cut, Label, Line, Result, Scores, replaced
from hansift.text.restore import restore
from hansift.text.split import offsets
from hansift.train.texts import kept_lines, squeezed, standing

_SURE: dict[Label, Scores] = {Label.BODY: (1.0, 0.0, 0.0), Label.NAV: (0.0, 1.0, 0.0), Label.SPAM: (0.0, 0.0, 1.0)}

Row = Mapping[str, Any]


def read_predictions(path: Path) -> dict[str, Row]:
    """The rows of a JSONL file by their id: {"id", "text"}, or {"id", "labels", "cuts"?, "scores"?}.

    Raises DataError for a file of another form.
    """
    try:
        lines = path.read_bytes().decode().split("\n")
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    return dict(_row(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip())


def _row(line: str, where: str) -> tuple[str, Row]:
    try:
        row = json.loads(line)
        if "labels" not in row and not isinstance(row["text"], str):
            raise TypeError("text")
        return str(row["id"]), row
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DataError(f'{where}: no prediction; write {{"id", "text"}} or {{"id", "labels", "cuts"}}') from error


def results_of(pages: Sequence[LabelledPage], rows: Mapping[str, Row]) -> Iterator[Result]:
    """What the rows predict for each page; raises DataError for a page without one, or labels that do not fit."""
    for page in pages:
        if page.name not in rows:
            raise DataError(f"{page.name}: no prediction for this page; each needs a row with its id")
        row = rows[page.name]
        if "labels" in row:
            yield _of_labels(page, row)
        else:
            yield _all_kept(row["text"]) if page.gold is not None else of_text(page, row["text"])


def measured_as(page: LabelledPage, result: Result) -> Result:
    """What is measured of a page's result: of one that was judged from its HTML, whose lines need not be the labelled
    ones, what its cleaned text holds of these.
    """
    return result if page.html is None or page.gold is not None else of_text(page, result.text)


def _of_labels(page: LabelledPage, row: Row) -> Result:
    try:
        labels = [Label(label) if label else None for label in row["labels"]]
        scores = [tuple(map(float, score)) if score else None for score in row.get("scores") or [None] * len(labels)]
        cuts = [Cut(int(line), int(a), int(b)) for line, own in (row.get("cuts") or {}).items() for a, b in own]
    except (ValueError, TypeError, AttributeError) as error:
        raise DataError(f"{page.name}: {error}; labels are {', '.join(LABELS)} or null, cuts ranges by line") from error
    if not len(page.lines) == len(labels) == len(scores):
        raise DataError(f"{page.name}: {len(labels)} labels for {len(page.lines)} lines; predict for the page as it is")
    return Result(page.text, _lines(page, labels, scores), tuple(cuts))


def of_text(page: LabelledPage, text: str) -> Result:
    """The labels that a cleaned text comes to: body for the lines that it holds, whole or without their planted text,
    with cuts where it lacks some of a line in which there is such.
    """
    whole, text = restore(page.text), restore(text).text
    lines = whole.text.split("\n")
    kept = kept_lines(lines, text)
    labels: list[Label | None] = [None] * len(lines)
    cuts: list[Cut] = []
    if any(line.spans for line in page.lines):
        own = restore("\n".join(map(_unplanted, page.lines))).text.split("\n")
        kept = [one or other for one, other in zip(kept, kept_lines(own, text), strict=True)]
    for number, (line, flags) in enumerate(zip(lines, standing(lines, text), strict=True)):
        if flags:
            labels[number] = Label.BODY if kept[number] else Label.NAV
        if kept[number] and page.lines[number].spans:
            cuts += (Cut(number, start, end) for start, end in _lacking(line, flags))
    return Result(page.text, _lines(page, labels, [None] * len(labels)), tuple(original_cuts(whole, cuts)))


def _unplanted(line: LabelledLine) -> str:
    """The line without its planted text."""
    return replaced(line.text, 0, len(line.text), [("planted", start, end, "") for start, end in sorted(line.spans)])


def _lacking(line: str, flags: bytes) -> Iterator[tuple[int, int]]:
    """The ranges of a line whose characters have no flag."""
    places = [i for i, char in enumerate(line) if not char.isspace()]
    at = 0
    while (start := flags.find(0, at)) >= 0:
        end = flags.find(1, start)
        at = end if end >= 0 else len(flags)
        yield places[start], places[at - 1] + 1


def _all_kept(text: str) -> Result:
    rows = zip(text.split("\n"), offsets(text), strict=True)
    lines = (Line(n, a, b, line, Label.BODY if squeezed(line) else None) for n, (line, (a, b)) in enumerate(rows))
    return Result(text, tuple(lines))


def _lines(
    page: LabelledPage, labels: Sequence[Label | None], scores: Sequence[tuple[float, ...] | None]
) -> tuple[Line, ...]:
    """The page's lines with those labels; without scores a label is taken for sure."""
    made = []
    for number, (line, (start, end)) in enumerate(zip(page.lines, offsets(page.text), strict=True)):
        label, given = labels[number], scores[number]
        score = (given[0], given[1], given[2]) if given else _SURE[label] if label else None
        made.append(Line(number, start, end, line.text, label, score))
    return tuple(made)

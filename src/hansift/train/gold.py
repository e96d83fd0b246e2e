"""Pages to measure on: `.lines` files, gold JSONL with labels and ranges of planted text, or with the main text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from hansift.corpus.labelled import LabelledLine, LabelledPage, paths_in, read
from hansift.errors import DataError

TRUTHS = "bnsxe"
"""What a line can truly be: body, nav, spam, `x` nav or spam, `e` either is fair and nothing is scored."""

BLANK = "-"


def read_gold(paths: Iterable[Path], html_key: str | None = None) -> Iterator[LabelledPage]:
    """The labelled pages of files and of all `.lines` and `.jsonl` files below folders, in the order of their names.

    Their facts have a `source`: a JSONL file's name, or a `.lines` file's folder, the one above where that is its
    kind. With `html_key` the rows of JSONL that have the page's HTML under it have it as their `html`. Raises DataError
    for a file that is missing or breaks its format.
    """
    for path in paths:
        files = sorted([*paths_in(path)[0], *path.rglob("*.jsonl")]) if path.is_dir() else [path]
        if not files:
            raise DataError(f"{path}: no .lines or .jsonl file; name labelled pages")
        for file in files:
            yield from _jsonl(file, html_key) if file.suffix == ".jsonl" else [_lines(file)]


def _lines(path: Path) -> LabelledPage:
    page = read(path)
    folder = path.resolve().parent
    source = folder.parent.name if folder.name == page.facts.get("kind") else folder.name
    return replace(page, facts={"source": source, **page.facts})


def _jsonl(path: Path, html_key: str | None) -> Iterator[LabelledPage]:
    try:
        rows = path.read_bytes().decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}; check the path") from error
    for number, row in enumerate(rows, 1):
        if row.strip():
            yield gold_page(row, path.stem, f"{path}:{number}", html_key)


def gold_page(row: str, source: str, where: str, html_key: str | None = None) -> LabelledPage:
    """The page in a row `{"id", "lines", "labels", "spans"?, "group"?, "kind"?}`; one letter of `labels` a line.

    A row `{"id", "gold", "text", "lines" or "html", ...}` has the page's main text instead. Raises DataError, naming
    the place, for a row of another form.
    """
    try:
        value = json.loads(row)
        gold = value["gold"] if "labels" not in value else None
        lines = _bare(value) if "labels" not in value else _labelled(value, where)
        html = value.get(html_key or ("html" if "labels" not in value else ""))
        if not all(isinstance(text, str | None) for text in (gold, html)):
            raise TypeError("text")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(
            f'{where}: no labelled page; write {{"id", "lines", "labels"}} or {{"id", "text", "gold"}}'
        ) from error
    name = str(value.get("id", where))
    facts: dict[str, str] = {key: str(value[key]) for key in ("kind", "script") if key in value}
    return LabelledPage(name, lines, {"source": source, "site": str(value.get("group", name)), **facts}, gold, html)


def _labelled(value: dict[str, Any], where: str) -> tuple[LabelledLine, ...]:
    """The lines of a row with labels."""
    labels = value["labels"]
    texts = [str(line) for line in value["lines"]]
    spans = {int(line): _ranges(ranges) for line, ranges in (value.get("spans") or {}).items()}
    if len(labels) != len(texts) or not set(labels) <= {*TRUTHS, BLANK}:
        raise DataError(f"{where}: {len(labels)} labels for {len(texts)} lines; one of {TRUTHS}{BLANK} a line")
    if any("\n" in text for text in texts):
        raise DataError(f"{where}: a line break within a line; write each line by itself")
    letters = [
        "" if letter == BLANK or not text.strip() else letter for letter, text in zip(labels, texts, strict=True)
    ]
    return tuple(
        LabelledLine(text, letter, spans=spans.get(i, ()))
        for i, (text, letter) in enumerate(zip(texts, letters, strict=True))
    )


def _bare(value: dict[str, Any]) -> tuple[LabelledLine, ...]:
    """The lines of a row that has its page's main text instead of labels; none where its text is not there."""
    text = value.get("text", "\n".join(value.get("lines", ())))
    if not isinstance(text, str):
        raise TypeError("text")
    return tuple(map(LabelledLine, text.split("\n"))) if text else ()


def _ranges(ranges: Any) -> tuple[tuple[int, int], ...]:
    return tuple((int(start), int(end)) for start, end in ranges)

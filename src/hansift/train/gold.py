"""Pages to measure on: `.lines` files, gold JSONL with labels and ranges of planted text, or with the main text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from hansift.corpus.labelled import LabelledLine, LabelledPage, read
from hansift.errors import DataError

TRUTHS = "bnsxe"
"""What a line can truly be: body, nav, spam, `x` nav or spam, `e` either is fair and nothing is scored."""

BLANK = "-"


ToText = Callable[[str], str]
"""From a page in HTML to its text."""


def read_gold(paths: Iterable[Path], to_text: ToText | None = None) -> Iterator[LabelledPage]:
    """The labelled pages of files and of all `.lines` and `.jsonl` files below folders, in the order of their names.

    Their facts have a `source`: a JSONL file's name, or a `.lines` file's folder, the one above where that is its
    kind. `to_text` reads the pages that are given in HTML. Raises DataError for a file that is missing or breaks its
    format.
    """
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.suffix in (".lines", ".jsonl")) if path.is_dir() else [path]
        if not files:
            raise DataError(f"{path}: no .lines or .jsonl file; name labelled pages")
        for file in files:
            yield from _jsonl(file, to_text) if file.suffix == ".jsonl" else [_lines(file)]


def _lines(path: Path) -> LabelledPage:
    page = read(path)
    folder = path.resolve().parent
    source = folder.parent.name if folder.name == page.facts.get("kind") else folder.name
    return replace(page, facts={"source": source, **page.facts})


def _jsonl(path: Path, to_text: ToText | None) -> Iterator[LabelledPage]:
    try:
        rows = path.read_bytes().decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}; check the path") from error
    for number, row in enumerate(rows, 1):
        if row.strip():
            yield gold_page(row, path.stem, f"{path}:{number}", to_text)


def gold_page(row: str, source: str, where: str, to_text: ToText | None = None) -> LabelledPage:
    """The page in a row `{"id", "lines", "labels", "spans"?, "group"?, "kind"?}`; one letter of `labels` a line.

    A row `{"id", "gold", "text", "lines" or "html", ...}` has the page's main text instead. Raises DataError, naming
    the place, for a row of another form.
    """
    try:
        value = json.loads(row)
        if "labels" not in value and "gold" in value:
            return _gold_text(value, source, where, to_text)
        lines, labels = value["lines"], value["labels"]
        spans = {int(line): _ranges(ranges) for line, ranges in (value.get("spans") or {}).items()}
        texts = [str(line) for line in lines]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(
            f'{where}: no labelled page; write {{"id", "lines", "labels"}} or {{"id", "text", "gold"}}'
        ) from error
    if len(labels) != len(texts) or not set(labels) <= {*TRUTHS, BLANK}:
        raise DataError(f"{where}: {len(labels)} labels for {len(texts)} lines; one of {TRUTHS}{BLANK} a line")
    if any("\n" in text for text in texts):
        raise DataError(f"{where}: a line break within a line; write each line by itself")
    letters = [
        "" if letter == BLANK or not text.strip() else letter for letter, text in zip(labels, texts, strict=True)
    ]
    page = tuple(
        LabelledLine(text, letter, spans=spans.get(i, ()))
        for i, (text, letter) in enumerate(zip(texts, letters, strict=True))
    )
    return LabelledPage(*_name_and(page, value, source, where))


def _gold_text(value: dict[str, Any], source: str, where: str, to_text: ToText | None) -> LabelledPage:
    text = value.get("text", "\n".join(value.get("lines", ())))
    if to_text and "html" in value:
        text = to_text(value["html"])
    if not isinstance(text, str) or not isinstance(value["gold"], str):
        raise TypeError("text")
    lines = tuple(map(LabelledLine, text.split("\n"))) if text else ()
    return LabelledPage(*_name_and(lines, value, source, where), gold=value["gold"])


def _name_and(
    lines: tuple[LabelledLine, ...], value: dict[str, Any], source: str, where: str
) -> tuple[str, tuple[LabelledLine, ...], dict[str, str]]:
    name = str(value.get("id", where))
    facts: dict[str, str] = {key: str(value[key]) for key in ("kind", "script") if key in value}
    return name, lines, {"source": source, "site": str(value.get("group", name)), **facts}


def _ranges(ranges: Any) -> tuple[tuple[int, int], ...]:
    return tuple((int(start), int(end)) for start, end in ranges)

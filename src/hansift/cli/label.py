"""`hansift label`: every line with its label and scores."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Iterator
from typing import IO, Any

import click

from hansift.cleaner import Cleaner
from hansift.cli.common import FAILED_INPUT, output, say, setting_options
from hansift.io.parts import everything
from hansift.io.record import Fault, Record
from hansift.io.settings import resolve
from hansift.page import LABELS, Result
from hansift.text.html import Extracted

COLOURS = {"body": "default", "nav": "blue", "spam": "red", "": "default"}


@click.command("label")
@click.argument("paths", nargs=-1, metavar="[FILE|DIR|-]...")
@click.option("-o", "--out", metavar="OUT", help="A file; standard output by default.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "tsv", "jsonl"]),
    help="A coloured table (on a terminal), TSV (elsewhere), or one JSON object a page.",
)
@setting_options("model", "policy", "encoding", "text_key", "id_key", "html_key", "markup")
def command(paths: tuple[str, ...], out: str | None, form: str | None, **options: Any) -> None:
    """Print each line with its label and score; every form of input that `hansift clean` reads.

    JSON of a page that came as HTML also has its lines.
    """
    settings, _ = resolve(options)
    cleaner = Cleaner(settings.model, settings.policy, markup=settings.markup)
    form = form or ("table" if out is None and sys.stdout.isatty() else "tsv")
    seen: deque[Record] = deque()
    failed = False

    def pages() -> Iterator[str | Extracted]:
        nonlocal failed
        for item in everything(paths or ("-",), settings):
            if isinstance(item, Fault):
                failed = True
                say(item)
            else:
                seen.append(item)
                yield item.page

    with output(out) as stream:
        for result in cleaner.pipe(pages()):
            {"table": _table, "tsv": _tsv, "jsonl": _jsonl}[form](stream, seen.popleft(), result)
    if failed:
        raise SystemExit(FAILED_INPUT)


def _jsonl(stream: IO[str], record: Record, result: Result) -> None:
    lines = {"lines": [line.text for line in result.lines]} if record.markup else {}
    row = {"id": record.id, **lines, **result.to_dict()}
    stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def _tsv(stream: IO[str], record: Record, result: Result) -> None:
    for line in result.lines:
        score = f"{line.scores[LABELS.index(line.label)]:.3f}" if line.label and line.scores else ""
        stream.write(f"{record.id}\t{line.number + 1}\t{line.label or ''}\t{score}\t{line.text}\n")


def _table(stream: IO[str], record: Record, result: Result) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=record.id, box=None, title_justify="left", pad_edge=False)
    for name, justify in (("line", "right"), ("label", "left"), ("score", "right"), ("text", "left")):
        table.add_column(name, justify=justify, no_wrap=name != "text")  # type: ignore[arg-type]
    for line in result.lines:
        if line.label and line.scores:
            style = COLOURS[line.label]
            score = f"{line.scores[LABELS.index(line.label)]:.2f}"
            table.add_row(str(line.number + 1), Text(line.label, style), score, Text(line.text.strip(), style))
    Console(file=stream).print(table)

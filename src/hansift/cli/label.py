"""`hansift label`: every line with its label and scores."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import IO

import click

from hansift.cleaner import Cleaner
from hansift.cli.common import FAILED_INPUT, key_options, model_options, output, say
from hansift.errors import InputError
from hansift.io.inputs import STDIN, Record, expand, records
from hansift.page import LABELS, Result

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
@key_options
@model_options
def command(
    paths: tuple[str, ...],
    out: str | None,
    form: str | None,
    text_key: str,
    id_key: str,
    model: str | None,
    policy: str,
) -> None:
    """Print each line with its label and score; JSONL files hold a page a record, other files are one page."""
    cleaner = Cleaner(model, policy)
    form = form or ("table" if out is None and sys.stdout.isatty() else "tsv")
    failed = False

    def good() -> Iterator[Record]:
        nonlocal failed
        for path in expand(paths or (STDIN,)):
            for record in records(path, text_key, id_key):
                if isinstance(record, InputError):
                    failed = True
                    say(record)
                else:
                    yield record

    seen: list[Record] = []

    def texts() -> Iterator[str]:
        for record in good():
            seen.append(record)
            yield record.text

    with output(out) as stream:
        for result in cleaner.pipe(texts()):
            record = seen.pop(0)
            {"table": _table, "tsv": _tsv, "jsonl": _jsonl}[form](stream, record, result)
    if failed:
        raise SystemExit(FAILED_INPUT)


def _jsonl(stream: IO[str], record: Record, result: Result) -> None:
    row = {"id": record.id, **result.to_dict()}
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

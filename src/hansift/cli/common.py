"""What the commands share: options, messages, streams, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, Any, BinaryIO, cast

import click

FAILED_INPUT = 1
FAILED_USAGE = 2
STOPPED = 130


def say(message: object) -> None:
    """Prints a message for people: to standard error, never among the data."""
    click.echo(f"hansift: {message}", err=True)


def model_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --model and --policy."""
    command = click.option("--model", metavar="FILE", help="A model file; the packaged one by default.")(command)
    return click.option(
        "--policy",
        type=click.Choice(["precision", "balanced", "recall"]),
        default="balanced",
        show_default=True,
        help="Leave less noise, or lose less body.",
    )(command)


def setting_options(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds the options of those settings; what is not given stays None, for the file and the environment to say."""
    options: dict[str, dict[str, Any]] = {
        "model": {"metavar": "FILE", "help": "A model file; the packaged one by default."},
        "policy": {
            "metavar": "POLICY",
            "help": "precision leaves less noise, recall loses less body.  [balanced]",
        },
        "format": {
            "metavar": "FORM",
            "help": "Read as text, html, jsonl, parquet, warc or wet.  [by name, content]",
        },
        "encoding": {"metavar": "NAME", "help": "What the bytes are written in.  [found once a file]"},
        "text_key": {"metavar": "KEY", "help": "The key or column of a record's text.  [text]"},
        "id_key": {"metavar": "KEY", "help": "That of its id.  [id]"},
        "url_key": {"metavar": "KEY", "help": "That of its URL.  [url]"},
        "html_key": {
            "metavar": "KEY",
            "help": "Read the HTML of JSONL or Parquet from this key, and write what is kept as text.",
        },
        "markup": {"default": None, "help": "Judge HTML by its markup too.  [yes]"},
        "drop_empty": {"is_flag": True, "default": None, "help": "Leave out records of which nothing stays."},
        "max_errors": {"metavar": "N", "help": "Stop when there are more errors.  [never]"},
        "max_record": {"metavar": "SIZE", "help": "Reject longer records.  [16M]"},
        "part_size": {"metavar": "SIZE", "help": "What is lost at most, a worker, when a run dies.  [8M]"},
        "workers": {"metavar": "N", "help": "Processes.  [the cores]"},
    }

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            flags = "--markup/--no-markup" if name == "markup" else "--" + name.replace("_", "-")
            command = click.option(flags, name, **options[name])(command)
        return command

    return add


@contextmanager
def output(path: str | None) -> Iterator[IO[str]]:
    """The stream to write to: standard output for None or "-", else the file, which takes its name at the end."""
    if path in (None, "-"):
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    from hansift.io.sink import replacing

    with replacing(str(path)) as raw:
        stream = TextIOWrapper(cast(BinaryIO, raw), encoding="utf-8", newline="")
        try:
            yield stream
        finally:
            stream.flush()
            stream.detach()


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """A function to tell how many of `total` bytes are done: a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("clean", total=total or None)
        yield lambda done: bar.update(task, completed=done)

"""What the commands share: options, messages, streams, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from hansift.errors import UsageError

FAILED_INPUT = 1
FAILED_USAGE = 2


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


def key_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --text-key and --id-key."""
    command = click.option("--text-key", default="text", show_default=True, help="JSONL: the text's key.")(command)
    return click.option("--id-key", default="id", show_default=True, help="JSONL: the id's key.")(command)


@contextmanager
def output(path: str | None) -> Iterator[IO[str]]:
    """The stream to write to: standard output for None or "-", else the file."""
    if path in (None, "-"):
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    target = Path(str(path))
    try:
        with target.open("w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror}); choose another -o") from error

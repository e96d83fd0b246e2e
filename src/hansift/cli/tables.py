"""Tables for people, printed with rich."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from hansift.cli.common import output

WIDTH = 150
"""Columns where the output is not a terminal."""


def show(title: str, header: Sequence[str], rows: Sequence[Sequence[Any]], left: int = 1) -> None:
    """Prints a table to standard output, its first `left` columns to the left, the others to the right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, title_style="bold")
    for i, name in enumerate(header):
        table.add_column(name, justify="left" if i < left else "right", overflow="fold")
    for row in rows:
        table.add_row(*(value if isinstance(value, Text) else Text(shown(value)) for value in row))
    with output(None) as stream:
        Console(file=stream, width=None if sys.stdout.isatty() else WIDTH).print(table)


def shown(value: Any) -> str:
    """A value as a table shows it: figures with three places, nothing as a dash.

    >>> shown(0.12345), shown(None), shown(12)
    ('0.123', '–', '12')
    """
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)

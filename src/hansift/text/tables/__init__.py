"""The tables that restoring needs, read from the files beside this module at first need."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def _rows(name: str) -> list[str]:
    return files(__name__).joinpath(name).read_text("utf-8").split("\n")[:-1]


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """The readings of each Traditional form that Simplified script writes otherwise, usual one first."""
    return {row[0]: tuple(row[1:].split(" ")) for row in _rows("readings.txt")}


@cache
def hijack() -> dict[str, str]:
    """Simplified to Traditional characters, one to one, as hijacked pages show it."""
    return {row[0]: row[1] for row in _rows("hijack.txt")}


@cache
def words() -> tuple[tuple[str, str, str], ...]:
    """Words as (genuine Traditional, as the hijack has it, by first choices); "-" for a form not wrong."""
    rows = (row.split(" ") for row in _rows("words.txt"))
    return tuple((right, kept, first) for right, kept, first in rows)

"""What can be undone of what a hijack does to a page's text."""

from __future__ import annotations

from collections.abc import Callable

from hansift.text import debris, injection
from hansift.text.edits import Step

REPAIRS: dict[str, Callable[[str], list[Step]]] = {
    "controls": debris.controls,
    "injection": injection.find,
    # behind the injection: bytes out of step may read as private use
    "private": debris.private,
    "line ends": debris.line_ends,
    "tags": debris.tags,
    "commas": debris.commas,
}
"""Functions from a text to the steps that mend it, in the order they run in; `restore` asks them only of a text that
has what one of them begins with.
"""

"""`hansift restore`: pages with the damage of a hijack undone."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from hansift.errors import InputError
from hansift.text.restore import Restored, restore
from hansift.text.script import Target, convert


@click.command(name="restore")
@click.argument("files", nargs=-1, metavar="[FILE|-]...")
@click.option("--steps", is_flag=True, help="Print the repairs instead, one JSON object a line.")
@click.option(
    "--script",
    type=click.Choice(["keep", "simplified", "original"]),
    default="keep",
    show_default=True,
    help="original: back to Simplified where a page was naively converted (needs hansift[script]).",
)
def command(files: tuple[str, ...], steps: bool, script: Target) -> None:
    """Undo a hijacker's damage to UTF-8 text: injected readings, replaced bytes, debris.

    Each FILE is one page; `-`, or no FILE, is standard input. The restored text goes to standard output.
    """
    out = sys.stdout.buffer
    for name in files or ("-",):
        restored = restore(_read(name))
        text = _listed(name, restored) if steps else convert(restored.text, script)
        out.write(text.encode("utf-8"))
    out.flush()


def _read(name: str) -> str:
    """The text of a file, byte for byte; raises InputError if it cannot be read as UTF-8."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8")
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}; give a file that can be read") from error
    except UnicodeDecodeError as error:
        remedy = "convert it first, for instance `iconv -f GB18030 -t UTF-8`"
        raise InputError(f"{name}: not UTF-8 at byte {error.start}; {remedy}") from error


def _listed(name: str, restored: Restored) -> str:
    """One line of JSON for each step."""
    rows = ({"file": name, **step} for step in restored.to_dict()["steps"])
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

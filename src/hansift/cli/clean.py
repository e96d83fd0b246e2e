"""`hansift clean`: the body of pages."""

from __future__ import annotations

from pathlib import Path

import click

from hansift.cleaner import Cleaner
from hansift.cli.common import FAILED_INPUT, model_options, output, say
from hansift.errors import InputError, UsageError
from hansift.io.inputs import STDIN, expand, read_text


@click.command("clean")
@click.argument("paths", nargs=-1, metavar="[FILE|DIR|-]...")
@click.option("-o", "--out", metavar="OUT", help="A file, or a folder that takes one file a page.")
@model_options
def command(paths: tuple[str, ...], out: str | None, model: str | None, policy: str) -> None:
    """Print the body of pages: text files, folders of them, or standard input."""
    cleaner = Cleaner(model, policy)
    failed = False
    bodies: list[tuple[str, str]] = []
    for path in expand(paths or (STDIN,)):
        try:
            bodies.append((str(path), cleaner(read_text(path)).text))
        except InputError as error:
            failed = True
            say(error)
    if out and out != STDIN and (Path(out).is_dir() or len(bodies) > 1):
        _write_folder(Path(out), bodies)
    else:
        with output(out) as stream:
            stream.write("\n\n".join(body + "\n" for _, body in bodies))
    if failed:
        raise SystemExit(FAILED_INPUT)


def _write_folder(folder: Path, bodies: list[tuple[str, str]]) -> None:
    names = [Path(name).name for name, _ in bodies]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise UsageError(f"{folder}: two inputs are named {min(twice)}; clean them into folders of their own")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (_, body) in zip(names, bodies, strict=True):
            (folder / name).write_text(body + "\n", encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}); choose another -o") from error

"""`hansift data`: split, check, report and augment labelled pages."""

from __future__ import annotations

from pathlib import Path

import click

from hansift.cli.common import FAILED_INPUT, output, say


@click.group("data")
def command() -> None:
    """Split, check, report and augment labelled pages."""


@command.command("split")
@click.argument("page", metavar="PAGE.txt|-")
@click.option("-o", "--out", metavar="FILE", help="The .lines file to write; standard output by default.")
def split(page: str, out: str | None) -> None:
    """Write a page's lines ready to be labelled: fill in b, n or s before each tab."""
    from hansift.io.inputs import read_text

    with output(out) as stream:
        for line in read_text(page).split("\n"):
            stream.write(f"\t{line}\n" if line.strip() else f"{line}\n")


@command.command("check")
@click.argument("data", type=click.Path(path_type=Path, exists=True), default=Path("data"))
def check(data: Path) -> None:
    """Check labelled pages: labels, sources, duplicates. Exit code 1 when something is wrong."""
    from hansift.corpus.check import check as faults_of

    faults = 0
    for fault in faults_of(data):
        faults += 1
        click.echo(fault)
    say(f"{data}: {faults or 'no'} fault{'s' * (faults != 1)}")
    if faults:
        raise SystemExit(FAILED_INPUT)

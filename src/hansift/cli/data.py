"""`hansift data`: split, check, report, augment and render labelled pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from hansift.cli.common import FAILED_INPUT, output, say
from hansift.errors import UsageError


@click.group("data")
def command() -> None:
    """Split, check, report, audit, augment and render labelled pages."""


@command.command("split")
@click.argument("page", metavar="PAGE.txt|-")
@click.option("-o", "--out", metavar="FILE", help="The .lines file to write; standard output by default.")
def split(page: str, out: str | None) -> None:
    """Write a page's lines ready to be labelled: fill in b, n or s before each tab."""
    from hansift.io.pages import read_text

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


@command.command("report")
@click.argument("data", type=click.Path(path_type=Path, exists=True), default=Path("data"))
@click.option("--json", "json_path", metavar="FILE", help='Write the counts as JSON; "-" for standard output alone.')
def report(data: Path, json_path: str | None) -> None:
    """Print how many pages and lines there are, by kind, script, label and role, and what is still to be written."""
    from hansift.corpus.census import census
    from hansift.corpus.labelled import read_folder, read_loose

    counts = census(list(read_folder(data)), list(read_loose(data)))
    if json_path:
        with output(json_path) as stream:
            json.dump(counts, stream, ensure_ascii=False, indent=1)
            stream.write("\n")
    if json_path != "-":
        _print(counts)


def _print(counts: dict[str, Any]) -> None:
    from hansift.cli.tables import show

    names = ("body", "nav", "spam")
    for title, table in (("By kind", counts["by_kind"]), ("By script", counts["by_script"])):
        rows = [(name or "none", *row.values()) for name, row in table.items()]
        show(f"{title}, authored pages", ("", "pages", "lines", *names), rows)
    show(
        "By label, all pages",
        ("", "lines", "characters"),
        [(name, *row.values()) for name, row in counts["by_label"].items()],
    )
    show(
        "By role, all pages",
        ("", "lines", "characters", "pages"),
        [(name, *row.values()) for name, row in counts["by_role"].items()],
    )
    if counts["loose"]:
        rows = [(name, row["lines"], row["chars"]) for name, row in counts["loose"].items()]
        show("By role, lines that stand in no page", ("", "lines", "characters"), rows)
    wanted = [(need["name"], need["wanted"], need["found"], "yes" if need["met"] else "NO") for need in counts["needs"]]
    show(
        f"{counts['pages']} pages of {counts['sites']} sites, {counts['lines']} labelled lines",
        ("authored", "wanted", "found", "met"),
        wanted,
    )


@command.command("audit")
@click.argument("data", type=click.Path(path_type=Path, exists=True), default=Path("data"))
@click.option("--below", default=0.02, show_default=True, help="List lines whose label is less probable than this.")
@click.option("--top", default=200, show_default=True, help="List at most so many.")
@click.option("--leaks-only", is_flag=True, help="Fit nothing, which takes minutes; look for leaks alone.")
def audit(data: Path, below: float, top: int, leaks_only: bool) -> None:
    """List doubtful labels and leaks between folds, tab-separated: what, place, and why.

    A label is doubtful when models trained on other sites find it improbable. A leak is one site in two folds, or two
    long lines nearly alike in different folds or under different labels.
    """
    from hansift.corpus.labelled import read_folder
    from hansift.train.audit import doubts, leaks

    pages = list(read_folder(data))
    with output(None) as stream:
        for leak in leaks(pages):
            stream.write(f"leak\t{leak.here}\t{leak.there}\t{leak.fault}\t{leak.what}\n")
        if leaks_only:
            return
        from hansift.train.fit import fit

        found = doubts(pages, fit(pages), below)
        for doubt in found[:top]:
            place, text = f"{doubt.page.name}:{doubt.number + 1}", doubt.page.lines[doubt.number].text.strip()
            why = f"{doubt.label} {doubt.probability:.4f}, rather {doubt.instead}"
            stream.write(f"doubt\t{place}\t\t{why}\t{text}\n")
    if len(found) > top:
        say(f"{len(found) - top} more doubtful lines; raise --top to see them")


@command.command("augment")
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.option("--seed", default=0, show_default=True, help="Of the draw: the same seed gives the same bytes.")
@click.option("--copies", default=1, show_default=True, type=click.IntRange(1), help="Made of each page.")
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write."
)
def augment(data: Path, seed: int, copies: int, out: Path) -> None:
    """Write copies of labelled pages, recombined, laid out anew, spammed and injured as the web does it."""
    from hansift.corpus.augment import augment as copies_of
    from hansift.corpus.labelled import read_folder, serialize

    if out.resolve().is_relative_to(data.resolve()):
        raise UsageError(f"{out}: inside {data}, whose pages would then hold their own copies; choose another -o")
    number = 0
    for page in copies_of(list(read_folder(data)), seed, copies):
        name, _, copy = page.name.rpartition("#")
        target = out / f"{name.removesuffix('.lines')}.{copy}.lines"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(serialize(page).encode("utf-8"))
        number += 1
    say(f"{out}: {number} pages written")


@command.command("render")
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.option("--seed", default=0, show_default=True, help="Of the draw: the same seed gives the same bytes.")
@click.option("--copies", default=1, show_default=True, type=click.IntRange(1), help="Hands that write each page.")
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write."
)
def render(data: Path, seed: int, copies: int, out: Path) -> None:
    """Write labelled pages as HTML by the roles of their lines, in the manner of many hands."""
    from hansift.corpus.labelled import read_folder
    from hansift.corpus.render import rendered

    pages = list(read_folder(data))
    for number, (page, html) in enumerate(rendered(pages, seed, copies)):
        target = out / f"{page.name.removesuffix('.lines')}.{number // len(pages)}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(html.encode("utf-8"))
    say(f"{out}: {len(pages) * copies} pages written")

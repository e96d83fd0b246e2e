"""`hansift explain`: what moved a line to its label."""

from __future__ import annotations

import re
from typing import Any

import click

from hansift.cli.common import setting_options
from hansift.cli.tables import show
from hansift.errors import UsageError
from hansift.page import Line, Marks, Result

PLACE = re.compile(r"(.+):(\d+)", re.DOTALL)


@click.command("explain")
@click.argument("place", metavar="FILE[:LINE]")
@click.option("--top", default=12, show_default=True, help="Terms to show of each sum.")
@click.option("--grams", is_flag=True, help="Show character n-grams as they are, not merged into words.")
@setting_options("model", "policy", "encoding", "markup")
def command(place: str, top: int, grams: bool, **options: Any) -> None:
    """Print what moved a line of a page: words, shape, context, and what the page changed.

    Without :LINE, all lines with the two strongest reasons of each. Every figure is a summand of log-odds: what
    pulls towards body is positive.
    """
    from hansift.cleaner import Cleaner
    from hansift.io.settings import resolve
    from hansift.model.explain import Explainer
    from hansift.text.restore import restore

    settings, _ = resolve(options)
    name, number = split_place(place)
    page = _page(name, settings)
    cleaner = Cleaner(settings.model, settings.policy, markup=settings.markup)
    result = next(cleaner.pipe([page.page]))
    explainer = Explainer(cleaner.model, restore(page.text).text, page.markup if result.markup else None)
    if number is None:
        _all_lines(explainer, result)
    elif not 1 <= number <= len(result.lines):
        raise UsageError(f"{place}: the page has {len(result.lines)} lines; name one of them")
    else:
        _one_line(explainer, result, result.lines[number - 1], top, grams)


def split_place(place: str) -> tuple[str, int | None]:
    """The file and the line that a place names; a file whose name ends in a number is still a file.

    >>> split_place("page.txt:12"), split_place("page.txt")
    (('page.txt', 12), ('page.txt', None))
    """
    from pathlib import Path

    found = PLACE.fullmatch(place)
    if found and not Path(place).exists():
        return found[1], int(found[2])
    return place, None


def _page(name: str, settings: Any) -> Any:
    """The record of the one page in a file."""
    from hansift.io.parts import everything
    from hansift.io.record import Fault

    pages = list(everything([name], settings))
    for item in pages:
        if isinstance(item, Fault):
            raise item.to_error()
    if len(pages) != 1:
        raise UsageError(f"{name}: {len(pages)} pages; name a file of one page")
    return pages[0]


def _one_line(explainer: Any, result: Result, line: Line, top: int, grams: bool) -> None:
    from hansift.model.explain import word_parts

    if line.label is None or line.scores is None or line.alone is None:
        click.echo(f"line {line.number + 1} is blank: nothing to judge")
        return
    click.echo(f"line {line.number + 1}: {line.text.strip()}")
    click.echo(f"label {line.label}" + (f"; page flagged {', '.join(result.flags)}" if result.flags else ""))
    for cut in result.cuts:
        if cut.line == line.number:
            click.echo(f"cut out: {result.original[line.start + cut.start : line.start + cut.end]}")
    found = explainer.explain(line.number, None if grams else word_parts(line.text))
    if line.marks:
        click.echo(f"marks: {_marks(line.marks)}")
    probabilities = [("alone", *line.alone), ("in its page", *line.scores)]
    show(
        "What the page changed",
        ("", "body", "nav", "spam"),
        [(name, *(float(p) for p in row)) for name, *row in probabilities],
    )
    _step(f"The line alone: n-grams {'' if grams else 'as words '}and shape", found.alone, top)
    _step(f"In its page: shape, context{' and markup' * result.markup}", found.page[-1], top)


def _marks(marks: Marks) -> str:
    """What the markup says of a line, for people."""
    shares = [(name, getattr(marks, name)) for name in ("titled", "link", "bold", "alt", "hidden")]
    parts = [f"{marks.tag} in {marks.around}", *(f"{name} {share:.0%}" for name, share in shares if share)]
    return ", ".join(parts + [f"{name} {far} up" for name, far in marks.names])


def _step(title: str, step: Any, top: int) -> None:
    rows = [
        (term.name, term.value, term.meaning, *(f"{x:+.2f}" for x in (term.pull, *term.adds)))
        for term in step.terms[:top]
    ]
    rest = step.terms[top:]
    if rest:
        adds = (sum(column) for column in zip(*((term.pull, *term.adds) for term in rest), strict=True))
        rows.append((f"{len(rest)} more", "", "", *(f"{x:+.2f}" for x in adds)))
    rows.append(("sum", "", "log-odds", "", *(f"{x:+.2f}" for x in step.sums)))
    show(title, ("term", "value", "meaning", "pull to body", *step.columns), rows, left=3)


def _all_lines(explainer: Any, result: Result) -> None:
    rows = []
    for line in result.lines:
        if line.label and line.scores and line.alone:
            found = explainer.explain(line.number)
            reasons = _reasons(found, line)
            rows.append((line.number + 1, line.label, line.alone[0], line.scores[0], _short(line.text), *reasons))
    show(
        "Lines, and what moved each most",
        ("line", "label", "alone", "in page", "text", "first reason", "second"),
        rows,
        left=7,
    )


def _reasons(found: Any, line: Line) -> list[str]:
    """The two terms that did most for the line's label; what its own text says is named by its strongest n-gram."""
    sign = 1 if line.kept else -1
    terms = (term for term in found.page[-1].terms if term.name != "bias")
    best = sorted(terms, key=lambda term: -sign * term.pull)[:2]
    own = max(found.alone.terms, key=lambda term: sign * term.pull)
    names = [
        f"itself: {own.name} {own.value}".strip() if t.name == "odds" else f"{t.name} {t.value}".strip() for t in best
    ]
    return [f"{name} ({term.pull:+.1f})" for name, term in zip(names, best, strict=True)]


def _short(text: str, size: int = 24) -> str:
    text = text.strip()
    return text if len(text) <= size else text[: size - 1] + "…"

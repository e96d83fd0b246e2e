"""`hansift evaluate`: how well a model does on labelled pages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hansift.cli.common import output, say, setting_options
from hansift.cli.tables import show
from hansift.errors import DataError, UsageError
from hansift.page import LABELS

if TYPE_CHECKING:
    from hansift.corpus.labelled import LabelledPage
    from hansift.train.outcome import Outcome

HEADLINE = {
    "body_char_recall": "body kept",
    "body_char_precision": "precision",
    "char_f1": "char F1",
    "char_f1_by_page": "F1 by page",
    "line_macro_f1": "macro F1",
    "clean_pages": "clean",
    "nav_chars_removed": "nav removed",
    "spam_chars_removed": "spam removed",
    "spliced_chars_cut": "spliced cut",
    "calibration_error": "calib. error",
}


Existing = click.Path(path_type=Path, exists=True)


@click.command("evaluate")
@click.argument("data", nargs=-1, required=True, metavar="[MODEL.npz] DATA...", type=Existing)
@click.option("--json", "json_path", metavar="FILE", help='Write all measures as JSON; "-" for standard output alone.')
@click.option("--report", metavar="FILE.html", help="Write one page with curves and the worst pages, line by line.")
@click.option("--pred", metavar="FILE.jsonl", type=Existing, help="Measure what stands there instead of a model.")
@click.option("--seed", default=0, show_default=True, help="Of the bootstrap intervals, drawn over sites.")
@setting_options("model", "policy", "html_key", "markup")
def command(
    data: tuple[Path, ...], json_path: str | None, report: str | None, pred: Path | None, seed: int, **options: Any
) -> None:
    """Measure a model, the packaged one if none is named, on labelled pages: .lines files, gold JSONL, folders of them.

    Gold JSONL has one page a line: {"id", "lines", "labels": "bnsxe-", "spans"?, "group"?}, or with its main text
    {"id", "text" or "html", "gold", "group"?}. With --html-key the pages that have HTML there are judged from it, and
    their cleaned text is measured. Predictions have the same ids: {"id", "text"} as `hansift clean` writes it, or
    {"id", "labels", "cuts"?} as `hansift label --format jsonl` does.
    """
    from hansift.train.gold import read_gold
    from hansift.train.summary import summary

    if data[0].suffix == ".npz":
        options, data = {**options, "model": str(data[0])}, data[1:]
    if not data:
        raise UsageError("no DATA to measure on; name labelled pages behind the model")
    if pred and any(options.values()):
        raise UsageError("--pred measures a file, not a model; leave --model, --policy and those of HTML out")
    pages = list(read_gold(data, options["html_key"]))
    if options["html_key"] and not any(page.html for page in pages):
        raise DataError(f"no page has HTML under {options['html_key']!r}; name its key with --html-key")
    outcome, about = _predicted(pages, pred) if pred else _judged(pages, options)
    measures = {**about, **summary(outcome, seed)}
    if json_path:
        with output(json_path) as stream:
            json.dump(measures, stream, ensure_ascii=False, indent=1)
            stream.write("\n")
    if json_path != "-":
        _print(measures)
    if report:
        from hansift.train.report import report_html

        with output(report) as stream:
            stream.write(report_html(outcome, measures))
        say(f"{report}: written")


def _judged(pages: list[LabelledPage], options: dict[str, Any]) -> tuple[Outcome, dict[str, Any]]:
    """What the model makes of the pages, and which model it was."""
    from hansift.cleaner import Cleaner
    from hansift.io.html import read_html
    from hansift.io.settings import resolve
    from hansift.train.outcome import outcome_of
    from hansift.train.predicted import measured_as

    if bare := next((page.name for page in pages if not page.lines and page.html is None), None):
        raise DataError(f"{bare}: no page to judge; give its text, or --pred what was made of it")
    settings, _ = resolve(options)
    cleaner = Cleaner(settings.model, settings.policy, markup=settings.markup)
    found = cleaner.pipe(page.text if page.html is None else read_html(page.html) for page in pages)
    outcome = outcome_of(pages, map(measured_as, pages, found))
    return outcome, {"policy": settings.policy, "model": cleaner.model.header.get("digest")}


def _predicted(pages: list[LabelledPage], path: Path) -> tuple[Outcome, dict[str, Any]]:
    """What the predictions come to, and where they are from."""
    from hansift.train.outcome import outcome_of
    from hansift.train.predicted import read_predictions, results_of

    laid_out = [_laid_out(page) if page.gold is not None and page.html is not None else page for page in pages]
    return outcome_of(laid_out, results_of(laid_out, read_predictions(path))), {"predictions": str(path)}


def _laid_out(page: LabelledPage) -> LabelledPage:
    """The page with the lines of its HTML, which labels of it speak of."""
    from hansift.corpus.labelled import LabelledLine
    from hansift.io.html import read_html

    return replace(page, lines=tuple(map(LabelledLine, read_html(page.html or "").text.split("\n"))))


def _print(measures: dict[str, Any]) -> None:
    overall = measures["all"]
    header = ("", "pages", "sites", "lines", *HEADLINE.values())
    rows = [("all", overall), *measures["by_source"].items()]
    show("By source, with 95 % intervals over sites", header, [row for name, b in rows for row in _block(name, b)])
    if measures["by_kind"]:
        show("By kind of page", header, [_block(name, b)[0] for name, b in measures["by_kind"].items()])
    if measures["by_role"]:
        roles = [(role, *row.values()) for role, row in measures["by_role"].items()]
        show("By role of line", ("role", "lines", "chars", "lines kept", "chars kept", "label right"), roles)
    if not overall["lines"]:
        return
    labels = [str(label) for label in LABELS]
    classes = [
        (label, *row, *(overall[f"{label}_{name}"] for name in ("precision", "recall", "f1")))
        for label, row in zip(labels, overall["confusion"], strict=True)
    ]
    show("Lines: truth by label", ("truth", *labels, "precision", "recall", "F1"), classes)
    reliable = [(row["probability"], row["share"], row["lines"]) for row in measures["reliability"]]
    show("Probability of body", ("said", "found", "lines"), reliable, left=0)


def _block(name: str, block: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The row of a block, and that of its intervals where it has some."""
    counts = (block["pages"], block["sites"], block["lines"])
    rows: list[tuple[Any, ...]] = [(name, *counts, *(block[figure] for figure in HEADLINE))]
    bounds = [block["intervals"].get(figure, (None, None)) for figure in HEADLINE]
    if any(low is not None for low, _ in bounds):
        rows.append(("", "", "", "", *("" if low is None else f"{_short(low)}–{_short(high)}" for low, high in bounds)))
    return rows


def _short(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")

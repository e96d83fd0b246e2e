"""One self-contained HTML page of an evaluation: figures, curves, and the worst pages line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from math import isnan, sqrt
from string import Template
from typing import Any

from hansift.page import LABELS
from hansift.train.evaluate import COLUMNS, precision_recall, tally
from hansift.train.lines_html import page_lines
from hansift.train.outcome import Outcome
from hansift.train.svg import Chart, svg, thinned

WORST = 20
FIGURES = {
    "body_char_recall": "body characters kept",
    "char_f1": "character F1",
    "char_f1_by_page": "F1, mean of pages",
    "line_macro_f1": "line macro-F1",
    "clean_pages": "clean pages",
    "nav_chars_removed": "nav characters removed",
    "spam_chars_removed": "spam characters removed",
    "spliced_chars_cut": "spliced characters cut",
}


def report_html(outcome: Outcome, measures: dict[str, Any]) -> str:
    """The page for an outcome and its `summary`: no scripts, nothing loaded from elsewhere."""
    overall = measures["all"]
    model = (measures.get("model") or "")[:12]
    about = f"{overall['pages']} pages, {overall['sites']} sites, {overall['lines']} lines"
    if model:
        about += f"; model {model}, policy {measures.get('policy', 'balanced')}"
    template = Template(files("hansift.train").joinpath("report.html").read_text("utf-8"))
    return template.substitute(
        about=escape(about),
        tiles="".join(_tile(name, overall[key], overall["intervals"][key]) for key, name in FIGURES.items()),
        by_source=_blocks({"all": overall, **measures["by_source"]}),
        confusion=_confusion(overall["confusion"]),
        classes=_classes(overall),
        calibration=_figure(overall["calibration_error"]),
        reliability=_reliability(measures["reliability"]),
        curve=_curve(outcome, overall),
        by_kind=_section("By kind of page", measures["by_kind"] and _blocks(measures["by_kind"])),
        by_role=_section("By role of line", measures["by_role"] and _roles(measures["by_role"])),
        worst="".join(_worst(outcome)),
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _interval(bounds: Sequence[float | None]) -> str:
    low, high = bounds
    return "" if low is None or high is None else f"<small>{low:.3f} – {high:.3f}</small>"


def _tile(name: str, value: float | None, bounds: Sequence[float | None]) -> str:
    return f'<div class="tile">{escape(name)}<b>{_figure(value)}</b>{_interval(bounds)}</div>'


def _section(title: str, content: Any) -> str:
    return f'<section><h2>{title}</h2><div class="wide">{content}</div></section>' if content else ""


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "") -> str:
    head = "".join(f"<th>{name}</th>" for name in header)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="{kind}"><tr>{head}</tr>{body}</table>'


def _blocks(blocks: dict[str, Any]) -> str:
    rows = [
        (escape(name), str(b["pages"]), *(_figure(b[key]) + _interval(b["intervals"][key]) for key in FIGURES))
        for name, b in blocks.items()
    ]
    return _table(("", "pages", *FIGURES.values()), rows)


def _confusion(matrix: Sequence[Sequence[int]]) -> str:
    rows = []
    for label, row in zip(LABELS, matrix, strict=True):
        cells = []
        for other, number in zip(LABELS, row, strict=True):
            share = number / max(1, sum(row))
            colour = "--good" if label == other else "--lost"
            depth = round(5 + 45 * sqrt(share)) if number else 0
            tint = f"color-mix(in srgb, var({colour}) {depth}%, transparent)"
            cells.append(f'<td style="background:{tint}">{number}<small>{share:.1%}</small></td>')
        rows.append(f"<tr><th>{label}</th>{''.join(cells)}</tr>")
    head = "".join(f"<th>as {label}</th>" for label in LABELS)
    return f'<table class="confusion"><tr><th></th>{head}</tr>{"".join(rows)}</table>'


def _classes(block: dict[str, Any]) -> str:
    measures = ("precision", "recall", "f1")
    rows = [(str(label), *(_figure(block[f"{label}_{name}"]) for name in measures)) for label in LABELS]
    return _table(("", "precision", "recall", "F1"), rows)


def _reliability(rows: Sequence[dict[str, Any]]) -> str:
    most = max((row["lines"] for row in rows), default=0)
    full = [row for row in rows if row["lines"]]
    points = [(row["probability"], row["share"]) for row in full]
    dots = []
    for row in full:
        said, there, lines = row["probability"], row["share"], row["lines"]
        dots.append((said, there, 3 + 7 * sqrt(lines / most), f"{lines} lines: said {said:.2f}, found {there:.2f}"))
    return svg(Chart("probability of body", "share that is body", points, dots, diagonal=True))


def _curve(outcome: Outcome, block: dict[str, Any]) -> str:
    _, precision, recall = precision_recall(outcome)
    points = [(r, p) for r, p in zip(recall.tolist(), precision.tolist(), strict=True) if not isnan(p) and not isnan(r)]
    here = (block["body_char_recall"], block["body_char_precision"])
    dots = [] if None in here else [(*here, 6, f"recall {here[0]:.3f}, precision {here[1]:.3f}")]
    # the lower half says little where most pages are in the upper corner
    low = 0.5 if min(here[0] or 0, here[1] or 0) > 0.6 else 0.0
    shown = [(r, p) for r, p in points if r >= low and p >= low]
    return svg(Chart("recall", "precision", thinned(shown), dots, low=low))


def _roles(rows: dict[str, Any]) -> str:
    def bar(share: float) -> str:
        return f'<span class="bar"><i style="width:{share:.0%}"></i></span> {share:.3f}'

    def half(letters: str) -> str:
        cells = []
        for role, row in rows.items():
            if role[0] in letters:
                kept = _figure(row["lines_kept"]), _figure(row["chars_kept"])
                cells.append((escape(role), str(row["lines"]), *kept, bar(row["right"] or 0)))
        return _table(("role", "lines", "kept", "chars kept", "label right"), cells) if cells else ""

    return f'<div class="halves">{half("n")}{half("bs")}</div>'


def _worst(outcome: Outcome) -> Iterator[str]:
    sums = dict(zip(COLUMNS, tally(outcome).T, strict=True))
    lost, left = sums["body"] - sums["body kept"], sums["noise kept"]
    order = sorted(range(len(outcome.pages)), key=lambda p: (-(lost[p] + left[p]), p))
    for p in order[:WORST]:
        if lost[p] + left[p] == 0:
            return
        page = outcome.pages[p]
        about = " · ".join(filter(None, (page.facts.get("source"), page.facts.get("kind"), page.site)))
        cost = f"{lost[p]:.0f} of {sums['body'][p]:.0f} characters of body lost, {left[p]:.0f} of noise kept"
        yield (
            f"<details><summary><b>{escape(page.name)}</b><span>{escape(about)}</span><span>{cost}</span></summary>"
            f"<ol>{page_lines(outcome, p)}</ol></details>"
        )

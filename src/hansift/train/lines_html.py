"""A page's lines in HTML, coloured by what became of them."""

from __future__ import annotations

from html import escape
from itertools import groupby

import numpy as np

from hansift.corpus.labelled import LabelledLine
from hansift.page import LABELS
from hansift.train.gold import TRUTHS
from hansift.train.outcome import Outcome

FOLD = 6
"""Rightly removed lines in a row from which on they are folded; the outer two stay."""
NAMES = dict(zip(TRUTHS, ("body", "nav", "spam", "noise", "either"), strict=True))


def page_lines(outcome: Outcome, p: int) -> str:
    """The lines of page number `p` as `<li>` elements."""
    rows = [_line(outcome, int(row)) for row in np.flatnonzero(outcome.page == p)]
    html = []
    for kind, group in groupby(rows, key=lambda row: row[0]):
        lines = [line for _, line in group]
        if kind == "gone" and len(lines) >= FOLD:
            lines[1:-1] = [f'<div class="skip">… {len(lines) - 2} lines rightly removed …</div>']
        html += lines
    return "".join(html)


def _line(outcome: Outcome, row: int) -> tuple[str, str]:
    line = outcome.pages[outcome.page[row]].lines[outcome.number[row]]
    label = LABELS[outcome.label[row]]
    kept, body = label == "body", line.letter == "b"
    kind = ("left" if kept else "gone") if not body else ("" if kept else "lost")
    kind = "" if line.letter == "e" else kind
    truth = NAMES[line.letter] + (f":{line.role}" if line.role else "")
    said = truth if truth.partition(":")[0] == label else f"{truth} → {label}"
    chance = f"P(body) {outcome.scores[row, 0]:.2f}"
    text = _marked(line, bool(kept and outcome.cut[row]))
    number = int(outcome.number[row]) + 1
    return (
        kind,
        f'<li class="{kind}"><span>{number}</span><span title="{chance}">{escape(said)}</span><span>{text}</span></li>',
    )


def _marked(line: LabelledLine, cut: bool) -> str:
    """The text with its planted ranges marked: struck out where something was cut from the line."""
    tag, at = "del" if cut else "mark", 0
    parts: list[str] = []
    for start, end in sorted(line.spans):
        parts += (escape(line.text[at:start]), f"<{tag}>{escape(line.text[start:end])}</{tag}>")
        at = end
    return "".join((*parts, escape(line.text[at:])))

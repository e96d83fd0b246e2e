"""Which penalty the steps in the page get: `python -m hansift.train.penalty DATA -o FILE.json`.

Whole kinds of pages are held out, not sites alone: the pages of the web are further from the corpus than its sites are
from each other. Of the penalties on a grid the strongest is taken whose loss is within one standard error of the least
(Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 7.10), by pages, without the generator's copies.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning

from hansift.corpus.folds import folds
from hansift.corpus.labelled import read_folder
from hansift.features import CONTEXT, MARKS, SHAPE
from hansift.features.batch import Bytes
from hansift.features.context import Floats
from hansift.features.spec import Feature
from hansift.model.linear import probabilities
from hansift.train import fit as fitting
from hansift.train import markup
from hansift.train.ablate import FOLDS, Bench, alone, bench_of, columns_of, learnt_and_judged, marked_columns_of

GRID = (3.5, 7.0, 14.0, 28.0, 56.0, 112.0)
"""Inverses of the penalty over the number of lines."""


def losses(bench: Bench, columns: tuple[Bytes, Bytes], every: Sequence[Feature], rounds: int) -> list[dict[str, Any]]:
    """Of each penalty of GRID the mean loss of a page's lines, in nats, and its standard error over the pages."""
    kinds = [page.facts.get("kind", "news") for page in bench.pages]
    page = bench.features.rows.page
    without_kinds = replace(bench, fold=np.array(folds(kinds, FOLDS))[page])
    rows = []
    for strength in GRID:
        margins = learnt_and_judged(without_kinds, columns, every, (strength, rounds))
        lost = by_page(probabilities(margins), bench)
        error = float(lost.std(ddof=1)) / len(lost) ** 0.5
        rows.append({"strength": strength, "loss": round(float(lost.mean()), 6), "error": round(error, 6)})
        print(rows[-1], file=sys.stderr, flush=True)
    return rows


def by_page(scores: Floats, bench: Bench) -> Floats:
    """The mean loss of the lines of each page that has any."""
    page = bench.features.rows.page
    lost = -np.log(np.maximum(scores[np.arange(len(page)), bench.truth], 1e-12))
    lines = np.bincount(page)
    mean: Floats = (np.bincount(page, weights=lost)[lines > 0]) / lines[lines > 0]
    return mean


def chosen(rows: Sequence[dict[str, Any]]) -> float:
    """The strongest penalty within one standard error of the least loss.

    >>> chosen([{"strength": k, "loss": l, "error": 0.1} for k, l in ((7, 0.6), (14, 0.45), (28, 0.4))])
    14.0
    """
    least = min(rows, key=lambda row: float(row["loss"]))
    within = [row for row in rows if row["loss"] <= least["loss"] + least["error"]]
    return float(min(row["strength"] for row in within))


def main(argv: Sequence[str]) -> None:
    """Prints the losses and the choices as JSON, or writes them to the file after `-o`."""
    out = Path(argv[argv.index("-o") + 1]) if "-o" in argv else None
    data = Path(argv[0]) if argv and argv[0] != "-o" else Path("data")
    # the number of rounds is part of the recipe: to stop early is to regularise
    warnings.simplefilter("ignore", ConvergenceWarning)
    bench = bench_of(list(read_folder(data)))
    own = alone(bench, bench.grams)
    text = losses(bench, columns_of(bench, own), (*SHAPE, *CONTEXT), fitting.PAGE_ROUNDS)
    html = losses(bench, marked_columns_of(bench, own), (*SHAPE, *CONTEXT, *MARKS), markup.ROUNDS)
    report = {
        "pages": len(bench.pages), "lines": len(bench.truth), "folds": FOLDS,
        "text": text, "html": html, "chosen": {"text": chosen(text), "html": chosen(html)},
    }  # fmt: skip
    written = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    if out:
        out.write_text(written, encoding="utf-8")
    else:
        sys.stdout.write(written)


if __name__ == "__main__":
    main(sys.argv[1:])

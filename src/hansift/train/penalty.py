"""Which penalty the page step gets: `python -m hansift.train.penalty DATA -o FILE.json`; an hour on two cores.

Fitted as training fits, on labelled pages and the generator's copies, but for the seeds' hundred copies, and with whole
kinds of pages held out, not sites alone: the pages of the web are further from the corpus than its sites are from each
other. Of the penalties on a grid the strongest is taken whose loss on the labelled pages is within one standard error
of the least (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 7.10).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from hansift.corpus.augment import augment
from hansift.corpus.folds import folds
from hansift.corpus.labelled import read_folder
from hansift.features import CONTEXT, SHAPE
from hansift.features.context import Floats
from hansift.model.linear import probabilities
from hansift.train import fit as fitting
from hansift.train.ablate import FOLDS, Bench, alone, bench_of, columns_of, learnt_and_judged
from hansift.train.build import COPIES, SEED
from hansift.train.logistic import by_rounds

GRID = (10.0, 14.0, 20.0, 28.0, 40.0, 56.0, 80.0, 112.0, 160.0)
"""Inverses of the penalty over the number of lines."""


def losses(bench: Bench, pages: int, rounds: int = fitting.PAGE_ROUNDS) -> list[dict[str, Any]]:
    """Of each penalty of GRID the mean loss of a page's lines, in nats, over the first `pages` pages, and its standard
    error.
    """
    kinds = [page.facts.get("kind", "news") for page in bench.pages]
    without_kinds = replace(bench, fold=np.array(folds(kinds, FOLDS))[bench.features.rows.page])
    columns = columns_of(bench, alone(bench, bench.grams))
    rows = []
    for strength in GRID:
        margins = learnt_and_judged(without_kinds, columns, (*SHAPE, *CONTEXT), (strength, rounds))
        lost = by_page(probabilities(margins), bench)[:pages]
        error = float(lost.std(ddof=1)) / len(lost) ** 0.5
        rows.append({"strength": strength, "loss": round(float(lost.mean()), 6), "error": round(error, 6)})
        print(rows[-1], file=sys.stderr, flush=True)
    return rows


def by_page(scores: Floats, bench: Bench) -> Floats:
    """The mean loss of each page's lines."""
    page = bench.features.rows.page
    lost = -np.log(np.maximum(scores[np.arange(len(page)), bench.truth], 1e-12))
    mean: Floats = np.bincount(page, weights=lost) / np.bincount(page)
    return mean


def chosen(rows: Sequence[dict[str, Any]]) -> float:
    """The strongest penalty within one standard error of the least loss.

    >>> chosen([{"strength": k, "loss": l, "error": 0.1} for k, l in ((7, 0.6), (14, 0.45), (28, 0.4))])
    14.0
    """
    least = min(rows, key=lambda row: float(row["loss"]))
    within = [row for row in rows if row["loss"] <= least["loss"] + least["error"]]
    return float(min(row["strength"] for row in within))


@by_rounds()
def main(argv: Sequence[str]) -> None:
    """Prints the losses and the choice as JSON, or writes them to the file after `-o`."""
    out = Path(argv[argv.index("-o") + 1]) if "-o" in argv else None
    data = Path(argv[0]) if argv and argv[0] != "-o" else Path("data")
    pages = [page for page in read_folder(data) if any(line.letter for line in page.lines)]
    rows = losses(bench_of([*pages, *augment(pages, SEED, COPIES)]), len(pages))
    report = {"pages": len(pages), "folds": FOLDS, "rows": rows, "chosen": chosen(rows)}
    written = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    if out:
        out.write_text(written, encoding="utf-8")
    else:
        sys.stdout.write(written)


if __name__ == "__main__":
    main(sys.argv[1:])

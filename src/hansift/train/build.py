"""What `hansift train` does: read the data, fit, write the model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from hansift.corpus.augment import augment
from hansift.corpus.labelled import LabelledPage, read_folder, read_loose, serialize
from hansift.model.decode import POLICIES, decode
from hansift.model.file import save
from hansift.model.judge import BLANK, Judged
from hansift.model.linear import merged, probabilities
from hansift.train.cuts import fit_cuts
from hansift.train.fit import Fitted, fit
from hansift.train.heldout import heldout_figures, heldout_html
from hansift.train.lines import fit_kinds
from hansift.train.markup import HANDS, fit_markup


def data_digest(pages: Sequence[LabelledPage]) -> str:
    """The SHA-256 of the pages' contents, whatever their files' names or order."""
    parts = sorted(hashlib.sha256(serialize(page).encode()).digest() for page in pages)
    return hashlib.sha256(b"".join(parts)).hexdigest()


SEED, COPIES = 1, 2
"""The draw, and the number of copies of each page, that the generator adds to the labelled pages."""
SEED_COPIES = 100
"""The same of the seeds: five real pages beside hundreds of authored ones weigh nothing otherwise."""


def build(data: Path, out: Path, say: Callable[[str], None]) -> tuple[Fitted, str]:
    """Fits a model on the pages below `data` and the generator's copies, writes it, and returns it with its digest."""
    pages = list(read_folder(data))
    say(f"{data}: {len(pages)} pages of {len({page.site for page in pages})} sites")
    seeds = [page for page in pages if page.seed]
    alone = list(read_loose(data))
    # a line without a page counts as often as one of a page and its copies
    loose = alone * (1 + COPIES)
    copies = list(augment(pages, SEED, COPIES))
    every = [*pages, *copies, *seeds * SEED_COPIES, *augment(seeds, SEED + 1, SEED_COPIES)]
    fitted = fit(every, loose=loose)
    say("pages as text fitted; now as HTML")
    markup = fit_markup(fitted, fit_kinds(every, loose), pages, copies)
    header = {
        **fitted.model.header,
        "data": data_digest([*pages, *alone]),
        "pages": len(pages),
        "lines": sum(1 for page in pages for line in page.lines if line.letter),
        "generator": {"seed": SEED, "copies": COPIES, "copies of the seeds": SEED_COPIES},
        "heldout": heldout_figures(fitted, pages),
        "heldout_html": heldout_html(markup, pages, HANDS),
    }
    model = fit_cuts(replace(fitted.model, header=header, marked=markup.marked), every, judged_of(fitted))
    fitted = replace(fitted, model=model)
    return fitted, save(fitted.model, out)


def judged_of(fitted: Fitted) -> Judged:
    """What held-out models said of the training lines, as a model judges: the best that cuts can be learnt from."""
    features, margins = fitted.features, fitted.heldout
    scores = probabilities(margins[-1])
    labels = np.full(len(features.batch.starts), BLANK, dtype=np.uint8)
    labels[features.rows.index] = decode(scores, float(fitted.model.thresholds[POLICIES.index("balanced")]))
    # in units, not characters: training has the lines themselves and does not ask
    rows, spans = features.rows, np.stack([features.batch.starts, features.batch.ends]) - 1
    return Judged(features.batch.first, spans, labels, rows.index, merged(margins[0]), scores, rows.visible)

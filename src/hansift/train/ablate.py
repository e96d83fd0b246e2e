"""What each family of features pays for, and each use of jieba: `python -m hansift.train.ablate DATA -o FILE.json`.

All on lines of sites that the models did not see, three folds, without the generator's copies: rows compare with
each other, and are a little below what the shipped model reaches.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

from hansift.corpus.folds import folds
from hansift.corpus.labelled import LabelledPage, read_folder
from hansift.corpus.render import rendered
from hansift.features import CONTEXT, MARKS, SHAPE, Features, features_of
from hansift.features.batch import Bytes, Ints
from hansift.features.bytes import chance, odds_byte
from hansift.features.context import Floats
from hansift.features.ngrams import BUCKETS
from hansift.features.spec import Feature
from hansift.features.weighed import own_of
from hansift.model.decode import POLICIES, decode
from hansift.model.linear import (
    GROUPS,
    kind_odds,
    list_odds,
    log_odds,
    marked_columns,
    marked_in,
    merged,
    page_columns,
    probabilities,
)
from hansift.model.lines import LINE_MARGINS
from hansift.page import LABELS
from hansift.text.html.walk import extract
from hansift.text.restore import restore
from hansift.train import fit as fitting
from hansift.train import lines
from hansift.train.encode import encoder
from hansift.train.evaluate import tally
from hansift.train.heldout import chosen
from hansift.train.logistic import Task, by_rounds, crossed, said, without_each
from hansift.train.markup import ROUNDS, SEED, SHAKE, STRENGTH
from hansift.train.matrix import gram_matrix
from hansift.train.outcome import judged_outcome
from hansift.train.thresholds import calibration, thresholds
from hansift.train.tokens import Tokens, tokens_of, word_counts, word_pieces
from hansift.train.topic import TOPIC, Pieces, pairs_of, topic

FOLDS = 3
OPEN = 1.5
"""Log-odds of body, up or down, within which the first score leaves a line open."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What all variants share: pages, features, truth, folds of lines, and n-gram counts."""

    pages: Sequence[LabelledPage]
    features: Features
    truth: Ints
    groups: Ints
    fold: Ints
    grams: sp.csr_matrix


def bench_of(pages: Sequence[LabelledPage]) -> Bench:
    """The bench for the pages."""
    features = features_of([restore(page.text).text for page in pages])
    return Bench(
        pages=pages,
        features=features,
        truth=fitting.truth_of(pages),
        groups=lines.groups_of(pages, features.rows.visible),
        fold=np.array(folds([page.site for page in pages], FOLDS))[features.rows.page],
        grams=lines.widespread(gram_matrix(features), features, pages),
    )


def masked(columns: Bytes, features: Sequence[Feature], off: str) -> Bytes:
    """The columns with those of a family set to one value, which says nothing."""
    out = columns.copy()
    out[[feature.family == off for feature in features]] = 0
    return out


def alone(bench: Bench, grams: sp.csr_matrix | None, off: str = "") -> Floats:
    """Held-out margins (m, 4) of the first step on these n-gram (or word) counts and the shape."""
    return told_apart(bench, grams, bench.groups, GROUPS.index("nav"), off)


def told_apart(bench: Bench, grams: sp.csr_matrix | None, groups: Ints, base: int, off: str = "") -> Floats:
    """The same of a step that tells these groups (m,) of lines from that of number `base`."""
    shape = masked(bench.features.shape, SHAPE, off)
    parts = [encoder(shape, SHAPE)(shape) * lines.SHAPE_SCALE, *([] if grams is None else [grams])]
    task = Task(sp.hstack(parts, format="csr"), groups, np.ones(len(groups)), LINE_MARGINS + 1, base)
    return crossed(task, bench.fold, lines.STRENGTH, lines.ROUNDS)


def in_page(bench: Bench, own: Floats, off: str = "", pieces: Pieces | None = None) -> Floats:
    """Held-out margins (m, 2) of the page step, learnt as `fit` learns it: from shaken first scores; with the page's
    topic by these pieces, if given.
    """
    every = (*SHAPE, *CONTEXT, *(TOPIC if pieces else ()))
    learnt, judged = (masked(columns, every, off) for columns in columns_of(bench, own, pieces))
    return learnt_and_judged(bench, (learnt, judged), every, (fitting.PAGE_STRENGTH, fitting.PAGE_ROUNDS))


def columns_of(bench: Bench, own: Floats, pieces: Pieces | None = None) -> tuple[Bytes, Bytes]:
    """What the page step sees by the first step's margins (m, 4), shaken and as they are: (f, m) each."""

    def columns(alone: Floats) -> Bytes:
        margins = merged(alone)
        seen = page_columns(bench.features, margins, list_odds(alone))
        if not pieces:
            return seen
        return np.concatenate([seen, topic(pieces, bench.features.rows, chance(odds_byte(log_odds(margins)[0])))])

    return columns(fitting.shaken(own, bench.features.rows.page)), columns(own)


def marked_columns_of(bench: Bench, own: Floats) -> tuple[Bytes, Bytes]:
    """The same of the pages written as HTML, for the first stage of the head that hears it."""
    found = [extract(html) for _, html in rendered(bench.pages, SEED)]
    features = features_of([restore(one.text).text for one in found])
    marked = marked_in(features, [one.markup for one in found])

    def columns(alone: Floats, kinds: Floats) -> Bytes:
        margins = merged(alone)
        said = own_of(marked, log_odds(margins)[0], kind_odds(kinds))
        return marked_columns(marked, said, page_columns(features, margins, list_odds(alone)), margins)

    # the lines are the same, one by one, so that what was said of each alone holds
    kinds, page = told_apart(bench, bench.grams, lines.kinds_of(bench.pages), 0), features.rows.page
    return columns(fitting.shaken(own, page), fitting.shaken(kinds, page, SHAKE, draw=1)), columns(own, kinds)


def learnt_and_judged(
    bench: Bench, columns: tuple[Bytes, Bytes], every: Sequence[Feature], recipe: tuple[float, int]
) -> Floats:
    """Held-out margins (m, 2), calibrated: learnt from the first columns (f, m), said of the second, with that
    inverse of the penalty over the number of lines and that many rounds.
    """
    lines, (strength, rounds) = len(bench.truth), recipe
    encode = encoder(columns[0], every)
    task = Task(encode(columns[0]), bench.truth, np.ones(lines), len(LABELS), fitting.NAV)
    without = without_each(task, bench.fold, strength / lines, rounds)
    sharpness = calibration(said(task.matrix, bench.fold, without), bench.truth)
    return sharpness * fitting.said_by_tables(encode, columns[1], bench.fold, without)


def row(bench: Bench, name: str, margins: Floats, **more: Any) -> dict[str, Any]:
    """The figures of a variant, at the threshold that suits it best."""
    scores = probabilities(margins)
    best = thresholds(margins, bench.truth, bench.features.rows.visible)[POLICIES.index("balanced")]
    found = chosen(tally(judged_outcome(bench.pages, scores, decode(scores, float(best)))))
    found.pop("spliced_chars_cut", None)
    print(f"{name:45} " + "  ".join(f"{key} {value:.4f}" for key, value in found.items()), file=sys.stderr, flush=True)
    return {"name": name, **found, **more}


def family_rows(bench: Bench, own: Floats) -> list[dict[str, Any]]:
    """A row for all features, and for each family off."""
    rows = [row(bench, "all", in_page(bench, own))]
    rows.append(row(bench, "without n-grams", in_page(bench, alone(bench, None))))
    rows.append(row(bench, "without shape", in_page(bench, alone(bench, bench.grams, "shape"), "shape")))
    families = dict.fromkeys(feature.family for feature in CONTEXT)
    rows += [row(bench, f"without {family}", in_page(bench, own, family)) for family in families]
    rows.append(row(bench, "with the page's topic", in_page(bench, own, pieces=pairs_of(bench.features))))
    rows.append(row(bench, "each line alone", merged(own)))
    return rows


def markup_rows(bench: Bench, own: Floats) -> list[dict[str, Any]]:
    """A row for pages as HTML, by all features, by none of the markup, and with each family of it off."""
    every = (*SHAPE, *CONTEXT, *MARKS)
    both = marked_columns_of(bench, own)

    def judged(off: Sequence[str]) -> Floats:
        learnt, seen = both
        for family in off:
            learnt, seen = masked(learnt, every, family), masked(seen, every, family)
        return learnt_and_judged(bench, (learnt, seen), every, (STRENGTH, ROUNDS))

    families = tuple(dict.fromkeys(feature.family for feature in MARKS))
    rows = [row(bench, "HTML: all", judged(()))]
    rows += [row(bench, f"HTML: without {family}", judged((family,))) for family in families]
    rows.append(row(bench, "HTML: without markup", judged(families)))
    return rows


def of_words(bench: Bench, tokens: Tokens) -> sp.csr_matrix:
    """The n-gram counts, of pairs and longer ones only those buckets of which most occurrences are words."""
    keep = np.ones((len(bench.features.grams), BUCKETS), dtype=bool)
    for order, at in enumerate(bench.features.grams[1:], 2):
        here = tokens.end[tokens.size == order]
        keep[order - 1] = 2 * np.bincount(at[here], minlength=BUCKETS) >= np.bincount(at, minlength=BUCKETS)
    return sp.csr_matrix(bench.grams @ sp.diags(keep.ravel().astype(np.float32)))


def jieba_rows(bench: Bench, own: Floats) -> list[dict[str, Any]]:
    """A row for each use of jieba, with the seconds that it takes on a million characters of pages."""
    everywhere = np.ones(len(bench.truth), dtype=bool)
    tokens = tokens_of(bench.features, everywhere)
    millions = bench.features.rows.visible.sum() / 1e6

    def cost(seconds: float) -> dict[str, Any]:
        return {"seconds": round(seconds / float(millions), 3)}

    rows = [row(bench, "none", in_page(bench, own), **cost(0))]
    counts = sp.hstack([bench.grams, word_counts(bench.features, tokens)], format="csr")
    richer = alone(bench, counts)
    rows.append(row(bench, "words of every line as features", in_page(bench, richer), **cost(tokens.seconds)))
    by_words = in_page(bench, own, pieces=word_pieces(tokens))
    rows.append(row(bench, "words for the page's topic", by_words, **cost(tokens.seconds)))
    picked = alone(bench, of_words(bench, tokens))
    rows.append(row(bench, "the dictionary chooses the n-grams, in training", in_page(bench, picked), **cost(0)))
    undecided = np.abs(log_odds(merged(own))[0]) < OPEN
    seconds = tokens_of(bench.features, undecided).seconds
    mixed = np.where(undecided[:, None], richer, own)
    rows.append(row(bench, "words of lines left open by the first score", in_page(bench, mixed), **cost(seconds)))
    return rows


@by_rounds()
def main(argv: Sequence[str]) -> None:
    """Prints both tables as JSON, or writes them to the file after `-o`."""
    out = Path(argv[argv.index("-o") + 1]) if "-o" in argv else None
    data = Path(argv[0]) if argv and argv[0] != "-o" else Path("data")
    bench = bench_of(list(read_folder(data)))
    own = alone(bench, bench.grams)
    report = {
        "pages": len(bench.pages), "lines": len(bench.truth), "folds": FOLDS,
        "families": [*family_rows(bench, own), *markup_rows(bench, own)], "jieba": jieba_rows(bench, own),
    }  # fmt: skip
    text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    if out:
        out.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])

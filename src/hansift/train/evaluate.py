"""Measures of labels against truth, as sums over pages and ratios of these sums.

Characters are counted without white space. A line counts as kept when it is labelled body; planted text in a body
line counts as noise unless it is cut out. Lines whose truth is `e` are not scored; those of `x` as kept or removed
only. Of a page of which only the main text is known, its characters are body and all others that are kept are noise.
A page is clean when at least 99 % of its body is kept and at most 1 % of what is kept is not body.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from hansift.features.batch import Ints
from hansift.features.context import Floats
from hansift.page import LABELS
from hansift.train.gold import TRUTHS
from hansift.train.outcome import Outcome

BODY, NAV, SPAM, EITHER_NOISE, UNSCORED = range(len(TRUTHS))
CLEAN = 0.99
DRAWS = 1000
"""Bootstrap replicates."""
LEVEL = 0.95
"""Share of the replicates that an interval holds."""

CONFUSION = tuple(f"{truth} as {label}" for truth in LABELS for label in LABELS)
COLUMNS = (
    *CONFUSION,
    "lines", "body", "body kept", "noise kept", "nav", "nav kept", "spam", "spam kept", "planted", "planted cut",
    "pages", "with body", "clean", "f1 of pages", "without body", "emptied",
)  # fmt: skip
"""What is summed, a column each; the confusion in lines, the rest up to `planted cut` in characters."""

Figures = dict[str, Floats]


def tally(outcome: Outcome) -> Floats:
    """The sums of each page, (p, k), a column each of COLUMNS."""
    o = outcome
    scored = o.truth != UNSCORED
    body, kept = o.truth == BODY, o.label == BODY
    noise = scored & ~body
    good, wrong = o.size - o.planted, o.cut - o.cut_well
    left = np.where(body & kept, o.planted - o.cut_well, 0)
    saved = np.where(body & kept, good - wrong, 0)
    spam = (o.truth == SPAM) | (o.truth == EITHER_NOISE)
    columns: dict[str, npt.NDArray[np.generic]] = {
        "lines": scored,
        "body": good * body,
        "body kept": saved,
        "noise kept": left + o.size * (noise & kept),
        "nav": o.size * (o.truth == NAV),
        "nav kept": o.size * ((o.truth == NAV) & kept),
        "spam": o.size * spam,
        "spam kept": o.size * (spam & kept),
        "planted": o.planted * body,
        "planted cut": o.planted * body - left,
    }
    for i, name in enumerate(CONFUSION):
        truth, label = divmod(i, len(LABELS))
        columns[name] = (o.truth == truth) & (o.label == label)
    p = len(o.pages)
    sums: Figures = {
        name: np.bincount(o.page, weights=values, minlength=p).astype(np.float64) for name, values in columns.items()
    }
    for i, name in enumerate(("body", "body kept", "noise kept")):
        sums[name] += o.texts[:, i]
    sums |= _of_pages(sums["body"], sums["body kept"], sums["noise kept"])
    return np.stack([sums[name] for name in COLUMNS], axis=1)


def _of_pages(body: Floats, kept: Floats, noise: Floats) -> dict[str, Floats]:
    """The sums that count whole pages."""
    some = body > 0
    recall = kept / np.maximum(body, 1)
    precision = kept / np.maximum(kept + noise, 1)
    f1 = 2 * recall * precision / np.maximum(recall + precision, 1e-9)
    counts = {
        "pages": np.ones(len(body)),
        "with body": some,
        "clean": some & (recall >= CLEAN) & (precision >= CLEAN),
        "f1 of pages": f1 * some,
        "without body": ~some,
        "emptied": ~some & (noise == 0),
    }
    return {name: np.asarray(values, dtype=np.float64) for name, values in counts.items()}


def figures(sums: Floats) -> Figures:
    """The measures by name, (...) each, of sums (..., k); NaN where there is nothing to measure."""
    s = {name: sums[..., i] for i, name in enumerate(COLUMNS)}
    confusion = sums[..., : len(CONFUSION)].reshape(*sums.shape[:-1], len(LABELS), len(LABELS))
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    said, there = confusion.sum(axis=-2), confusion.sum(axis=-1)
    f1 = np.nan_to_num(ratio(2 * right, said + there))
    recall = ratio(s["body kept"], s["body"])
    precision = ratio(s["body kept"], s["body kept"] + s["noise kept"])
    per_class = {
        f"{label}_{name}": values[..., i]
        for i, label in enumerate(LABELS)
        for name, values in (("precision", ratio(right, said)), ("recall", ratio(right, there)), ("f1", f1))
    }
    return {
        "body_char_recall": recall,
        "body_char_precision": precision,
        "char_f1": ratio(2 * recall * precision, recall + precision),
        "char_f1_by_page": ratio(s["f1 of pages"], s["with body"]),
        "nav_chars_removed": ratio(s["nav"] - s["nav kept"], s["nav"]),
        "spam_chars_removed": ratio(s["spam"] - s["spam kept"], s["spam"]),
        "spliced_chars_cut": ratio(s["planted cut"], s["planted"]),
        "line_macro_f1": ratio((f1 * (there > 0)).sum(axis=-1), (there > 0).sum(axis=-1)),
        "clean_pages": ratio(s["clean"], s["with body"]),
        "pages_without_body_emptied": ratio(s["emptied"], s["without body"]),
        **per_class,
    }


def ratio(part: npt.NDArray[np.floating], whole: npt.NDArray[np.floating]) -> Floats:
    """Part / whole, NaN where the whole is 0."""
    empty = whole == 0
    return np.where(empty, np.nan, part / np.where(empty, 1, whole))


def intervals(sums: Floats, sites: Sequence[str], seed: int = 0) -> dict[str, tuple[float, float]]:
    """The bootstrap interval of each measure over sites, of sums (p, k) by page; NaN for fewer than two sites.

    Whole sites are drawn again, with replacement: pages of one site err alike.
    """
    names, site = np.unique(np.array(sites), return_inverse=True)
    if len(names) < 2:
        return dict.fromkeys(figures(sums.sum(axis=0)), (np.nan, np.nan))
    by_site = np.zeros((len(names), sums.shape[1]))
    np.add.at(by_site, site, sums)
    drawn = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), size=DRAWS)
    tail = (1 - LEVEL) / 2
    return {name: _quantiles(values, tail) for name, values in figures(drawn @ by_site).items()}


def _quantiles(values: Floats, tail: float) -> tuple[float, float]:
    real = values[~np.isnan(values)]
    if not len(real):
        return np.nan, np.nan
    low, high = np.quantile(real, [tail, 1 - tail])
    return float(low), float(high)


def reliability(outcome: Outcome, number: int = 10) -> tuple[Floats, Floats, Ints]:
    """Of lines by their probability of body, in `number` equal bins: mean probability, share of body, lines."""
    scored = outcome.truth != UNSCORED
    chance, truth = outcome.scores[scored, BODY], outcome.truth[scored] == BODY
    place = np.minimum((chance * number).astype(np.int64), number - 1)
    lines: Ints = np.bincount(place, minlength=number)
    said, there = (
        np.bincount(place, weights=values, minlength=number).astype(np.float64) for values in (chance, truth)
    )
    return ratio(said, lines.astype(np.float64)), ratio(there, lines.astype(np.float64)), lines


def calibration_error(outcome: Outcome, number: int = 10) -> float:
    """The mean distance between probability and share of body, bins weighted by their lines; NaN without lines."""
    said, there, lines = reliability(outcome, number)
    if not lines.sum():
        return float("nan")
    return float(np.nansum(np.abs(said - there) * lines) / lines.sum())


def precision_recall(outcome: Outcome) -> tuple[Floats, Floats, Floats]:
    """Thresholds on the probability of body, falling, with the precision and recall of body characters at each.

    Cuts are left aside: a line is kept whole or not at all.
    """
    scored = outcome.truth != UNSCORED
    chance = outcome.scores[scored, BODY]
    body = np.where(outcome.truth == BODY, outcome.size - outcome.planted, 0)[scored]
    order = np.argsort(-chance, kind="stable")
    kept, all_kept = np.cumsum(body[order]), np.cumsum(outcome.size[scored][order])
    last = np.flatnonzero(np.diff(chance[order], append=-1.0))
    total = np.full(len(last), float(body.sum()))
    return chance[order][last], ratio(kept[last] * 1.0, all_kept[last] * 1.0), ratio(kept[last] * 1.0, total)

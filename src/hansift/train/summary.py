"""The measures of an outcome as plain values: in all, by source, by page kind, by line role."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import isnan
from typing import Any

import numpy as np
import numpy.typing as npt

from hansift.features.context import Floats
from hansift.page import LABELS
from hansift.train.evaluate import (
    COLUMNS,
    CONFUSION,
    UNSCORED,
    calibration_error,
    figures,
    intervals,
    reliability,
    tally,
)
from hansift.train.outcome import Outcome

Block = dict[str, Any]
"""The measures of one group of pages: counts, `confusion` (truth by label), figures, and their `intervals`."""


def summary(outcome: Outcome, seed: int = 0) -> dict[str, Any]:
    """All measures, ready for JSON: blocks `all`, `by_source`, `by_kind`; rows `by_role` and `reliability`."""
    sums = tally(outcome)

    def block(member: npt.NDArray[np.bool_]) -> Block:
        return block_of(
            select(outcome, member[outcome.page]), sums[member], _chosen(outcome.facts("site"), member), seed
        )

    return {
        "all": block(np.ones(len(outcome.pages), dtype=bool)),
        "by_source": by(outcome.facts("source"), block),
        "by_kind": by(outcome.facts("kind"), block),
        "by_role": by_role(outcome),
        "reliability": [
            {"probability": plain(said), "share": plain(there), "lines": int(lines)}
            for said, there, lines in zip(*reliability(outcome), strict=True)
        ],
    }


def select(outcome: Outcome, rows: npt.NDArray[np.bool_]) -> Outcome:
    """The outcome of some of its lines; its pages stay."""
    names = ("page", "number", "truth", "label", "scores", "size", "planted", "cut", "cut_well")
    return replace(outcome, **{name: getattr(outcome, name)[rows] for name in names})


def by(facts: Sequence[str], block: Callable[[npt.NDArray[np.bool_]], Block]) -> dict[str, Block]:
    """A block for each value of a page's fact, sorted; pages without it have none."""
    values = np.array(facts)
    return {str(value): block(values == value) for value in sorted({*facts} - {""})}


def block_of(outcome: Outcome, sums: Floats, sites: Sequence[str], seed: int) -> Block:
    """The block of some lines, the sums (p, k) of their pages and these pages' sites."""
    total = sums.sum(axis=0)
    bounds = intervals(sums, sites, seed)
    return {
        "pages": len(sums),
        "sites": len(set(sites)),
        "lines": int(total[COLUMNS.index("lines")]),
        "confusion": total[: len(CONFUSION)].astype(int).reshape(len(LABELS), -1).tolist(),
        **{name: plain(value) for name, value in figures(total).items()},
        "calibration_error": plain(calibration_error(outcome)),
        "intervals": {name: [plain(low), plain(high)] for name, (low, high) in bounds.items()},
    }


def by_role(outcome: Outcome) -> dict[str, dict[str, Any]]:
    """Of the lines of each role: how many, their characters, the share kept and the share with the right label."""
    roles = np.array(outcome.roles())
    scored = outcome.truth != UNSCORED
    rows = {}
    for role in sorted({*roles.tolist()} - {""}):
        here = (roles == role) & scored
        size, kept = outcome.size[here], outcome.label[here] == 0
        rows[str(role)] = {
            "lines": int(here.sum()),
            "chars": int(size.sum()),
            "lines_kept": plain(kept.mean()) if len(kept) else None,
            "chars_kept": plain((size * kept).sum() / max(1, size.sum())),
            "right": plain((outcome.label[here] == outcome.truth[here]).mean()) if len(kept) else None,
        }
    return rows


def plain(value: Any) -> float | None:
    """A number for JSON, rounded to six places; None for NaN."""
    return None if isnan(value) else round(float(value), 6)


def _chosen(values: Sequence[str], member: npt.NDArray[np.bool_]) -> list[str]:
    return [value for value, chosen in zip(values, member.tolist(), strict=True) if chosen]

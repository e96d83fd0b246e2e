"""Folds that keep a site's pages together."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

FOLDS = 5


def folds(sites: Sequence[str], number: int = FOLDS) -> list[int]:
    """The fold of each page: sites in the order of a hash of their names, dealt out in turn.

    A site's fold depends on no random state; pages of one site share it.

    >>> folds(["甲", "乙", "甲"], 2)
    [0, 1, 0]
    """
    order = sorted(set(sites), key=lambda site: (zlib.crc32(site.encode()), site))
    fold = {site: i % number for i, site in enumerate(order)}
    return [fold[site] for site in sites]

"""Folds that keep a site's pages together."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from hansift.features.batch import Ints

FOLDS = 5


def folds(sites: Sequence[str], number: int = FOLDS) -> Ints:
    """The fold of each page, (p,): sites in the order of a hash of their names, dealt out in turn.

    A site's fold depends on no random state; pages of one site share it.
    """
    order = sorted(set(sites), key=lambda site: (zlib.crc32(site.encode()), site))
    fold = {site: i % number for i, site in enumerate(order)}
    return np.array([fold[site] for site in sites], dtype=np.int64)

"""The blocks of a batch's pages, as their markup has them: a tree over lines, and ways and sums in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hansift.features.batch import Batch, Bytes, Ints
from hansift.features.bytes import nibbles
from hansift.features.rows import Rows, running
from hansift.text.html import Markup
from hansift.text.html.lines import COLUMNS


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a batch, b in all, and the blocks of its n lines.

    `lines` (n, k) are the columns of Markup; `box` (n,); `up`, `first`, `end`, `alike`, `depth` (b,), a page's
    outermost block being its own `up`; `root` (p,) is each page's first.
    """

    lines: Bytes
    box: Ints
    up: Ints
    first: Ints
    end: Ints
    alike: Ints
    depth: Ints
    root: Ints


def blocks_of(batch: Batch, markups: Sequence[Markup | None]) -> Blocks:
    """The blocks of the batch's pages; a page without markup, or without a line, is one block."""
    every = [
        markup if markup is not None and len(markup.boxes) else plain(n)
        for markup, n in zip(markups, np.diff(batch.first), strict=True)
    ]
    root = running(np.array([len(one.boxes) for one in every], dtype=np.int64))
    boxes = np.concatenate([one.boxes for one in every])
    page = np.repeat(np.arange(len(every)), np.diff(root))
    up = np.where(boxes[:, 0] < 0, np.arange(len(boxes)), boxes[:, 0] + root[page])
    box = np.concatenate([np.where(one.box < 0, 0, one.box) + start for one, start in zip(every, root, strict=False)])
    first, end = (boxes[:, column] + batch.first[page] for column in (1, 2))
    lines = np.concatenate([one.lines for one in every])
    return Blocks(lines, box, up, first, end, boxes[:, 3], boxes[:, 4], root[:-1])


def plain(lines: int) -> Markup:
    """The markup of a page that has none."""
    none = np.zeros(lines, dtype=np.int64)
    return Markup(np.zeros((lines, len(COLUMNS)), dtype=np.uint8), none, np.array([[-1, 0, lines, 0, 0]]))


def scattered(lines: int, rows: Rows, values: Ints) -> Ints:
    """The values of rows at their lines, 0 elsewhere: (n,)."""
    out = np.zeros(lines, dtype=np.int64)
    out[rows.index] = values
    return out


def mean_of(blocks: Blocks, votes: Ints, sums: Ints, block: Ints) -> Ints:
    """The mean over the lines of each of some blocks, from running sums over lines."""
    first, end = blocks.first[block], blocks.end[block]
    mean: Ints = (sums[end] - sums[first]) // np.maximum(votes[end] - votes[first], 1)
    return mean


def most(blocks: Blocks, weight: Ints) -> Ints:
    """The block of the largest weight of each page, (p,): of several the innermost."""
    ends = np.append(blocks.root[1:], len(weight))
    page = np.repeat(np.arange(len(ends)), ends - blocks.root)
    best = np.maximum.reduceat(weight, blocks.root)
    at = np.flatnonzero(weight == best[page])
    found = np.zeros(len(ends), dtype=np.int64)
    # of several writes to one place the last stays, which stands furthest in
    found[page[at]] = at
    return found


def steps(rows: Rows, blocks: Blocks, target: Ints) -> tuple[Bytes, Ints]:
    """The way from each page's target block to each line, (m,): steps up that widen the block, by blocks from there
    down to the line; and the smallest block that holds both, (m,).
    """
    here = target[rows.page].copy()
    up = np.zeros(len(here), dtype=np.int64)
    left = np.arange(len(here))
    while True:
        at = here[left]
        outside = (rows.index[left] < blocks.first[at]) | (rows.index[left] >= blocks.end[at])
        left = left[outside & (blocks.up[at] != at)]
        if not len(left):
            break
        old, new = here[left], blocks.up[here[left]]
        up[left] += (blocks.first[new] != blocks.first[old]) | (blocks.end[new] != blocks.end[old])
        here[left] = new
    down = np.maximum(blocks.depth[blocks.box[rows.index]] - blocks.depth[here], 0)
    return nibbles(up, down), here


def branch(blocks: Blocks, start: Ints, shared: Ints) -> Ints:
    """The block within `shared` in which `start` lies, itself where it is that; (m,) each."""
    at = start.copy()
    left = np.flatnonzero(at != shared)
    while len(left):
        here = at[left]
        up = blocks.up[here]
        left = left[(up != shared[left]) & (up != here)]
        at[left] = blocks.up[at[left]]
    return at

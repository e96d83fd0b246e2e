"""What a page's markup says about a line, one byte a feature: its own marks, its neighbours', the blocks around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansift.features.batch import Batch, Bytes, Ints
from hansift.features.bytes import log_byte, nibbles, share_byte
from hansift.features.rows import Rows, running
from hansift.features.spec import Feature, grid, nominal, ordinal
from hansift.text.html import FAMILIES, TAGS, Markup
from hansift.text.html.lines import COLUMNS

NEIGHBOURS = (-2, -1, 1, 2)
REACHES = (2, 6)
UPS = (0, 1, 2, 3)
"""Blocks around a line of which something is said: its own, the one around that, and so on."""
HEADINGS = np.array([{"h1": 3, "h2": 2, "h3": 1}.get(tag, 0) for tag in TAGS])
LEAST_TITLED = 64
"""How far a line must be the document's title, in 1/255, to be its headline."""
LONGEST_VOTE = 256
"""Characters of one line that count where lines are weighed."""
BESIDE = [FAMILIES.index(name) + 1 for name in ("tool", "pages", "comment", "related", "ad", "foot", "side")]
"""Kinds of names of what stands behind or beside a text, as `nearest` has them."""

MARKS: tuple[Feature, ...] = (
    ordinal("link", "share of the line inside links", "marks"),
    grid("links", "number of links by length", "marks"),
    nominal("tag", "element of the block around it by that of the block around that", "marks"),
    ordinal("bold", "share of the line in bold or a heading", "marks"),
    grid("alt", "share of the line that stands for images, by length", "marks"),
    ordinal("hidden", "share of the line that is not shown", "marks"),
    ordinal("depth", "elements around it", "marks"),
    grid("lists", "lists around it by tables around it", "marks"),
    grid("cells", "breaks between table cells, by length", "marks"),
    *(
        ordinal(f"named_{name}", f"elements up to a class or id of the kind {name}, 0 none", "names")
        for name in FAMILIES
    ),
    nominal("named", "kind of the nearest class or id that says something by that of the next", "names"),
    nominal("named_odds", "kind of the nearest class or id by the line's probability of body", "names"),
    *(ordinal(f"link_{k:+d}", "share inside links of the line there", "marks") for k in NEIGHBOURS),
    *(ordinal(f"links_{w}", f"mean share inside links, {w} lines to each side", "marks") for w in REACHES),
    nominal("same", "the lines before and after: same elements, same block, same block around that", "marks"),
    grid("link_odds", "share of the line inside links by its probability of body", "marks"),
    *(grid(f"block_{k}", f"share inside links of the block {k} up by its probability of body", "blocks") for k in UPS),
    *(
        ordinal(f"block_share_{k}", f"share of the page's characters in the block {k} up, 1/64", "blocks")
        for k in UPS[:3]
    ),
    grid("alike", "lines of the page in like blocks, by length", "blocks"),
    grid("alike_both", "share inside links of the lines in like blocks by their probability of body", "blocks"),
    grid("titled", "how far it is what the document's title says, by length", "title"),
    ordinal("title", "lines before (below 128) or after (above) the headline, 0 where none is known", "title"),
    grid("title_steps", "blocks up from the headline to one that holds the line, by blocks down to it", "title"),
    ordinal("title_body", "mean probability of body in the smallest block that holds both", "title"),
    nominal(
        "title_passed", "lines named other than as text between headline and line by its probability of body", "title"
    ),
    grid("main", "blocks up from the heaviest to one that holds the line, by blocks down to it", "blocks"),
    grid("text", "the same for the block that holds most body without a block between", "blocks"),
    ordinal("text_body", "mean probability of body in the smallest block that holds both", "blocks"),
)


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


def marks(batch: Batch, rows: Rows, markups: Sequence[Markup | None], chance: Ints) -> Bytes:
    """One row a feature of MARKS for each line that is not blank, (f, m) uint8.

    `markups` has one a page, None for a page without; `chance` (m,) is the probability of body in 1/255.
    """
    if not len(rows.page):
        return np.zeros((len(MARKS), 0), dtype=np.uint8)
    blocks = blocks_of(batch, markups)
    own = blocks.lines[rows.index].T
    at = dict(zip(COLUMNS, own, strict=True))
    link = at["link"].astype(np.int64)
    families = own[-len(FAMILIES) :]
    named = nearest(families)
    # what stands in links as a whole is seldom body, whatever it says
    unlinked = chance * (255 - link) // 255
    columns: tuple[npt.NDArray[np.integer], ...] = (
        at["link"],
        nibbles(at["links"], rows.length),
        nibbles(at["tag"], at["up"]),
        at["bold"],
        nibbles(at["alt"] // 17, rows.length),
        at["hidden"],
        at["depth"],
        nibbles(at["lists"], at["tables"]),
        nibbles(at["cells"], rows.length),
        *families,
        named,
        nibbles(named >> 4, unlinked // 17),
        *(rows.shift(at["link"], k, 0) for k in NEIGHBOURS),
        *rows.windows(link, REACHES),
        same(rows, blocks, nibbles(at["tag"], at["up"])),
        nibbles(link // 17, chance // 17),
        *around(rows, blocks, at, unlinked, named >> 4),
    )
    return np.stack([column.astype(np.uint8) for column in columns])


def nearest(families: Bytes) -> Bytes:
    """The kinds of names that stand nearest around a line, 1 to 15 in each half, 0 for none."""
    key = np.where(families, families.astype(np.int64), 255) * 16 + np.arange(1, len(FAMILIES) + 1)[:, None]
    two = np.sort(key, axis=0)[:2]
    return nibbles(*np.where(two >> 4 == 255, 0, two & 15))


def same(rows: Rows, blocks: Blocks, tag: Bytes) -> Bytes:
    """Whether the lines before and after share the line's elements, its block, and the block around that."""
    box = blocks.box[rows.index]
    up = blocks.up[box]
    sides = [
        4 * (rows.shift(tag.astype(np.int64), k, -1) == tag)
        + 2 * (rows.shift(box, k, -1) == box)
        + (rows.shift(up, k, -1) == up)
        for k in (-1, 1)
    ]
    return nibbles(*sides)


def around(
    rows: Rows, blocks: Blocks, own_marks: Mapping[str, Bytes], chance: Ints, named: npt.NDArray[np.integer]
) -> list[npt.NDArray[np.integer]]:
    """The features of the families `blocks` and `title`; `named` (m,) is the kind of the nearest name."""
    link = own_marks["link"].astype(np.int64)
    vote = np.minimum(rows.visible, LONGEST_VOTE)
    n = len(blocks.box)
    sums = Totals(n, rows, vote, link, chance)
    box = blocks.box[rows.index]
    ups = [box]
    for _ in UPS[1:]:
        ups.append(blocks.up[ups[-1]])
    spans = [(blocks.first[one], blocks.end[one]) for one in ups]
    page = rows.by_page(vote)[rows.page]
    both = [nibbles(sums.mean(sums.link, *span) // 17, sums.mean(sums.body, *span) // 17) for span in spans]
    shares = [share_byte(sums.vote[end] - sums.vote[first], page, 64) for first, end in spans[:3]]
    _, group = np.unique(rows.page * (1 << 32) + blocks.alike[box], return_inverse=True)
    votes = np.maximum(np.bincount(group, weights=vote), 1) * 17
    alike = [
        nibbles(log_byte(np.bincount(group)[group], 2), rows.length),
        nibbles(
            *((np.bincount(group, weights=vote * values) / votes)[group].astype(np.int64) for values in (link, chance))
        ),
    ]
    weight = vote * (2 * chance - 255)
    whole = running(scattered(n, rows, weight))
    heavy = most(blocks, whole[blocks.end] - whole[blocks.first])
    direct = np.bincount(box, weights=weight, minlength=len(blocks.up))
    direct += np.bincount(blocks.up[box], weights=np.where(blocks.up[box] == box, 0, weight), minlength=len(blocks.up))
    main, _ = steps(rows, blocks, heavy)
    text, shared = steps(rows, blocks, most(blocks, direct.astype(np.int64)))
    return [
        *both,
        *shares,
        *alike,
        *headline(rows, blocks, own_marks, sums, chance, named),
        main,
        text,
        sums.mean(sums.body, blocks.first[shared], blocks.end[shared]),
    ]


def headline(
    rows: Rows, blocks: Blocks, marks: Mapping[str, Bytes], sums: Totals, chance: Ints, named: npt.NDArray[np.integer]
) -> list[npt.NDArray[np.integer]]:
    """The features of the family `title`."""
    titled = marks["titled"].astype(np.int64)
    heading = np.where(titled > 0, HEADINGS[marks["tag"]], 0)
    # what the title says most of, rather in a heading, rather the first
    rank = (titled // 32 * 4 + heading) * len(titled) + (len(titled) - 1 - np.arange(len(titled)))
    best = len(titled) - 1 - rows.most(rank).take(rows.page) % max(len(titled), 1)
    known = titled[best] >= LEAST_TITLED
    anchor = np.zeros(len(rows.first) - 1, dtype=np.int64)
    anchor[rows.page] = blocks.box[rows.index[best]]
    way, shared = steps(rows, blocks, anchor)
    here = np.arange(len(titled))
    before = log_byte(np.maximum(best - here, 0), 12).astype(np.int64)
    after = log_byte(np.maximum(here - best, 0), 12).astype(np.int64)
    body = sums.mean(sums.body, blocks.first[shared], blocks.end[shared])
    beside = running(np.isin(named, BESIDE).astype(np.int64))
    # 0 before the headline, 15 where none is known
    passed = np.where(here < best, 0, np.minimum(log_byte(np.maximum(beside[here] - beside[best], 0), 2) + 1, 14))
    return [
        nibbles(titled // 17, rows.length),
        np.where(known, np.clip(128 - before + after, 1, 255), 0),
        np.where(known, way, 255),
        np.where(known, body, 0),
        nibbles(np.where(known, passed, 15), chance // 17),
    ]


def scattered(lines: int, rows: Rows, values: Ints) -> Ints:
    """The values of rows at their lines, 0 elsewhere: (n,)."""
    out = np.zeros(lines, dtype=np.int64)
    out[rows.index] = values
    return out


class Totals:
    """Running sums over lines, (n + 1,) each: votes, votes by links, votes by probability of body, and rows."""

    def __init__(self, lines: int, rows: Rows, vote: Ints, link: Ints, chance: Ints) -> None:
        self.vote, self.link, self.body, self.count = (
            running(scattered(lines, rows, values)) for values in (vote, vote * link, vote * chance, np.ones_like(vote))
        )

    def mean(self, sums: Ints, first: Ints, end: Ints) -> Ints:
        """The mean over lines `first` to `end`, weighed by their votes, 0 to 255."""
        mean: Ints = (sums[end] - sums[first]) // np.maximum(self.vote[end] - self.vote[first], 1)
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

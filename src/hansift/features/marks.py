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
from hansift.features.tree import Blocks, blocks_of, mean_of, scattered, steps
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

STILL: tuple[Feature, ...] = (
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
    *(ordinal(f"link_{k:+d}", "share inside links of the line there", "marks") for k in NEIGHBOURS),
    *(ordinal(f"links_{w}", f"mean share inside links, {w} lines to each side", "marks") for w in REACHES),
    nominal("same", "the lines before and after: same elements, same block, same block around that", "marks"),
    *(
        ordinal(f"block_share_{k}", f"share of the page's characters in the block {k} up, 1/64", "blocks")
        for k in UPS[:3]
    ),
    grid("alike", "lines of the page in like blocks, by length", "blocks"),
    grid("titled", "how far it is what the document's title says, by length", "title"),
    ordinal("title", "lines before (below 128) or after (above) the headline, 0 where none is known", "title"),
    grid("title_steps", "blocks up from the headline to one that holds the line, by blocks down to it", "title"),
)
"""What the markup says by itself."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What the markup of a batch's m rows says by itself: `columns` (f, m), one row a feature of STILL, and what those
    of WEIGHED are made of.

    `ups` are the block of each row, `box`, and those around it, (m,) each, as many as UPS, and `links` their shares
    inside links, in 1/255; `link` (m,) is the row's own; `named` (m,) the kind of the nearest name; `vote` (m,)
    what a row weighs, `votes` and `linked` (n + 1,) the running sums over lines of that and of what of it is in
    links; `like` (b,) how many like ones each block has beside it, itself among them; `group` (m,) numbers the rows
    of a page in like blocks, `group_votes` (g,) are 17 times what those of a number weigh, and `group_link` (m,) is
    their share inside links, in 1/15; `headline` (m,) is the row of the page's headline, -1 where none is known,
    `titled` (m,) the smallest block with both, and `passed` (m,) says how many rows named other than as text lie
    between, at most 15.
    """

    rows: Rows
    blocks: Blocks
    columns: Bytes
    ups: tuple[Ints, ...]
    links: tuple[Ints, ...]
    link: Ints
    named: npt.NDArray[np.integer]
    vote: Ints
    votes: Ints
    linked: Ints
    like: Ints
    group: Ints
    group_votes: Ints
    group_link: Ints
    headline: Ints
    titled: Ints
    passed: Ints

    @property
    def box(self) -> Ints:
        """The block of each row, (m,)."""
        return self.ups[0]

    def sums(self, values: Ints) -> Ints:
        """The running sums over lines, (n + 1,), of values of rows."""
        return running(scattered(len(self.blocks.box), self.rows, values))

    def mean(self, sums: Ints, block: Ints) -> Ints:
        """The mean over the lines of each of these blocks, weighed by their votes, 0 to 255; by running `sums`."""
        return mean_of(self.blocks, self.votes, sums, block)

    def mean_alike(self, values: Ints) -> Ints:
        """The mean over the rows in like blocks of values of rows in 1/255, already weighed by their votes, 0 to 15."""
        return mean_by(self.group, self.group_votes, values)


def marked_of(batch: Batch, rows: Rows, markups: Sequence[Markup | None]) -> Marked:
    """What the markup of the batch's rows says by itself; `markups` has one a page, None for a page without."""
    blocks = blocks_of(batch, markups)
    own = blocks.lines[rows.index].T
    at = dict(zip(COLUMNS, own, strict=True))
    link = at["link"].astype(np.int64)
    families = own[-len(FAMILIES) :]
    named = nearest(families)
    tag = nibbles(at["tag"], at["up"])
    box = blocks.box[rows.index]
    ups = [box]
    for _ in UPS[1:]:
        ups.append(blocks.up[ups[-1]])
    vote = np.minimum(rows.visible, LONGEST_VOTE)
    votes, linked = (running(scattered(len(blocks.box), rows, values)) for values in (vote, vote * link))
    page = rows.by_page(vote)[rows.page]
    _, kin = np.unique(blocks.up * (1 << 32) + blocks.alike, return_inverse=True)
    _, group = np.unique(rows.page * (1 << 32) + blocks.alike[box], return_inverse=True)
    group_votes = np.maximum(np.bincount(group, weights=vote), 1) * 17
    headline, known, titles, titled = headline_of(rows, blocks, at)
    beside = running(np.isin(named >> 4, BESIDE).astype(np.int64))
    here = np.arange(len(box))
    passed = np.minimum(log_byte(np.maximum(beside[here] - beside[headline], 0), 2) + 1, 14)
    columns: tuple[npt.NDArray[np.integer], ...] = (
        at["link"],
        nibbles(at["links"], rows.length),
        tag,
        at["bold"],
        nibbles(at["alt"] // 17, rows.length),
        at["hidden"],
        at["depth"],
        nibbles(at["lists"], at["tables"]),
        nibbles(at["cells"], rows.length),
        *families,
        named,
        *(rows.shift(at["link"], k, 0) for k in NEIGHBOURS),
        *rows.windows(link, REACHES),
        same(rows, blocks, tag),
        *(share_byte(votes[blocks.end[one]] - votes[blocks.first[one]], page, 64) for one in ups[:3]),
        nibbles(log_byte(np.bincount(group)[group], 2), rows.length),
        *titles,
    )
    return Marked(
        rows=rows,
        blocks=blocks,
        columns=np.stack([column.astype(np.uint8) for column in columns]),
        ups=tuple(ups),
        links=tuple(mean_of(blocks, votes, linked, one) for one in ups),
        link=link,
        named=named >> 4,
        vote=vote,
        votes=votes,
        linked=linked,
        like=np.bincount(kin)[kin],
        group=group,
        group_votes=group_votes,
        group_link=mean_by(group, group_votes, vote * link),
        headline=np.where(known, headline, -1),
        titled=titled,
        # 0 before the headline, 15 where none is known
        passed=np.where(known, np.where(here < headline, 0, passed), 15),
    )


def mean_by(group: Ints, votes: Ints, values: Ints) -> Ints:
    """The mean, over the rows of each row's group, of values already weighed by votes, (m,); `votes` (g,) by group."""
    mean: Ints = (np.bincount(group, weights=values) / votes)[group].astype(np.int64)
    return mean


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


def headline_of(
    rows: Rows, blocks: Blocks, marks: Mapping[str, Bytes]
) -> tuple[Ints, npt.NDArray[np.bool_], tuple[npt.NDArray[np.integer], ...], Ints]:
    """The row that is likest each row's headline, (m,), whether it is one, the features of the family `title` that no
    thought weighs, and the smallest block with both.
    """
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
    columns = (
        nibbles(titled // 17, rows.length),
        np.where(known, np.clip(128 - before + after, 1, 255), 0),
        np.where(known, way, 255),
    )
    return best, known, columns, shared

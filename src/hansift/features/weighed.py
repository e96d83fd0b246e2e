"""What a page's markup says about a line beside what is thought of it and of the lines around, one byte a feature."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansift.features.batch import Bytes, Ints
from hansift.features.bytes import chance, log_byte, nibbles, odds_byte, share_byte
from hansift.features.context import Floats
from hansift.features.marks import STILL, UPS, Marked
from hansift.features.spec import Feature, grid, nominal, ordinal
from hansift.features.tree import branch, most, steps

LEAST_OPENING, LIKELY = 12, 64
"""Visible characters, and the probability of body in 1/255, from which a line can be the one that opens the text."""

LEVEL, LEVEL_ZERO = 0.8, 8
LEVELS = np.clip(np.log(np.arange(0.5, 256) / np.arange(255.5, 0, -1)) / LEVEL + LEVEL_ZERO, 0, 15).astype(np.uint8)
"""The log-odds of probabilities in 1/255, in steps of LEVEL around LEVEL_ZERO."""
NAMED_KINDS = ("byline", "notice", "comment")
KINDS = (*NAMED_KINDS, "other")
"""Kinds of lines that are no body, as their own characters tell them: what the site says of a text, what it says to all
who read it, what readers say, and all else.
"""

OWN: tuple[Feature, ...] = (
    *(ordinal(kind, f"log-odds of a {kind}", "kinds") for kind in NAMED_KINDS),
    ordinal("other", "log-odds of another line that is no body", "kinds"),
    *(
        ordinal(f"{kind}_up", f"mean probability of a {kind} in the block around its own", "kinds")
        for kind in NAMED_KINDS
    ),
)
"""What the line's own characters say, and those of the lines around."""
WEIGHED: tuple[Feature, ...] = (
    grid("alone_odds", "log-odds of body of the line alone by those in its page", "marks"),
    grid("alone_block", "log-odds of body of the line alone by the probability of body of its block", "blocks"),
    grid("alone_alike", "the same by that of the lines in like blocks", "blocks"),
    nominal("named_odds", "kind of the nearest class or id by the line's log-odds of body", "names"),
    grid("link_odds", "share of the line inside links by its log-odds of body", "marks"),
    *(grid(f"block_{k}", f"share inside links of the block {k} up by its probability of body", "blocks") for k in UPS),
    grid("alike_both", "share inside links of the lines in like blocks by their probability of body", "blocks"),
    *(
        feature
        for kind in NAMED_KINDS
        for feature in (
            grid(f"{kind}_odds", f"log-odds of a {kind} by those of body so far", "kinds"),
            grid(f"{kind}_block", f"log-odds of a {kind} by the probability of body of its block", "kinds"),
            grid(f"{kind}_alike", f"probability of a {kind} by that of body, of the lines in like blocks", "kinds"),
        )
    ),
    ordinal("title_body", "mean probability of body in the smallest block that holds line and headline", "title"),
    nominal(
        "title_passed", "lines named other than as text between headline and line by its log-odds of body", "title"
    ),
    nominal("opening", "how it stands to the line that opens the text, by its log-odds of body", "blocks"),
    grid("opening_steps", "blocks up from that to one that holds the line, by blocks down to it", "blocks"),
    grid(
        "opening_body",
        "probability of body in its part of the smallest block with both by that in the line's",
        "blocks",
    ),
    grid("opening_share", "share of the page's characters in that part by that in the line's", "blocks"),
    grid("opening_links", "share inside links of the line's part by how many like ones stand beside it", "blocks"),
    grid("main", "blocks up from the heaviest to one that holds the line, by blocks down to it", "blocks"),
    grid("text", "the same for the block that holds most body without a block between", "blocks"),
    ordinal("text_body", "mean probability of body in the smallest block that holds both", "blocks"),
)
"""What it says beside what is already thought of the lines."""
MARKS = (*STILL, *OWN, *WEIGHED)


@dataclass(frozen=True, slots=True)
class Own:
    """What the characters of each of m rows say: `columns` (f, m), one row a feature of OWN; `level` (m,) those of
    LEVELS for body, `kinds` (k, m) those for each of NAMED_KINDS, and `alike` (k, m) the mean probability of each in
    like blocks, in 1/15.
    """

    columns: Bytes
    level: Bytes
    kinds: Bytes
    alike: Ints


def own_of(marked: Marked, odds: Floats, kinds: Floats) -> Own:
    """What the rows' own characters say: their log-odds of body, (m,), and of each of KINDS, (m, k)."""
    said = odds_byte(kinds.T)
    chances = chance(said[: len(NAMED_KINDS)])
    votes = marked.vote * chances
    return Own(
        columns=np.concatenate([said, mean_up(marked, votes)]),
        level=LEVELS.take(chance(odds_byte(odds))),
        kinds=LEVELS.take(chances),
        alike=np.stack([marked.mean_alike(each) for each in votes]),
    )


def mean_up(marked: Marked, values: Ints) -> Bytes:
    """The mean over the block around each row's own of values (k, m) that were weighed by their votes, (k, m)."""
    return np.stack([marked.mean(marked.sums(each), marked.ups[1]).astype(np.uint8) for each in values])


def weighed(marked: Marked, own: Own, likely: Ints) -> Bytes:
    """One row a feature of MARKS for each row of the batch, (f, m) uint8; `likely` (m,) is the probability of body in
    1/255.
    """
    rows, blocks, vote = marked.rows, marked.blocks, marked.vote
    if not len(likely):
        return np.zeros((len(MARKS), 0), dtype=np.uint8)
    # what stands in links as a whole is seldom body, whatever it says
    unlinked = likely * (255 - marked.link) // 255
    body = marked.sums(vote * unlinked)
    alike_body = marked.mean_alike(vote * unlinked)
    weight = vote * (2 * unlinked - 255)
    whole = marked.sums(weight)
    heavy = most(blocks, whole[blocks.end] - whole[blocks.first])
    direct = np.bincount(marked.box, weights=weight, minlength=len(blocks.up))
    around = blocks.up[marked.box]
    direct += np.bincount(around, weights=np.where(around == marked.box, 0, weight), minlength=len(blocks.up))
    main, _ = steps(rows, blocks, heavy)
    text, shared = steps(rows, blocks, most(blocks, direct.astype(np.int64)))
    bodies = [marked.mean(body, one) // 17 for one in marked.ups]
    columns: tuple[npt.NDArray[np.integer], ...] = (
        nibbles(own.level, LEVELS[likely]),
        nibbles(own.level, bodies[0]),
        nibbles(own.level, alike_body),
        nibbles(marked.named, LEVELS[unlinked]),
        nibbles(marked.link // 17, LEVELS[likely]),
        *(nibbles(link // 17, body_of) for link, body_of in zip(marked.links, bodies, strict=True)),
        nibbles(marked.group_link, alike_body),
        *(
            column
            for level, alike in zip(own.kinds, own.alike, strict=True)
            for column in (
                nibbles(level, LEVELS[likely]),
                nibbles(level, bodies[0]),
                nibbles(alike, alike_body),
            )
        ),
        np.where(marked.headline < 0, 0, marked.mean(body, marked.titled)),
        nibbles(marked.passed, LEVELS[unlinked]),
        *opening(marked, body, unlinked),
        main,
        text,
        marked.mean(body, shared),
    )
    return np.concatenate([marked.columns, own.columns, np.stack([column.astype(np.uint8) for column in columns])])


def opening(marked: Marked, body: Ints, likely: Ints) -> tuple[npt.NDArray[np.integer], ...]:
    """How each row stands to the one that opens its page's text; `body` are the running sums of `likely` (m,)."""
    rows, blocks, box = marked.rows, marked.blocks, marked.box
    first = opened(marked, likely)
    none = first < 0
    target = np.zeros(len(rows.first) - 1, dtype=np.int64)
    target[rows.page] = np.where(none, blocks.root[rows.page], box[first])
    way, shared = steps(rows, blocks, target)
    # the parts of the block that holds both, in which the two lie
    parts = its, own = branch(blocks, target[rows.page], shared), branch(blocks, box, shared)
    before, alike = np.arange(len(box)) < first, blocks.alike[its] == blocks.alike[own]
    relation = np.select([none, before, its == own, own == shared, its == shared, alike], range(6), 6)
    page = rows.by_page(marked.vote)[rows.page]
    sizes = (marked.votes[blocks.end[part]] - marked.votes[blocks.first[part]] for part in parts)
    columns = (
        way,
        nibbles(*(marked.mean(body, part) // 17 for part in parts)),
        nibbles(*(share_byte(size, page, 15) for size in sizes)),
        nibbles(marked.mean(marked.linked, own) // 17, log_byte(marked.like[own], 2)),
    )
    return nibbles(relation, LEVELS[likely]), *(np.where(none, 255, column) for column in columns)


def opened(marked: Marked, likely: Ints) -> Ints:
    """The row that opens each row's text, (m,): the first of its page below its headline that is long enough, not in
    links and likely enough; -1 where there is none.
    """
    rows, here = marked.rows, np.arange(len(likely))
    able = (marked.link < 128) & (likely >= LIKELY) & (rows.visible >= LEAST_OPENING) & (here > marked.headline)
    first = np.flatnonzero(able)[::-1]
    found = np.full(len(rows.first) - 1, -1, dtype=np.int64)
    # of several writes to one place the last stays: the page's first
    found[rows.page[first]] = first
    return found[rows.page]

"""What a line's page says about it, one byte a feature: neighbours, place, main block, script."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hansift.features.batch import Bytes, Ints
from hansift.features.block import barrier, main_block, run_lengths, sentence_block
from hansift.features.bytes import chance, log_byte, nibbles, odds_byte, quotient, share_byte, stacked
from hansift.features.kernels import loops, plain
from hansift.features.rows import Rows, running
from hansift.features.spec import Feature, grid, nominal, ordinal

Floats = npt.NDArray[np.float64]

NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
REACHES = (2, 5, 12)
SENTENCE_REACHES = (3, 8)
LIST_REACHES = (3, 10)
SPAM_REACHES = (5, 12)

CONTEXT: tuple[Feature, ...] = (
    ordinal("odds", "log-odds of body so far", "score"),
    ordinal("odds_spam", "log-odds of spam so far", "score"),
    *(ordinal(f"odds_{k:+d}", "log-odds of body of the line there", "neighbours") for k in NEIGHBOURS),
    ordinal("odds_spam_-1", "log-odds of spam of the line before", "neighbours"),
    ordinal("odds_spam_+1", "log-odds of spam of the line after", "neighbours"),
    ordinal("list", "log-odds of a listed headline, teaser or comment", "list"),
    ordinal("list_-1", "the same of the line before", "list"),
    ordinal("list_+1", "the same of the line after", "list"),
    *(ordinal(f"lists_{w}", f"mean probability of a list, {w} lines to each side", "list") for w in LIST_REACHES),
    *(ordinal(f"mean_{w}", f"mean probability of body, {w} lines to each side", "neighbours") for w in REACHES),
    *(ordinal(f"spam_{w}", f"mean probability of spam, {w} lines to each side", "neighbours") for w in SPAM_REACHES),
    grid("lengths", "length of the line before by that of the line after", "neighbours"),
    nominal("join_before", "last class of the line before with the line's first", "neighbours"),
    nominal("join_after", "last class of the line with the first of the line after", "neighbours"),
    grid("run", "likeness to the line before by length of the run of like lines", "neighbours"),
    grid("run_2", "likeness to the line two before by length of that run", "neighbours"),
    grid("digits_around", "number of digits in the line before by that in the line after", "neighbours"),
    *(ordinal(f"sentences_{w}", f"share of sentences, {w} lines to each side", "neighbours") for w in SENTENCE_REACHES),
    nominal("stretch", "paragraph or not, such lines before and after; length of the run of like lines", "stretch"),
    grid("stretch_place", "lines from the start of that run by lines to its end", "stretch"),
    grid("stretch_odds", "log-odds of body so far by that run's place among paragraphs", "stretch"),
    grid("gaps", "blank lines before by blank lines after", "place"),
    ordinal("from_top", "log2 of the lines above, sixteenths", "place"),
    ordinal("from_bottom", "log2 of the lines below, sixteenths", "place"),
    ordinal("relative", "share of the page's lines above, 1/64", "place"),
    ordinal("share", "share of the page's characters, 1/128", "place"),
    grid("page", "number of lines by mean probability of body", "place"),
    ordinal("block", "lines before (below 128) or after (above) the main block", "block"),
    grid("block_inside", "lines from the block's top by lines to its end", "block"),
    grid("block_size", "characters of the main block by its share of the page", "block"),
    ordinal("barrier", "lowest log-odds of body between the line and the main block", "block"),
    grid("block_indent", "inside the block and indented like its longest line, by length", "block"),
    ordinal("sentences", "lines before (below 128) or after (above) the block of sentences", "sentences"),
    grid("sentences_inside", "lines from that block's top by lines to its end", "sentences"),
    grid("sentences_size", "characters of that block by its share of the page", "sentences"),
    nominal("script", "script of the page with that of the line", "script"),
)


def context(rows: Rows, odds: Floats, odds_spam: Floats, listed: Floats) -> Bytes:
    """One row a feature of CONTEXT for each line that is not blank, (f, m) uint8.

    `odds`, `odds_spam` (m,) are each line's log-odds of body and of spam as the step before gave them, `listed` (m,)
    those of a list by the first step.
    """
    if not len(rows.page):
        return np.zeros((len(CONTEXT), 0), dtype=np.uint8)
    body, spam, lists = odds_byte(odds), odds_byte(odds_spam), odds_byte(listed)
    likely, likely_spam, likely_list = (chance(values) for values in (body, spam, lists))
    if loops() is not plain:
        from hansift.features.kernels import page

        return page.context(rows, (body, spam, lists), (likely, likely_spam, likely_list))
    top, bottom = main_block(rows, likely)
    first, last = sentence_block(rows)
    columns: tuple[npt.NDArray[np.integer], ...] = (
        body,
        spam,
        *(rows.shift(body, k, 0) for k in NEIGHBOURS),
        rows.shift(spam, -1, 0),
        rows.shift(spam, 1, 0),
        lists,
        rows.shift(lists, -1, 0),
        rows.shift(lists, 1, 0),
        *rows.windows(likely_list, LIST_REACHES),
        *rows.windows(likely, REACHES),
        *rows.windows(likely_spam, SPAM_REACHES),
        nibbles(rows.shift(rows.length, -1, 0), rows.shift(rows.length, 1, 0)),
        nibbles(rows.shift(rows.tail, -1, 0), rows.head),
        nibbles(rows.tail, rows.shift(rows.head, 1, 0)),
        likeness(rows, 1),
        likeness(rows, 2),
        nibbles(rows.shift(rows.digits, -1, 0), rows.shift(rows.digits, 1, 0)),
        *rows.windows(255 * rows.sentence.astype(np.int64), SENTENCE_REACHES),
        *stretch(rows, body),
        *place(rows, likely),
        *extent(rows, top, bottom),
        barrier(rows, body, top, bottom),
        indent(rows, top, bottom),
        *extent(rows, first, last),
        script(rows),
    )
    return stacked(columns)


def likeness(rows: Rows, back: int) -> Bytes:
    """How like the line `back` lines before it is (edges, length, indent), and how long the run of like lines."""
    edges = (rows.head == rows.shift(rows.head, -back, 255)) & (rows.tail == rows.shift(rows.tail, -back, 255))
    # bytes wrap around: a line shorter by two is longer by 254
    near = rows.length - rows.shift(rows.length, -back, 128) + np.uint8(1) <= 2
    like = 2 * edges.view(np.uint8) + near + (rows.indent == rows.shift(rows.indent, -back, -1))
    return nibbles(like, log_byte(run_lengths((like >= 3) & (rows.shift(rows.page, -1, -1) == rows.page)), 3))


def stretch(rows: Rows, body: Bytes) -> tuple[Bytes, Bytes, Bytes]:
    """The features of the family `stretch`: a run of lines that all are paragraphs, or all are not."""
    paragraph = rows.paragraph.astype(np.int64)
    goes_on = (rows.shift(paragraph, -1, -1) == paragraph) & (rows.shift(rows.page, -1, -1) == rows.page)
    length = run_lengths(goes_on)
    start = np.maximum.accumulate(np.where(goes_on, 0, np.arange(len(length))))
    from_start = np.arange(len(length)) - start
    total = running(paragraph)
    before = total[:-1] > total.take(rows.first.take(rows.page))
    after = total.take(rows.first.take(rows.page + 1)) > total[1:]
    kind = 4 * paragraph + 2 * before + after
    bucket = np.minimum(log_byte(length, 2) // 2, 3)
    return (
        nibbles(kind, log_byte(length, 2)),
        nibbles(log_byte(from_start, 2), log_byte(length - 1 - from_start, 2)),
        nibbles(body >> 4, 4 * (kind & 3) + bucket),
    )


def place(rows: Rows, chance: Ints) -> tuple[Bytes, ...]:
    """The features of the family `place`."""
    lines, many = rows.above + rows.below + 1, np.diff(rows.first)
    return (
        nibbles(rows.gap, rows.shift(rows.gap, 1, 15)),
        log_byte(rows.above, 16),
        log_byte(rows.below, 16),
        share_byte(rows.above, lines, 64),
        share_byte(rows.visible, rows.by_page(rows.visible).take(rows.page), 128),
        nibbles(log_byte(many, 2), quotient(rows.by_page(chance), many * 16)).take(rows.page),
    )


def extent(rows: Rows, top: Ints, bottom: Ints) -> tuple[npt.NDArray[np.integer], ...]:
    """Where each line stands to a block of its page, where inside it, and how large the block is."""
    here = np.arange(len(top))
    inside = (here >= top) & (here <= bottom)
    before = log_byte(np.maximum(top - here, 0), 12).astype(np.int64)
    after = log_byte(np.maximum(here - bottom, 0), 12).astype(np.int64)
    from_top, to_end = (log_byte(np.maximum(steps, 0), 3) + 1 for steps in (here - top, bottom - here))
    total, at = running(rows.visible), rows.first.take(rows.filled)
    size = total.take(bottom.take(at) + 1) - total.take(top.take(at))
    sizes = nibbles(log_byte(size, 1), share_byte(size, rows.by_page(rows.visible).take(rows.filled), 15))
    return (
        np.minimum(np.maximum(128 - before + after, 0), 255),
        np.where(inside, nibbles(from_top, to_end), 0),
        np.repeat(sizes, np.diff(rows.first).take(rows.filled)),
    )


def indent(rows: Rows, top: Ints, bottom: Ints) -> Bytes:
    """Whether a line stands in the block, and is indented like the first of the block's longest lines."""
    here = np.arange(len(top))
    inside = (here >= top) & (here <= bottom)
    rank = np.where(inside, rows.visible, -1) * len(here) + (len(here) - 1 - here)
    longest = len(here) - 1 - rows.most(rank) % len(here)
    same = rows.indent == rows.indent.take(longest).take(rows.page)
    return nibbles(same + 2 * inside, rows.length)


def script(rows: Rows) -> Bytes:
    """Script of the page in the high half, of the line in the low.

    Page: 0 none, 1 Traditional, 2 Simplified, 4 and 5 the same with a tenth or more of the other. Line: 0 none,
    then 4 times 1 Traditional, 2 Simplified, 3 both, plus 0 to 3 for how many characters say so.
    """
    traditional, simplified = rows.by_page(rows.traditional), rows.by_page(rows.simplified)
    less, more = np.minimum(traditional, simplified), np.maximum(traditional, simplified)
    page = np.where(more == 0, 0, np.where(traditional > simplified, 1, 2) + 3 * (10 * less > more))
    less, more = np.minimum(rows.traditional, rows.simplified), np.maximum(rows.traditional, rows.simplified)
    line = np.where(3 * less > more, 3, np.where(rows.traditional > rows.simplified, 1, 2))
    return nibbles(page.take(rows.page), np.where(more == 0, 0, line * 4 + np.minimum(less + more, 12) // 4))

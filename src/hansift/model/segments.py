"""The segments of a line between its marks, and what is said of each: where planted text is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from hansift.features import features_in, text_keys
from hansift.features.batch import NEWLINE, Batch, Bytes, Ints, batch_of, characters_before
from hansift.features.bytes import log_byte, nibbles, odds_byte
from hansift.features.context import copies_of
from hansift.features.spec import Feature, grid, nominal, ordinal
from hansift.model.linear import Model, alone_margins, log_odds, merged

SHORTEST, LONGEST = 2, 160
"""Visible characters of a segment that can be cut."""

SEGMENT: tuple[Feature, ...] = (
    ordinal("segment_spam", "log-odds of spam of the segment alone", "cut"),
    ordinal("segment_body", "log-odds of body of the segment alone", "cut"),
    ordinal("line_spam", "log-odds of spam of its line in the page", "cut"),
    ordinal("page_spam", "share of the page's lines that are spam, 1/64", "cut"),
    grid("segment_copies", "other places of the page with the same segment, by length", "cut"),
    nominal("segment_place", "only one, first, last or inner; the mark after it by the mark before", "cut"),
)

OPEN = "（(【[《「『〔“‘"
CLOSE = "）)】]》」』〕”’"
ENDS = "。！？!?；;…"
LINKS = "，,、:：|｜_-—~·•>»/ \u3000\u00a0\t"
LINE_EDGE, BRACKET, SENTENCE_END, LINK = range(4)
"""The classes of what stands beside a segment."""
INSIDE = 255


@cache
def marks() -> Bytes:
    """The class of every mark, (65536,) uint8, that of a line break LINE_EDGE; INSIDE for all else."""
    table = np.full(1 << 16, INSIDE, dtype=np.uint8)
    for chars, number in ((OPEN + CLOSE, BRACKET), (ENDS, SENTENCE_END), (LINKS, LINK), ("\n", LINE_EDGE)):
        table[[ord(char) for char in chars]] = number
    return table


@dataclass(frozen=True, slots=True)
class Segments:
    """The k segments of some lines: what stands between marks and brackets.

    `owner` (k,) ascending, `start`, `end` (k,) say which line, and where in its characters; `before`, `after` (k,) are
    the classes of the marks around. In `batch` every mark is a line break, and `line` (k,) says which lines of it the
    segments are.
    """

    owner: Ints
    start: Ints
    end: Ints
    before: Bytes
    after: Bytes
    batch: Batch
    line: Ints


def segments_of(lines: Sequence[str]) -> Segments:
    """The segments of the lines."""
    whole = batch_of(lines)
    mark = marks().take(whole.units)
    units = np.where(mark == INSIDE, whole.units, NEWLINE)
    breaks = np.flatnonzero(mark != INSIDE)
    starts, ends = breaks[:-1] + 1, breaks[1:]
    line = np.flatnonzero(ends > starts)
    start, end = starts[line], ends[line]
    owner = np.searchsorted(whole.ends, start)
    first, last, origin = (characters_before(whole, lines, at) for at in (start, end, whole.starts[owner]))
    # each segment is a page of its own, so that none is judged by its neighbours
    pages = np.arange(len(starts) + 1)
    return Segments(
        owner,
        first - origin,
        last - origin,
        mark[start - 1],
        mark[end],
        Batch(units, starts, ends, pages[:-1], pages),
        line,
    )


STRETCH = 1 << 15
"""Segments scored in one go."""


def stretches(batch: Batch) -> Iterator[tuple[int, Batch]]:
    """The lines of a batch, each a page of its own, in batches of STRETCH at most, with the number of the first."""
    for low in range(0, len(batch.starts), STRETCH):
        starts, ends = batch.starts[low : low + STRETCH], batch.ends[low : low + STRETCH]
        begin, pages = starts[0] - 1, batch.first[: len(starts) + 1]
        units = batch.units[begin : ends[-1] + 1]
        yield low, Batch(units, starts - begin, ends - begin, pages[:-1], pages)


def segment_columns(model: Model, segments: Segments, line_spam: Bytes, page: Ints, page_spam: Bytes) -> Bytes:
    """One row a feature of SEGMENT, (f, k) uint8; `line_spam`, `page`, `page_spam` (lines,) speak of the lines."""
    odds, odds_spam = np.zeros((2, len(segments.batch.starts)))
    for low, batch in stretches(segments.batch):
        features = features_in(batch)
        at = features.rows.index + low
        odds[at], odds_spam[at] = log_odds(merged(alone_margins(model, features)))
    copies = copies_of(page.take(segments.owner), text_keys(segments.batch).take(segments.line))
    first = np.diff(segments.owner, prepend=-1) != 0
    last = np.diff(segments.owner, append=-1) != 0
    return np.stack(
        [
            odds_byte(odds_spam.take(segments.line)),
            odds_byte(odds.take(segments.line)),
            line_spam.take(segments.owner),
            page_spam.take(segments.owner),
            nibbles(log_byte(copies, 3), log_byte(segments.end - segments.start, 2)),
            nibbles(2 * first + last, 4 * segments.after + segments.before),
        ]
    )


def span(line: str, start: int, end: int) -> tuple[int, int]:
    """The segment with the marks that go with it: its brackets, the link behind it, at a line's end the one before."""
    if start > 0 and end < len(line) and line[start - 1] in OPEN and line[end] in CLOSE:
        return start - 1, end + 1
    stop = end
    while stop < len(line) and line[stop] in LINKS:
        stop += 1
    if stop < len(line) or stop > end:
        return start, stop
    while start > 0 and line[start - 1] in "|｜_-—~· \u3000":
        start -= 1
    return start, end

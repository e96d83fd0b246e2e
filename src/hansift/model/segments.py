"""The segments of a line between its marks, and what is said of each: where planted text is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from hansift.features import features_in, text_keys
from hansift.features.batch import HIGH, LOW, NEWLINE, Batch, Bytes, Ints, batch_of, characters_before
from hansift.features.bytes import log_byte, nibbles, odds_byte
from hansift.features.chars import tables
from hansift.features.context import copies_of
from hansift.features.kernels import loops
from hansift.features.kernels.plain import looked_up
from hansift.features.rows import running
from hansift.features.spec import Feature, grid, nominal, ordinal
from hansift.model.linear import Model, alone_margins, log_odds, merged

PROSE, SPAM = (["prose", "short", "list", "spam"].index(group) for group in ("prose", "spam"))

SHORTEST, LONGEST = 2, 160
"""Visible characters of a segment that can be cut."""

SEGMENT: tuple[Feature, ...] = (
    ordinal("segment_spam", "log-odds of spam of the segment alone", "cut"),
    ordinal("segment_body", "log-odds of body of the segment alone", "cut"),
    ordinal("line_spam", "log-odds of spam of its line in the page", "cut"),
    ordinal("page_spam", "share of the page's lines that are spam, 1/64", "cut"),
    grid("segment_known", "log-odds of spam of the segment alone by other places of the page with the same one", "cut"),
    grid("segment_copies", "other places of the page with the same segment, by length", "cut"),
    nominal("segment_place", "at the line's start, at its end; the mark after it by the mark before", "cut"),
    grid("segment_part", "length by that of the stretch between two marks that it is part of", "cut"),
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
    """The k segments of some lines, in their order.

    `owner` (k,), `start`, `end` (k,) say which line, and where in its characters, without the marks around; `whole`
    (k,) the characters of the stretch between two marks that each is, or is a part of; `place` (k,) its byte of
    `segment_place`. Line i of `batch` is segment i, a page of its own.
    """

    owner: Ints
    start: Ints
    end: Ints
    whole: Ints
    place: Bytes
    batch: Batch


def segments_of(model: Model, lines: Sequence[str], page: Ints) -> Segments:
    """The segments of the lines, (lines,) pages: what stands between marks and brackets, and of each the run of
    characters that speaks most for spam, and the runs that stand elsewhere in the page's lines as well.
    """
    given = batch_of(lines)
    mark = marks().take(given.units)
    # with a line break for every mark the stretches between marks are lines, some of them empty
    units = np.where(mark == INSIDE, given.units, NEWLINE)
    breaks = np.flatnonzero(mark != INSIDE)
    starts, ends = breaks[:-1] + 1, breaks[1:]
    home = np.searchsorted(given.ends, starts)
    known = tables()
    _, *grams = loops(len(units)).scanned(units, starts, known.kind, known.fold)
    stretches = np.stack([np.arange(len(starts)), starts, ends])
    runs = [suspects(model, grams, starts, ends), repeats(grams[-1], starts, ends, page.take(home))]
    part, start, end = np.concatenate([stretches, *runs], axis=1)
    second = seconds(units)
    start, end = start + second.take(start), end + second.take(end)
    owner = home.take(part)
    at = np.stack([start, end, starts.take(part), ends.take(part), given.starts.take(owner)])
    low, high, left, right, origin = characters_before(given, lines, at)
    wanted = (high - low >= SHORTEST) & (high - low < right - left)
    wanted[: len(starts)] = ends > starts
    wanted = np.flatnonzero(wanted)
    _, first = np.unique(start[wanted] * len(units) + end[wanted], return_index=True)
    k = wanted.take(first)
    return Segments(
        owner[k],
        (low - origin)[k],
        (high - origin)[k],
        (right - left)[k],
        places(given, mark, owner[k], start[k], end[k]),
        apart(units, start[k], end[k]),
    )


def seconds(units: npt.NDArray[np.uint16]) -> npt.NDArray[np.bool_]:
    """Which units are the second of two that are one character, (u,)."""
    found: npt.NDArray[np.bool_] = units >> 10 == LOW
    found[1:] &= units[:-1] >> 10 == HIGH
    return found


def suspects(model: Model, grams: Sequence[npt.NDArray[np.uint16]], starts: Ints, ends: Ints) -> Ints:
    """Of each line of a buffer the run of units with the largest sum of weights for spam against prose: (3, n) of
    line, first, one past the last.
    """
    weight = np.zeros(len(grams[0]), dtype=np.int64)
    for table, at in zip(model.grams, grams, strict=True):
        weight += looked_up(table[:, SPAM].astype(np.int32) - table[:, PROSE], at)
    weight[ends] = 0
    line = np.arange(len(starts))
    first, last = loops().heaviest(weight[1:], np.repeat(line, ends - starts + 1), np.append(starts - 1, ends[-1:]))
    return np.stack([line, first + 1, np.minimum(last + 2, ends)])


REPEATED, SHORTEST_REPEAT = 3, 4
"""How often a run of characters must stand in the lines of a page to be one that repeats, and its least length."""


def repeats(triples: npt.NDArray[np.uint16], starts: Ints, ends: Ints, page: Ints) -> Ints:
    """The runs of units that stand REPEATED times or more in the lines of their page: (3, k) of line, first, one past
    the last; `triples` (u,) are the buckets of order 3, `page` (n,) the lines' pages.

    They are where pieces of SHORTEST_REPEAT units that stand so often follow each other.
    """
    line = np.repeat(np.arange(len(starts)), ends - starts + 1)
    unit = np.arange(1, len(triples))
    # a line's first units are never the last of a piece, so that no run crosses lines
    last = np.flatnonzero((unit >= starts.take(line) + SHORTEST_REPEAT - 1) & (unit < ends.take(line))) + 1
    key = triples.take(last - 1).astype(np.int64) << 16 | triples.take(last)
    often = np.zeros(len(triples) + 1, dtype=np.int8)
    often[last] = copies_of(page.take(line.take(last - 1)), key) >= REPEATED - 1
    step = np.diff(often)
    first, past = np.flatnonzero(step == 1) + 1, np.flatnonzero(step == -1) + 1
    return np.stack([line.take(first - 1), first - (SHORTEST_REPEAT - 1), past])


def places(given: Batch, mark: Bytes, owner: Ints, start: Ints, end: Ints) -> Bytes:
    """Whether a segment opens its line (128) or ends it (64), blanks apart, the mark behind it (4 times) and before
    it, (k,); `mark` (u,) are the classes of the batch's units, and `start`, `end` (k,) positions there.
    """
    visible = running((tables().kind.take(given.units) < tables().first_space).astype(np.int64))
    opens = visible.take(start) == visible.take(given.starts.take(owner))
    closes = visible.take(end) == visible.take(given.ends.take(owner))
    beside = np.where(mark == INSIDE, 0, mark)
    sides = 4 * beside.take(end) + beside.take(start - 1)
    return np.asarray(128 * opens + 64 * closes + sides, dtype=np.uint8)


def apart(units: npt.NDArray[np.uint16], start: Ints, end: Ints) -> Batch:
    """The batch in which each of these stretches of units is a line, and a page, of its own."""
    size = end - start + 1
    ends = np.cumsum(size)
    starts = ends - size + 1
    at = np.arange(int(size.sum()) + 1)
    at[1:] += np.repeat(start - starts, size)
    found = units.take(at)
    found[ends] = NEWLINE
    pages = np.arange(len(start) + 1)
    return Batch(found, starts, ends, pages[:-1], pages)


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
    odds, odds_spam = np.zeros((2, len(segments.owner)))
    for low, batch in stretches(segments.batch):
        features = features_in(batch)
        at = features.rows.index + low
        odds[at], odds_spam[at] = log_odds(merged(alone_margins(model, features)))
    spam = odds_byte(odds_spam)
    copies = log_byte(copies_of(page.take(segments.owner), text_keys(segments.batch)), 3)
    length = log_byte(segments.end - segments.start, 2)
    return np.stack(
        [
            spam,
            odds_byte(odds),
            line_spam.take(segments.owner),
            page_spam.take(segments.owner),
            nibbles(spam >> 4, copies),
            nibbles(copies, length),
            segments.place,
            nibbles(length, log_byte(segments.whole, 2)),
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

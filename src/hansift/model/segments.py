"""The segments of a line between its marks, and what is said of each: where planted text is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from hansift.features import features_in
from hansift.features.batch import NEWLINE, Batch, Bytes, Ints, batch_of, characters_before
from hansift.features.bytes import log_byte, nibbles, odds_byte
from hansift.features.chars import tables
from hansift.features.copies import copies_of
from hansift.features.kernels import loops, plain
from hansift.features.kernels.plain import Units, looked_up
from hansift.features.spec import Feature, grid, nominal, ordinal
from hansift.model.linear import Model, log_odds, merged
from hansift.model.lines import line_margins
from hansift.model.runs import compiled_runs_of, runs_of

LONGEST = 160
"""Visible characters of a segment that can be cut, at most."""

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

ALONE, KNOWN = [0, 1], 4
"""The features that are a segment's own log-odds, of spam and of body, and the one that has those of spam in its upper
half.
"""

OPEN = "（(【[《「『〔“‘"
CLOSE = "）)】]》」』〕”’"
ENDS = "。！？!?；;…"
LINKS = "，,、:：|｜_-—~·•>»/ \u3000\u00a0\t"
LINE_EDGE, BRACKET, SENTENCE_END, LINK = range(4)
"""The classes of what stands beside a segment."""
INSIDE = 4
"""The class of all else; of its lower two bits LINE_EDGE, so that a run's own characters count as one."""


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
    `segment_place`; `copies` (k,) other segments of the page with the same text. `units` (u,) are the lines' units, a
    line break in place of every mark, and `first`, `last` (k,) where there each begins and ends.
    """

    owner: Ints
    start: Ints
    end: Ints
    whole: Ints
    place: Bytes
    copies: Ints
    units: Units
    first: Ints
    last: Ints


def segments_of(model: Model, lines: Sequence[str], page: Ints) -> Segments:
    """The segments of the lines, (lines,) pages: what stands between marks and brackets, and of each the run of
    characters that speaks most for spam, and the runs that stand elsewhere in the page's lines as well.
    """
    given = batch_of(lines)
    mark = looked_up(marks(), given.units)
    breaks = np.flatnonzero(mark != INSIDE)
    # with a line break for every mark the stretches between marks are lines
    units = given.units.copy()
    units[breaks] = NEWLINE
    filled = np.flatnonzero(np.diff(breaks) > 1)
    starts, ends = breaks.take(filled) + 1, breaks.take(filled + 1)
    home = np.cumsum(mark.take(breaks) == LINE_EDGE).take(filled) - 1
    if loops(len(units)) is plain:
        part, start, end = runs_of(model, units, (breaks, starts, ends), page.take(home))
    else:
        part, start, end = compiled_runs_of(model, units, (starts, ends), page.take(home))
    owner = home.take(part)
    at = np.stack([start, end, starts.take(part), ends.take(part), given.starts.take(owner)])
    low, high, left, right, origin = characters_before(given, at)
    return Segments(
        owner,
        low - origin,
        high - origin,
        right - left,
        places(given, mark, owner, start, end),
        copies(units, page.take(owner), start, end),
        units,
        start,
        end,
    )


def copies(units: Units, page: Ints, start: Ints, end: Ints) -> Ints:
    """How many others of their page have the text of each of these stretches, (k,)."""
    if loops() is plain:
        return copies_of(page, text_keys(units, start, end))
    from hansift.features.kernels import segments as use

    found: Ints = loops().copies_of(page, use.text_keys(units, start, end))
    return found


def places(given: Batch, mark: Bytes, owner: Ints, start: Ints, end: Ints) -> Bytes:
    """Whether a segment opens its line (128) or ends it (64), blanks apart, the mark behind it (4 times) and before
    it, (k,); `mark` (u,) are the classes of the batch's units, and `start`, `end` (k,) positions there.
    """
    known = tables()
    head, tail = plain.edges(looked_up(known.kind, given.units), given.starts, given.ends, known.first_space)
    opens, closes = start <= head.take(owner), end > tail.take(owner)
    sides = 4 * (mark.take(end) & 3) + (mark.take(start - 1) & 3)
    return np.asarray(128 * opens + 64 * closes + sides, dtype=np.uint8)


BASE = 0x9E3779B97F4A7C15
"""Of the numbers of texts, odd: a text's number is its units times powers of it, modulo 2^64."""
POWERS = 17
"""Powers of two up to which one table of powers of BASE serves all."""


def text_keys(units: Units, start: Ints, end: Ints) -> Ints:
    """A number of each stretch of units, (k,): the same for the same text, for others practically never."""
    power, inverse = powers(max((len(units) - 1).bit_length(), POWERS))
    total = np.zeros(len(units) + 1, dtype=np.uint64)
    np.cumsum(units * power[: len(units)], out=total[1:])
    found = (total.take(end) - total.take(start)) * inverse.take(start)
    return found.view(np.int64)


@lru_cache(2)
def powers(bits: int) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """The first 2^bits powers of BASE modulo 2^64, and their inverses."""
    bases = np.full((2, 1 << bits), 1, dtype=np.uint64)
    bases[0, 1:], bases[1, 1:] = BASE, pow(BASE, -1, 1 << 64)
    power, inverse = np.cumprod(bases, axis=1)
    return power, inverse


def apart(units: Units, start: Ints, end: Ints) -> Batch:
    """The batch in which each of these stretches of units is a line, and a page, of its own."""
    size = end - start + 1
    ends = np.cumsum(size)
    starts = ends - size + 1
    at = np.arange(int(size.sum()) + 1)
    at[1:] += np.repeat(start - starts, size)
    found = units.take(at)
    found[ends] = NEWLINE
    pages = np.arange(len(start) + 1)
    return Batch(found, starts, ends, pages[:-1], pages, np.zeros(0, dtype=np.int64))


STRETCH = 1 << 15
"""Segments scored in one go."""


def odds_of(model: Model, segments: Segments, which: Ints) -> tuple[Bytes, Bytes]:
    """The log-odds of spam and of body of some segments, each alone, (w,) each."""
    odds, spam = np.zeros((2, len(which)))
    for low in range(0, len(which), STRETCH):
        some = which[low : low + STRETCH]
        features = features_in(apart(segments.units, segments.first.take(some), segments.last.take(some)))
        at = features.rows.index + low
        odds[at], spam[at] = log_odds(merged(line_margins(model.alone, features)))
    return odds_byte(spam), odds_byte(odds)


def segment_columns(segments: Segments, line_spam: Bytes, page_spam: Bytes) -> Bytes:
    """One row a feature of SEGMENT, (f, k) uint8, its own log-odds taken for 0; `line_spam`, `page_spam` (lines,) speak
    of the lines.
    """
    copies = log_byte(segments.copies, 3)
    length = log_byte(segments.end - segments.start, 2)
    return np.stack(
        [
            np.zeros_like(copies),
            np.zeros_like(copies),
            line_spam.take(segments.owner),
            page_spam.take(segments.owner),
            nibbles(np.zeros_like(copies), copies),
            nibbles(copies, length),
            segments.place,
            nibbles(length, log_byte(segments.whole, 2)),
        ]
    )


def with_odds(columns: Bytes, spam: Bytes, body: Bytes) -> Bytes:
    """The columns of some segments with their own log-odds of spam and of body put in."""
    columns = columns.copy()
    columns[KNOWN] |= spam & 0xF0
    columns[ALONE] = spam, body
    return columns


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

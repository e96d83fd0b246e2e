"""The segments of a line between its marks, and what is said of each: where planted text is looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansift.features import features_of
from hansift.features.batch import Batch, Bytes, Ints, batch_of
from hansift.features.bytes import log_byte, nibbles, odds_byte
from hansift.features.chars import tables
from hansift.features.ngrams import buckets
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
_SEGMENT = re.compile(f"[^{re.escape(OPEN + CLOSE + ENDS + LINKS)}]+")


@dataclass(frozen=True, slots=True)
class Segments:
    """The segments of some lines: `owner` (k,) which line, `start`, `end` (k,) in it, without the marks around, and
    `whole` (k,) the characters of the stretch between two marks that each is, or is a part of.
    """

    owner: Ints
    start: Ints
    end: Ints
    whole: Ints
    texts: tuple[str, ...]


def segments_of(model: Model, lines: Sequence[str], page: Ints) -> Segments:
    """The segments of the lines, (lines,) pages: what stands between marks and brackets, and of each the run of
    characters that speaks most for spam, and the runs that stand elsewhere in the page's lines as well.
    """
    found = [(i, m.start(), m.end(), m.group()) for i, line in enumerate(lines) for m in _SEGMENT.finditer(line)]
    if not found:
        none = np.zeros(0, dtype=np.int64)
        return Segments(none, none, none, none, ())
    batch = batch_of([row[3] for row in found])
    grams = tuple(buckets(tables().fold[batch.units], batch.starts))
    runs = np.concatenate([suspects(model, batch, grams), repeats(batch, grams[-1], page[[row[0] for row in found]])])
    rows = {(i, start, end): (len(text), text) for i, start, end, text in found}
    for number, low, high in runs.tolist():
        i, start, _, text = found[number]
        if SHORTEST <= high - low < len(text):
            rows[i, start + low, start + high] = len(text), text[low:high]
    order = sorted(rows)
    owner, start_, end_ = (np.array([key[k] for key in order], dtype=np.int64) for k in range(3))
    whole = np.array([rows[key][0] for key in order], dtype=np.int64)
    return Segments(owner, start_, end_, whole, tuple(rows[key][1] for key in order))


REPEATED, SHORTEST_REPEAT = 3, 4
"""How often a run of characters must stand in the lines of a page to be one that repeats, and its least length."""


def repeats(batch: Batch, triples: npt.NDArray[np.uint16], page: Ints) -> Ints:
    """The runs of characters that stand REPEATED times or more in the texts of their page: (k, 3) of text, first,
    one past the last; `triples` (u,) are the buckets of order 3, `page` (texts,) their pages.

    They are where pieces of SHORTEST_REPEAT units that stand so often follow each other.
    """
    line = np.repeat(np.arange(len(batch.starts)), batch.ends - batch.starts + 1)
    place = np.arange(1, len(batch.units)) - batch.starts[line]
    inside = (place >= SHORTEST_REPEAT - 1) & (place < (batch.ends - batch.starts)[line])
    key = (page[line] << 32) + (triples[:-1].astype(np.int64) << 16) + triples[1:]
    _, at, number = np.unique(key[inside], return_inverse=True, return_counts=True)
    often = np.zeros(len(line) + 2, dtype=np.int64)
    often[1:-1][inside] = number[at] >= REPEATED
    # a text's first units are never the last of a piece, so that no run crosses texts
    first, last = np.flatnonzero(np.diff(often) == 1), np.flatnonzero(np.diff(often) == -1)
    owner = line[first]
    origin = batch.starts[owner] - 1
    return in_characters(batch, owner, first - origin - (SHORTEST_REPEAT - 1), last - origin)


def in_characters(batch: Batch, owner: Ints, low: Ints, high: Ints) -> Ints:
    """The runs of units `low` to `high` of the texts `owner` as runs of characters, (k, 3): the second of two
    surrogates is no character of its own.
    """
    units = batch.units
    second = np.zeros(len(units) + 1, dtype=np.int64)
    second[2:] = np.cumsum((units[1:] & 0xFC00 == 0xDC00) & (units[:-1] & 0xFC00 == 0xD800))
    character = np.arange(len(units) + 1) - second
    origin = batch.starts[owner]
    return np.stack([owner, *(character[origin + at] - character[origin] for at in (low, high))], axis=1)


def suspects(model: Model, batch: Batch, grams: Sequence[npt.NDArray[np.uint16]]) -> Ints:
    """Of each text, none of them empty, the run of characters with the largest sum of weights for spam against prose:
    (texts, 3) of text, first, one past the last. Kadane's scan over all texts at once.
    """
    weight = np.zeros(len(batch.units), dtype=np.int64)
    for table, at in zip(model.grams, grams, strict=True):
        weight += (table[:, SPAM].astype(np.int64) - table[:, PROSE])[at]
    weight[batch.ends] = 0
    weight, line = weight[1:], np.repeat(np.arange(len(batch.starts)), batch.ends - batch.starts + 1)
    after = np.cumsum(weight)
    # each text is lowered below all before it, so that a running minimum starts anew with it
    lowered = after - weight - line * (2 * int(np.abs(after).max()) + int(np.abs(weight).max()) + 1)
    lowest = np.minimum.accumulate(lowered)
    begin = np.maximum.accumulate(np.where(lowered == lowest, np.arange(len(weight)), 0))
    gain = weight + lowered - lowest
    best = np.flatnonzero(gain == np.maximum.reduceat(gain, batch.starts - 1)[line])[::-1]
    last = np.zeros(len(batch.starts), dtype=np.int64)
    # of several writes to one place the last stays: the text's first
    last[line[best]] = best
    origin, size = batch.starts - 1, batch.ends - batch.starts
    return in_characters(batch, np.arange(len(last)), begin[last] - origin, np.minimum(last + 1 - origin, size))


def mark_class(line: str, position: int) -> int:
    """0 edge of the line or no mark, 1 bracket, 2 sentence end, 3 link: what stands at a position of a line."""
    if not 0 <= position < len(line):
        return 0
    mark = line[position]
    return 1 if mark in OPEN + CLOSE else 2 if mark in ENDS else 3 if mark in LINKS else 0


def place_class(line: str, start: int, end: int) -> int:
    """Whether a stretch of a line opens it (128) or ends it (64), the mark behind it (4 times) and before it."""
    opens, ends = not line[:start].strip(), not line[end:].strip()
    return 128 * opens + 64 * ends + 4 * mark_class(line, end) + mark_class(line, start - 1)


def segment_columns(
    model: Model, lines: Sequence[str], segments: Segments, line_spam: Bytes, page: Ints, page_spam: Bytes
) -> Bytes:
    """One row a feature of SEGMENT, (f, k) uint8; `line_spam`, `page`, `page_spam` (lines,) speak of the lines."""
    features = features_of(segments.texts)
    odds, odds_spam = (np.zeros(len(segments.texts)) for _ in range(2))
    # each segment is a page of its own here, so that none is judged by its neighbours
    odds[features.rows.page], odds_spam[features.rows.page] = log_odds(merged(alone_margins(model, features)))
    of_page = page[segments.owner]
    seen: dict[tuple[int, str], int] = {}
    for key in zip(of_page.tolist(), segments.texts, strict=True):
        seen[key] = seen.get(key, 0) + 1
    copies = np.array([seen[key] - 1 for key in zip(of_page.tolist(), segments.texts, strict=True)], dtype=np.int64)
    length = np.array([len(text) for text in segments.texts], dtype=np.int64)
    places = zip(segments.owner.tolist(), segments.start.tolist(), segments.end.tolist(), strict=True)
    edges = np.array([place_class(lines[i], start, end) for i, start, end in places], dtype=np.int64)
    return np.stack(
        [
            odds_byte(odds_spam),
            odds_byte(odds),
            line_spam[segments.owner],
            page_spam[segments.owner],
            nibbles(odds_byte(odds_spam) >> 4, log_byte(copies, 3)),
            nibbles(log_byte(copies, 3), log_byte(length, 2)),
            edges.astype(np.uint8),
            nibbles(log_byte(length, 2), log_byte(segments.whole, 2)),
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

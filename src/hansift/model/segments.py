"""The segments of a line between its marks, and what is said of each: where planted text is looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hansift.features import features_of
from hansift.features.batch import Bytes, Ints
from hansift.features.bytes import log_byte, nibbles, odds_byte
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
_SEGMENT = re.compile(f"[^{re.escape(OPEN + CLOSE + ENDS + LINKS)}]+")


@dataclass(frozen=True, slots=True)
class Segments:
    """The segments of some lines: `owner` (k,) which line, `start`, `end` (k,) in it, without the marks around."""

    owner: Ints
    start: Ints
    end: Ints
    texts: tuple[str, ...]


def segments_of(lines: Sequence[str]) -> Segments:
    """The segments of the lines: what stands between marks and brackets."""
    found = [(i, m.start(), m.end(), m.group()) for i, line in enumerate(lines) for m in _SEGMENT.finditer(line)]
    owner, start, end = (np.array([row[k] for row in found], dtype=np.int64) for k in range(3))
    return Segments(owner, start, end, tuple(row[3] for row in found))


def mark_class(line: str, position: int) -> int:
    """0 edge of the line, 1 bracket, 2 sentence end, 3 link: the mark at a position of a line."""
    if not 0 <= position < len(line):
        return 0
    mark = line[position]
    return 1 if mark in OPEN + CLOSE else 2 if mark in ENDS else 3


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
    first = np.diff(segments.owner, prepend=-1) != 0
    last = np.diff(segments.owner, append=-1) != 0
    around = np.array(
        [
            4 * mark_class(lines[i], end) + mark_class(lines[i], start - 1)
            for i, start, end in zip(
                segments.owner.tolist(), segments.start.tolist(), segments.end.tolist(), strict=True
            )
        ],
        dtype=np.int64,
    )
    return np.stack(
        [
            odds_byte(odds_spam),
            odds_byte(odds),
            line_spam[segments.owner],
            page_spam[segments.owner],
            nibbles(log_byte(copies, 3), log_byte(length, 2)),
            nibbles(2 * first + last, around),
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

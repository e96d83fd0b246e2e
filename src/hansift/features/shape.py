"""What a line looks like, one byte a feature: lengths, punctuation, digits, separators and their rhythm."""

from __future__ import annotations

import numpy as np

from hansift.features.batch import Bytes, Ints
from hansift.features.bytes import log_byte, nibbles, share_byte, stacked
from hansift.features.chars import COUNTED
from hansift.features.measure import Measures
from hansift.features.rows import Rows
from hansift.features.spec import Feature, grid, nominal, ordinal

SHAPE: tuple[Feature, ...] = (
    ordinal("length", "log2 of the visible characters, eighths"),
    grid("length_stops", "length by number of sentence ends"),
    grid("length_commas", "length by number of commas"),
    nominal("edges", "class of the first and of the last visible character"),
    grid("indent_length", "leading blanks by length"),
    ordinal("function", "share of function characters among Han, 1/128"),
    ordinal("han", "share of Han characters, 1/64"),
    ordinal("digits", "share of digits, 1/64"),
    ordinal("latin", "share of Latin letters, 1/64"),
    ordinal("kana", "share of kana and hangul, 1/64"),
    grid("separators_spaces", "number of separators by number of inner blanks"),
    grid("colons_length", "number of colons by length"),
    grid("brackets_quotes", "number of brackets by number of quotes"),
    grid("dates_digits", "number of date characters by number of digits"),
    ordinal("punctuation", "share of stops and commas, 1/128"),
    grid("pieces_rhythm", "mean length of the pieces between marks by their variation"),
    grid("longest_piece", "the longest piece between marks by the number of pieces"),
    nominal("end_length", "class of the last visible character by length"),
)


def shape(measures: Measures, rows: Rows) -> Bytes:
    """One row a feature of SHAPE for each line that is not blank: (f, m) uint8."""
    m = dict(zip(COUNTED, measures.counts.take(rows.index, axis=1), strict=True))
    visible, length = rows.visible, rows.length
    inner = np.maximum((measures.tail - measures.head + 1).take(rows.index) - visible, 0)
    number, mean, variation, longest = rhythm(measures.pieces.take(rows.index, axis=1))
    columns = (
        log_byte(visible),
        nibbles(length, m["stop"]),
        nibbles(length, m["comma"]),
        nibbles(rows.head, rows.tail),
        nibbles(rows.indent, length),
        share_byte(m["function"], m["han"], 128),
        share_byte(m["han"], visible, 64),
        share_byte(m["digit"], visible, 64),
        share_byte(m["latin"], visible, 64),
        share_byte(m["kana"], visible, 64),
        nibbles(log_byte(m["separator"], 2), log_byte(inner, 2)),
        nibbles(m["colon"], length),
        nibbles(m["bracket"], m["quote"]),
        nibbles(m["date"], log_byte(m["digit"], 3)),
        share_byte(m["stop"] + m["comma"], visible, 128),
        nibbles(log_byte(mean, 3), variation),
        nibbles(log_byte(longest, 2), log_byte(number, 2)),
        nibbles(rows.tail, length),
    )
    return stacked(columns)


def rhythm(pieces: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Of the pieces between marks of each line, (m,) each: number, mean length, deviation in 1/8 of it, longest; from
    their number, sum of sizes, of squares and largest size, (4, m).
    """
    number, total, square, longest = pieces
    mean = total / np.maximum(number, 1)
    deviation = np.sqrt(np.maximum(square / np.maximum(number, 1) - mean**2, 0))
    return number, mean.astype(np.int64), (deviation * 8 / np.maximum(mean, 1)).astype(np.int64), longest

"""What a page says about its lines, by numba: each function does for one page what that of its name in
`features.context` and `features.block` does for all. `out` are the rows of features that it fills, (k, n) for the n
rows of the page, in the order of CONTEXT.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hansift.features.context import CONTEXT, LIST_REACHES, NEIGHBOURS, REACHES, SENTENCE_REACHES, SPAM_REACHES
from hansift.features.kernels.block import barrier, extent, indent, main_block, sentence_block, summed
from hansift.features.kernels.numbers import Number, compiled, inner, log_byte, nibbles, quotient, share_byte
from hansift.features.kernels.plain import Bools, Bytes, Ints

if TYPE_CHECKING:
    from hansift.features.rows import Rows

FEATURES = len(CONTEXT)


def context(rows: Rows, odds: tuple[Bytes, Bytes, Bytes], chances: tuple[Ints, Ints, Ints]) -> Bytes:
    """The features of CONTEXT, (f, m); `odds` (m,) are the bytes of body, spam and list, `chances` (m,) the
    probabilities of the same in 1/255.
    """
    edges = rows.length, rows.head, rows.tail, rows.digits
    flags = rows.sentence, rows.paragraph
    numbers = rows.visible, rows.gap, rows.indent, rows.traditional, rows.simplified
    return pages(rows.first, odds, chances, edges, flags, numbers)


@compiled
def pages(
    first: Ints,
    odds: tuple[Bytes, Bytes, Bytes],
    chances: tuple[Ints, Ints, Ints],
    edges: tuple[Bytes, Bytes, Bytes, Bytes],
    flags: tuple[Bools, Bools],
    numbers: tuple[Ints, Ints, Ints, Ints, Ints],
) -> Bytes:
    out = np.empty((FEATURES, first[-1]), np.uint8)
    for page in range(len(first) - 1):
        if first[page] == first[page + 1]:
            continue
        here = slice(first[page], first[page + 1])
        body, spam, lists = odds[0][here], odds[1][here], odds[2][here]
        chance, chance_spam, chance_list = chances[0][here], chances[1][here], chances[2][here]
        length, head, tail, digits = edges[0][here], edges[1][here], edges[2][here], edges[3][here]
        sentence, paragraph = flags[0][here], flags[1][here]
        visible, gap, indents = numbers[0][here], numbers[1][here], numbers[2][here]
        rows = out[:, here]
        main, sentences = main_block(visible, chance), sentence_block(visible, sentence)
        neighbours(body, spam, lists, rows[:13])
        windows(chance_list, LIST_REACHES, rows[13:15])
        windows(chance, REACHES, rows[15:18])
        windows(chance_spam, SPAM_REACHES, rows[18:20])
        joins(length, head, tail, rows[20:23])
        likeness(head, tail, length, indents, 1, rows[23])
        likeness(head, tail, length, indents, 2, rows[24])
        around(digits, rows[25])
        windows(scaled(sentence, 255), SENTENCE_REACHES, rows[26:28])
        stretch(paragraph, body, rows[28:31])
        place(gap, visible, chance, rows[31:37])
        extent(visible, main, rows[37:40])
        barrier(body, main, rows[40])
        indent(visible, indents, length, main, rows[41])
        extent(visible, sentences, rows[42:45])
        script(numbers[3][here], numbers[4][here], rows[45])
    return out


@inner
def neighbours(body: Bytes, spam: Bytes, lists: Bytes, out: Bytes) -> None:
    shift(body, 0, out[0])
    shift(spam, 0, out[1])
    for each in range(len(NEIGHBOURS)):
        shift(body, NEIGHBOURS[each], out[2 + each])
    shift(spam, -1, out[8])
    shift(spam, 1, out[9])
    shift(lists, 0, out[10])
    shift(lists, -1, out[11])
    shift(lists, 1, out[12])


@inner
def shift(values: Bytes, by: int, out: Bytes) -> None:
    n = len(values)
    for row in range(n):
        out[row] = values[row + by] if 0 <= row + by < n else 0


@inner
def windows(values: Ints, reaches: tuple[int, ...], out: Bytes) -> None:
    n = len(values)
    total = running(values)
    for each in range(len(reaches)):
        for row in range(n):
            low, high = max(row - reaches[each], 0), min(row + reaches[each] + 1, n)
            out[each, row] = quotient(total[high] - total[low], high - low)


@inner
def scaled(values: Bools, by: Number) -> Ints:
    out = np.empty(len(values), np.int64)
    for row in range(len(values)):
        out[row] = by * values[row]
    return out


@inner
def running(values: Ints) -> Ints:
    total = np.zeros(len(values) + 1, np.int64)
    for row in range(len(values)):
        total[row + 1] = total[row] + values[row]
    return total


@inner
def joins(length: Bytes, head: Bytes, tail: Bytes, out: Bytes) -> None:
    n = len(length)
    around(length, out[0])
    for row in range(n):
        out[1, row] = nibbles(tail[row - 1] if row else 0, head[row])
        out[2, row] = nibbles(tail[row], head[row + 1] if row + 1 < n else 0)


@inner
def around(values: Bytes, out: Bytes) -> None:
    n = len(values)
    for row in range(n):
        out[row] = nibbles(values[row - 1] if row else 0, values[row + 1] if row + 1 < n else 0)


@inner
def likeness(head: Bytes, tail: Bytes, length: Bytes, indents: Ints, back: int, out: Bytes) -> None:
    begin, n = 0, len(head)
    for row in range(n + 1):
        like = 0
        if back <= row < n:
            before = row - back
            edges = head[row] == head[before] and tail[row] == tail[before]
            near = abs(np.int64(length[row]) - np.int64(length[before])) <= 1
            like = 2 * edges + near + (indents[row] == indents[before])
        if row < n:
            out[row] = like << 4
        if like < 3:
            run = log_byte(row - begin, 3)
            for each in range(begin, row):
                out[each] = nibbles(out[each] >> 4, run)
            begin = row


@inner
def stretch(paragraph: Bools, body: Bytes, out: Bytes) -> None:
    n, begin, before = len(body), 0, False
    last = -1
    for row in range(n):
        if paragraph[row]:
            last = row
    while begin < n:
        same, end = paragraph[begin], begin
        while end < n and paragraph[end] == same:
            end += 1
        length = log_byte(end - begin, 2)
        for row in range(begin, end):
            kind = 4 * same + 2 * (before or (same and row > begin)) + (last > row)
            out[0, row] = nibbles(kind, length)
            out[1, row] = nibbles(log_byte(row - begin, 2), log_byte(end - 1 - row, 2))
            out[2, row] = nibbles(body[row] >> 4, 4 * (kind & 3) + min(length >> 1, 3))
        before = before or same
        begin = end


@inner
def place(gap: Ints, visible: Ints, chance: Ints, out: Bytes) -> None:
    n, whole, lines = len(gap), summed(visible), log_byte(len(gap), 2)
    mean = nibbles(lines, quotient(summed(chance), n * 16))
    for row in range(n):
        out[0, row] = nibbles(gap[row], gap[row + 1] if row + 1 < n else 15)
        out[1, row] = log_byte(row, 16)
        out[2, row] = log_byte(n - 1 - row, 16)
        out[3, row] = share_byte(row, n, 64)
        out[4, row] = share_byte(visible[row], whole, 128)
        out[5, row] = mean


@inner
def script(traditional: Ints, simplified: Ints, out: Bytes) -> None:
    all_traditional, all_simplified = summed(traditional), summed(simplified)
    less, more = min(all_traditional, all_simplified), max(all_traditional, all_simplified)
    page = 0
    if more:
        page = (1 if all_traditional > all_simplified else 2) + 3 * (10 * less > more)
    for row in range(len(out)):
        less, more = min(traditional[row], simplified[row]), max(traditional[row], simplified[row])
        line = 3 if 3 * less > more else (1 if traditional[row] > simplified[row] else 2)
        out[row] = nibbles(page, line * 4 + (min(less + more, 12) >> 2) if more else 0)

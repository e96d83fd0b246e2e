"""The blocks of a page, by numba: what `features.block` and `features.context` say of them, for one page.

`out` is as in `page`.
"""

from __future__ import annotations

import numpy as np

from hansift.features.block import GAP, LONGEST_VOTE
from hansift.features.kernels.numbers import Number, inner, log_byte, nibbles, share_byte
from hansift.features.kernels.plain import Bools, Bytes, Ints


@inner
def summed(values: Ints) -> Number:
    total = np.int64(0)
    for row in range(len(values)):
        total += values[row]
    return total


@inner
def main_block(visible: Ints, chance: Ints) -> tuple[Number, Number]:
    weight = np.empty(len(visible), np.int64)
    for row in range(len(visible)):
        weight[row] = min(visible[row], LONGEST_VOTE) * (2 * chance[row] - 255)
    return heaviest(weight)


@inner
def sentence_block(visible: Ints, sentence: Bools) -> tuple[Number, Number]:
    weight = np.empty(len(visible), np.int64)
    for row in range(len(visible)):
        weight[row] = min(visible[row], LONGEST_VOTE) if sentence[row] else -GAP
    return heaviest(weight)


@inner
def heaviest(weight: Ints) -> tuple[Number, Number]:
    begin = top = bottom = 0
    most, total = weight[0], np.int64(0)
    for row in range(len(weight)):
        if total <= 0:
            total, begin = np.int64(0), row
        total += weight[row]
        if row == 0 or total > most:
            most, top, bottom = total, begin, row
    return top, bottom


@inner
def extent(visible: Ints, block: tuple[Number, Number], out: Bytes) -> None:
    top, bottom = block
    size = summed(visible[top : bottom + 1])
    large = nibbles(log_byte(size, 1), share_byte(size, summed(visible), 15))
    for row in range(len(visible)):
        out[0, row] = min(max(128 - log_byte(max(top - row, 0), 12) + log_byte(max(row - bottom, 0), 12), 0), 255)
        out[1, row] = 0
        out[2, row] = large
    for row in range(top, bottom + 1):
        out[1, row] = nibbles(log_byte(row - top, 3) + 1, log_byte(bottom - row, 3) + 1)


@inner
def barrier(body: Bytes, block: tuple[Number, Number], out: Bytes) -> None:
    top, bottom = block
    for row in range(top, bottom + 1):
        out[row] = 255
    least = np.uint8(255)
    for row in range(bottom + 1, len(body)):
        least = min(least, body[row])
        out[row] = least
    least = np.uint8(255)
    for row in range(top - 1, -1, -1):
        least = min(least, body[row])
        out[row] = least


@inner
def indent(visible: Ints, indents: Ints, length: Bytes, block: tuple[Number, Number], out: Bytes) -> None:
    top, bottom = block
    longest = top
    for row in range(top, bottom + 1):
        if visible[row] > visible[longest]:
            longest = row
    for row in range(len(visible)):
        out[row] = nibbles((indents[row] == indents[longest]) + 2 * (top <= row <= bottom), length[row])

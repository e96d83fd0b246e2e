"""The hot loops: sums and look-ups over units, lines and rows, arrays in and arrays out.

`plain` is numpy and always there. The others are numba's (`pip install 'hansift[fast]'`): whole numbers in, the same
whole numbers out. `compiled` has the functions of `plain` that are called through `loops`; `lines` and `page` go once
over the units or rows for what `features.measure`, `rows`, `shape`, `context` and `block` say one operation at a time,
function by function under the same names; `segments` does so for `model.segments` and `runs`. What a feature means is
said there, once; tests hold that both say the same of the whole corpus.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from types import ModuleType

from hansift.features.kernels import plain

SWITCH = "HANSIFT_KERNELS"
"""The environment variable that, set to `plain`, leaves numba alone."""
WORTH = 10 << 20
"""Units, some 28 MB of text, from which on the compiled loops are loaded, by a process that has had as many or knows
that they lie ahead. They gain what loading costs, .6 s, on half of that; a page of 10 MB, counted anew where cuts are
looked for, shall not pay for it. On a machine where nothing is compiled yet it takes half a minute.
"""
_had = 0


def loops(units: int = 0) -> ModuleType:
    """The functions to use, for so many units more: numpy's until WORTH units, from then on the compiled ones where
    they can be had.
    """
    global _had
    _had += units
    if compiled_wanted() and _had >= WORTH:
        return _compiled()
    return plain


def expect(units: int) -> None:
    """Tells that so many units lie ahead of this process; fewer than WORTH are counted as they come."""
    global _had
    if units >= WORTH:
        _had = units


@cache
def compiled_wanted() -> bool:
    """Whether numba is installed and not switched off."""
    return os.environ.get(SWITCH, "") != "plain" and find_spec("numba") is not None


@cache
def _compiled() -> ModuleType:
    from hansift.features.kernels import compiled

    return compiled

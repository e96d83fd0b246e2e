"""The headline: the line that the document's title repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PARTS = re.compile(r"[_|｜\-—–·»>:：~]+|\s{2,}")
_MARKS, _BUT_LINES = re.compile(r"[\W_]+"), re.compile(r"[^\w\n]+|_+")
_LONGEST_TITLE, _LONGEST_LINE, _LEAST = 200, 120, 4


def titled(lines: Sequence[str], title: str) -> bytes:
    """How far each line is what the document's title says, 0 to 255: the line's share of the title where the title
    holds it, the share in the line of the title's longest part where it holds that.

    >>> list(titled(["首页", "老粮站重新开门", "新闻"], "老粮站重新开门_青坪新闻"))
    [0, 162, 0]
    """
    title = title[:_LONGEST_TITLE]
    whole = _MARKS.sub("", title)
    part = max((_MARKS.sub("", one) for one in _PARTS.split(title)), key=len)
    if len(part) < _LEAST:
        return bytes(len(lines))
    found = bytearray(len(lines))
    # all in one, for each by itself is slow; what parts lines is no letter
    short = "\n".join([line if len(line) <= _LONGEST_LINE else "" for line in lines])
    for number, own in enumerate(_BUT_LINES.sub("", short).split("\n")):
        if len(own) >= _LEAST and own in whole:
            found[number] = 255 * len(own) // len(whole)
        elif part in own:
            found[number] = 255 * len(part) // len(own)
    return bytes(found)

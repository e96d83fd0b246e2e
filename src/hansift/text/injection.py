"""What an injector of readings did to a page, undone: its readings, and the bytes they put out of step."""

from __future__ import annotations

from operator import itemgetter

from hansift.text import damage, pinyin
from hansift.text.edits import Step


def find(text: str) -> list[Step]:
    """The steps named "readings" and "bytes", both by one decision on the whole page."""
    found = pinyin.annotated(text)
    chars = pinyin.injected(text, found)
    if not chars:
        return []
    mended = damage.steps(text, found, chars)
    plain = pinyin.steps(text, found, chars)
    if not mended:
        return plain
    taken = {position for step in mended for position in range(step.start, step.end)}
    return sorted([*mended, *(step for step in plain if step.start not in taken)], key=itemgetter(1))

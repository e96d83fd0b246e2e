"""Small debris: characters that nobody sees, line ends written out, planted empty tags, doubled commas.

Text about such things is left alone. A tag goes only if it is an empty pair with a random id (letters and
digits mixed, no word) on a page that has no other tag; `x0dx0a` only behind the end of a sentence or at a
line's head, and twice; commas only where the page doubles nearly all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hansift.text import gbk
from hansift.text.edits import Step, apply
from hansift.text.signs import HAN, INVISIBLE, JOINERS, LINE_END, PRIVATE

_UNSEEN = re.compile(f"[{INVISIBLE}{JOINERS}]")
# What begins with one class of characters is looked for several times as fast as what looks back first.
_CONTROLS = re.compile(
    f"[{INVISIBLE}{JOINERS}](?:"
    f"(?<=[{INVISIBLE}])[{INVISIBLE}]*+|(?<=[{HAN}，。][{JOINERS}])[{JOINERS}]*+|(?<=[{JOINERS}])[{JOINERS}]*+(?=[{HAN}，。]))"
)
_PRIVATE = re.compile(f"[{PRIVATE}]")
_LINE_END = re.compile(r"(?:(?<=[。！？!?；：”」』…\n])|\A)(?:x0dx0a)+")
_TAG = re.compile(r"<(/?)([a-z]{1,12})((?: [^<>\n]{0,80})?)(/?)>")
_MARKUP = re.compile("<[/!a-zA-Z]")
_RANDOM_ID = re.compile(r' id="(?=[a-z0-9]{5,8}")(?:[b-df-hj-np-tv-z]{3,}\d+|[a-z]+\d+[a-z][a-z\d]*|\d+[a-z][a-z\d]*)"')
_DOUBLED = re.compile(rf"(?<=[{HAN}”」』》）0-9a-zA-Z%)])([,，])[,，](?![,，])(?=[^\x00-\x7f])")
_COMMA = re.compile(f"[,，](?<=[{HAN}][,，])[,，]*+(?=[{HAN}])")


def controls(text: str) -> list[Step]:
    """The steps that take out control and zero-width characters."""
    if not _UNSEEN.search(text):
        return []
    return _kept_lines(text, (Step("controls", *m.span(), "") for m in _CONTROLS.finditer(text)))


def private(text: str) -> list[Step]:
    """The steps that give private-use characters of GBK their own places and take out all others."""
    steps = (Step("private", *m.span(), gbk.unprivate(m[0])) for m in _PRIVATE.finditer(text))
    return _kept_lines(text, steps)


def line_ends(text: str) -> list[Step]:
    """The steps that take out line ends that became the letters `x0dx0a`."""
    if LINE_END not in text:
        return []
    steps = [Step("line ends", *m.span(), "") for m in _LINE_END.finditer(text)]
    return _kept_lines(text, steps) if len(steps) > 1 else []


def tags(text: str) -> list[Step]:
    """The steps that take out planted empty elements such as `<tr id="yyy80"></tr>`."""
    found = list(_TAG.finditer(text))
    if len(found) < len(_MARKUP.findall(text)) or not found:
        return []
    steps: list[Step] = []
    opened: list[re.Match[str]] = []
    position = 0
    for tag in found:
        if opened and tag.start() != position:
            return []  # not empty: markup with something in it
        position = tag.end()
        if not tag[1]:
            if tag[4] or not _RANDOM_ID.fullmatch(tag[3]):
                return []
            opened.append(tag)
        elif not opened or opened[-1][2] != tag[2]:
            return []
        else:
            start = opened.pop().start()
            if not opened:
                steps.append(Step("tags", start, position, ""))
    return [] if opened else _kept_lines(text, steps)


def commas(text: str) -> list[Step]:
    """The steps that halve doubled commas on a page that doubles nearly all of them."""
    if not any(pair in text for pair in (",,", "，，", ",，", "，,")):
        return []
    runs = [len(run) for run in _COMMA.findall(text)]
    doubled = runs.count(2)
    if doubled < 3 or doubled < 0.8 * len(runs):
        return []
    return [Step("commas", *m.span(), m[1]) for m in _DOUBLED.finditer(text)]


def _kept_lines(text: str, steps: Iterable[Step]) -> list[Step]:
    """Those steps that do not turn a line with something on it into a blank one."""
    kept: list[Step] = []
    line: list[Step] = []
    start = end = 0
    for step in steps:
        if step.start >= end:
            kept += _unless_blank(text[start:end], start, line)
            start = text.rfind("\n", end, step.start) + 1 or start
            end = text.find("\n", step.start)
            end = len(text) if end < 0 else end
            line = []
        line.append(step)
    return kept + _unless_blank(text[start:end], start, line)


def _unless_blank(line: str, start: int, steps: list[Step]) -> list[Step]:
    moved = [Step(s.repair, s.start - start, s.end - start, s.new) for s in steps]
    return steps if apply(line, moved).strip() else []

"""Pages made of parts of other pages: one page's furniture around another's body, and crops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from hansift.corpus.labelled import LabelledLine, LabelledPage

Lines = list[LabelledLine]


def span_of_body(lines: Lines) -> tuple[int, int]:
    """First and one past the last line of body; (0, 0) where there is none."""
    at = [i for i, line in enumerate(lines) if line.letter == "b"]
    return (at[0], at[-1] + 1) if at else (0, 0)


def transplant(lines: Lines, other: Lines, rng: Random) -> Lines:
    """The body of `lines`, with what stands between its lines, inside the head and tail of `other`."""
    low, high = span_of_body(lines)
    start, stop = span_of_body(other)
    head = other[:start] if rng.random() < 0.8 else lines[:low]
    tail = other[stop:] if rng.random() < 0.8 else lines[high:]
    return [*head, *lines[low:high], *tail]


def crop(lines: Lines, rng: Random) -> Lines:
    """Without part of its furniture, as extractors that drop blocks leave a page; the body stays."""
    low, high = span_of_body(lines)
    keep_head, keep_tail = rng.choice((0, 1, 2, 3, 8, 20)), rng.choice((0, 1, 2, 4, 8, 20))
    head = lines[:low][-keep_head:] if keep_head else []
    tail = lines[high:][:keep_tail] if rng.random() < 0.7 else lines[high:][-keep_tail:] if keep_tail else []
    inner = lines[low:high]
    if rng.random() < 0.5:
        inner = [line for line in inner if line.letter != "n"]
    return [*head, *inner, *tail]


LISTS = ("related", "teaser", "comment", "pager", "tag", "byline")
"""Roles of furniture that the text dumps of crawls keep more often than menus and footers."""


def dump(lines: Lines, rng: Random) -> Lines:
    """Without the furniture of most roles, wherever it stands, and often without most of a long body, as the text dumps
    of crawls have it: what stays around a short text is lists of other articles and the lines that lead to them.
    """
    roles = sorted({line.role for line in lines if line.letter == "n"})
    gone = {role for role in roles if rng.random() < (0.35 if role in LISTS else 0.85)}
    left = [line for line in lines if line.letter != "n" or line.role not in gone]
    low, high = span_of_body(left)
    stay = rng.choice((2, 4, 8, 1000))
    at = [i for i in range(low, high) if left[i].letter == "b"][stay:]
    return [line for i, line in enumerate(left) if not at or i < at[0] or i >= high]


def excerpt(lines: Lines, rng: Random) -> Lines:
    """A stretch of the page that holds at least two lines of body, where it has two."""
    at = [i for i, line in enumerate(lines) if line.letter == "b"]
    if len(at) < 4:
        return lines
    low = rng.randrange(len(at) - 2)
    start = max(0, at[low] - rng.choice((0, 1, 5, 30)))
    stop = min(len(lines), at[min(len(at) - 1, low + rng.randint(2, 30))] + rng.choice((1, 3, 15, 60)))
    return lines[start:stop]


def without_title(lines: Lines, rng: Random) -> Lines:
    """Without its headline."""
    return [line for line in lines if line.role != "title"]


def interlink(lines: Lines, rng: Random) -> Lines:
    """The page with some of its related headlines moved among the lines of its body, as sites put them there."""
    low, high = span_of_body(lines)
    at = [i for i, line in enumerate(lines) if line.role == "related" and not low <= i < high]
    if not at or high - low < 3:
        return lines
    start = rng.randrange(len(at))
    moved = set(at[start : start + rng.randint(1, 6)])
    place = min(low + 1, high) if rng.random() < 0.4 else rng.randint(low + 1, high)
    out: Lines = []
    for i, line in enumerate([*lines, None]):
        if i == place:
            out.extend(lines[k] for k in sorted(moved))
        if line is not None and i not in moved:
            out.append(line)
    return out


def feed(lines: Lines, lenders: Sequence[LabelledPage], rng: Random) -> Lines:
    """The page with a long list of other pages' headlines or teasers behind its body, or before it, as portals print
    them: dates, counters or numbers on the same line, on a line of their own, or none.
    """
    roles = rng.choice((("related",), ("related",), ("related", "teaser"), ("teaser",), ("comment",)))
    found = [
        line
        for lender in rng.sample(list(lenders), min(len(lenders), rng.randint(2, 14)))
        for line in lender.lines
        if line.letter == "n" and line.role in roles
    ]
    rng.shuffle(found)
    style = rng.choice(("plain", "plain", "number", "date_before", "date_after", "date_below", "counter_below"))
    made: Lines = []
    for number, line in enumerate(found[: rng.choice((10, 25, 60, 120))], 1):
        text, extra = line.text.strip(), _date(rng)
        made.append(
            replace(
                line,
                text={
                    "number": f"{number}{text}",
                    "date_before": f"{extra} {text}",
                    "date_after": f"{text} {extra}",
                }.get(style, text),
            )
        )
        if style == "date_below":
            made.append(LabelledLine(extra, "n", "related"))
        if style == "counter_below":
            made.append(LabelledLine(str(rng.randrange(2000)), "n", "panel"))
    low, high = span_of_body(lines)
    at = high if rng.random() < 0.8 else low
    if at == high and rng.random() < 0.4:
        at = rng.randint(high, len(lines))
    return [*lines[:at], *made, *lines[at:]]


def _date(rng: Random) -> str:
    """A date as lists print it."""
    month, day, year = rng.randint(1, 12), rng.randint(1, 28), rng.randint(2004, 2024)
    clock = f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}"
    return rng.choice(
        (
            f"{year}-{month:02}-{day:02}",
            f"{month:02}-{day:02}",
            f"[{month:02}-{day:02}]",
            f"{month}月{day}日",
            f"{month}月{day}日 {clock}",
            f"({year}/{month}/{day})",
            f"{year}-{month:02}-{day:02} {clock}",
            f"{rng.randint(2, 23)}小时前",
        )
    )

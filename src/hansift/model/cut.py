"""Spans of planted text inside lines that are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from hansift.features.batch import Bytes, Ints
from hansift.features.bytes import odds_byte, share_byte
from hansift.features.context import Floats
from hansift.model.judge import Judged
from hansift.model.linear import Model, log_odds
from hansift.model.runs import SHORTEST
from hansift.model.segments import (
    ALONE,
    KNOWN,
    LONGEST,
    Segments,
    odds_of,
    segment_columns,
    segments_of,
    span,
    with_odds,
)
from hansift.model.tables import UNIT, table_sums
from hansift.page import LABELS, Cut, Label

CHUNK = 1 << 17
"""Characters looked into in one go: what is said of them then stays in the processor's cache."""

MANY = 0.2
"""Share of a page's body that must be suspect for all of it to be."""

BODY, SPAM = LABELS.index(Label.BODY), LABELS.index(Label.SPAM)


def open_rows(judged: Judged, least: float) -> tuple[Ints, Bytes, Ints, Bytes]:
    """The rows in which planted text may stand, and of each its log-odds of spam, its page, its page's spam share.

    They are the rows of body whose own characters alone give spam a probability of `least` or more, and all rows of
    body of a page where MANY of them do. A line's page says less of it: of the characters of held-out pages 19 % hold
    70 % of what was planted; by the spam around a line it took 45 % to hold 72 %.
    """
    label = judged.labels[judged.index]
    page, pages = judged.page, len(judged.first) - 1
    lines = np.bincount(page, minlength=pages)
    spam = np.bincount(page, weights=label == SPAM, minlength=pages).astype(np.int64)
    body = label == BODY
    suspect = body & (np.exp(log_odds(judged.own)[1]) * (1 - least) >= least)
    part = np.bincount(page[suspect], minlength=pages) / np.maximum(np.bincount(page[body], minlength=pages), 1)
    rows = np.flatnonzero(suspect | body & (part[page] >= MANY))
    chance = np.clip(judged.scores[rows, SPAM], 1e-6, 1 - 1e-6)
    return rows, odds_byte(np.log(chance / (1 - chance))), page[rows], share_byte(spam, lines, 64)[page[rows]]


def find_cuts(model: Model, judged: Judged, texts: Sequence[str]) -> list[list[Cut]]:
    """The cuts of each page, in characters of the judged texts' lines; never a whole line."""
    found: list[list[Cut]] = [[] for _ in texts]
    if model.cut is None:
        return found
    rows, line_spam, page, page_spam = open_rows(judged, model.cut.least)
    if not len(rows):
        return found
    number, begins = judged.index[rows], judged.spans[0, judged.first[page]]
    pages, numbers = page.tolist(), (number - judged.first[page]).tolist()
    places = (judged.spans[:, number] - begins).T.tolist()
    lines = [texts[p][start:end] for p, (start, end) in zip(pages, places, strict=True)]
    for here in stretches(page, lines):
        segments = segments_of(model, lines[here], page[here])
        margin = margins_of(model, segments, line_spam[here], page_spam[here])
        for i, spans in chosen(lines[here], segments, margin, model.cut.threshold).items():
            found[pages[here.start + i]].extend(Cut(numbers[here.start + i], start, end) for start, end in spans)
    return found


def stretches(pages: Ints, lines: Sequence[str]) -> Iterator[slice]:
    """The lines in stretches of whole pages, of about CHUNK characters."""
    size = np.cumsum([0, *map(len, lines)])
    low = 0
    for high in (np.flatnonzero(np.diff(pages)) + 1).tolist():
        if size[high] - size[low] > CHUNK:
            yield slice(low, high)
            low = high
    yield slice(low, len(lines))


def margins_of(model: Model, segments: Segments, line_spam: Bytes, page_spam: Bytes) -> Floats:
    """The log-odds of each segment, (k,); -inf for one that can be no cut, whatever its own characters say.

    Those are most, and what the characters say costs more than all else.
    """
    assert model.cut is not None
    columns = segment_columns(segments, line_spam, page_spam)
    spam, body, known = model.cut.tables[[*ALONE, KNOWN], :, 0].astype(np.int64)
    said = table_sums(model.cut.pairs, columns, 1)[:, 0] + model.cut.bias
    copies = columns[KNOWN]
    most = (spam[:, None] + known.reshape(16, 16).repeat(16, axis=0)).max(axis=0) + body.max()
    length = segments.end - segments.start
    best = said - (spam[0] + body[0] + known.take(copies)) + most.take(copies)
    which = np.flatnonzero((best / UNIT > model.cut.threshold) & (length >= SHORTEST) & (length <= LONGEST))
    margin = np.full(len(said), -np.inf)
    own = with_odds(columns[:, which], *odds_of(model, segments, which))
    margin[which] = (table_sums(model.cut.pairs, own, 1)[:, 0] + model.cut.bias) / UNIT
    return margin


def chosen(
    lines: Sequence[str], segments: Segments, margin: Floats, threshold: float
) -> dict[int, list[tuple[int, int]]]:
    """The spans to cut from each line that has any, in order: the likeliest segments above the threshold that do not
    overlap, neighbours joined, never all of a line.
    """
    length = segments.end - segments.start
    picked = np.flatnonzero((margin > threshold) & (length >= SHORTEST) & (length <= LONGEST))
    picked = picked[np.argsort(-margin[picked], kind="stable")]
    spans: dict[int, list[tuple[int, int]]] = {}
    taken: dict[int, bytearray] = {}
    places = (segments.owner[picked].tolist(), segments.start[picked].tolist(), segments.end[picked].tolist())
    for i, start, end in zip(*places, strict=True):
        if i not in taken:
            spans[i], taken[i] = [], bytearray(len(lines[i]))
        if 1 not in taken[i][start:end]:
            taken[i][start:end] = b"\1" * (end - start)
            spans[i].append((start, end))
    cuts = {i: joined(lines[i], sorted(own)) for i, own in sorted(spans.items())}
    return {i: own for i, own in cuts.items() if own}


def joined(line: str, found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, in order, with the marks that go with them and neighbours made one; none if they are all of it."""
    cuts: list[tuple[int, int]] = []
    for start, end in (span(line, *each) for each in found):
        if cuts and start <= cuts[-1][1]:
            start, end = cuts[-1][0], max(end, cuts.pop()[1])
        cuts.append((start, end))
    return cuts if sum(end - start for start, end in cuts) < len(line.strip()) else []

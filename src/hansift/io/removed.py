"""The rows of the removed-lines file: what was taken out of each page, and the way back."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from hansift.cleaner import Cleaner, Verdicts, cuts_of
from hansift.errors import InputError
from hansift.features.context import Floats
from hansift.io.outcome import BODY, in_original, kept_text, without
from hansift.io.record import Record
from hansift.model import judge
from hansift.model.decode import POLICIES, Policy
from hansift.model.judge import BLANK
from hansift.page import LABELS, Cut
from hansift.text.edits import Step, apply
from hansift.text.split import offsets

LETTERS = "bns-"
"""A line of each label, and a blank one, in the `labels` of a row."""


def row_of(verdicts: Verdicts, page: int, record: Record) -> dict[str, Any]:
    """The row of one page of a batch: all that `original_of` needs beside the cleaned text.

    `labels` has a letter a line; `scores` the probabilities of body, nav and spam of each line that is not
    blank; `removed`, `cuts` and `repairs` give offsets in characters of the original text, half-open, `at` those
    of the line as it was judged.
    """
    judged, whole = verdicts.judged, verdicts.pages[page]
    low, high = int(judged.first[page]), int(judged.first[page + 1])
    labels, lines = judged.labels[low:high].tolist(), whole.text.split("\n")
    start, stop = judged.index.searchsorted((low, high))
    rounded = places_of(judged.scores[start:stop]).tolist()
    scores = dict(zip((judged.index[start:stop] - low).tolist(), rounded, strict=True))
    places = offsets(whole.original)
    removed = [
        {"line": n, "start": places[n][0], "end": places[n][1], "label": LABELS[label], "score": scores[n][label],
         "text": lines[n]}
        for n, label in enumerate(labels) if label not in (BODY, BLANK)
    ]  # fmt: skip
    own = verdicts.cuts[page]
    cuts, begins = [], offsets(whole.text) if own else []
    for cut in own:
        begin, end = in_original(whole, cut, begins[cut.line][0])
        cuts.append({"line": cut.line, "start": begin, "end": end, "label": LABELS[2], "score": scores[cut.line][2],
                     "text": lines[cut.line][cut.start : cut.end], "at": cut.start})  # fmt: skip
    return {
        "id": record.id,
        "file": record.file,
        "byte": record.byte,
        "encoding": record.encoding,
        "labels": _letters(labels),
        "scores": rounded,
        "removed": removed,
        "cuts": cuts,
        "emptied": sorted({cut.line for cut in own if not _left(lines[cut.line], own, cut.line)}),
        "repairs": [
            {"repair": s.repair, "start": s.start, "end": s.end, "old": whole.original[s.start : s.end], "new": s.new}
            for s in whole.steps
        ],
        "blanks": {str(n): lines[n] for n, label in enumerate(labels) if label == BLANK and lines[n]},
        "crc32": zlib.crc32(whole.original.encode()),
        **({"raw": b64encode(record.raw).decode()} if record.raw else {}),
    }


def places_of(scores: Floats) -> Floats:
    """The probabilities to six places, those below 1/10000 to four: no JSON writer turns to exponents then, and all
    write the same bytes.
    """
    return np.where(scores < 1e-4, scores.round(4), scores.round(6))


def by_policy(cleaner: Cleaner, verdicts: Verdicts) -> list[dict[str, Any]]:
    """What each other policy says of each page of a batch: its letters, and its cuts as line, start and end there.

    Labels and cuts of every policy are written down, as a cut depends on what else of its page is kept.
    """
    found: list[dict[str, Any]] = [{} for _ in verdicts.pages]
    for policy in POLICIES:
        if policy != cleaner.policy:
            judged = judge.by_policy(cleaner.model, verdicts.judged, policy)
            for page, cuts in enumerate(cuts_of(cleaner.model, verdicts.pages, judged)):
                labels = judged.labels[judged.first[page] : judged.first[page + 1]].tolist()
                found[page][policy] = {"labels": _letters(labels), "cuts": [[c.line, c.start, c.end] for c in cuts]}
    return found


def _letters(labels: Iterable[int]) -> str:
    return "".join(LETTERS[label] for label in labels)


def original_of(row: dict[str, Any], kept: str) -> str:
    """The page before it was cleaned; raises InputError where text and row are not of one page."""
    text = unrepaired("\n".join(judged_lines(row, kept)), row["repairs"])
    if zlib.crc32(text.encode()) != row["crc32"]:
        raise _mismatch(row)
    return text


def cleaned_by(row: dict[str, Any], kept: str, policy: Policy) -> str:
    """The page as a run with that policy cleans it."""
    lines = judged_lines(row, kept)
    if policy == row["policy"]:
        letters, cuts = row["labels"], [Cut(c["line"], c["at"], c["at"] + len(c["text"])) for c in row["cuts"]]
    else:
        letters, cuts = row["policies"][policy]["labels"], [Cut(*cut) for cut in row["policies"][policy]["cuts"]]
    return kept_text(lines, [LETTERS.index(letter) for letter in letters], cuts)


def judged_lines(row: dict[str, Any], kept: str) -> list[str]:
    """The lines of a page as they were judged, from its cleaned text and its row.

    Raises InputError where the two do not fit together.
    """
    removed = {item["line"]: item["text"] for item in row["removed"]}
    spans: dict[int, list[dict[str, Any]]] = {}
    for cut in row["cuts"]:
        spans.setdefault(cut["line"], []).append(cut)
    rest = iter([line for line in kept.split("\n") if line])
    lines = []
    for number, letter in enumerate(row["labels"]):
        if letter == "-":
            lines.append(row["blanks"].get(str(number), ""))
        elif letter != "b":
            lines.append(removed[number])
        elif number in row["emptied"]:
            lines.append(_whole("", spans[number]))
        else:
            line = next(rest, None)
            if line is None:
                raise _mismatch(row)
            lines.append(_whole(line, spans.get(number, [])))
    if next(rest, None) is not None:
        raise _mismatch(row)
    return lines


def _left(line: str, cuts: Sequence[Cut], number: int) -> str:
    """What the cuts leave of a line."""
    return without(line, [cut for cut in cuts if cut.line == number])


def _whole(line: str, cuts: list[dict[str, Any]]) -> str:
    """The line with its cuts put back."""
    for cut in sorted(cuts, key=lambda cut: int(cut["at"])):
        line = line[: cut["at"]] + cut["text"] + line[cut["at"] :]
    return line


def unrepaired(text: str, repairs: list[dict[str, Any]]) -> str:
    """The text with every repair undone.

    >>> unrepaired("國家", [{"repair": "injection", "start": 1, "end": 6, "old": "(guó)", "new": ""}])
    '國(guó)家'
    """
    back, shift = [], 0
    for step in repairs:
        start = step["start"] + shift
        back.append(Step(step["repair"], start, start + len(step["new"]), step["old"]))
        shift += len(step["new"]) - (step["end"] - step["start"])
    return apply(text, back)


def _mismatch(row: dict[str, Any]) -> InputError:
    return InputError(f"{row['id']}: the cleaned text is not the one this row was written with; give that one")
